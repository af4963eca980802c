"""What is approved is what is awarded: made from the approved version, and flagged where somebody changed it since."""

from dataclasses import replace

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.workflow.route import Verb
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import actions, checks
from insignia.domain.proposals.production.models import Production
from insignia.domain.proposals.writing.content import content_of
from tests.support import builders, production
from tests.support.governance import a_colleague, actor, decided, ksu_cast, submitted


def draft(found: Production):
    now = production.again(found)
    assert now.achievement is not None
    version = catalog_queries.draft_of(now.achievement)
    assert version is not None
    return version


@pytest.mark.requirement("R-081", "R-100")
def test_the_credential_is_made_in_one_step_from_the_approved_version(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    achievement = actions.create_credential(by=cast.actor("program_manager"), production=found)
    version = found.version
    approved = content_of(version.form.form, version.answers, title=version.title)
    assert draft(found).content == replace(approved, achievement_type=draft(found).content.achievement_type)
    assert approved.name == "Cloud Basics"
    assert approved.skills
    assert approved.outcomes
    assert (achievement.slug, achievement.unit, achievement.level) == ("cloud-basics", cast.unit, found.proposal.level)
    assert achievement.state == "in_production"
    now = production.again(found)
    assert now.achievement == now.proposal.achievement == achievement
    assert production.task(found, "create_credential").state == "done"


def test_it_is_made_once(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    actions.create_credential(by=cast.actor("program_manager"), production=found)
    with pytest.raises(Conflict, match="made already"):
        actions.create_credential(by=cast.actor("program_manager"), production=found)
    assert Achievement.objects.count() == 1


def test_whoever_has_no_part_in_it_makes_nothing(institution: Institution) -> None:
    found = production.in_production(ksu_cast())
    with pytest.raises(NotPermitted):
        actions.create_credential(by=actor(a_colleague("issuer")), production=found)


def test_a_short_name_that_is_taken_gets_a_number(institution: Institution) -> None:
    cast = ksu_cast()
    builders.an_achievement(name="Cloud Basics")
    builders.an_achievement(name="Cloud Basics 2")
    found = production.in_production(cast)
    assert actions.create_credential(by=cast.actor("program_manager"), production=found).slug == "cloud-basics-3"


def test_the_approval_is_noted_with_bodies_and_days_and_never_a_person(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    actions.create_credential(by=cast.actor("program_manager"), production=found)
    noted = draft(found).approvals
    assert [(one.role, one.body) for one in noted] == [
        ("skill_reviewer", "Skill reviewer"),
        ("unit_leader", "Unit leader, College of Computing"),
        ("committee", "Micro-Credential Committee"),
        ("executive", "Executive administrator"),
    ]
    assert {one.on for one in noted} == {builders.today()}
    names = {str(user) for user in cast.people.values()}
    assert not any(name in one.body for one in noted for name in names)


# --- Changed since
@pytest.mark.requirement("R-081")
def test_what_changes_the_meaning_is_flagged_and_blocks_until_it_is_put_back(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.all_done(cast, production.in_production(cast))
    production.complete(cast, found, criteria="Just be there.", description="Said better.")
    assert checks.changes_of(production.again(found), draft(found)).material == ("criteria",)
    assert "description" in checks.changes_of(production.again(found), draft(found)).editorial
    manager = cast.actor("program_manager")
    with pytest.raises(Rejected) as refused:
        actions.activate(by=manager, production=production.again(found))
    assert [reason.code for reason in refused.value.details] == ["changed_after_approval"]
    actions.put_back(by=manager, production=production.again(found))
    assert draft(found).content.criteria == found.approved.criteria
    assert draft(found).content.description == "Said better."
    actions.activate(by=manager, production=production.again(found))
    assert production.again(found).state == "finished"


def test_what_is_editorial_is_shown_and_keeps_the_approval(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    actions.create_credential(by=cast.actor("program_manager"), production=found)
    production.complete(cast, found, description="Said better.")
    assert draft(found).approvals == ()  # the catalogue drops them with every change of words ...
    builders.worked_through()
    assert draft(found).approvals == found.approvals  # ... and production, which knows what changed, notes them again
    production.complete(cast, found, outcomes=("Something else",))
    builders.worked_through()
    assert draft(found).approvals == ()


# --- Revisions
def test_a_revision_writes_the_next_version_and_keeps_what_the_form_does_not_ask(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.all_done(cast, production.in_production(cast))
    achievement = actions.activate(by=cast.actor("program_manager"), production=found)
    before = achievement.current
    assert before is not None
    assert before.content.symbol == "chart"
    revised = production.in_production(
        cast, kind="revise", achievement=Achievement.objects.get(pk=achievement.pk), title="Cloud Basics, Revised"
    )
    assert [task.key for task in production.queries.tasks_of(revised) if task.state == "done"] == [
        "train_granting_unit",
        "name_qualified_grantors",
        "evaluation_plan",
    ]
    actions.create_credential(by=cast.actor("program_manager"), production=revised)
    content = draft(revised).content
    assert (content.name, content.symbol) == ("Cloud Basics, Revised", "chart")
    assert checks.changes_of(production.again(revised), draft(revised)).material == ()
    with pytest.raises(Rejected, match="still open"):
        catalog.activate(by=cast.actor("program_manager"), achievement=achievement)
    proof = actions.add_proof(
        by=cast.actor("program_manager"), task=production.task(revised, "image_with_communications")
    )
    actions.sign_off(by=cast.actor("proposer"), proof=proof)
    now = actions.activate(by=cast.actor("program_manager"), production=production.again(revised))
    assert now.current is not None
    assert (now.current.number, now.current.name) == (2, "Cloud Basics, Revised")


def test_a_proposal_that_was_rejected_makes_nothing(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    decided(cast, "unit_leader", proposal, Verb.REJECT, task="unit_leader", comment="No.")
    builders.worked_through()
    assert not Production.objects.exists()
