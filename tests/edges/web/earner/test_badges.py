"""What a person has: the list, one badge, and who may see it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, Recipient
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from insignia.edges.web.qr import qr_code
from tests.edges.web.earner.readers import reader, words_of, writing_nothing
from tests.support.builders import (
    a_member,
    a_person,
    accepted,
    acting,
    again,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    elsewhere,
    offered,
)

pytestmark = pytest.mark.usefixtures("institution")
ROWAN = "rowan@students.example"


def rowan() -> User:
    return User.objects.filter(email=ROWAN).first() or a_person(ROWAN, name="Rowan Thistlewood")


def theirs(name: str = "", *, state: str = "accepted", level: str = "level_1", **claim: Any) -> Award:
    """A badge of Rowan's."""
    achievement = an_achievement(level=level, **({"name": name} if name else {}))
    award = offered(achievement=achievement, earner=an_earner(ROWAN, "Rowan Thistlewood"), **claim)
    awards.claim(link=awards.make_claim_link(award.recipient), user=rowan())
    if state != "offered":
        awards.accept(by=acting(rowan()), awards=[again(award)])
    return again(award)


def shown_as(award: Award, visibility: str) -> None:
    reader(rowan()).post(f"/my/badges/{award.public_id}/visibility", {"visibility": visibility})


class TestTheList:
    def test_it_says_what_will_stand_there(self) -> None:
        assert "Your badges will stand here" in reader(rowan()).text("/my/badges")

    def test_nobody_sees_it_without_signing_in(self) -> None:
        for path in ("/my/", "/my/badges", "/my/account", "/my/tokens"):
            response = reader().get(path)
            assert response["Location"] == f"/accounts/login/?next={path}"

    @pytest.mark.requirement("R-004")
    def test_badges_of_every_institution_are_there_and_no_course_is_needed(self, institution: Institution) -> None:
        here = theirs("Spreadsheet Basics")
        with an_institution(name="Alder Ridge University"):
            there = theirs("Welding", level="souvenir")
        accepted(achievement=an_achievement(name="Somebody Else's"))
        text = reader(rowan()).text("/my/badges")
        for word in (here.version.name, there.version.name, institution.name, "Alder Ridge University", "2 badges"):
            assert word in text
        assert "Somebody Else's" not in text

    def test_offers_stand_first_with_their_answers(self) -> None:
        theirs("Spreadsheet Basics")
        offer = theirs("Welding", state="offered")
        page = reader(rowan()).get("/my/badges").content.decode()
        assert page.index("Welding") < page.index("Spreadsheet Basics")
        assert f"/my/badges/{offer.public_id}/accept" in page
        assert f"/my/badges/{offer.public_id}/decline" in page

    def test_it_can_be_searched_narrowed_and_sorted(self) -> None:
        first, second, third = theirs("Éclairs"), theirs("Baking"), theirs("Carving")
        shown_as(first, "public")
        shown_as(second, "link")
        awards.revoke(by=a_member("administrator"), awards=[again(third)], code="error", reason="Wrong list")
        client = reader(rowan())

        def names(query: str) -> list[str]:
            return [one.award.version.name for one in client.get(f"/my/badges?{query}").context["shelf"].page]

        assert names("q=eclair") == ["Éclairs"]
        assert names("q=computing+baking") == ["Baking"]
        assert names("kind=public") == ["Éclairs"]
        assert names("kind=link") == ["Baking"]
        assert names("kind=private") == []
        assert names("kind=over") == ["Carving"]
        assert names("sort=name") == ["Baking", "Carving", "Éclairs"]
        assert names("") == ["Carving", "Baking", "Éclairs"]
        assert names("kind=nonsense&sort=nonsense&page=nonsense") == ["Carving", "Baking", "Éclairs"]
        assert "Nothing matches" in client.text("/my/badges?q=zzz")
        counts = {kind.key: kind.count for kind in client.get("/my/badges").context["shelf"].kinds}
        assert counts == {"": 3, "public": 1, "link": 1, "private": 0, "over": 1}

    def test_a_filter_answers_with_the_list_alone(self) -> None:
        theirs("Baking")
        headers = {"HX-Request": "true", "HX-Target": "results"}
        page = reader(rowan()).get("/my/badges?q=bak", headers=headers).content.decode()
        assert "Baking" in page
        assert "<html" not in page

    def test_it_comes_in_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("insignia.edges.web.earner.shelf.A_PAGE", 2)
        for name in ("One", "Two", "Three"):
            theirs(name)
        client = reader(rowan())
        assert "Three" in client.text("/my/badges")
        assert [one.award.version.name for one in client.get("/my/badges?page=2").context["shelf"].page] == ["One"]

    def test_more_badges_ask_no_more_of_the_database(self) -> None:
        def asked() -> int:
            client = reader(rowan())
            with CaptureQueriesContext(connection) as captured:
                client.get("/my/badges")
            return len(captured)

        theirs("One")
        theirs("Waiting", state="offered")
        few = asked()
        for number in range(4):
            theirs(f"Badge {number}", level="level_2")
            theirs(f"Offer {number}", state="offered")
        assert asked() == few

    def test_it_carries_no_pictures_and_no_documents(self) -> None:
        theirs("One")
        client = reader(rowan())
        with CaptureQueriesContext(connection) as captured:
            client.get("/my/badges")
        for column in ('"png"', '"svg"', '"document"'):
            assert not any(column in query["sql"] for query in captured)

    def test_looking_writes_nothing(self) -> None:
        award, offer = theirs("One"), theirs("Two", state="offered")
        client = reader(rowan())
        for path in ("", f"/{award.public_id}", f"/{offer.public_id}/decline", f"/choose?award={award.public_id}"):
            with writing_nothing():
                assert client.get(f"/my/badges{path}").status_code == 200


