"""Requests for issuance: a unit asks, the Registrar verifies, returns or issues; nobody awards around them."""

from datetime import timedelta
from typing import Any

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM, Actor, Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards import invariants, queries
from insignia.domain.awards import issuance_queries as asked
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import Award, AwardBatch, IssuanceRequest, IssuanceRow
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.journal import bus
from tests.support.builders import (
    a_claim,
    a_grantor,
    a_member,
    a_person,
    a_unit,
    acting,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    here,
    today,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")

HEAD = "first_name,last_name,email,student_id,completed_on,evidence_url\n"
DAY = "2026-05-04"
UNSAID = Assessed()


@pytest.fixture(autouse=True)
def the_registrar_awards(institution: Any) -> None:
    institutions.set_policies(by=SYSTEM, institution=institution, policies={"awarding": "registrar"})


def typed(**changes: str) -> dict[str, str]:
    return {"name": "Ana Núñez", "email": "ana@students.example", "awarded_on": DAY, **changes}


def a_request(
    *lines: str, by: Actor | None = None, achievement: Achievement | None = None, assessed: Assessed = UNSAID
) -> IssuanceRequest:
    """A draft with a row for each line of a file."""
    return awards.upload_request(
        by=by or a_member("issuer"),
        achievement=achievement or an_achievement(level="souvenir"),
        data=(HEAD + "\n".join(lines)).encode(),
        filename="cohort.csv",
        assessed=assessed,
    )


def learners(number: int) -> list[str]:
    return [f"Learner,{i},l{i}@students.example,{1000 + i},{DAY}," for i in range(number)]


def sent(*lines: str, **values: Any) -> IssuanceRequest:
    """A request that waits for the Registrar."""
    request = a_request(*(lines or learners(2)), **values)
    awards.send_request(by=a_member("issuer"), request=request, attested=awards.ATTESTATION_TEXT)
    request.refresh_from_db()
    return request


def states(request: IssuanceRequest) -> list[str]:
    return list(IssuanceRow.objects.filter(request=request).order_by("number").values_list("state", flat=True))


def state(request: IssuanceRequest) -> str:
    request.refresh_from_db()
    return request.state


def row(request: IssuanceRequest, index: int = 0) -> IssuanceRow:
    return IssuanceRow.objects.select_related("request").filter(request=request).order_by("number")[index]


def all_is_well() -> None:
    assert list(invariants.broken()) == []


class TestAwardingIsTheRegistrarsAlone:
    @pytest.mark.requirement("R-121")
    def test_no_way_of_awarding_directly_is_open(self) -> None:
        achievement = an_achievement(level="souvenir")
        by = a_member("issuer")
        for attempt in (
            lambda: awards.grant_award(by=by, achievement=achievement, earner=an_earner(), claim=a_claim()),
            lambda: awards.grant_awards(by=by, achievement=achievement, wishes=[awards.Wish(an_earner(), a_claim())]),
            lambda: awards.upload_batch(
                by=by,
                achievement=achievement,
                data=HEAD.encode() + learners(1)[0].encode(),
                filename="r.csv",
                source="page",
            ),
        ):
            with pytest.raises(NotPermitted, match="File an issuance request") as refused:
                attempt()
            assert refused.value.code == "registrar_issues"
        assert not Award.objects.exists()

    @pytest.mark.requirement("R-121")
    def test_a_list_that_was_checked_before_is_not_confirmed_any_more(self) -> None:
        institutions.set_policies(by=SYSTEM, institution=here(), policies={"awarding": "grantor"})
        achievement, by = an_achievement(level="souvenir"), a_member("issuer")
        batch = awards.check_batch(
            awards.upload_batch(
                by=by, achievement=achievement, data=(HEAD + learners(1)[0]).encode(), filename="r.csv", source="page"
            )
        )
        institutions.set_policies(by=SYSTEM, institution=here(), policies={"awarding": "registrar"})
        with pytest.raises(NotPermitted, match="File an issuance request"):
            awards.confirm_batch(by=by, batch=queries.batch_for(by, batch.public_id))

    def test_what_a_rule_awards_by_itself_asks_no_registrar(self) -> None:
        award = an_award(an_achievement(level="souvenir"), by=SYSTEM)
        assert award.state == "granted"

    @pytest.mark.requirement("R-901")
    def test_where_grantors_award_no_request_goes_round_them(self) -> None:
        institutions.set_policies(by=SYSTEM, institution=here(), policies={"awarding": "grantor"})
        with pytest.raises(NotPermitted, match="awarded by its Grantors"):
            a_request(*learners(1), achievement=an_achievement(level="level_1"))
        assert a_request(*learners(1), achievement=an_achievement(level="souvenir")).state == "draft"

    def test_a_policy_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(Rejected, match="by “grantor” or by “registrar”"):
            institutions.set_policies(by=SYSTEM, institution=here(), policies={"awarding": "everybody"})


class TestAUnitAsks:
    @pytest.mark.requirement("R-122", "R-123")
    def test_a_file_is_read_row_by_row_and_says_what_is_wrong(self) -> None:
        request = a_request(
            "Ana,Núñez,ana@students.example,17,2026-05-04,https://work.example/1",
            "Ben,Bad,ben@students,,2026-05-04,",
            "Cy,Late,cy@students.example,,2027-09-01,",
            ",,dora@students.example,,2026-05-04,",
            "Ana,Again,ANA@students.example,,2026-05-04,",
            "Eve,Dayless,eve@students.example,,,",
        )
        found = {r.number: (r.name, r.code) for r in IssuanceRow.objects.filter(request=request)}
        assert found[2] == ("Ana Núñez", "")
        assert [found[n][1] for n in (3, 5, 6, 7)] == ["email_wrong", "name_missing", "duplicate", "date_missing"]
        assert found[4][1] != ""
        assert row(request).external_id == "17"
        assert row(request).line["evidence_url"] == "https://work.example/1"

    @pytest.mark.requirement("R-122")
    def test_a_draft_keeps_what_was_typed_however_wrong(self) -> None:
        by = a_member("issuer")
        request = awards.draft_request(
            by=by, achievement=an_achievement(level="souvenir"), values=typed(email="ana@", awarded_on="soon")
        )
        kept = row(request)
        assert (kept.line["email"], kept.line["awarded_on"], kept.line["name"]) == ("ana@", "soon", "Ana Núñez")
        assert kept.code
        with pytest.raises(Rejected, match="no row that could be sent"):
            awards.send_request(by=by, request=request, attested=awards.ATTESTATION_TEXT)
        awards.correct_row(by=by, row=kept, values=typed())
        assert awards.send_request(by=by, request=request, attested=awards.ATTESTATION_TEXT) == 1
        assert (state(request), states(request)) == ("submitted", ["waiting"])

    @pytest.mark.requirement("R-122")
    def test_without_the_units_word_nothing_is_sent(self) -> None:
        request = a_request(*learners(1))
        with pytest.raises(Rejected, match="Confirm that these learners completed"):
            awards.send_request(by=a_member("issuer"), request=request, attested="")
        assert state(request) == "draft"

    @pytest.mark.requirement("R-123")
    def test_what_is_wrong_stays_with_the_unit_while_the_others_go(self) -> None:
        by = a_member("issuer")
        request = a_request(*learners(2), "Ben,Bad,ben@students,,2026-05-04,", by=by)
        assert awards.send_request(by=by, request=request, attested=awards.ATTESTATION_TEXT) == 2
        assert states(request) == ["waiting", "waiting", "open"]
        awards.correct_row(by=by, row=row(request, 2), values=typed())
        awards.send_request(by=by, request=request, attested=awards.ATTESTATION_TEXT)
        assert states(request) == ["waiting"] * 3

    def test_a_row_that_stands_there_twice_is_fine_once_the_other_is_taken_out(self) -> None:
        by = a_member("issuer")
        request = a_request(*learners(1), *learners(1), by=by)
        assert [r.code for r in IssuanceRow.objects.filter(request=request)] == ["", "duplicate"]
        awards.withdraw_row(by=by, row=row(request))
        assert [r.code for r in IssuanceRow.objects.filter(request=request)] == [""]

    def test_cells_beside_the_columns_are_looked_at_by_a_person(self) -> None:
        by = a_member("issuer")
        request = a_request("Ana,Núñez,ana@students.example,17,2026-05-04,,left over", by=by)
        assert row(request).code == "too_many_cells"
        awards.add_row(by=by, request=request, values=typed(email="other@students.example"))
        assert row(request).code == "too_many_cells"
        awards.correct_row(by=by, row=row(request), values=typed())
        assert row(request).code == ""

    def test_a_file_without_the_columns_that_it_needs_says_which(self) -> None:
        with pytest.raises(Rejected, match="needs a heading for the mail address"):
            awards.upload_request(
                by=a_member("issuer"),
                achievement=an_achievement(level="souvenir"),
                data=b"who,when\nAna,2026-05-04\n",
                filename="x.csv",
                assessed=Assessed(),
            )

    @pytest.mark.requirement("R-122")
    def test_an_assessed_badge_names_who_assessed_when_and_where(self) -> None:
        achievement = an_achievement(level="level_1")
        assert row(a_request(*learners(1), achievement=achievement)).code == "assessment_missing"
        told = Assessed(by="Dr. Ada Example", where="GEO 310", on=today())
        early = row(a_request(f"A,B,a@students.example,,{DAY},", achievement=achievement, assessed=told))
        assert early.code == "attested_after_award"
        fine = a_request(f"A,B,a@students.example,,{today().isoformat()},", achievement=achievement, assessed=told)
        assert row(fine).code == ""
        assert row(fine).line["attested_where"] == "GEO 310"

    def test_the_evidence_that_the_level_asks_for_is_asked_for(self) -> None:
        achievement = an_achievement(level="level_2")
        told = Assessed(by="Dr. Ada Example", where="GEO 310", on=today())
        request = a_request(f"A,B,a@students.example,,{today().isoformat()},", achievement=achievement, assessed=told)
        assert row(request).code == "shared_evidence_missing"

    def test_who_has_the_badge_already_is_not_sent(self) -> None:
        achievement = an_achievement(level="souvenir")
        an_award(achievement, by=SYSTEM, earner=an_earner("l0@students.example"))
        assert [
            r.code for r in IssuanceRow.objects.filter(request=a_request(*learners(2), achievement=achievement))
        ] == [
            "duplicate",
            "",
        ]

    def test_nobody_asks_for_themselves(self) -> None:
        me = a_person("me@people.example")
        by = a_member("issuer", user=me)
        assert row(a_request(f"M,E,ME@people.example,,{DAY},", by=by)).code == "self_request"

    @pytest.mark.requirement("R-104", "R-122")
    def test_a_unit_asks_for_its_own_badges_only(self) -> None:
        mine = an_achievement(level="souvenir", unit=a_unit("computing"))
        theirs = an_achievement(level="souvenir", unit=a_unit("library"))
        by = a_member("issuer", scope=Scope("unit", mine.unit.public_id))
        with pytest.raises(NotPermitted):
            a_request(*learners(1), by=by, achievement=theirs)
        own, other = a_request(*learners(1), by=by, achievement=mine), a_request(*learners(1), achievement=theirs)
        assert list(asked.requests_of(by)) == [own]
        with pytest.raises(NotPermitted):
            awards.send_request(by=by, request=other, attested=awards.ATTESTATION_TEXT)
        assert [a.pk for a in asked.askable(by)] == [mine.pk]

    def test_a_badge_that_is_paused_cannot_be_asked_for(self) -> None:
        request = a_request(*learners(1))
        catalog.move(by=SYSTEM, achievement=request.achievement, verb="pause", reason="Under review")
        with pytest.raises(Rejected, match="is not active"):
            awards.send_request(by=a_member("issuer"), request=request, attested=awards.ATTESTATION_TEXT)

    def test_a_draft_is_thrown_away_and_what_was_sent_is_not(self) -> None:
        by = a_member("issuer")
        draft, gone = a_request(*learners(1), by=by), sent()
        awards.discard_request(by=by, request=draft)
        with pytest.raises(Conflict):
            awards.discard_request(by=by, request=gone)
        assert list(IssuanceRequest.objects.all()) == [gone]

    def test_what_was_sent_is_not_changed_by_the_unit(self) -> None:
        by, request = a_member("issuer"), sent()
        with pytest.raises(Conflict):
            awards.correct_row(by=by, row=row(request), values=typed())
        with pytest.raises(Conflict):
            awards.withdraw_row(by=by, row=row(request))


class TestTheRegistrarDecides:
    @pytest.mark.requirement("R-124")
    def test_what_is_issued_runs_through_the_same_line_as_every_award(self) -> None:
        registrar = a_member("registrar")
        request = sent(*learners(3))
        awards.verify_request(by=registrar, request=request)
        assert (state(request), request.verifier_id) == ("verifying", registrar.user_pk)
        batch = awards.issue_valid(by=registrar, request=request)
        assert (state(request), states(request)) == ("approved", ["approved"] * 3)
        assert batch.release_at - clock.now() > timedelta(minutes=14)
        worked_through()
        assert (state(request), states(request)) == ("issued", ["issued"] * 3)
        assert set(Award.objects.values_list("state", flat=True)) == {"held"}
        with clock.frozen(clock.now() + timedelta(minutes=16)):
            worked_through()
        assert set(Award.objects.values_list("state", flat=True)) == {"offered"}
        assert [r.award.recipient.email for r in IssuanceRow.objects.filter(request=request)] == [
            f"l{i}@students.example" for i in range(3)
        ]
        all_is_well()

    @pytest.mark.requirement("R-124")
    def test_one_row_is_issued_and_the_others_go_on_waiting(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(3))
        awards.issue_rows(by=registrar, request=request, rows=[row(request, 1).public_id])
        worked_through()
        assert (state(request), states(request)) == ("verifying", ["waiting", "issued", "waiting"])

    @pytest.mark.requirement("R-124")
    def test_rows_are_returned_with_a_reason_corrected_and_sent_again(self) -> None:
        registrar, unit, request = a_member("registrar"), a_member("issuer"), sent(*learners(2))
        with pytest.raises(Rejected, match="Say why"):
            awards.return_rows(by=registrar, request=request, rows=[row(request).public_id], reason="  ")
        awards.return_rows(by=registrar, request=request, rows=[row(request).public_id], reason="Wrong number.")
        assert (state(request), states(request)) == ("verifying", ["returned", "waiting"])
        assert row(request).reason == "Wrong number."
        awards.issue_valid(by=registrar, request=request)
        worked_through()
        assert (state(request), states(request)) == ("partly_issued", ["returned", "issued"])
        awards.correct_row(by=unit, row=row(request), values=typed())
        awards.send_request(by=unit, request=request, attested=awards.ATTESTATION_TEXT)
        assert (state(request), states(request), row(request).reason) == ("submitted", ["waiting", "issued"], "")
        awards.issue_valid(by=registrar, request=request)
        worked_through()
        assert (state(request), Award.objects.count()) == ("issued", 2)
        all_is_well()

    @pytest.mark.requirement("R-124")
    def test_a_whole_request_is_returned(self) -> None:
        request = sent(*learners(2))
        assert awards.return_request(by=a_member("registrar"), request=request, reason="Which term?") == 2
        assert (state(request), states(request)) == ("returned", ["returned", "returned"])

    def test_the_reason_is_not_written_where_it_could_never_be_forgotten(self) -> None:
        request = sent()
        awards.return_request(by=a_member("registrar"), request=request, reason="Ana Núñez is Ana Nunez.")
        (entry,) = bus.read(name="awards.issuance_returned")
        assert entry.reason == ""

    def test_a_row_that_is_taken_out_completes_the_request(self) -> None:
        registrar, unit, request = a_member("registrar"), a_member("issuer"), sent(*learners(2))
        awards.return_rows(by=registrar, request=request, rows=[row(request).public_id], reason="Not enrolled.")
        awards.issue_valid(by=registrar, request=request)
        worked_through()
        awards.withdraw_row(by=unit, row=row(request))
        assert (state(request), states(request)) == ("issued", ["withdrawn", "issued"])

    @pytest.mark.requirement("R-124")
    def test_undoing_gives_the_rows_back_to_the_registrar(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(2))
        batch = awards.issue_valid(by=registrar, request=request)
        worked_through()
        assert awards.undo_batch(by=registrar, batch=batch) == 2
        assert (state(request), states(request)) == ("verifying", ["waiting", "waiting"])
        assert not IssuanceRow.objects.exclude(award=None).exists()
        awards.issue_valid(by=registrar, request=request)
        worked_through()
        assert (state(request), Award.objects.filter(state="held").count()) == ("issued", 2)
        all_is_well()

    def test_undoing_one_award_gives_one_row_back(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(2))
        awards.issue_valid(by=registrar, request=request)
        worked_through()
        award = queries.award_for(registrar, IssuanceRow.objects.filter(request=request)[0].award.public_id)
        awards.undo(by=registrar, awards=[award])
        worked_through()
        assert (state(request), states(request)) == ("verifying", ["waiting", "issued"])

    def test_stopping_before_the_first_chunk_gives_all_of_them_back(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(2))
        batch = awards.issue_valid(by=registrar, request=request)
        awards.undo_batch(by=registrar, batch=batch)
        worked_through()
        assert (state(request), states(request), Award.objects.count()) == ("verifying", ["waiting", "waiting"], 0)

    @pytest.mark.requirement("R-124")
    def test_many_rows_run_in_chunks(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(230))
        batch = awards.issue_valid(by=registrar, request=request)
        awards.grant_next_rows(batch.public_id)
        assert (state(request), states(request).count("issued")) == ("approved", 200)
        awards.grant_next_rows(batch.public_id)
        assert (state(request), states(request).count("issued")) == ("issued", 230)

    def test_what_the_line_refuses_waits_again_and_says_why(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(2))
        awards.issue_valid(by=registrar, request=request)
        an_award(request.achievement, by=SYSTEM, earner=an_earner("l0@students.example"))
        worked_through()
        assert (state(request), states(request)) == ("verifying", ["waiting", "issued"])
        assert row(request).code == "duplicate"
        assert not asked.valid(request, by=registrar).exists()

    @pytest.mark.requirement("R-901")
    def test_nobody_issues_a_row_to_themselves(self) -> None:
        me = a_person("registrar@people.example")
        registrar = a_member("registrar", user=me)
        request = sent(*learners(1), f"R,E,Registrar@people.example,,{DAY},")
        with pytest.raises(NotPermitted, match="themselves"):
            awards.issue_rows(by=registrar, request=request, rows=[row(request, 1).public_id])
        awards.issue_valid(by=registrar, request=request)
        worked_through()
        assert states(request) == ["issued", "waiting"]

    def test_a_record_that_is_mine_under_another_address_is_refused_as_well(self) -> None:
        me = a_person()
        registrar = a_member("registrar", user=me)
        award = an_award(
            by=SYSTEM, achievement=an_achievement(level="souvenir"), earner=an_earner("old@students.example")
        )
        award.recipient.user = me
        award.recipient.save()
        request = sent(f"M,E,old@students.example,,{DAY},")
        awards.issue_rows(by=registrar, request=request, rows=[row(request).public_id])
        worked_through()
        assert (states(request), row(request).code) == (["waiting"], "self_award")

    def test_the_unit_cannot_decide_and_a_grantor_neither(self) -> None:
        request = sent()
        for by in (a_member("issuer"), a_grantor(of=request.achievement), acting(a_person())):
            for attempt in (
                lambda by=by: awards.verify_request(by=by, request=request),
                lambda by=by: awards.issue_valid(by=by, request=request),
                lambda by=by: awards.issue_rows(by=by, request=request, rows=[row(request).public_id]),
                lambda by=by: awards.return_request(by=by, request=request, reason="No"),
                lambda by=by: awards.return_rows(by=by, request=request, rows=[row(request).public_id], reason="No"),
            ):
                with pytest.raises(NotPermitted):
                    attempt()
        assert state(request) == "submitted"

    def test_who_lost_the_right_after_saying_yes_issues_nothing(self) -> None:
        registrar, request = a_member("registrar"), sent(*learners(1))
        batch = awards.issue_valid(by=registrar, request=request)
        batch.created_by.memberships.all().delete()
        worked_through()
        assert (states(request), row(request).code, Award.objects.count()) == (["waiting"], "not_permitted", 0)

    def test_a_badge_that_was_paused_meanwhile_is_not_issued(self) -> None:
        registrar, request = a_member("registrar"), sent()
        catalog.move(by=SYSTEM, achievement=request.achievement, verb="pause", reason="Under review")
        with pytest.raises(Rejected, match="is not active"):
            awards.issue_valid(by=registrar, request=IssuanceRequest.objects.get(pk=request.pk))
        assert state(request) == "submitted"

    def test_two_who_issue_the_same_row_award_once(self) -> None:
        request = sent(*learners(1))
        chosen = [row(request).public_id]
        awards.issue_rows(by=a_member("registrar"), request=request, rows=chosen)
        with pytest.raises(Rejected, match="somebody was faster"):
            awards.issue_rows(by=a_member("registrar"), request=request, rows=chosen)
        assert AwardBatch.objects.count() == 1

    def test_an_assessed_award_keeps_the_units_word_for_it(self) -> None:
        unit = a_member("issuer")
        told = Assessed(by="Dr. Ada Example", where="GEO 310", on=today())
        line = f"A,B,a@students.example,,{today().isoformat()},https://work.example/1"
        request = a_request(line, by=unit, achievement=an_achievement(level="level_1"), assessed=told)
        awards.send_request(by=unit, request=request, attested=awards.ATTESTATION_TEXT)
        awards.issue_valid(by=a_member("registrar"), request=request)
        worked_through()
        award = Award.objects.get()
        assert (award.attestation.by, award.attestation.where) == ("Dr. Ada Example", "GEO 310")
        assert (award.verified_by, award.evidence.get().assessed_by) == (None, unit.id)

    def test_another_institution_sees_nothing_of_it(self) -> None:
        request = sent()
        with an_institution(awarding="registrar"):
            registrar = a_member("registrar")
            assert list(asked.queue(registrar)) == []
            with pytest.raises(NotPermitted):
                awards.verify_request(by=registrar, request=request)


class TestWhatTheRegistrarIsToLookAt:
    @pytest.mark.requirement("R-124")
    def test_duplicates_and_names_that_differ_are_flagged_and_left_out_of_all_that_is_valid(self) -> None:
        achievement, other = an_achievement(level="souvenir"), an_achievement(level="souvenir")
        for address, name, number in (
            ("l1@students.example", "Somebody Else", ""),
            ("l2@students.example", "learner 2", ""),
            ("elsewhere@students.example", "Learner Three", "1003"),
        ):
            an_award(other, by=SYSTEM, earner=awards.Earner(address, name, number))
        request = sent(*learners(5), achievement=achievement)
        again = sent(f"Learner,4,l4@students.example,,{DAY},", achievement=achievement)
        an_award(achievement, by=SYSTEM, earner=an_earner("l0@students.example", "Learner 0"))
        found = list(asked.flags(asked.rows(request)))
        assert [bool(r.has_it) for r in found] == [True, False, False, False, False]
        assert [r.known_as for r in found] == ["", "Somebody Else", "", "", ""]
        assert [r.number_of for r in found] == ["", "", "", "Learner Three", ""]
        assert [r.asked_twice for r in found] == ["", "", "", "", again.public_id]
        registrar = a_member("registrar")
        assert [r.number for r in asked.valid(request, by=registrar)] == [4]
        (row_of_queue,) = asked.queue(registrar, words="l3@students.example")
        assert (row_of_queue.flagged_rows, row_of_queue.waiting_rows) == (4, 5)

    def test_somebody_who_has_the_number_and_the_badge_is_flagged(self) -> None:
        achievement = an_achievement(level="souvenir")
        request = sent(*learners(1), achievement=achievement)
        an_award(achievement, by=SYSTEM, earner=awards.Earner("old@students.example", "Learner 0", "1000"))
        (found,) = asked.flags(asked.rows(request))
        assert found.has_it

    def test_who_has_no_number_is_no_duplicate_of_others_without_one(self) -> None:
        achievement = an_achievement(level="souvenir")
        request = sent(f"A,B,a@students.example,,{DAY},", f"C,D,c@students.example,,{DAY},", achievement=achievement)
        an_award(achievement, by=SYSTEM)
        assert not asked.flagged(asked.rows(request)).exists()

    def test_what_was_flagged_is_issued_when_a_person_chooses_it(self) -> None:
        an_award(an_achievement(level="souvenir"), by=SYSTEM, earner=an_earner("l0@students.example", "Other Name"))
        request = sent(*learners(1))
        awards.issue_rows(by=a_member("registrar"), request=request, rows=[row(request).public_id])
        worked_through()
        assert (states(request), row(request).award.recipient.name) == (["issued"], "Other Name")

    def test_the_queue_is_narrowed_by_words_state_and_what_needs_a_look(self) -> None:
        an_award(an_achievement(level="souvenir"), by=SYSTEM, earner=an_earner("l0@students.example", "Other Name"))
        looked, plain = sent(*learners(1)), sent(f"Zoë,Quick,zoe@students.example,77,{DAY},")
        a_request(*learners(1))
        registrar = a_member("registrar")
        awards.return_request(by=registrar, request=plain, reason="Which term?")
        assert list(asked.queue(registrar)) == [plain, looked]
        assert list(asked.queue(registrar, words="quick")) == [plain]
        assert list(asked.queue(registrar, state="open")) == [looked]
        assert list(asked.queue(registrar, state="returned")) == [plain]
        assert list(asked.queue(registrar, flagged="yes")) == [looked]


class TestWhatMustHold:
    def test_a_row_that_counts_as_issued_without_an_award_is_told(self) -> None:
        request = sent(*learners(1))
        all_is_well()
        IssuanceRow.objects.filter(request=request).update(state="issued")
        assert [fault.partition(": ")[2] for fault in invariants.broken()] == ["counts as issued and has no award"]

    def test_a_row_that_nobody_issues_is_told(self) -> None:
        request = sent(*learners(1))
        IssuanceRow.objects.filter(request=request).update(state="approved")
        assert "is being issued by no list" in str(list(invariants.broken()))

    def test_a_row_that_waits_in_a_request_that_is_over_is_told(self) -> None:
        request = sent(*learners(1))
        IssuanceRequest.objects.filter(pk=request.pk).update(state="issued")
        assert "waits in a request that is issued" in str(list(invariants.broken()))

    def test_a_request_without_the_units_word_is_told(self) -> None:
        request = sent(*learners(1))
        IssuanceRequest.objects.filter(pk=request.pk).update(attested_text="")
        assert "without the unit's word" in str(list(invariants.broken()))
