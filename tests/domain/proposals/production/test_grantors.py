"""Grantors are nominated with what qualifies them, confirmed, trained, and appointed for a time."""

from datetime import timedelta

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.awards import queries as awards
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import actions, checks, queries
from insignia.domain.proposals.production.models import Nomination, Production
from tests.support import builders, production
from tests.support.governance import Cast, a_colleague, actor, cu_cast, ksu_cast

KEY = "name_qualified_grantors"


def nominated(cast: Cast, found: Production, by=None, **changes) -> Nomination:
    values = {
        "email": "grant@people.example",
        "name": "Grantor Gale",
        "qualification": "Has taught it for ten years.",
        "starts_on": builders.today(),
        "ends_on": builders.today() + timedelta(days=365),
    }
    return actions.nominate(
        by=by or actor(a_colleague("issuer", scope=cast.unit)),
        task=production.task(found, KEY),
        **{**values, **changes},
    )


def trained(cast: Cast, found: Production, user, item="issuing", key="train_granting_unit"):
    return actions.record_training(
        by=cast.actor("program_manager"),
        task=production.task(found, key),
        user=user,
        item=item,
        trained_on=builders.today() - timedelta(days=2),
    )


@pytest.mark.requirement("R-106", "R-082")
def test_from_the_nomination_to_the_appointment(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    row = nominated(cast, found)
    with pytest.raises(NotPermitted):
        actions.confirm(by=actor(a_colleague("issuer", scope=cast.unit)), nomination=row)
    row = actions.confirm(by=cast.actor("program_manager"), nomination=row)
    assert (row.state, row.confirmed_by) == ("training_due", cast["program_manager"])
    assert not awards.grantors_of(found.achievement).exists()
    trained(cast, found, row.user)
    row.refresh_from_db()
    assert row.state == "active"
    grantor = awards.grantors_of(found.achievement).get()
    assert (grantor.user, grantor.qualification) == (row.user, "Has taught it for ten years.")
    assert (grantor.starts_on, grantor.ends_on) == (row.starts_on, row.ends_on)
    assert grantor.trained_on == builders.today() - timedelta(days=2)
    assert checks.has_grantor(production.again(found))


def test_whoever_is_ready_before_the_badge_is_made_is_appointed_with_it(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    row = nominated(cast, found)
    trained(cast, found, row.user)
    row = actions.confirm(by=cast.actor("program_manager"), nomination=row)
    assert row.state == "qualification_confirmed"
    achievement = actions.create_credential(by=cast.actor("program_manager"), production=production.again(found))
    row.refresh_from_db()
    assert row.state == "active"
    assert awards.grantors_of(achievement).get().user == row.user


def test_a_nomination_says_what_qualifies_and_comes_once(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    with pytest.raises(Rejected, match="qualifies"):
        nominated(cast, found, qualification=" ")
    with pytest.raises(Rejected, match="before it begins"):
        nominated(cast, found, ends_on=builders.today() - timedelta(days=1))
    nominated(cast, found)
    with pytest.raises(Conflict, match="nominated already"):
        nominated(cast, found)
    with pytest.raises(NotPermitted):
        nominated(cast, found, by=actor(a_colleague("staff")), email="other@people.example")


def test_whoever_is_declined_hears_why_and_may_be_nominated_again(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    row = nominated(cast, found)
    with pytest.raises(Rejected, match="why"):
        actions.decline(by=cast.actor("program_manager"), nomination=row, reason="")
    actions.decline(by=cast.actor("program_manager"), nomination=row, reason="Another subject.")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("declined", "Another subject.")
    assert nominated(cast, found).state == "nominated"


def test_nobody_confirms_their_own_qualification(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    row = nominated(cast, found, email=cast["program_manager"].email)
    with pytest.raises(NotPermitted, match="Somebody else"):
        actions.confirm(by=cast.actor("program_manager"), nomination=row)


# --- Training
@pytest.mark.requirement("R-082", "R-102")
def test_training_is_on_record_by_person_and_item(db: None) -> None:
    with builders.an_institution(preset="cu_boulder"):
        cast = cu_cast()
        found = production.in_production(cast, level="noncredit", via="signed_link")
        pupil = cast["issuer"]
        trained(cast, found, pupil, key="train_issuing")
        assert [(row.user, row.item) for row in queries.trainings_of(found)] == [(pupil, "issuing")]
        assert checks.lacking(production.task(found, "train_issuing")) == []
        with pytest.raises(Rejected):
            actions.move(
                by=cast.actor("program_manager"), task=production.task(found, "train_analytics"), verb="finish"
            )
        with pytest.raises(Rejected, match="covers no such"):
            trained(cast, found, pupil, key="train_analytics")
        trained(cast, found, pupil, item="analytics", key="train_analytics")
        actions.move(by=cast.actor("program_manager"), task=production.task(found, "train_analytics"), verb="finish")
        assert {row.item for row in queries.trainings_of(found)} == {"issuing", "analytics"}


def test_a_training_that_is_still_to_come_is_on_nobodys_record(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    with pytest.raises(Rejected, match="still to come"):
        actions.record_training(
            by=cast.actor("program_manager"),
            task=production.task(found, "train_granting_unit"),
            user=cast["proposer"],
            item="issuing",
            trained_on=builders.today() + timedelta(days=1),
        )


# --- The issuing plan
@pytest.mark.requirement("R-101")
def test_the_issuing_plan_says_who_assesses_how_on_what_and_how_often(db: None) -> None:
    with builders.an_institution(preset="cu_boulder"):
        cast = cu_cast()
        found = production.in_production(cast, level="noncredit", via="signed_link")
        task = production.task(found, "develop_issuing_process")
        plan = {
            "assessors": "Two lecturers of the unit",
            "method": "By the rubric of the proposal",
            "evidence": "The finished project",
            "cadence": "At the end of each term",
            "contact": "badges@unit.example",
        }
        manager = cast.actor("program_manager")
        with pytest.raises(Rejected, match="Each part"):
            actions.write_issuing_plan(by=manager, task=task, **{**plan, "cadence": " "})
        actions.write_issuing_plan(by=manager, task=task, **plan)
        actions.create_credential(by=manager, production=production.again(found))
        kept = queries.issuing_plan_of(production.again(found))
        assert kept is not None
        assert {name: getattr(kept, name) for name in plan} == plan
        assert kept.production.achievement is not None
        assert production.task(found, "develop_issuing_process").state == "done"