class TestWaitingElsewhere:
    def test_what_waits_at_a_proved_address_is_taken_by_asking_for_it(self, institution: Institution) -> None:
        award = offered(earner=an_earner(ROWAN))
        client = reader(rowan())
        assert f"A badge from {institution.name} waits at your address {ROWAN}" in client.text("/my/badges")
        assert again(award).recipient.user is None
        client.post("/my/badges/waiting", {"record": award.recipient.public_id})
        assert again(award).recipient.user == rowan()
        assert again(award).state == "offered"
        assert award.version.name in client.text("/my/badges")

    def test_not_at_an_address_that_is_somebody_elses(self) -> None:
        award = offered()
        client = reader(rowan())
        assert client.post("/my/badges/waiting", {"record": award.recipient.public_id}).status_code == 404
        assert again(award).recipient.user is None

    def test_not_at_an_address_that_was_only_named(self) -> None:
        award = offered()
        EmailAddress.objects.create(user=rowan(), email=award.recipient.email, verified=False)
        client = reader(rowan())
        assert client.post("/my/badges/waiting", {"record": award.recipient.public_id}).status_code == 404
        assert "waits at your address" not in client.text("/my/badges")

    def test_a_record_where_nothing_waits_is_not_mentioned(self) -> None:
        award = an_award(earner=an_earner(ROWAN))
        assert Recipient.objects.filter(pk=award.recipient_id).exists()
        assert "waits at your address" not in reader(rowan()).text("/my/badges")


