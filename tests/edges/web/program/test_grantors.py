"""Grantors: appointed with their qualification, told by mail, trained, and one day no longer."""

from datetime import date, timedelta

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.access.actor import Scope
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries
from insignia.domain.awards.models import Grantor
from insignia.domain.institutions.models import Membership
from insignia.domain.notifications.models import Message
from insignia.domain.people.models import User
from tests.edges.web.program.staff import desk_of, words
from tests.support import builders
from tests.support.builders import a_grantor, a_person, a_unit, an_achievement, today

pytestmark = pytest.mark.usefixtures("institution")


def filled(**changes: str) -> dict[str, str]:
    values = {
        "name": "Dr. Ada Marlowe",
        "email": "Ada.Marlowe@People.Example",
        "qualification": "Has taught statistics for ten years.",
        "starts_on": today().isoformat(),
        "trained_on": "2026-01-15",
    }
    return {**values, **changes}


@pytest.mark.requirement("R-901")
@pytest.mark.requirement("R-111")
def test_an_issuer_appoints_somebody_with_their_qualification_and_they_are_told_and_may_award() -> None:
    achievement = an_achievement(name="Charts")
    desk = desk_of("issuer", scope=achievement.unit.scopes()[0])
    page = words(desk.send("grantors", achievement.public_id, **filled()))
    assert "Dr. Ada Marlowe is appointed, and told by mail." in page
    assert "ada.marlowe@people.example May award Has taught statistics for ten years." in page
    grantor = Grantor.objects.get()
    assert (grantor.qualification, grantor.trained_on) == ("Has taught statistics for ten years.", date(2026, 1, 15))
    assert grantor.appointed_by == desk.user.public_id  # type: ignore[union-attr]
    builders.worked_through()
    message = Message.objects.get(kind="grantor_appointed")
    assert message.address == "ada.marlowe@people.example"
    person = builders.acting(builders.with_second_factor(grantor.user))
    assert builders.an_award(achievement, by=person).verified_by == grantor
    assert not person.may(Permission.AWARD_GRANT, on=an_achievement())


@pytest.mark.requirement("R-901")
def test_nobody_is_appointed_without_a_qualification() -> None:
    achievement = an_achievement()
    answer = desk_of("issuer").send("grantors", achievement.public_id, **filled(qualification="  "))
    assert answer.status_code == 422
    assert "Dr. Ada Marlowe" in answer.content.decode()  # what was typed stays
    assert not Grantor.objects.exists()
    with pytest.raises(Rejected) as refused:
        awards.invite_grantor(
            by=builders.a_member("issuer"),
            achievement=achievement,
            email="x@people.example",
            name="X",
            qualification=" ",
            starts_on=today(),
        )
    assert refused.value.code == "qualification_missing"
    assert not User.objects.filter(email="x@people.example").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody"}, "mail address"),
        ({"name": "=HYPERLINK(1)"}, "looks like a formula"),
        ({"ends_on": "2020-01-01"}, "The appointment ends before it begins."),
        ({"starts_on": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_appointed(changes: dict[str, str], said: str) -> None:
    answer = desk_of("issuer").send("grantors", an_achievement().public_id, **filled(**changes))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Grantor.objects.exists()
    assert not Membership.objects.filter(role__key="grantor").exists()


def test_whoever_has_an_account_is_appointed_with_it_and_keeps_their_name() -> None:
    known = a_person("ada.marlowe@people.example", name="Ada M.")
    page = words(desk_of("issuer").send("grantors", an_achievement().public_id, **filled()))
    assert Grantor.objects.get().user == known
    assert "Ada M. ada.marlowe@people.example" in page


def test_everybody_is_shown_with_how_they_stand_today() -> None:
    achievement = an_achievement()
    a_grantor(of=achievement, user=a_person(name="Ann Active"))
    a_grantor(of=achievement, user=a_person(name="Una Untrained"), trained_on=None)
    a_grantor(of=achievement, user=a_person(name="Ed Ended"), ends_on=today() - timedelta(days=1))
    a_grantor(of=achievement, user=a_person(name="Lea Later"), starts_on=today() + timedelta(days=1))
    html = desk_of("issuer").get("grantors", achievement.public_id).content.decode()
    order = [html.index(name) for name in ("Ann Active", "Una Untrained", "Lea Later", "Ed Ended")]
    assert order == sorted(order)
    page = desk_of("registrar").read("grantors", achievement.public_id)
    for word in ("May award", "Not trained yet", "Begins later", "Ended"):
        assert word in page
    assert "Record training" not in page
    assert "Appoint" not in page


@pytest.mark.requirement("R-901")
def test_training_is_recorded_and_from_then_on_they_may_award() -> None:
    achievement = an_achievement()
    person = a_grantor(of=achievement, trained_on=None)
    with pytest.raises(NotPermitted):
        builders.an_award(achievement, by=person)
    grantor = Grantor.objects.get()
    desk = desk_of("issuer")
    assert "From that day on they may award." in desk.read("grantor_training", achievement.public_id, grantor.public_id)
    page = words(
        desk.send("grantor_training", achievement.public_id, grantor.public_id, trained_on=today().isoformat())
    )
    assert "is recorded." in page
    assert builders.an_award(achievement, by=person).verified_by == grantor


@pytest.mark.requirement("R-111")
def test_with_the_end_of_the_appointment_the_right_is_gone() -> None:
    achievement = an_achievement()
    person = a_grantor(of=achievement)
    grantor = Grantor.objects.get()
    desk = desk_of("issuer")
    yesterday = today() - timedelta(days=1)
    page = words(desk.send("grantor_end", achievement.public_id, grantor.public_id, ends_on=yesterday.isoformat()))
    assert "ends." in page
    assert "Ended" in page
    grantor.refresh_from_db()
    assert (grantor.ends_on, grantor.membership.ends_on if grantor.membership else None) == (yesterday, yesterday)
    now = builders.acting(User.objects.get(pk=person.user_pk))
    assert not now.may(Permission.AWARD_GRANT, on=achievement)
    with pytest.raises(NotPermitted):
        builders.an_award(achievement, by=now)


def test_who_appoints_for_one_unit_does_not_appoint_for_another() -> None:
    achievement = an_achievement()
    other = builders.a_member("issuer", scope=Scope("unit", a_unit("library").public_id))
    with pytest.raises(NotPermitted):
        awards.invite_grantor(
            by=other,
            achievement=achievement,
            email="x@people.example",
            name="X",
            qualification="Expert",
            starts_on=today(),
        )
    assert not User.objects.filter(email="x@people.example").exists()


def test_whoever_only_reads_may_not_appoint_train_or_end() -> None:
    achievement = an_achievement()
    a_grantor(of=achievement)
    grantor = queries.grantors_of(achievement).get()
    desk = desk_of("registrar")
    assert desk.send("grantors", achievement.public_id, **filled()).status_code == 403
    for name in ("grantor_training", "grantor_end"):
        assert desk.get(name, achievement.public_id, grantor.public_id).status_code == 403
    sent = {"ends_on": "2020-01-01"}
    assert desk.send("grantor_end", achievement.public_id, grantor.public_id, **sent).status_code == 403
    grantor.refresh_from_db()
    assert (Grantor.objects.count(), grantor.ends_on) == (1, None)


def test_an_appointment_is_looked_after_only_below_its_own_badge() -> None:
    one, other = an_achievement(), an_achievement()
    a_grantor(of=one)
    grantor = queries.grantors_of(one).get()
    assert desk_of("issuer").get("grantor_end", other.public_id, grantor.public_id).status_code == 404
