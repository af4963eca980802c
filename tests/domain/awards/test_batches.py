"""Many at once: checked row by row, awarded in chunks, undone or revoked as one."""

from datetime import timedelta

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries
from insignia.domain.awards.models import Award, AwardBatch, BatchRow
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.journal import delivery
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    an_achievement,
    an_award,
    an_earner,
    here,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")

HEAD = "email,name,awarded_on,evidence_url,evidence_name,share_consent_on\n"


def roster(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines)).encode()


def uploaded(by, achievement, *lines: str) -> AwardBatch:  # type: ignore[no-untyped-def]
    batch = awards.upload_batch(
        by=by, achievement=achievement, data=roster(*lines), filename="roster.csv", source="page"
    )
    return awards.check_batch(batch)


def test_the_check_says_what_would_happen_to_each_row() -> None:
    achievement = an_achievement(level="level_1")
    grantor = a_grantor(of=achievement)
    an_award(achievement, by=grantor, earner=an_earner("has@students.example"))
    batch = uploaded(
        grantor,
        achievement,
        "ok@students.example,Ok,2026-05-04,https://work.example/1,Work,",
        "none@students.example,No Evidence,2026-05-04,,,",
        "has@students.example,Has It,2026-05-04,https://work.example/2,Work,",
        "not an address,Bad,2026-05-04,https://work.example/3,Work,",
        "ok@students.example,Twice,2026-05-04,https://work.example/4,Work,",
    )
    rows = {row.number: (row.state, row.code) for row in batch.rows.all()}
    assert rows[2] == ("waiting", "")
    assert rows[3] == ("rejected", "evidence_missing")
    assert rows[4] == ("duplicate", "duplicate")
    assert rows[5][0] == "rejected"
    assert rows[6][0] == "duplicate"
    assert not Award.objects.filter(batch=batch).exists()


@pytest.mark.requirement("R-030")
def test_the_level_policy_holds_for_rows_of_a_file() -> None:
    achievement = an_achievement(level="level_1")
    batch = uploaded(a_grantor(of=achievement), achievement, "a@students.example,A,2026-05-04,,,")
    with pytest.raises(Rejected, match="no row"):
        awards.confirm_batch(by=a_grantor(of=achievement), batch=batch)


@pytest.mark.requirement("R-035")
def test_level_two_rows_need_consent() -> None:
    achievement = an_achievement(level="level_2")
    batch = uploaded(
        a_grantor(of=achievement),
        achievement,
        "a@students.example,A,2026-05-04,https://work.example/1,Work,",
        "b@students.example,B,2026-05-04,https://work.example/2,Work,2026-05-01",
    )
    assert [row.code for row in batch.rows.all()] == ["share_consent_missing", ""]


@pytest.mark.requirement("R-123")
def test_a_missing_or_malformed_address_is_refused_row_by_row() -> None:
    achievement = an_achievement(level="souvenir")
    batch = uploaded(
        a_member("issuer"),
        achievement,
        ",No Address,2026-05-04,,,",
        "at.example,Malformed,2026-05-04,,,",
        "ok@students.example,Fine,2026-05-04,,,",
    )
    assert [row.state for row in batch.rows.all()] == ["rejected", "rejected", "waiting"]
    problems = [row.message % row.params for row in queries.problem_rows(batch)]
    assert all(problem.endswith((".", "?")) for problem in problems)


def test_a_confirmed_batch_is_awarded_signed_and_held_for_its_undo_window() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, *(f"l{i}@students.example,L {i},2026-05-04,,," for i in range(7)))
    confirmed = awards.confirm_batch(by=issuer, batch=batch)
    assert confirmed.release_at - clock.now() > timedelta(minutes=14)
    worked_through()
    counts = queries.batch_counts(batch)
    assert (counts["awarded"], counts["signed"], counts["held"], counts["waiting"]) == (7, 7, 7, 0)
    batch.refresh_from_db()
    assert (batch.state, batch.file) == ("granted", None)


def test_a_batch_runs_in_chunks_and_stops_for_nothing() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, *(f"l{i}@students.example,L {i},2026-05-04,,," for i in range(430)))
    awards.confirm_batch(by=issuer, batch=batch, release="now")
    for expected in (200, 400, 430):
        awards.grant_next_rows(batch.public_id)
        assert batch.rows.filter(state=BatchRow.State.GRANTED).count() == expected
    awards.grant_next_rows(batch.public_id)
    assert Award.objects.filter(batch=batch).count() == 430


def test_running_a_chunk_twice_awards_nobody_twice() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, "a@students.example,A,2026-05-04,,,", "b@students.example,B,2026-05-04,,,")
    awards.confirm_batch(by=issuer, batch=batch, release="now")
    awards.grant_next_rows(batch.public_id)
    BatchRow.objects.filter(batch=batch).update(state=BatchRow.State.WAITING, award=None)
    AwardBatch.objects.filter(pk=batch.pk).update(state=AwardBatch.State.GRANTING)
    awards.grant_next_rows(batch.public_id)
    assert Award.objects.count() == 2
    assert {row.state for row in batch.rows.all()} == {"duplicate"}


