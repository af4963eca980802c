"""An approval brings a checklist, as the institution's preset defines it; what runs keeps the one it began with."""

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import bus
from insignia.domain.proposals.production import actions, queries, rules
from insignia.domain.proposals.production.models import Production
from tests.support import builders, production
from tests.support.governance import a_colleague, actor, cu_cast, ksu_cast

KSU = [
    "create_credential",
    "image_with_communications",
    "train_granting_unit",
    "name_qualified_grantors",
    "evaluation_plan",
]
CU = ["create_digital_badge", "develop_issuing_process", "train_issuing", "train_analytics"]


def required(found: Production) -> list[str]:
    return [task.key for task in queries.tasks_of(found) if task.is_required]


@pytest.mark.requirement("R-080")
def test_an_approval_opens_a_checklist_of_the_five_things_that_ksu_requires(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    assert required(found) == KSU
    assert [task.key for task in queries.tasks_of(found) if not task.is_required] == [
        "external_publish",
        "catalogue_inventory",
    ]
    by_key = {task.key: task for task in queries.tasks_of(found)}
    assert by_key["create_credential"].owner == cast["program_manager"]
    assert by_key["image_with_communications"].owner is None
    assert by_key["image_with_communications"].owner_role == "designer"
    assert all(task.due_on and task.due_on > builders.today() for task in by_key.values())


@pytest.mark.requirement("R-080", "R-100")
def test_cu_asks_for_the_badge_an_issuing_process_and_two_trainings(db: None) -> None:
    with builders.an_institution(preset="cu_boulder"):
        cast = cu_cast()
        found = production.in_production(cast, level="noncredit", via="signed_link")
        assert required(found) == CU
        assert {task.owner for task in queries.tasks_of(found)} == {cast["program_manager"]}


def test_what_is_not_approved_brings_nothing(institution: Institution) -> None:
    from tests.support.governance import submitted

    submitted(ksu_cast())
    builders.worked_through()
    assert not Production.objects.exists()


def test_an_approval_that_is_told_twice_brings_one_checklist(institution: Institution) -> None:
    found = production.in_production(ksu_cast())
    assert actions.begin(by=SYSTEM, proposal=found.proposal) == found
    assert Production.objects.count() == 1
    assert len(queries.tasks_of(found)) == 7
    assert bus.read(name="production.begun").count() == 1


@pytest.mark.requirement("R-042")
def test_a_souvenir_needs_no_committee_and_nobody_who_assesses(institution: Institution) -> None:
    cast = ksu_cast()
    souvenir = production.in_production(cast, level="souvenir", title="Hackathon", audience=["faculty"])
    assert [approval.role for approval in souvenir.approvals] == ["program_manager"]
    assert required(souvenir) == KSU[:2]
    level_1 = production.in_production(cast)
    assert "Micro-Credential Committee" in [approval.body for approval in level_1.approvals]


@pytest.mark.requirement("R-049")
def test_a_running_checklist_keeps_its_definition_when_the_institution_changes_it(institution: Institution) -> None:
    cast = ksu_cast()
    running = production.in_production(cast)
    before = queries.newest_checklist()
    assert before is not None
    actions.set_checklist(
        by=SYSTEM,
        institution=institution,
        tasks=[*before.data, {"key": "press", "label": "Tell the press", "kind": "free"}],
    )
    later = production.in_production(cast, title="Grant Writing")
    assert "press" not in [task.key for task in queries.tasks_of(running)]
    assert "press" in [task.key for task in queries.tasks_of(later)]
    assert running.checklist == before


def test_a_checklist_with_mistakes_is_refused_with_all_of_them(institution: Institution) -> None:
    wrong = [{"key": "one", "label": "", "kind": "magic", "days": 0, "colour": "red"}]
    with pytest.raises(Rejected) as refused:
        actions.set_checklist(by=SYSTEM, institution=institution, tasks=wrong)
    assert len(refused.value.details) == 4
    with pytest.raises(NotPermitted):
        actions.set_checklist(by=actor(a_colleague("faculty")), institution=institution, tasks=[])


# --- A task
def test_a_task_is_done_by_whoever_has_it_and_approved_by_the_office(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    clerk = a_colleague("staff", name="Clerk Kim")
    task = production.task(found, "external_publish")
    with pytest.raises(NotPermitted, match="somebody else’s"):
        actions.move(by=actor(clerk), task=task, verb="start")
    actions.assign(by=cast.actor("program_manager"), task=task, owner=clerk, due_on=builders.today())
    assert [one.key for one in queries.tasks_for(actor(clerk))] == ["external_publish"]
    actions.move(by=actor(clerk), task=task, verb="finish")
    task = production.task(found, "external_publish")
    assert task.state == "in_approval"
    with pytest.raises(NotPermitted, match="program manager"):
        actions.move(by=actor(clerk), task=task, verb="approve")
    actions.move(by=cast.actor("program_manager"), task=task, verb="approve")
    assert production.task(found, "external_publish").state == "done"
    assert not queries.tasks_for(actor(clerk)).exists()


def test_a_task_without_a_name_is_for_whoever_holds_its_role(institution: Institution) -> None:
    cast = ksu_cast()
    a_colleague("designer", name="Drawing Dana"), a_colleague("designer", name="Drawing Drew")
    found = production.in_production(cast)
    third = a_colleague("designer", name="Drawing Dee")
    assert [one.key for one in queries.tasks_for(actor(third))] == ["image_with_communications"]
    assert queries.visible_to(actor(third)).get() == found
    assert not queries.visible_to(actor(a_colleague("staff"))).exists()


def test_blocking_and_waiving_take_a_reason_and_waiving_takes_the_office(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    manager = cast.actor("program_manager")
    for verb in ("block", "waive"):
        with pytest.raises(Rejected, match="Say why"):
            actions.move(by=manager, task=production.task(found, "evaluation_plan"), verb=verb)
    actions.move(
        by=manager, task=production.task(found, "evaluation_plan"), verb="waive", reason="A pilot of one term."
    )
    task = production.task(found, "evaluation_plan")
    assert (task.state, task.reason, task.settled_by) == ("waived", "A pilot of one term.", cast["program_manager"])
    issuer = a_colleague("issuer", scope=cast.unit)
    with pytest.raises(NotPermitted):
        actions.move(
            by=actor(issuer), task=production.task(found, "name_qualified_grantors"), verb="waive", reason="No"
        )


def test_what_lacks_something_cannot_be_called_done(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    for key in ("train_granting_unit", "name_qualified_grantors", "evaluation_plan", "image_with_communications"):
        with pytest.raises(Rejected, match="cannot be called done") as refused:
            actions.move(by=cast.actor("program_manager"), task=production.task(found, key), verb="finish")
        assert refused.value.details


def test_the_life_of_a_task_has_no_dead_end() -> None:
    for state in (*rules.OPEN, *rules.SETTLED):
        assert rules.TASK.open_to(state, facts={"complete", "manages", "reason"}), state