class TestOneBadge:
    @pytest.mark.requirement("R-009")
    def test_it_shows_when_by_whom_and_for_what_it_was_earned(self, institution: Institution) -> None:
        award = theirs("Spreadsheet Basics")
        text = reader(rowan()).text(f"/my/badges/{award.public_id}")
        day = f"{award.awarded_on.day} {award.awarded_on:%B %Y}"
        for word in (day, institution.name, "College of Computing", "three exercises", "Worked with real data."):
            assert word in text
        assert f"{award.verified_by_name} Verified it, as a grantor" in text

    def test_its_earner_sees_their_own_private_evidence(self) -> None:
        private, shared = theirs(level="level_1"), theirs(level="level_2")
        client = reader(rowan())
        assert "Workbook Private" in client.text(f"/my/badges/{private.public_id}")
        assert "Workbook Shown with the badge" in client.text(f"/my/badges/{shared.public_id}")
        assert "https://work.example/book.xlsx" in client.get(f"/my/badges/{private.public_id}").content.decode()

    def test_an_assessment_elsewhere_is_told(self) -> None:
        award = theirs(attestation=elsewhere(), evidence=())
        assert "Assessed elsewhere: The learning system , by Dr. Ada Example" in reader(rowan()).text(
            f"/my/badges/{award.public_id}"
        )

    def test_another_persons_badge_is_not_there(self) -> None:
        award = theirs()
        client = reader(a_person())
        for path in ("", "/decline"):
            assert client.get(f"/my/badges/{award.public_id}{path}").status_code == 404
        for path in ("/accept", "/visibility"):
            assert client.post(f"/my/badges/{award.public_id}{path}", {"visibility": "public"}).status_code == 404
        assert client.get(f"/my/badges/choose?award={award.public_id}")["Location"] == "/my/badges"
        assert again(award).visibility == "private"

    def test_an_offer_is_accepted_there_and_who_may_see_it_is_chosen(self) -> None:
        award = theirs(state="offered")
        client = reader(rowan())
        response = client.post(f"/my/badges/{award.public_id}/accept")
        assert response["Location"] == f"/my/badges/choose?award={award.public_id}"
        assert (again(award).state, again(award).visibility) == ("accepted", "private")
        page = client.get(response["Location"]).content.decode()
        assert 'value="private"' in page
        assert page.count("checked") == 1
        client.post(response["Location"], {f"{award.public_id}-visibility": "link"})
        assert again(award).visibility == "link"

    def test_several_are_chosen_for_at_once_and_the_default_is_private(self) -> None:
        first, second = theirs(), theirs()
        client = reader(rowan())
        address = f"/my/badges/choose?award={first.public_id}&award={second.public_id}"
        answers = {f"{first.public_id}-visibility": "public", f"{second.public_id}-visibility": "private"}
        assert client.post(address, answers)["Location"] == "/my/badges"
        assert (again(first).visibility, again(second).visibility) == ("public", "private")
        assert client.post(address, {f"{first.public_id}-visibility": "everybody"}).status_code == 422
        assert again(first).visibility == "public"

    def test_a_file_of_each_kind_can_be_taken_along(self) -> None:
        award = theirs()
        client = reader(rowan())
        page = client.get(f"/my/badges/{award.public_id}").content.decode()
        for kind in ("png", "svg", "json", "jwt"):
            address = f"/c/{award.credential.public_id}.{kind}"
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200

    def test_it_says_what_its_institution_did_with_it(self) -> None:
        by = a_member("administrator")
        revoked, suspended, replaced, expired = theirs(), theirs(), theirs(), theirs(level="souvenir")
        awards.revoke(by=by, awards=[revoked], code="misconduct", reason="See the letter.")
        awards.suspend(by=by, award=suspended, reason="A question is open")
        corrected = awards.correct_award(by=by, award=replaced, reason="Misspelt", name="Rowan T. Thistlewood")
        Award.objects.filter(pk=expired.pk).update(expires_on=expired.awarded_on, state="expired")
        client = reader(rowan())

        def told(award: Award) -> str:
            return client.text(f"/my/badges/{award.public_id}")

        assert "The work was not the earner's own. See the letter" in told(revoked)
        assert "This badge is suspended until a question is settled. “A question is open”" in told(suspended)
        assert "This badge was replaced by a corrected one. “Misspelt”" in told(replaced)
        assert "This badge was valid until" in told(expired)
        awards.issue([corrected.public_id])
        awards.release([corrected.public_id])
        page = client.get(f"/my/badges/{replaced.public_id}").content.decode()
        assert f'href="/my/badges/{corrected.public_id}"' in page
        for award in (revoked, suspended, replaced):
            assert "Who may see it" not in told(award)


