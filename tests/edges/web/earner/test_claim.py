"""The page behind a claim link: who may do what with it, and what a forwarded, used or forged one is good for."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import connection

from insignia.core.errors import Conflict, NotPermitted
from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims
from insignia.domain.awards.models import Award, ClaimLink, Recipient
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution, Membership
from insignia.domain.journal.models import Entry
from insignia.domain.notifications.models import NoReminders
from insignia.domain.people import actions as people
from insignia.domain.people.models import User
from tests.edges.web.earner.readers import PASSWORD, link_for, reader, words_of, writing_nothing
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    accepted,
    acting,
    again,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    offered,
)

pytestmark = pytest.mark.usefixtures("institution")


def set_up(**changes: str) -> dict[str, str]:
    return {"name": "Rowan Thistlewood", "password": PASSWORD, "then": "accept", **changes}


class TestLooking:
    def test_it_shows_what_is_offered_by_whom_and_to_whom(self, institution: Institution) -> None:
        award = offered(
            achievement=an_achievement(name="Spreadsheet Basics"), earner=an_earner("rowan@students.example")
        )
        _link, page = link_for(award)
        text = reader().text(page)
        for word in (
            "Spreadsheet Basics",
            institution.name,
            "Level I Badge",
            "three exercises",
            "College of Computing",
        ):
            assert word in text
        assert "r•••@students.example" in text
        assert "rowan@students.example" not in reader().get(page).content.decode()
        assert award.image.public_id in reader().get(page).content.decode()

    @pytest.mark.parametrize("signed_in", ["nobody", "the earner", "somebody else"])
    def test_looking_writes_nothing(self, signed_in: str) -> None:
        award = offered()
        link, page = link_for(award)
        people_of = {"nobody": None, "the earner": a_person(award.recipient.email), "somebody else": a_person()}
        client = reader(people_of[signed_in])
        with writing_nothing():
            assert client.get(page).status_code == 200
        link.refresh_from_db()
        assert (link.opened_at, link.used_at) == (None, None)

    def test_its_address_is_kept_from_caches_indexes_and_other_sites(self) -> None:
        response = reader().get(link_for(offered())[1])
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "noindex" in response["X-Robots-Tag"]

    def test_a_forged_or_forgotten_link_says_what_to_do(self) -> None:
        link, page = link_for(offered())
        assert "ask the institution for a new one" in reader().text(page[:-1], status=404)
        ClaimLink.objects.filter(pk=link.pk).delete()
        assert "Copy it whole from the mail" in reader().text(page, status=404)

    def test_it_is_read_in_the_institutions_own_zone_and_name(self, institution: Institution) -> None:
        with an_institution(name="Alder Ridge University", zone="Pacific/Auckland"):
            page = link_for(offered())[1]
        text = reader().text(page)
        assert "Alder Ridge University" in text
        assert institution.name not in text


class TestSettingUp:
    @pytest.mark.requirement("R-125")
    def test_a_new_earner_sets_up_an_account_and_accepts(self) -> None:
        award = offered()
        link, page = link_for(award)
        client = reader()
        response = client.post(f"{page}/account", set_up())
        assert response.status_code == 302
        assert response["Location"].startswith("/my/badges/choose?award=")
        award = again(award)
        user = award.recipient.user
        assert user is not None
        assert (award.state, award.visibility) == ("accepted", "private")
        assert (user.email, user.name) == (award.recipient.email, "Rowan Thistlewood")
        assert user.check_password(PASSWORD)
        assert EmailAddress.objects.get(user=user).verified
        assert award.version.name in client.text(response["Location"])
        link.refresh_from_db()
        assert link.used_at is not None
        assert link.opened_at is not None
        entry = Entry.objects.get(name="awards.accepted")
        assert (entry.author, entry.door) == (user.public_id, "claim_link")

    def test_without_a_password_one_signs_in_by_a_code_from_then_on(self) -> None:
        award = offered()
        reader().post(f"{link_for(award)[1]}/account", set_up(password=""))
        user = again(award).recipient.user
        assert user is not None
        assert not user.has_usable_password()

    def test_one_may_decide_later(self) -> None:
        award = offered()
        page = link_for(award)[1]
        client = reader()
        assert client.post(f"{page}/account", set_up(then="later"))["Location"] == page
        assert again(award).state == "offered"
        assert "Accept the badge" in client.text(page)

    @pytest.mark.requirement("R-125")
    def test_a_used_link_makes_no_second_account_and_signs_nobody_in(self) -> None:
        award = offered()
        page = link_for(award)[1]
        reader().post(f"{page}/account", set_up())
        later = reader()
        response = later.post(f"{page}/account", set_up(name="Somebody Else", password="another long password"))
        assert response["Location"] == page
        assert "_auth_user_id" not in later.session
        assert User.objects.filter(email=award.recipient.email).count() == 1
        assert again(award).recipient.user.check_password(PASSWORD)
        assert "Its earner sees it after signing in" in later.text(page)

    def test_an_older_link_does_not_open_the_account_that_a_newer_one_made(self) -> None:
        award = offered()
        _older, old_page = link_for(award)
        reader().post(f"{link_for(award)[1]}/account", set_up())
        later = reader()
        later.post(f"{old_page}/account", set_up(password="another long password"))
        assert "_auth_user_id" not in later.session
        assert again(award).recipient.user.check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"name": ""}, "This field is required"),
            ({"password": "short"}, "too short"),
            ({"password": "password1234"}, "too common"),
            ({"password": "rowanthistlewood1"}, "too similar"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_made(self, changes: dict[str, str], complaint: str) -> None:
        award = offered(earner=an_earner("rowanthistlewood@students.example"))
        client = reader()
        response = client.post(f"{link_for(award)[1]}/account", set_up(**changes))
        assert response.status_code == 422
        assert complaint in words_of(response)
        assert not User.objects.filter(email=award.recipient.email).exists()
        assert again(award).state == "offered"

    def test_somebody_who_was_given_a_role_before_keeps_it(self) -> None:
        award = offered()
        invited = people.person_at(award.recipient.email, name="R.T.")
        a_member("issuer", user=invited)
        Authenticator.objects.filter(user=invited).delete()
        reader().post(f"{link_for(award)[1]}/account", set_up())
        assert again(award).recipient.user == invited
        assert Membership.objects.filter(user=invited).exists()

    def test_a_sign_in_that_somebody_prepared_at_the_address_is_gone(self) -> None:
        """Whoever begins an account with the address of another, and waits, gets nothing."""
        award = offered()
        planted = User.objects.create_user(award.recipient.email, "planted by another", name="Mallory")
        EmailAddress.objects.create(user=planted, email=planted.email, primary=True, verified=False)
        SocialAccount.objects.create(user=planted, provider="openid_connect", uid="mallory")
        reader().post(f"{link_for(award)[1]}/account", set_up())
        planted.refresh_from_db()
        assert again(award).recipient.user == planted
        assert planted.name == "Rowan Thistlewood"
        assert not planted.check_password("planted by another")
        assert not SocialAccount.objects.exists()

    def test_an_unproved_address_of_another_account_does_not_take_the_badge_there(self) -> None:
        award = offered()
        mallory = a_person()
        EmailAddress.objects.create(user=mallory, email=award.recipient.email, verified=False)
        reader().post(f"{link_for(award)[1]}/account", set_up())
        assert again(award).recipient.user != mallory
        assert again(award).recipient.user.email == award.recipient.email


class TestSomebodyKnown:
    @pytest.mark.requirement("R-125")
    def test_whoever_has_an_account_signs_in_and_comes_back(self) -> None:
        award = offered()
        a_person(award.recipient.email, password=PASSWORD)
        page = link_for(award)[1]
        client = reader()
        text = client.text(page)
        assert "Sign in to accept" in text
        assert "Set up" not in text
        assert f"/accounts/login/?next={page}" in client.get(page).content.decode()
        credentials = {"login": award.recipient.email, "password": PASSWORD, "next": page}
        assert client.post("/accounts/login/", credentials)["Location"] == page
        client.post(f"{page}/accept")
        assert again(award).state == "accepted"

    def test_a_link_does_not_sign_into_an_account_that_is_in_use(self) -> None:
        award = offered()
        user = a_person(award.recipient.email, password=PASSWORD)
        client = reader()
        client.post(f"{link_for(award)[1]}/account", set_up(password="another long password"))
        user.refresh_from_db()
        assert "_auth_user_id" not in client.session
        assert user.check_password(PASSWORD)
        assert again(award).state == "offered"

    def test_each_is_accepted_or_declined_on_its_own_or_all_at_once(self) -> None:
        earner = an_earner("rowan@students.example")
        first, second, third, fourth = (offered(earner=earner) for _ in range(4))
        client = reader(a_person("rowan@students.example"))
        page = link_for(first)[1]
        assert "Accept all 4" in client.text(page)
        client.post(f"{page}/accept", {"award": second.public_id})
        assert [again(a).state for a in (first, second, third)] == ["offered", "accepted", "offered"]
        response = client.post(f"{page}/decline", {"award": third.public_id})
        assert response["Location"] == f"/my/badges/{third.public_id}/decline"
        client.post(response["Location"], {"reason": "Not my course"})
        assert (again(third).state, again(third).state_reason) == ("declined", "Not my course")
        response = client.post(f"{page}/accept")
        assert [again(a).state for a in (first, fourth)] == ["accepted", "accepted"]
        assert {again(a).visibility for a in (first, second, fourth)} == {"private"}
        assert response["Location"].count("award=") == 2

    def test_what_is_declined_can_be_offered_again_and_accepted(self) -> None:
        award = offered()
        client = reader(a_person(award.recipient.email))
        page = link_for(award)[1]
        client.post(f"{page}/decline")
        client.post(f"/my/badges/{award.public_id}/decline", {"reason": ""})
        assert "You declined this badge" in client.text(page)
        awards.reoffer(by=a_grantor(of=award.achievement), award=again(award))
        assert "Accept the badge" in client.text(page)
        client.post(f"{page}/accept")
        assert again(award).state == "accepted"

    def test_a_lapsed_offer_can_still_be_accepted(self, institution: Institution) -> None:
        award = offered()
        with clock.frozen(clock.now() + timedelta(days=400)):
            awards.lapse_due(institution)
        page = link_for(award)[1]
        assert "This offer has lapsed, but you can still accept it." in reader().text(page)
        client = reader()
        client.post(f"{page}/account", set_up())
        assert again(award).state == "accepted"

    def test_another_persons_award_is_not_accepted_by_naming_it(self) -> None:
        mine, theirs = offered(), offered()
        client = reader(a_person(mine.recipient.email))
        client.post(f"{link_for(mine)[1]}/accept", {"award": theirs.public_id})
        assert again(theirs).state == "offered"
        assert again(theirs).recipient.user is None


class TestForwardedLinks:
    def test_somebody_else_takes_nothing_by_accepting(self) -> None:
        award = offered()
        stranger = a_person()
        client = reader(stranger)
        page = link_for(award)[1]
        assert f"You are signed in as {stranger.email}" in client.text(page)
        for answer in ("accept", "decline", "account"):
            assert client.post(f"{page}/{answer}", set_up())["Location"] == page
        assert again(award).state == "offered"
        assert again(award).recipient.user is None

    def test_one_may_add_the_address_to_the_account_that_one_has(self) -> None:
        award = offered()
        person = a_person()
        client = reader(person)
        page = link_for(award)[1]
        assert "It is mine: add it to my account" in client.text(page)
        client.post(f"{page}/address")
        assert again(award).recipient.user == person
        assert again(award).state == "offered"
        assert EmailAddress.objects.get(user=person, email=award.recipient.email).verified
        client.post(f"{page}/accept")
        assert again(award).state == "accepted"

    def test_but_not_when_the_address_is_another_accounts(self) -> None:
        award = offered()
        a_person(award.recipient.email, password=PASSWORD)
        client = reader(a_person())
        page = link_for(award)[1]
        assert "This is for another account" in client.text(page)
        client.post(f"{page}/address")
        assert again(award).recipient.user is None

    def test_nor_when_somebody_was_given_a_role_at_the_address(self) -> None:
        award = offered()
        people.person_at(award.recipient.email)
        client = reader(a_person())
        page = link_for(award)[1]
        client.post(f"{page}/address")
        assert again(award).recipient.user is None

    def test_nor_by_a_link_that_was_used(self) -> None:
        award = offered()
        link, page = link_for(award)
        ClaimLink.objects.filter(pk=link.pk).update(used_at=clock.now())
        client = reader(a_person())
        assert "This link was used already" in client.text(page)
        client.post(f"{page}/address")
        assert again(award).recipient.user is None

    def test_a_record_that_has_an_account_is_that_accounts(self) -> None:
        taken = accepted()
        another = offered(earner=an_earner(taken.recipient.email))
        page = link_for(another)[1]
        client = reader(a_person())
        assert "This is for another account" in client.text(page)
        client.post(f"{page}/accept")
        assert again(another).state == "offered"

    def test_signing_out_leads_back_to_the_page(self) -> None:
        page = link_for(offered())[1]
        client = reader(a_person())
        assert client.post("/accounts/logout/", {"next": page})["Location"] == page


class TestNothingToAccept:
    @pytest.mark.parametrize("known", ["unknown", "known"])
    def test_a_revoked_offer_says_that_it_was_taken_back_and_why(self, known: str) -> None:
        award = offered()
        awards.revoke(by=a_member("administrator"), awards=[award], code="error", reason="The wrong list")
        who = a_person(award.recipient.email) if known == "known" else None
        text = reader(who).text(link_for(award)[1])
        assert "This badge was taken back." in text
        assert "It was awarded by mistake. The wrong list" in text
        assert "Set up" not in text

    def test_a_corrected_one_says_that_it_was_replaced(self) -> None:
        award = offered()
        awards.correct_award(by=a_member("administrator"), award=award, reason="Misspelt", name="Rowan Thistlewood")
        assert "This badge was replaced by a corrected one." in reader().text(link_for(award)[1])

    def test_a_suspended_one_says_so(self) -> None:
        award = offered()
        awards.suspend(by=a_member("administrator"), award=award, reason="A question is open")
        assert "suspended until a question is settled" in reader().text(link_for(award)[1])

    def test_an_accepted_one_is_told_to_its_earner_only(self) -> None:
        award = accepted()
        page = link_for(award)[1]
        for who in (None, a_person()):
            assert award.version.name not in reader(who).text(page)
        text = reader(award.recipient.user).text(page)
        assert award.version.name in text
        assert "See my badges" in text

    def test_an_undone_one_is_gone_without_a_trace(self) -> None:
        award = an_award()
        page = link_for(award)[1]
        awards.undo(by=a_grantor(of=award.achievement), awards=[award])
        text = reader().text(page)
        assert "Nothing waits here any more" in text
        assert award.version.name not in text

    def test_an_award_that_is_not_sent_yet_is_not_shown(self) -> None:
        award = an_award()
        assert award.version.name not in reader().text(link_for(award)[1])


def test_whoever_holds_the_link_may_stop_reminders() -> None:
    award = offered()
    page = link_for(award)[1]
    client = reader()
    response = client.post(f"{page}/quiet")
    assert response["Location"] == page
    assert NoReminders.objects.filter(recipient=award.recipient).exists()
    assert "No more reminders will come" in client.text(page)
    assert again(award).state == "offered"


@pytest.mark.parametrize("answer", ["accept", "decline", "account", "address", "quiet"])
def test_answers_are_given_by_forms_only(answer: str) -> None:
    award = offered()
    client = reader(a_person(award.recipient.email))
    assert client.get(f"{link_for(award)[1]}/{answer}").status_code == 405


def test_a_form_from_elsewhere_is_refused() -> None:
    award = offered()
    client = reader(a_person(award.recipient.email))
    client.handler.enforce_csrf_checks = True
    assert client.post(f"{link_for(award)[1]}/accept").status_code == 403
    assert again(award).state == "offered"


class Together:
    """Runs requests at the same moment, each in a thread with its own connection."""

    def __init__(self, number: int) -> None:
        self.start = threading.Barrier(number)
        self.answers: list[Any] = []
        self.threads: list[threading.Thread] = []

    def ask(self, client: Any, path: str, data: dict[str, str]) -> None:
        def go() -> None:
            self.start.wait(timeout=10)
            try:
                self.answers.append(client.post(path, data))
            finally:
                connection.close()

        self.threads.append(threading.Thread(target=go))

    def all(self) -> list[Any]:
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join(timeout=60)
        return self.answers


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    @pytest.mark.requirement("R-125")
    def test_of_two_who_use_one_link_one_makes_the_account(self) -> None:
        award = offered()
        page = link_for(award)[1]
        clients = [reader(), reader()]
        together = Together(2)
        for number, client in enumerate(clients):
            together.ask(client, f"{page}/account", set_up(password=f"long password number {number}"))
        answers = together.all()
        assert [answer.status_code for answer in answers] == [302, 302]
        signed_in = [client for client in clients if "_auth_user_id" in client.session]
        assert len(signed_in) == 1
        assert User.objects.filter(email=award.recipient.email).count() == 1
        assert (again(award).state, Recipient.objects.get().user is not None) == ("accepted", True)

    def test_of_two_who_add_the_address_one_gets_it(self) -> None:
        award = offered()
        page = link_for(award)[1]
        persons = [a_person(), a_person()]
        together = Together(2)
        for person in persons:
            together.ask(reader(person), f"{page}/address", {})
        assert [answer.status_code for answer in together.all()] == [302, 302]
        owner = again(award).recipient.user
        assert owner in persons
        assert [row.user for row in EmailAddress.objects.filter(email=award.recipient.email)] == [owner]

    def test_accepting_twice_accepts_once(self) -> None:
        award = offered()
        person = a_person(award.recipient.email)
        page = link_for(award)[1]
        together = Together(2)
        for _ in range(2):
            together.ask(reader(person), f"{page}/accept", {})
        assert {answer.status_code for answer in together.all()} <= {302, 409, 422}
        assert again(award).state == "accepted"
        assert Entry.objects.filter(name="awards.accepted").count() == 1


def test_the_action_itself_refuses_a_used_link_and_a_stranger() -> None:
    award = offered()
    link, _page = link_for(award)
    stranger = a_person()
    with pytest.raises(NotPermitted):
        awards.claim_at_address(by=acting(stranger), user=stranger, recipient=award.recipient)
    user = awards.claim_with_new_account(link=link, name="Rowan")
    assert Award.objects.get().recipient.user == user
    with pytest.raises(Conflict, match="used already"):
        awards.claim_with_new_account(link=link, name="Rowan")
    with pytest.raises(Conflict, match="used already"):
        awards.claim_with_own_account(link=link, user=stranger)
    assert claims.link_of(claims.secret_of(link)).recipient.user == user


def test_the_action_itself_gives_nobody_the_address_of_another() -> None:
    award = offered()
    a_person(award.recipient.email)
    link, _page = link_for(award)
    with pytest.raises(Conflict, match="There is an account with this address already"):
        awards.claim_with_own_account(link=link, user=a_person())
    link.refresh_from_db()
    assert (link.used_at, again(award).recipient.user) == (None, None)
