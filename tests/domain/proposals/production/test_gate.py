"""Nothing becomes active while its production is not done, through whatever door."""

import pytest

from insignia.core.errors import Rejected
from insignia.domain.access.actor import SYSTEM, Door
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import actions
from tests.support import builders, production
from tests.support.governance import ksu_cast


@pytest.mark.parametrize("door", [Door.PAGE, Door.TOKEN, Door.COMMAND])
@pytest.mark.requirement("R-056", "R-080")
def test_no_door_leads_past_an_open_task(institution: Institution, door: Door) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    by = builders.acting(cast["program_manager"], door=door)
    assert found.achievement is not None
    with pytest.raises(Rejected) as refused:
        catalog.activate(by=by, achievement=found.achievement)
    told = [str(reason) for reason in refused.value.details]
    assert "“Image, with Communications” is still open." in told
    assert "“Evaluation plan” is still open." in told
    with pytest.raises(Rejected):
        catalog.activate(by=SYSTEM, achievement=found.achievement, approved_by="Somebody", approved_on=builders.today())
    assert Achievement.objects.get(pk=found.achievement.pk).state == "in_production"


@pytest.mark.requirement("R-056")
@pytest.mark.parametrize(
    "key", ["image_with_communications", "train_granting_unit", "name_qualified_grantors", "evaluation_plan"]
)
def test_each_required_task_alone_keeps_it_from_being_active(institution: Institution, key: str) -> None:
    cast = ksu_cast()
    found = production.all_done(cast, production.in_production(cast))
    manager = cast.actor("program_manager")
    actions.move(by=manager, task=production.task(found, key), verb="reopen")
    label = production.task(found, key).label
    assert found.achievement is not None
    with pytest.raises(Rejected, match=f"“{label}” is still open"):
        catalog.activate(by=manager, achievement=found.achievement)
    actions.move(by=manager, task=production.task(found, key), verb="waive", reason="Decided in the meeting of May.")
    assert actions.activate(by=manager, production=production.again(found)).state == "active"


def test_with_all_of_it_done_it_can_be_awarded_and_says_who_approved_it(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.all_done(cast, production.in_production(cast))
    achievement = actions.activate(by=cast.actor("program_manager"), production=found)
    assert achievement.state == "active"
    assert achievement.current is not None
    assert achievement.current.approvals == found.approvals
    assert production.again(found).state == "finished"
    assert builders.offered(builders.an_award(achievement, by=_grantor(achievement))).state == "offered"


def _grantor(achievement: Achievement):
    from insignia.domain.awards import queries as awards

    return builders.acting(builders.with_second_factor(awards.grantors_of(achievement).get().user))


def test_optional_tasks_keep_nothing_back(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.all_done(cast, production.in_production(cast))
    assert production.task(found, "external_publish").state == "todo"
    assert actions.activate(by=cast.actor("program_manager"), production=found).state == "active"


def test_an_approval_that_is_not_noted_keeps_the_plain_door_shut(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.all_done(cast, production.in_production(cast))
    production.complete(cast, found)
    assert found.achievement is not None
    with pytest.raises(Rejected, match="from its checklist"):
        catalog.activate(by=cast.actor("program_manager"), achievement=found.achievement)
    builders.worked_through()
    assert catalog.activate(by=cast.actor("program_manager"), achievement=found.achievement).state == "active"
    builders.worked_through()
    assert production.again(found).state == "finished"


def test_a_badge_that_came_from_no_proposal_is_asked_nothing(institution: Institution) -> None:
    assert builders.an_achievement().state == "active"
