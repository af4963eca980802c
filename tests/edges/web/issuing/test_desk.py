"""The start of the desk: what I may award, and why there is nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from insignia.domain.access.actor import Scope
from insignia.domain.awards import actions as awards
from insignia.domain.catalog import actions as catalog
from tests.edges.web.issuing.clerk import Clerk, at, text
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    a_unit,
    acting,
    an_achievement,
    an_institution,
    today,
)

pytestmark = pytest.mark.usefixtures("institution")


@pytest.mark.requirement("R-109")
def test_the_start_page_leads_to_awarding_with_one_step() -> None:
    achievement = an_achievement(name="Map Reading")
    page = text(Clerk(a_grantor(of=achievement)).get("desk"))
    assert "Map Reading" in page
    assert f'href="{at("one", achievement.public_id)}"' in page


@pytest.mark.requirement("R-104")
def test_a_unit_sees_and_awards_its_own_badges_only() -> None:
    mine = an_achievement(name="Ours", level="souvenir", unit=a_unit("computing"))
    theirs = an_achievement(name="Theirs", level="souvenir", unit=a_unit("library"))
    clerk = Clerk(a_member("issuer", scope=Scope("unit", mine.unit.public_id)))
    page = text(clerk.get("desk"))
    assert "Ours" in page
    assert "Theirs" not in page
    assert clerk.get("one", theirs.public_id).status_code == 404


def test_who_may_award_nothing_is_told_who_appoints(institution: Any) -> None:
    page = text(Clerk(acting(a_person())).get("desk"))
    assert "There is no badge that you may award" in page
    assert institution.contact_email in page


def test_an_untrained_grantor_is_told_what_is_missing_and_offered_no_button() -> None:
    achievement = an_achievement()
    clerk = Clerk(a_grantor(of=achievement, trained_on=None))
    page = text(clerk.get("desk"))
    assert "once your training as a Grantor is recorded" in page
    assert at("one", achievement.public_id) not in page
    refused = clerk.get("one", achievement.public_id)
    assert refused.status_code == 403
    assert "once your training as a Grantor is recorded" in text(refused)


def test_whose_appointment_ended_is_told_until_when_it_held() -> None:
    achievement = an_achievement(name="Map Reading")
    ended = today() - timedelta(days=3)
    page = text(Clerk(a_grantor(of=achievement, starts_on=date(2024, 1, 1), ends_on=ended)).get("desk"))
    assert "Your appointment as a Grantor of “Map Reading”" in page
    assert "There is no badge that you may award" in page


def test_who_lacks_a_second_factor_is_led_to_it() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    Authenticator.objects.filter(user=grantor.user_pk).delete()
    response = Clerk(grantor).get("desk")
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")


def test_nobody_is_shown_the_desk_before_they_have_signed_in(client: Client) -> None:
    response = client.get(at("desk"))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_paused_badge_is_not_offered() -> None:
    achievement = an_achievement(name="Map Reading")
    clerk = Clerk(a_grantor(of=achievement))
    catalog.move(by=a_member("administrator"), achievement=achievement, verb="pause", reason="Under review")
    assert "Map Reading" not in text(clerk.get("desk"))
    assert "is not active" in text(clerk.get("one", achievement.public_id))


def test_the_desk_asks_the_database_no_more_often_for_six_badges_than_for_one() -> None:
    user = a_person()
    first = an_achievement()
    a_grantor(of=first, user=user)
    clerk = Clerk(acting(user))
    clerk.get("desk")
    with CaptureQueriesContext(connection) as few:
        clerk.get("desk")
    for _ in range(5):
        a_grantor(of=an_achievement(), user=user)
    with CaptureQueriesContext(connection) as many:
        page = text(clerk.get("desk"))
    assert page.count('/one"') == 6
    assert len(many) == len(few)


def test_the_rail_shows_what_this_person_may_open() -> None:
    achievement = an_achievement()
    assert at("batches") in text(Clerk(a_grantor(of=achievement)).get("desk"))
    auditor = Clerk(a_member("auditor"))
    page = text(auditor.get("awards"))
    assert at("awards") in page
    assert f'href="{at("batches")}"' not in page
    assert auditor.get("batches").status_code == 403


def test_the_pages_of_another_institution_are_not_there() -> None:
    with an_institution():
        achievement = an_achievement()
        grantor = a_grantor(of=achievement)
        batch = awards.upload_batch(
            by=grantor, achievement=achievement, data=b"email,name\na@b.example,A\n", filename="x.csv", source="page"
        )
    home = an_achievement(level="souvenir")
    clerk = Clerk(a_member("administrator"))
    for name in ("one", "many", "roster"):
        assert clerk.get(name, achievement.public_id).status_code == 404
        assert clerk.get(name, home.public_id).status_code == 200
    for name in ("batch", "mapping", "problems", "revoke_batch"):
        assert clerk.get(name, batch.public_id).status_code == 404
    for name in ("confirm", "cancel", "undo_batch", "release_batch"):
        assert clerk.post(name, batch.public_id).status_code == 404
    batch.refresh_from_db()
    assert batch.state == "uploaded"