class TestWhoMaySeeIt:
    @pytest.mark.requirement("R-120")
    def test_a_choice_holds_at_once_on_the_public_page(self) -> None:
        award = theirs("Spreadsheet Basics")
        address = f"/c/{award.credential.public_id}"
        anybody, earner = reader(), reader(rowan())
        assert award.version.name not in words_of(anybody.get(address))
        for visibility, status in (("link", 200), ("private", 404), ("public", 200), ("private", 404)):
            response = earner.post(f"/my/badges/{award.public_id}/visibility", {"visibility": visibility})
            assert response["Location"] == f"/my/badges/{award.public_id}"
            seen = anybody.get(address)
            assert seen.status_code == status
            assert ("Spreadsheet Basics" in words_of(seen)) is (status == 200)
            assert anybody.get(f"{address}.json").status_code == status
            assert earner.get(address).status_code == 200

    def test_the_address_and_its_code_are_offered_once_others_can_open_it(self) -> None:
        award = theirs()
        client = reader(rowan())
        path = f"/my/badges/{award.public_id}"
        assert "Point a camera here" not in client.text(path)
        shown_as(award, "link")
        page = client.get(path).content.decode()
        assert award.credential.url in page
        assert qr_code(award.credential.url).path in page

    @pytest.mark.requirement("R-120")
    def test_a_minors_badge_is_never_public(self) -> None:
        award = theirs()
        Recipient.objects.filter(pk=award.recipient_id).update(age_band="unknown")
        client = reader(rowan())
        path = f"/my/badges/{award.public_id}"
        page = client.get(path).content.decode()
        assert 'value="link"' in page
        assert 'value="public"' not in page
        assert "can be shared by link but not published" in page
        assert client.post(f"{path}/visibility", {"visibility": "public"}).status_code == 422
        assert again(award).visibility == "private"

    def test_nothing_is_shown_before_it_is_accepted(self) -> None:
        award = theirs(state="offered")
        client = reader(rowan())
        assert client.post(f"/my/badges/{award.public_id}/visibility", {"visibility": "public"}).status_code == 422
        assert again(award).visibility == "private"


class TestDeclining:
    def test_it_is_asked_once_more_and_the_reason_may_stay_empty(self) -> None:
        award = theirs("Welding", state="offered")
        client = reader(rowan())
        text = client.text(f"/my/badges/{award.public_id}/decline")
        assert "Why not? (optional)" in text
        assert again(award).state == "offered"
        client.post(f"/my/badges/{award.public_id}/decline", {"reason": ""})
        assert again(award).state == "declined"
        assert "You declined this badge" in client.text(f"/my/badges/{award.public_id}")
        assert client.get(f"/my/badges/{award.public_id}/decline").status_code == 302

    def test_what_is_accepted_cannot_be_declined(self) -> None:
        award = theirs()
        assert reader(rowan()).post(f"/my/badges/{award.public_id}/decline", {"reason": ""}).status_code == 422
        assert again(award).state == "accepted"

    def test_too_long_a_reason_is_refused_and_kept(self) -> None:
        award = theirs(state="offered")
        response = reader(rowan()).post(f"/my/badges/{award.public_id}/decline", {"reason": "no " * 300})
        assert response.status_code == 422
        assert "no no no" in words_of(response)
        assert again(award).state == "offered"


def test_an_award_is_dated_in_its_own_institutions_zone() -> None:
    at = clock.now().replace(hour=23, minute=30)
    with an_institution(zone="Pacific/Auckland"), clock.frozen(at):
        award = theirs("Welding", state="offered")
        awards.decline(by=acting(rowan()), award=award)
        day = at + timedelta(hours=13)
        assert f"declined this badge on {day.day} " in reader(rowan()).text(f"/my/badges/{award.public_id}")
