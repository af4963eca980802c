"""A revision goes the whole way when it changes what an award means, and the short one when it does not."""

import pytest

from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution, TaxonomyLevel
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.content import content_of
from insignia.domain.proposals.writing.models import Proposal
from tests.support.governance import Cast, a_proposal, again, decided, filled, ksu_cast, open_tasks


def an_active_badge(cast: Cast) -> Achievement:
    """A badge that says all that a proposal's form asks."""
    form = a_proposal(cast).form.form
    content = content_of(form, filled(form, title="Spreadsheet Basics", type="level_1"))
    level = TaxonomyLevel.objects.get(key="level_1")
    draft = catalog.draft_achievement(by=SYSTEM, unit=cast.unit, level=level, content=content)
    return catalog.activate(by=SYSTEM, achievement=draft)


@pytest.mark.parametrize(
    ("changed", "asked"),
    [({"description": "Said in better words."}, {"executive"}), ({"criteria": "Twice as much."}, {"mcc"})],
    ids=["editorial", "material"],
)
def test_what_changes_decides_whether_the_committee_sees_it(
    institution: Institution, changed: dict[str, str], asked: set[str]
) -> None:
    cast = ksu_cast()
    badge = an_active_badge(cast)
    revision = writing.begin_proposal(
        by=cast.actor("proposer"), unit=cast.unit, level=badge.level, kind=Proposal.Kind.REVISE, achievement=badge
    )
    assert badge.current is not None
    form = revision.form.form
    by_field = {question.maps_to: question.key for question in form.questions if question.maps_to}
    sent = {by_field[field]: text for field, text in changed.items()}
    # What a badge does not say, the form asks; it is answered as the badge would be.
    missing = {key: value for key, value in filled(form, **revision.answers).items() if key not in revision.answers}
    sent = {**missing, **sent}
    writing.write_answers(by=cast.actor("proposer"), proposal=revision, sent=sent, revision=revision.revision)
    workflow.submit(by=cast.actor("proposer"), proposal=revision)
    proposal = again(revision)
    for who, task in (("skill_reviewer", "skill_review"), ("unit_leader", "unit_leader")):
        proposal = decided(cast, who, proposal, Verb.APPROVE, task=task)
    assert open_tasks(proposal) == asked
