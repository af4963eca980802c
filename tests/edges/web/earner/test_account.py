"""The account, its tokens, where one lands, and the second factor before the desk."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import RequestFactory

from insignia.core.errors import NotPermitted
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries
from insignia.domain.institutions.models import AccessToken, Institution
from insignia.domain.people.models import User
from insignia.edges.web.http import ErrorPages
from insignia.edges.web.second_factor import is_desk
from tests.edges.web.earner.readers import PASSWORD, reader, words_of
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    accepted,
    acting,
    an_achievement,
    an_earner,
    an_institution,
    offered,
)

pytestmark = pytest.mark.usefixtures("institution")


def staff(role: str = "administrator") -> User:
    return User.objects.get(pk=a_member(role).user_pk)


def without_second_factor(user: User) -> User:
    Authenticator.objects.filter(user=user).delete()
    return user


class TestWhereOneLands:
    def test_an_earner_lands_on_their_badges(self) -> None:
        award = accepted()
        assert reader(award.recipient.user).get("/my/")["Location"] == "/my/badges"

    def test_so_does_whoever_has_nothing_yet(self) -> None:
        assert reader(a_person()).get("/my/")["Location"] == "/my/badges"

    @pytest.mark.parametrize(
        ("role", "place"),
        [("administrator", "program/"), ("program_manager", "program/"), ("issuer", "awarding")],
    )
    def test_staff_without_badges_land_where_they_work(self, institution: Institution, role: str, place: str) -> None:
        client = reader(staff(role))
        assert client.get("/my/")["Location"] == f"/i/{institution.slug}/{place}"
        assert client.get(f"/i/{institution.slug}/{place}").status_code == 200

    def test_staff_for_whom_a_badge_waits_land_on_it(self) -> None:
        user = staff()
        offered(earner=an_earner(user.email))
        assert reader(user).get("/my/")["Location"] == "/my/badges"

    def test_signing_in_leads_there(self) -> None:
        a_person("noor@pinecrest.example", password=PASSWORD)
        response = reader().post("/accounts/login/", {"login": "noor@pinecrest.example", "password": PASSWORD})
        assert response["Location"] == "/my/"


class TestProfile:
    def test_name_and_theme_are_changed_and_hold_at_once(self) -> None:
        user = a_person()
        client = reader(user)
        client.post("/my/account", {"name": "  Noor Hartwell ", "theme": "dark"})
        user.refresh_from_db()
        assert (user.name, user.theme) == ("Noor Hartwell", "dark")
        page = client.get("/my/account").content.decode()
        assert 'data-theme="dark"' in page
        assert "Noor Hartwell" in page

    def test_a_language_is_offered_where_there_are_several_and_kept(self, settings: Any) -> None:
        user = a_person()
        client = reader(user)
        assert 'name="language"' not in client.get("/my/account").content.decode()
        settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
        response = client.post("/my/account", {"name": "Noor", "theme": "", "language": "de"})
        user.refresh_from_db()
        assert user.language == "de"
        assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "Noor", "theme": "purple"}])
    def test_what_is_wrong_is_said_and_nothing_is_changed(self, wrong: dict[str, str]) -> None:
        user = a_person(name="Noor Hartwell")
        assert reader(user).post("/my/account", wrong).status_code == 422
        user.refresh_from_db()
        assert (user.name, user.theme) == ("Noor Hartwell", "")

    def test_it_leads_to_addresses_password_and_second_factor(self) -> None:
        page = reader(a_person()).get("/my/account").content.decode()
        for path in ("/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/my/tokens"):
            assert f'href="{path}"' in page


class TestTokens:
    def make(self, user: User, *rights: str, days: str = "30", where: str = ""):
        data = {"name": "Nightly import", "permissions": list(rights), "days": days}
        return reader(user).post(f"/my/tokens{where}", data)

    def test_a_token_is_shown_once_and_works_within_its_limits(self) -> None:
        user = staff()
        page = words_of(response := self.make(user, "award:grant"))
        assert "shown this once" in page
        secret = response.context["secret"]
        assert secret in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        found = queries.actor_of_token(secret)
        assert found is not None
        by, token = found
        assert by.user_pk == user.pk
        assert by.may_somewhere(Permission.AWARD_GRANT)
        assert not by.may_somewhere(Permission.AWARD_REVOKE)
        assert 29 <= (token.expires_at - clock.now()).days <= 30
        later = reader(user).get("/my/tokens").content.decode()
        assert secret not in later
        assert "Nightly import" in later

    def test_nobody_is_offered_or_given_a_right_that_they_lack(self) -> None:
        grantor = User.objects.get(pk=a_grantor(of=an_achievement()).user_pk)
        page = reader(grantor).get("/my/tokens").content.decode()
        assert "Award badges" in page
        assert "Renew and retire signing keys" not in page
        assert self.make(grantor, "key:manage").status_code == 422
        assert not AccessToken.objects.exists()

    def test_a_token_without_a_right_is_no_token(self) -> None:
        assert self.make(staff()).status_code == 422
        assert not AccessToken.objects.exists()

    def test_a_revoked_token_ends_at_once(self) -> None:
        user = staff()
        secret = self.make(user, "award:read").context["secret"]
        token = AccessToken.objects.get()
        assert reader(a_person()).post(f"/my/tokens/{token.public_id}/revoke").status_code == 404
        assert queries.actor_of_token(secret) is not None
        reader(user).post(f"/my/tokens/{token.public_id}/revoke")
        assert queries.actor_of_token(secret) is None
        assert "Revoked" in reader(user).text("/my/tokens")

    def test_an_expired_one_says_so(self) -> None:
        user = staff()
        self.make(user, "award:read", days="7")
        with clock.frozen(clock.now() + timedelta(days=8)):
            assert "Expired" in reader(user).text("/my/tokens")

    def test_it_is_made_in_the_institution_that_was_chosen(self, institution: Institution) -> None:
        user = staff()
        with an_institution(name="Alder Ridge University") as other:
            a_member("administrator", user=user)
            secret = self.make(user, "award:read", where=f"?institution={other.slug}").context["secret"]
            found = queries.actor_of_token(secret)
        assert found is not None
        assert found[1].institution == other
        assert "Alder Ridge University" in reader(user).text(f"/my/tokens?institution={institution.slug}")

    def test_whoever_works_nowhere_is_told_so(self) -> None:
        assert "You hold no role in one" in reader(a_person()).text("/my/tokens")

    def test_a_token_does_not_go_around_the_second_factor(self, institution: Institution) -> None:
        """Tokens are asked for no second factor; so whoever makes one for a guarded right has one."""
        user = without_second_factor(staff())
        for response in (reader(user).get("/my/tokens"), self.make(user, "award:grant")):
            assert response["Location"] == "/accounts/2fa/"
        with pytest.raises(NotPermitted, match="second factor"):
            institutions.make_token(
                by=acting(user),
                institution=institution,
                name="around",
                permissions=[Permission.AWARD_GRANT],
                expires_at=clock.now() + timedelta(days=1),
            )
        assert not AccessToken.objects.exists()


class TestSecondFactor:
    @pytest.mark.parametrize("page", ["", ".csv", "/", "/x/y"])
    @pytest.mark.parametrize("word", ["awarding", "batches", "awards", "program", "setup"])
    def test_the_desk_is_known_by_its_addresses(self, word: str, page: str) -> None:
        assert is_desk(RequestFactory().get(f"/i/pinecrest/{word}{page}"))

    @pytest.mark.parametrize(
        "path", ["/", "/i/awards", "/i/pinecrest/", "/i/pinecrest/credentials", "/c/awards/program"]
    )
    def test_everything_else_is_not_the_desk(self, path: str) -> None:
        assert not is_desk(RequestFactory().get(path))

    def test_whoever_needs_one_is_led_to_set_it_up_and_told_why(self, institution: Institution) -> None:
        client = reader(without_second_factor(staff()))
        assert client.get(f"/i/{institution.slug}/awarding")["Location"] == "/accounts/2fa/"
        assert "your account needs a second factor" in client.text("/accounts/2fa/")

    def test_whoever_has_one_goes_on(self, institution: Institution) -> None:
        assert reader(staff()).get(f"/i/{institution.slug}/awarding").status_code == 200

    def test_whoever_may_do_nothing_that_needs_one_is_not_asked(self, institution: Institution) -> None:
        assert reader(a_person()).get(f"/i/{institution.slug}/awarding").headers.get("Location") is None

    def test_the_publics_pages_ask_for_none(self, institution: Institution) -> None:
        client = reader(without_second_factor(staff()))
        assert client.get(f"/i/{institution.slug}/credentials").status_code == 200

    def test_where_none_is_asked_nobody_is_led_away(self, institution: Institution, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = False
        client = reader(without_second_factor(staff()))
        assert client.get(f"/i/{institution.slug}/awarding").status_code == 200

    def test_a_refusal_for_want_of_one_leads_there_too(self, rf: RequestFactory) -> None:
        lacking = NotPermitted("Set one up first.", code="second_factor_needed")
        pages = ErrorPages(lambda request: HttpResponse())
        request = rf.post("/somewhere")
        request.user, request.session = a_person(), {}
        request._messages = FallbackStorage(request)
        answer = pages.process_exception(request, lacking)
        assert answer is not None
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")
        piece = rf.post("/somewhere", headers={"HX-Request": "true"})
        piece.user, piece.session, piece._messages = request.user, {}, request._messages
        fragment = pages.process_exception(piece, lacking)
        assert fragment is not None
        assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, "/accounts/2fa/")
