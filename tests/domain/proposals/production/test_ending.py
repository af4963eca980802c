"""A badge is taught out until its last day and then retired; one that was retired comes back by a proposal only."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from insignia.core.errors import Rejected
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import actions, queries
from insignia.domain.proposals.production.models import Production
from tests.support import builders, production
from tests.support.governance import Cast, ksu_cast

LAST_DAY = date(2027, 5, 31)


def ending(cast: Cast, achievement: Achievement, **answers: Any) -> Production:
    return production.in_production(
        cast, kind="retire", achievement=achievement, last_day=LAST_DAY.isoformat(), **{"stacks": "none", **answers}
    )


def on(day: date):
    return clock.frozen(datetime(day.year, day.month, day.day, 18, tzinfo=UTC))


def again(achievement: Achievement) -> Achievement:
    return catalog_queries.achievement_named(achievement.slug)


def a_certificate(of: Achievement) -> Achievement:
    return builders.an_achievement(
        level="certificate_practiced", name="Certificate", extra={"components": [of.public_id]}, unit=of.unit
    )


def test_until_its_last_day_it_is_awarded_and_on_the_day_after_it_is_retired(institution: Institution) -> None:
    cast, achievement = ksu_cast(), builders.an_achievement()
    found = ending(cast, achievement)
    assert (found.state, found.last_day) == ("teach_out", LAST_DAY)
    with on(LAST_DAY):
        assert actions.retire_due(institution) == 0
        assert again(achievement).state == "active"
        builders.an_award(achievement)
    with on(date(2027, 6, 1)):
        assert actions.retire_due(institution) == 1
        assert actions.retire_due(institution) == 0
        assert again(achievement).state == "retired"
        with pytest.raises(Rejected):
            builders.an_award(again(achievement))
    assert production.again(found).state == "retired"


def test_certificates_that_contain_it_are_looked_after_first(institution: Institution) -> None:
    cast, achievement = ksu_cast(), builders.an_achievement()
    certificate = a_certificate(achievement)
    found = ending(cast, achievement)
    assert queries.containers_of(achievement) == [certificate]
    manager = cast.actor("program_manager")
    with on(date(2027, 6, 1)):
        assert actions.retire_due(institution) == 0
        assert again(achievement).state == "active"
        with pytest.raises(Rejected, match="choose what becomes"):
            actions.settle_stacks(by=manager, production=found, choice="none")
        actions.settle_stacks(by=manager, production=found, choice="grandfather", note="Until 2028.")
        assert actions.retire_due(institution) == 1
    assert again(achievement).state == "retired"
    assert production.again(found).stacks == "grandfather"


def test_what_the_proposal_says_of_certificates_is_enough(institution: Institution) -> None:
    cast, achievement = ksu_cast(), builders.an_achievement()
    a_certificate(achievement)
    ending(cast, achievement, stacks="substitute")
    with on(date(2027, 6, 1)):
        assert actions.retire_due(institution) == 1


def test_what_somebody_retired_before_its_day_is_noted_as_ended(institution: Institution) -> None:
    cast, achievement = ksu_cast(), builders.an_achievement()
    found = ending(cast, achievement)
    catalog.move(by=cast.actor("program_manager"), achievement=achievement, verb="retire", reason="At once.")
    builders.worked_through()
    assert production.again(found).state == "retired"


# --- And back
def test_a_retired_badge_comes_back_by_a_proposal_only(institution: Institution) -> None:
    cast, achievement = ksu_cast(), builders.an_achievement()
    manager = cast.actor("program_manager")
    catalog.move(by=manager, achievement=achievement, verb="retire", reason="The tool is gone.")
    with pytest.raises(Rejected):
        catalog.move(by=manager, achievement=achievement, verb="reactivate")
    with pytest.raises(Rejected, match="by a proposal"):
        catalog.reactivate(by=manager, achievement=achievement)
    found = production.in_production(cast, kind="reactivate", achievement=again(achievement))
    assert found.state == "running"
    assert "create_credential" not in [task.key for task in queries.tasks_of(found)]
    with pytest.raises(Rejected) as refused:
        actions.activate(by=manager, production=found)
    assert {reason.code for reason in refused.value.details} == {"task_open"}
    for task in queries.tasks_of(found):
        if task.is_required:
            actions.move(by=manager, task=task, verb="waive", reason="As it was before.")
    actions.activate(by=manager, production=production.again(found))
    assert again(achievement).state == "active"
    assert production.again(found).state == "finished"
    builders.an_award(again(achievement))