def test_undoing_a_batch_takes_back_everything_that_was_not_sent() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, *(f"l{i}@students.example,L {i},2026-05-04,,," for i in range(5)))
    awards.confirm_batch(by=issuer, batch=batch)
    worked_through()
    assert awards.undo_batch(by=issuer, batch=batch) == 5
    assert set(Award.objects.values_list("state", flat=True)) == {"cancelled"}
    batch.refresh_from_db()
    assert batch.state == "undone"
    with pytest.raises(Conflict):
        awards.undo_batch(by=issuer, batch=batch)


def test_undoing_before_the_first_row_is_awarded_stops_all_of_them() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, "a@students.example,A,2026-05-04,,,")
    awards.confirm_batch(by=issuer, batch=batch)
    assert awards.undo_batch(by=issuer, batch=batch) == 0
    worked_through()
    batch.refresh_from_db()
    assert (batch.state, Award.objects.count()) == ("undone", 0)


def test_a_list_that_nobody_confirmed_is_not_undone() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, "a@students.example,A,2026-05-04,,,")
    with pytest.raises(Conflict):
        awards.undo_batch(by=issuer, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.get().state) == ("checked", "waiting")


def test_undoing_while_rows_still_wait_stops_them() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, *(f"l{i}@students.example,L {i},2026-05-04,,," for i in range(230)))
    awards.confirm_batch(by=issuer, batch=batch)
    awards.grant_next_rows(batch.public_id)
    awards.undo_batch(by=issuer, batch=batch)
    worked_through()
    assert Award.objects.filter(batch=batch).exclude(state="cancelled").count() == 0
    assert batch.rows.filter(state=BatchRow.State.CANCELLED).count() == 30


def test_a_sent_batch_is_revoked_with_one_reason() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, *(f"l{i}@students.example,L {i},2026-05-04,,," for i in range(5)))
    awards.confirm_batch(by=issuer, batch=batch, release="now")
    worked_through()
    with pytest.raises(Conflict, match="only be revoked"):
        awards.undo_batch(by=issuer, batch=batch)
    assert awards.revoke_batch(by=issuer, batch=batch, code="error", reason="Wrong event") == 5
    assert set(Award.objects.values_list("state", "state_reason")) == {("revoked", "Wrong event")}


def test_who_lost_the_right_after_confirming_awards_nothing() -> None:
    achievement = an_achievement(level="souvenir")
    user = a_person()
    issuer = a_member("issuer", user=user)
    batch = uploaded(issuer, achievement, "a@students.example,A,2026-05-04,,,")
    awards.confirm_batch(by=issuer, batch=batch)
    membership = user.memberships.get()
    institutions.take_role(by=a_member("administrator"), membership=membership)
    worked_through()
    row = batch.rows.get()
    assert (row.state, row.code) == ("rejected", "not_permitted")
    assert not Award.objects.exists()


def test_a_batch_of_another_unit_may_not_be_confirmed() -> None:
    achievement = an_achievement(level="souvenir")
    batch = uploaded(a_member("issuer"), achievement, "a@students.example,A,2026-05-04,,,")
    with pytest.raises(NotPermitted):
        awards.confirm_batch(by=a_member("auditor"), batch=batch)


def test_an_upload_whose_check_was_interrupted_is_checked_in_the_background() -> None:
    achievement = an_achievement(level="souvenir")
    batch = awards.upload_batch(
        by=a_member("issuer"),
        achievement=achievement,
        data=roster("a@students.example,A,2026-05-04,,,"),
        filename="roster.csv",
        source="page",
    )
    worked_through()
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("checked", 1)


def test_a_chosen_mapping_is_remembered_for_files_with_the_same_headings() -> None:
    from insignia.domain.awards import roster as rosters

    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    data = b"Kontakt,Wer\na@students.example,A\n"
    batch = awards.upload_batch(by=issuer, achievement=achievement, data=data, filename="x.csv", source="page")
    assert awards.check_batch(batch).state == "uploaded"
    mapping = rosters.Mapping({"email": ("Kontakt",), "name": ("Wer",)})
    day = clock.today_in(here().zone)
    assert awards.remap_batch(by=issuer, batch=batch, mapping=mapping, awarded_on=day).rows.count() == 1
    second = awards.upload_batch(by=issuer, achievement=achievement, data=data, filename="y.csv", source="page")
    assert rosters.Mapping.from_json(second.mapping) == mapping


def test_the_same_file_again_is_noticed() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    first = uploaded(issuer, achievement, "a@students.example,A,2026-05-04,,,")
    awards.confirm_batch(by=issuer, batch=first)
    second = uploaded(issuer, achievement, "a@students.example,A,2026-05-04,,,")
    assert queries.same_file_before(second) == first


def test_every_reaction_may_run_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAOS_DOUBLE", "1")
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    batch = uploaded(issuer, achievement, *(f"l{i}@students.example,L {i},2026-05-04,,," for i in range(5)))
    awards.confirm_batch(by=issuer, batch=batch, release="now")
    delivery.drain_loudly()
    from insignia.domain.awards import invariants

    assert list(invariants.broken()) == []
    assert Award.objects.filter(state="offered").count() == 5
