"""A roster through the pages: read, mapped, checked, awarded, undone, revoked; and files that are no rosters."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, AwardBatch, BatchRow
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from tests.edges.web.issuing.clerk import Clerk, at, text
from tests.support.builders import (
    a_grantor,
    a_member,
    an_achievement,
    an_award,
    an_earner,
    today,
    worked_through,
)
from tests.support.rosters import expected_of

pytestmark = pytest.mark.usefixtures("institution")


def awarding(level: str = "souvenir") -> tuple[Clerk, Achievement]:
    achievement = an_achievement(level=level)
    actor = a_member("issuer") if level == "souvenir" else a_grantor(of=achievement)
    return Clerk(actor), achievement


def people(*lines: str) -> bytes:
    return ("email,name,awarded_on\n" + "\n".join(lines)).encode()


def checked(clerk: Clerk, achievement: Achievement, *lines: str) -> AwardBatch:
    clerk.upload(achievement, people(*(lines or ("a@students.example,A,2026-05-04",))))
    return AwardBatch.objects.latest("pk")


@pytest.mark.requirement("R-123")
def test_the_preview_counts_and_says_in_plain_words_what_is_wrong_with_each_row() -> None:
    clerk, achievement = awarding("level_1")
    made = expected_of(40, bad=3, duplicates=5, seed=4, awarded_on=today().isoformat())
    page = text(clerk.upload(achievement, made.data))
    assert "Award to 32 people" in page
    assert "A comma instead of a dot?" in text(clerk.get("batch", AwardBatch.objects.get().public_id, rows="problems"))
    assert "Mails" not in page
    assert "Else they wait 15 minutes in which you can undo." in page
    wrong = text(clerk.get("batch", AwardBatch.objects.get().public_id, rows="problems"))
    for row, _column, _code in made.errors:
        assert f'<td role="cell" class="n">{row}</td>' in wrong
    for row, first in made.duplicates:
        assert f'<td role="cell" class="n">{row}</td>' in wrong
        assert f"is in row {first} already; this row is left out." in wrong
    assert not Award.objects.exists()


@pytest.mark.requirement("R-030")
def test_rows_of_level_one_without_work_are_refused_with_the_reason() -> None:
    clerk, achievement = awarding("level_1")
    page = text(clerk.upload(achievement, people("a@students.example,A,2026-05-04")))
    assert "needs an assessed artifact" in page
    assert "There is no row that could be awarded" in page
    assert "Award to" not in page


def test_every_reason_is_said_not_only_the_first() -> None:
    clerk, achievement = awarding("level_2")
    page = text(clerk.upload(achievement, people("a@students.example,A,2026-05-04", "bad,,2026-13-40")))
    assert "needs assessed evidence that can be shared" in page
    assert "Give the day on which the earner agreed" in page
    assert "it has no @" in page
    assert "The name is missing." in page


def test_who_has_the_badge_already_is_left_out() -> None:
    clerk, achievement = awarding()
    an_award(achievement, by=clerk.actor, earner=an_earner("has@students.example", "Has It"))
    page = text(clerk.upload(achievement, people("has@students.example,Has It,2026-05-04", "b@x.example,B,2026-05-04")))
    assert "Has It (has@students.example) has this badge already." in page
    assert "Award to 1 person" in page


def test_unknown_headings_are_asked_for_once_and_remembered() -> None:
    clerk, achievement = awarding()
    data = "Kontakt;Vorname;Nachname;Am\na@students.example;Ana;Núñez;04.05.2026\n".encode()
    asked = text(clerk.upload(achievement, data))
    assert "Which column is what?" in asked
    assert "Kontakt, such as “a@students.example”" in asked
    batch = AwardBatch.objects.get()
    empty = clerk.post("mapping", batch.public_id, data={"date_order": "unsaid"})
    assert empty.status_code == 422
    assert "Every roster needs this. Choose its column." in text(empty)
    chosen = {"email": "Kontakt", "name": "Vorname", "name_second": "Nachname", "awarded_on": "Am"}
    page = text(clerk.post("mapping", batch.public_id, data={**chosen, "date_order": "day_first"}))
    assert "Ana Núñez" in page
    assert "Award to 1 person" in page
    again = text(clerk.upload(achievement, data))
    assert "Award to 1 person" in again
    assert "Which column is what?" not in again


def test_the_chosen_day_counts_for_rows_without_one() -> None:
    clerk, achievement = awarding()
    clerk.upload(achievement, b"email,name\na@students.example,A\n", awarded_on="2026-03-02")
    assert BatchRow.objects.get().line["awarded_on"] == "2026-03-02"


def test_the_same_file_again_is_noticed() -> None:
    clerk, achievement = awarding()
    first = checked(clerk, achievement)
    clerk.post("confirm", first.public_id)
    page = text(clerk.upload(achievement, people("a@students.example,A,2026-05-04")))
    assert "The very same file was awarded before" in page
    assert at("batch", first.public_id) in page


def test_awarding_shows_its_progress_in_real_units_and_then_what_came_of_it() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement, *(f"l{i}@students.example,L {i},2026-05-04" for i in range(230)))
    page = text(clerk.post("confirm", batch.public_id))
    assert "The badges are being signed." in page
    assert '<progress value="0" max="230" aria-label="0 of 230 signed">' in page
    awards.grant_next_rows(batch.public_id)
    awards.issue(list(Award.objects.values_list("public_id", flat=True)[:140]))
    piece = text(clerk.fragment("batch", batch.public_id, region="outcome"))
    assert "<html" not in piece
    assert '<progress value="140" max="230" aria-label="140 of 230 signed">' in piece
    assert 'hx-trigger="every 1s"' in piece
    worked_through()
    done = text(clerk.get("batch", batch.public_id))
    assert "<progress" not in done
    assert "230 badges signed." in done
    assert "Undo all" in done
    assert 'hx-trigger="every 15s"' in done


def test_a_batch_is_taken_back_as_a_whole_before_its_mails_go_out() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement, *(f"l{i}@students.example,L {i},2026-05-04" for i in range(5)))
    clerk.post("confirm", batch.public_id)
    worked_through()
    page = text(clerk.post("undo_batch", batch.public_id))
    assert "5 badges were taken back. Nobody was told of them." in page
    assert set(Award.objects.values_list("state", flat=True)) == {"cancelled"}
    again = text(clerk.post("undo_batch", batch.public_id))
    assert "can only be revoked" in again


def test_mails_can_be_sent_at_once_and_then_only_revoking_helps_with_one_reason_for_all() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement, *(f"l{i}@students.example,L {i},2026-05-04" for i in range(5)))
    clerk.post("confirm", batch.public_id)
    worked_through()
    assert "5 mails are on their way." in text(clerk.post("release_batch", batch.public_id))
    asked = text(clerk.get("revoke_batch", batch.public_id))
    assert "5 badges of this list were sent." in asked
    empty = clerk.post("revoke_batch", batch.public_id, data={"reason": ""})
    assert empty.status_code == 422
    assert "Choose why." in text(empty)
    assert "Say why" in text(empty)
    assert not Award.objects.filter(state="revoked").exists()
    page = text(clerk.post("revoke_batch", batch.public_id, data={"code": "error", "reason": "Wrong event"}))
    assert "5 revoked" in page
    assert set(Award.objects.values_list("state", "state_reason")) == {("revoked", "Wrong event")}


def test_send_at_once_is_chosen_before_awarding() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement)
    clerk.post("confirm", batch.public_id, data={"release": "now"})
    worked_through()
    assert Award.objects.get().state == "offered"


def test_confirming_twice_awards_once_and_says_where_it_stands() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement)
    clerk.post("confirm", batch.public_id)
    again = clerk.post("confirm", batch.public_id)
    assert again.status_code == 200
    worked_through()
    assert Award.objects.count() == 1


def test_a_list_is_thrown_away() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement)
    assert "Nobody was awarded." in text(clerk.post("cancel", batch.public_id))
    batch.refresh_from_db()
    assert (batch.state, batch.file) == ("cancelled", None)
    assert clerk.get("mapping", batch.public_id).status_code == 302


def test_the_rows_to_correct_come_as_a_file_that_computes_nothing_and_can_be_sent_again() -> None:
    clerk, achievement = awarding()
    batch = checked(
        clerk,
        achievement,
        "\"=cmd|' /C calc'!A0\",Evil,2026-05-04",
        "ok@students.example,Ok,2026-05-04",
        "b@mail.example,,2026-05-04",
    )
    clerk.post("confirm", batch.public_id)
    worked_through()
    response = clerk.get("problems", batch.public_id)
    assert response["Content-Disposition"] == 'attachment; filename="rows-to-correct.csv"'
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("\"'=cmd")
    assert '"b@mail.example",""' in lines[2]
    assert "The name is missing." in lines[2]
    mended = response.content.decode("utf-8-sig").replace('"b@mail.example",""', '"b@mail.example","Bo"').encode()
    assert "Award to 1 person" in text(clerk.upload(achievement, mended))


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * 60_000_000)
    return packed.getvalue()


BAD_FILES = {
    "empty": (b"", "is empty"),
    "only headings": (b"email,name\n", "holds headings but no rows"),
    "no headings": (b"ana@mail.example,Ana\n", "holds a person, not headings"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "is not CSV or XLSX"),
    "a PDF": (b"%PDF-1.7 ...", "is not CSV or XLSX"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"0" * 100, "is not CSV or XLSX"),
    "a web page": (b"<html><script>alert(1)</script>", "is not CSV or XLSX"),
    "half a workbook": (b"PK\x03\x04" + b"0" * 100, "damaged"),
    "a zip bomb": (_bomb(), "unpacks to far more"),
    "a file over 5 MB": (b"email,name\n" + b"x" * (5 * 1024 * 1024), "at most 5 MB"),
    "too many rows": (b"email,name\n" + b"a@b.example,A\n" * 10_001, "more than 10000 rows"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_what_is_no_roster_is_refused_in_plain_words_and_the_form_stays(kind: str) -> None:
    data, words = BAD_FILES[kind]
    clerk, achievement = awarding()
    response = clerk.upload(achievement, data, "list <b>.csv", awarded_on="2026-03-02")
    assert response.status_code == 422
    assert words in text(response)
    assert 'value="2026-03-02"' in text(response)
    assert b"list <b>" not in response.content
    assert not AwardBatch.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_survive_whatever_encoding_a_spreadsheet_wrote(encoding: str) -> None:
    clerk, achievement = awarding()
    clerk.upload(achievement, "email,name\nana@students.example,Ana Núñez\n".encode(encoding))
    assert BatchRow.objects.get().line["name"] == "Ana Núñez"


def test_no_file_at_all_is_said_beside_the_field() -> None:
    clerk, achievement = awarding()
    response = clerk.post("roster", achievement.public_id, data={"awarded_on": ""})
    assert response.status_code == 422
    assert "Choose a file first." in text(response)


def test_a_request_that_is_too_large_is_answered_with_a_page_that_says_so() -> None:
    clerk, achievement = awarding()
    response = clerk.upload(achievement, b"email,name\n" + b"x" * (7 * 1024 * 1024))
    assert response.status_code == 413
    assert "Send a smaller file, or divide it into several." in text(response)
    assert not AwardBatch.objects.exists()


def test_empty_rosters_can_be_had_in_both_kinds_and_sent_back_filled() -> None:
    clerk, achievement = awarding()
    for kind, name in (("template_csv", "roster.csv"), ("template_xlsx", "roster.xlsx")):
        response = clerk.get(kind)
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "holds headings but no rows" in text(clerk.upload(achievement, response.content, name))


def test_what_a_roster_row_says_is_never_markup() -> None:
    clerk, achievement = awarding()
    response = clerk.upload(achievement, people("a@students.example,<img src=x onerror=alert(1)>,2026-05-04"))
    assert b"<img src=x" not in response.content


def test_who_may_not_award_sees_no_roster(institution: Any) -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement)
    reader = Clerk(a_member("auditor"))
    assert reader.get("batch", batch.public_id).status_code == 404
    assert reader.post("confirm", batch.public_id).status_code == 404
    assert reader.get("roster", achievement.public_id).status_code == 403


def test_rosters_are_found_by_file_badge_and_state() -> None:
    clerk, achievement = awarding()
    assert "No roster yet" in text(clerk.get("batches"))
    first = checked(clerk, achievement)
    AwardBatch.objects.filter(pk=first.pk).update(filename="spring.csv")
    second = checked(clerk, achievement, "b@students.example,B,2026-05-04")
    clerk.post("cancel", second.public_id)
    assert "spring.csv" in text(clerk.get("batches", q="SPRING"))
    assert "spring.csv" not in text(clerk.get("batches", q="autumn"))
    assert "Clear the filters" in text(clerk.get("batches", q="autumn"))
    page = text(clerk.get("batches", state="cancelled"))
    assert at("batch", second.public_id) in page
    assert at("batch", first.public_id) not in page


def test_a_page_of_rows_costs_the_same_number_of_questions_however_many_there_are() -> None:
    clerk, achievement = awarding()
    few = checked(clerk, achievement)
    many = checked(clerk, achievement, *(f"l{i}@students.example,L {i},2026-05-04" for i in range(60)))
    with CaptureQueriesContext(connection) as one:
        clerk.get("batch", few.public_id)
    with CaptureQueriesContext(connection) as sixty:
        clerk.get("batch", many.public_id)
    assert len(sixty) <= len(one) + 1  # the count of a second page


def test_the_undo_window_is_told_with_the_time_that_is_left() -> None:
    clerk, achievement = awarding()
    batch = checked(clerk, achievement)
    clerk.post("confirm", batch.public_id)
    with clock.frozen(clock.now() + timedelta(minutes=4)):
        page = text(clerk.get("desk"))
    batch.refresh_from_db()
    assert f'data-countdown="{batch.release_at.isoformat()}"' in page
    assert f'action="{at("undo_batch", batch.public_id)}"' in page
