"""Requests for issuance on pages: a unit files and corrects, the Registrar looks through, returns and issues."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.domain.access.actor import SYSTEM, Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import Award, IssuanceRequest, IssuanceRow
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions import actions as institutions
from tests.edges.web.issuing.clerk import FRAGMENT, Clerk, at, text
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    a_unit,
    acting,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    today,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")

HEAD = "first_name,last_name,email,student_id,completed_on,evidence_url\n"
DAY = "2026-05-04"


@pytest.fixture(autouse=True)
def the_registrar_awards(institution: Any) -> None:
    institutions.set_policies(by=SYSTEM, institution=institution, policies={"awarding": "registrar"})


@pytest.fixture
def unit() -> Clerk:
    return Clerk(a_member("issuer"))


@pytest.fixture
def registrar() -> Clerk:
    return Clerk(a_member("registrar"))


def typed(**changes: str) -> dict[str, str]:
    return {
        "name": "Ana Núñez",
        "email": "ana@students.example",
        "external_id": "17",
        "awarded_on": DAY,
        "evidence_url": "https://work.example/1",
        **changes,
    }


def filed(clerk: Clerk, achievement: Achievement, *lines: str, **form: str) -> Any:
    file = SimpleUploadedFile("cohort.csv", (HEAD + "\n".join(lines)).encode())
    return clerk.client.post(at("request_file", achievement.public_id), {"roster": file, **form}, follow=True)


def learners(number: int) -> list[str]:
    return [f"Learner,{i},l{i}@students.example,{1000 + i},{DAY}," for i in range(number)]


def sent(number: int = 2, achievement: Achievement | None = None) -> IssuanceRequest:
    by = a_member("issuer")
    request = awards.upload_request(
        by=by,
        achievement=achievement or an_achievement(level="souvenir"),
        data=(HEAD + "\n".join(learners(number))).encode(),
        filename="cohort.csv",
        assessed=Assessed(),
    )
    awards.send_request(by=by, request=request, attested=awards.ATTESTATION_TEXT)
    return request


def row(request: IssuanceRequest, index: int = 0) -> IssuanceRow:
    return IssuanceRow.objects.filter(request=request).order_by("number")[index]


def states(request: IssuanceRequest) -> list[str]:
    return list(IssuanceRow.objects.filter(request=request).order_by("number").values_list("state", flat=True))


class TestTheDesk:
    @pytest.mark.requirement("R-121")
    def test_it_offers_the_request_in_the_place_of_the_award(self, unit: Clerk) -> None:
        achievement = an_achievement(level="souvenir", name="Map Reading")
        page = text(unit.get("desk"))
        assert "Badges are issued by the Registrar here" in page
        assert at("request_one", achievement.public_id) in page
        assert at("one", achievement.public_id) not in page

    @pytest.mark.requirement("R-121")
    @pytest.mark.parametrize("name", ["one", "many", "roster"])
    def test_the_pages_that_award_lead_to_the_request(self, unit: Clerk, name: str) -> None:
        achievement = an_achievement(level="souvenir")
        for response in (unit.get(name, achievement.public_id), unit.post(name, achievement.public_id)):
            assert response.status_code == 403
            assert "File an issuance request" in text(response)
            assert at("request_one", achievement.public_id) in text(response)
        assert not Award.objects.exists()

    def test_a_grantor_who_may_not_ask_is_told_who_does(self) -> None:
        achievement = an_achievement(name="Map Reading")
        page = text(Clerk(a_grantor(of=achievement)).get("desk"))
        assert "nobody awards them directly" in page
        assert at("request_one", achievement.public_id) not in page

    def test_where_grantors_award_nothing_changes(self, institution: Any, unit: Clerk) -> None:
        institutions.set_policies(by=SYSTEM, institution=institution, policies={"awarding": "grantor"})
        achievement = an_achievement(level="souvenir")
        page = text(unit.get("desk"))
        assert at("one", achievement.public_id) in page
        assert at("request_one", achievement.public_id) not in page


class TestTheUnit:
    @pytest.mark.requirement("R-122")
    def test_one_learner_from_the_form_to_the_registrar(self, unit: Clerk) -> None:
        achievement = an_achievement(level="souvenir")
        page = unit.post("request_one", achievement.public_id, data=typed())
        request = IssuanceRequest.objects.get()
        assert "Ana Núñez" in text(page)
        assert "Send 1 row to the Registrar" in text(page)
        refused = text(unit.post("request_send", request.public_id))
        assert "Confirm that these learners completed the requirements" in refused
        page = unit.post("request_send", request.public_id, data={"attested": awards.ATTESTATION_TEXT})
        assert "1 row is with the Registrar now." in text(page)
        assert states(request) == ["waiting"]

    @pytest.mark.requirement("R-122", "R-123")
    def test_what_is_wrong_is_said_beside_it_and_what_was_typed_is_there(self, unit: Clerk) -> None:
        achievement = an_achievement(level="souvenir")
        page = text(
            unit.post("request_one", achievement.public_id, data=typed(email="ana@students", awarded_on="May 4th"))
        )
        request = IssuanceRequest.objects.get()
        assert 'value="ana@students"' in page
        assert 'value="May 4th"' in page
        assert 'value="Ana Núñez"' in page
        assert "2 things need another look." in page
        page = text(unit.post("request_row", request.public_id, row(request).public_id, data=typed()))
        assert "Nothing is wrong with it." in page
        assert row(request).code == ""

    @pytest.mark.requirement("R-122", "R-123")
    def test_a_file_says_row_by_row_what_is_wrong_and_gives_it_back_to_be_corrected(self, unit: Clerk) -> None:
        page = filed(
            unit,
            an_achievement(level="souvenir"),
            *learners(3),
            f"Ben,Bad,ben@students,,{DAY},",
            f"Learner,Again,l1@students.example,,{DAY},",
        )
        request = IssuanceRequest.objects.get()
        assert "Send 3 rows to the Registrar" in text(page)
        assert "2 rows stay here until they are corrected." in text(page)
        wrong = text(unit.get("request", request.public_id, rows="wrong"))
        assert "“ben@students” is not a mail address." in wrong
        assert "is in row 3 already" in wrong
        assert "l0@students.example" not in wrong
        data = unit.get("request_problems", request.public_id).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(data)))
        assert [r["email"] for r in rows] == ["ben@students", "l1@students.example"]
        assert rows[0]["To correct"] == "“ben@students” is not a mail address."

    def test_a_file_that_is_no_list_is_said_at_the_file(self, unit: Clerk) -> None:
        achievement = an_achievement(level="souvenir")
        file = SimpleUploadedFile("x.csv", b"who,when\nAna,2026-05-04\n")
        response = unit.client.post(at("request_file", achievement.public_id), {"roster": file})
        assert response.status_code == 422
        assert "Its headings are: who, when." in text(response)
        assert not IssuanceRequest.objects.exists()

    @pytest.mark.requirement("R-122")
    def test_the_template_asks_for_what_the_badge_asks_for_and_can_be_sent_back(self, unit: Clerk) -> None:
        achievement = an_achievement(level="level_1")
        data = unit.get("request_template", achievement.public_id).content.decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(data))) == [
            *HEAD.strip().split(","),
            "assessed_by",
            "assessed_where",
            "assessed_on",
        ]
        day = today().isoformat()
        filled = data + f"A,B,a@students.example,,{day},https://work.example/1,Dr. Ada Example,GEO 310,{day}\n"
        file = SimpleUploadedFile("t.csv", filled.encode())
        page = unit.client.post(at("request_file", achievement.public_id), {"roster": file}, follow=True)
        assert "Send 1 row to the Registrar" in text(page)

    @pytest.mark.requirement("R-122")
    def test_the_assessment_is_said_once_for_the_whole_file(self, unit: Clerk) -> None:
        day = today().isoformat()
        page = filed(
            unit,
            an_achievement(level="level_1"),
            f"A,B,a@students.example,,{day},https://work.example/1",
            attested_by="Dr. Ada Example",
            attested_where="GEO 310",
            attested_on=day,
        )
        assert "Send 1 row to the Registrar" in text(page)
        assert row(IssuanceRequest.objects.get()).line["attested_by"] == "Dr. Ada Example"

    def test_a_learner_is_added_and_taken_out(self, unit: Clerk) -> None:
        filed(unit, an_achievement(level="souvenir"), *learners(1))
        request = IssuanceRequest.objects.get()
        unit.post("request_add", request.public_id, data=typed())
        assert IssuanceRow.objects.filter(request=request).count() == 2
        page = unit.post("request_row_out", request.public_id, row(request).public_id)
        assert "Taken out of the request." in text(page)
        assert [r.name for r in IssuanceRow.objects.filter(request=request)] == ["Ana Núñez"]

    def test_a_draft_is_thrown_away(self, unit: Clerk) -> None:
        filed(unit, an_achievement(level="souvenir"), *learners(1))
        page = unit.post("request_discard", IssuanceRequest.objects.get().public_id)
        assert "The draft was thrown away." in text(page)
        assert not IssuanceRequest.objects.exists()

    @pytest.mark.requirement("R-104", "R-121")
    def test_a_unit_sees_its_own_requests_only(self) -> None:
        mine = an_achievement(level="souvenir", unit=a_unit("computing"), name="Ours")
        theirs = an_achievement(level="souvenir", unit=a_unit("library"), name="Theirs")
        own, other = sent(achievement=mine), sent(achievement=theirs)
        clerk = Clerk(a_member("issuer", scope=Scope("unit", mine.unit.public_id)))
        page = text(clerk.get("requests"))
        assert at("request", own.public_id) in page
        assert at("request", other.public_id) not in page
        assert clerk.get("request", other.public_id).status_code == 404
        assert clerk.get("request_row", other.public_id, row(other).public_id).status_code == 404
        assert clerk.get("request_one", theirs.public_id).status_code == 404
        assert "Theirs" not in text(clerk.get("request_new"))

    def test_the_list_is_searched_and_narrowed(self, unit: Clerk) -> None:
        request = sent(achievement=an_achievement(level="souvenir", name="Map Reading"))
        found = at("request", request.public_id)
        assert found in text(unit.get("requests", q="map"))
        assert found in text(unit.get("requests", q="l1@students.example"))
        assert found not in text(unit.get("requests", q="no such thing"))
        assert found not in text(unit.get("requests", state="draft"))

    def test_who_may_not_ask_is_not_let_in(self) -> None:
        for by in (acting(a_person()), a_member("auditor"), a_member("registrar")):
            assert Clerk(by).get("requests").status_code == 403


class TestTheRegistrar:
    @pytest.mark.requirement("R-124")
    def test_the_queue_shows_what_is_to_be_looked_at(self, registrar: Clerk) -> None:
        an_award(an_achievement(level="souvenir"), by=SYSTEM, earner=an_earner("l1@students.example", "Other Name"))
        request = sent(3)
        plain = sent(1, an_achievement(level="souvenir", name="Map Reading"))
        page = text(registrar.get("queue"))
        assert at("verify", request.public_id) in page
        assert at("verify", plain.public_id) in page
        narrowed = text(registrar.get("queue", flagged="yes", state="open"))
        assert at("verify", request.public_id) in narrowed
        assert at("verify", plain.public_id) not in narrowed
        shown = text(registrar.get("verify", request.public_id))
        assert "Known here as “Other Name”, which the badge will say." in shown
        assert "Issue all 2 rows that are fine" in shown
        looked = text(registrar.get("verify", request.public_id, rows="flagged"))
        assert "l1@students.example" in looked
        assert "l0@students.example" not in looked

    @pytest.mark.requirement("R-124")
    def test_duplicates_are_named_as_such(self, registrar: Clerk) -> None:
        achievement = an_achievement(level="souvenir")
        request, again = sent(1, achievement), sent(1, achievement)
        assert "Asked for in another open request as well." in text(registrar.get("verify", request.public_id))
        awards.issue_rows(by=registrar.actor, request=again, rows=[row(again).public_id])
        worked_through()
        assert "Has this badge already." in text(registrar.get("verify", request.public_id))

    @pytest.mark.requirement("R-124")
    def test_all_that_is_fine_is_issued_and_shown_as_it_goes(self, registrar: Clerk) -> None:
        request = sent(3)
        page = text(registrar.post("verify_issue", request.public_id, data={"which": "valid"}))
        assert "0 of 3 issued" in page
        worked_through()
        page = registrar.client.get(
            at("verify", request.public_id), headers={**FRAGMENT, "HX-Target": "issuing-progress"}
        )
        assert "3 badges issued." in text(page)
        assert "<html" not in text(page)
        assert states(request) == ["issued"] * 3

    @pytest.mark.requirement("R-124")
    def test_one_row_and_ticked_rows(self, registrar: Clerk) -> None:
        request = sent(4)
        registrar.post("verify_issue", request.public_id, data={"only": row(request, 2).public_id})
        worked_through()
        assert states(request) == ["waiting", "waiting", "issued", "waiting"]
        ticked = [row(request, i).public_id for i in (0, 3)]
        registrar.post("verify_issue", request.public_id, data={"row": ticked})
        worked_through()
        assert states(request) == ["issued", "waiting", "issued", "issued"]

    @pytest.mark.requirement("R-124")
    def test_returning_needs_a_reason_and_keeps_the_ticks_without_one(self, registrar: Clerk, unit: Clerk) -> None:
        request = sent(2)
        ticked = row(request).public_id
        refused = registrar.post("verify_return", request.public_id, data={"row": [ticked], "reason": ""})
        assert refused.status_code == 422
        assert "Say why" in text(refused)
        assert f'value="{ticked}" checked' in text(refused)
        assert states(request) == ["waiting", "waiting"]
        registrar.post("verify_return", request.public_id, data={"row": [ticked], "reason": "Not the legal name."})
        assert states(request) == ["returned", "waiting"]
        assert "Not the legal name." in text(unit.get("request", request.public_id))
        assert "Not the legal name." in text(unit.get("request_row", request.public_id, ticked))

    @pytest.mark.requirement("R-124")
    def test_everything_is_returned_at_once(self, registrar: Clerk) -> None:
        request = sent(2)
        page = registrar.post("verify_return", request.public_id, data={"which": "all", "reason": "Which term?"})
        assert "2 rows are back with the unit" in text(page)
        assert states(request) == ["returned", "returned"]

    @pytest.mark.requirement("R-901")
    def test_ones_own_row_has_no_button_and_cannot_be_issued(self) -> None:
        me = a_person("l0@students.example")
        registrar, request = Clerk(a_member("registrar", user=me)), sent(1)
        page = text(registrar.get("verify", request.public_id))
        assert "This is you: a colleague decides." in page
        assert f'value="{row(request).public_id}"' not in page
        refused = registrar.post("verify_issue", request.public_id, data={"only": row(request).public_id})
        assert refused.status_code == 403
        assert states(request) == ["waiting"]

    def test_the_list_that_is_issued_can_be_opened_and_undone_by_the_registrar(self, registrar: Clerk) -> None:
        request = sent(2)
        registrar.post("verify_issue", request.public_id, data={"which": "valid"})
        worked_through()
        batch = request.batches.get()
        assert at("batch", batch.public_id) in text(registrar.get("batches"))
        assert registrar.get("batch", batch.public_id).status_code == 200
        registrar.post("undo_batch", batch.public_id)
        assert states(request) == ["waiting", "waiting"]
        assert set(Award.objects.values_list("state", flat=True)) == {"cancelled"}

    def test_beginning_shows_colleagues_who_verifies(self, registrar: Clerk) -> None:
        request = sent(1)
        registrar.post("verify_begin", request.public_id)
        assert f"Verified by {registrar.user}" in text(Clerk(a_member("registrar")).get("verify", request.public_id))

    def test_a_draft_is_not_the_registrars_business(self, registrar: Clerk, unit: Clerk) -> None:
        filed(unit, an_achievement(level="souvenir"), *learners(1))
        request = IssuanceRequest.objects.get()
        assert registrar.get("verify", request.public_id).status_code == 404
        assert at("verify", request.public_id) not in text(registrar.get("queue", state=""))

    def test_neither_the_unit_nor_another_institution_decides(self, unit: Clerk) -> None:
        request = sent(1)
        with an_institution(awarding="registrar"):
            foreigner = a_member("registrar")
        for clerk in (unit, Clerk(foreigner)):
            assert clerk.get("queue").status_code == 403
            assert clerk.get("verify", request.public_id).status_code == 404
            for name in ("verify_begin", "verify_issue", "verify_return"):
                assert clerk.post(name, request.public_id, data={"which": "valid"}).status_code == 404
        assert states(request) == ["waiting"]

    def test_pages_ask_the_database_no_more_often_for_many_rows(self, registrar: Clerk, unit: Clerk) -> None:
        few, many = sent(2), sent(20, an_achievement(level="souvenir"))
        for clerk, name in ((registrar, "verify"), (unit, "request")):
            clerk.get(name, few.public_id)
            with CaptureQueriesContext(connection) as once:
                clerk.get(name, few.public_id)
            with CaptureQueriesContext(connection) as again:
                clerk.get(name, many.public_id)
            assert len(again) <= len(once)

    def test_lists_ask_the_database_no_more_often_for_many_requests(self, registrar: Clerk, unit: Clerk) -> None:
        sent(1)
        for clerk, name in ((registrar, "queue"), (unit, "requests"), (unit, "desk"), (unit, "request_new")):
            clerk.get(name)
            with CaptureQueriesContext(connection) as once:
                clerk.get(name)
            for _ in range(3):
                sent(1, an_achievement(level="souvenir"))
            with CaptureQueriesContext(connection) as again:
                clerk.get(name)
            assert len(again) == len(once), name
