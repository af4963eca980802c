"""The way of a proposal that comes by invitation: the committee first, and the unit has the last word (specification 4.4)."""

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.workflow.route import Decision, Verb, Vote
from insignia.domain.institutions.models import TaxonomyLevel
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders
from tests.support.governance import Cast, again, cu_cast, decided, filled, open_tasks


@pytest.fixture
def cast(db: None) -> Cast:
    with builders.an_institution(preset="cu_boulder"):
        yield cu_cast()


def invited_and_submitted(cast: Cast) -> Proposal:
    """A proposal that began with an intent and an invitation."""
    by, office = cast.actor("proposer"), cast.actor("program_manager")
    level = TaxonomyLevel.objects.get(key="noncredit")
    intent = intents.begin_intent(by=by, unit=cast.unit, level=level)
    assert intent.form is not None
    intent = intents.write_intent(by=by, intent=intent, sent=filled(intent.form.form, title="Wildfire Data Mapping"))
    intent = intents.submit_intent(by=by, intent=intent)
    invitation = intents.invite(by=office, intent=intent)
    draft = intents.open_invitation(by=by, invitation=invitation)
    sent = filled(draft.form.form, **draft.answers)
    writing.write_answers(by=by, proposal=draft, sent=sent, revision=draft.revision)
    workflow.submit(by=by, proposal=draft)
    return again(draft)


@pytest.mark.requirement("R-099")
def test_the_committee_comes_first_and_the_unit_has_the_last_word(cast: Cast) -> None:
    proposal = invited_and_submitted(cast)
    assert open_tasks(proposal) == {"mac"}
    for member in ("member_1", "member_2", "member_3"):
        proposal = decided(cast, member, proposal, Verb.VOTE, task="mac", vote=Vote.APPROVE)
    assert open_tasks(proposal) == {"unit_final"}
    proposal = decided(
        cast, "unit_final", proposal, Verb.REQUEST_CHANGES, task="unit_final", comment="Name the course."
    )
    assert proposal.state == "changes_requested"
    by = cast.actor("proposer")
    writing.write_answers(
        by=by, proposal=proposal, sent={"description": "Another description."}, revision=proposal.revision
    )
    workflow.resubmit(by=by, proposal=proposal)
    assert open_tasks(proposal) == {"unit_final"}
    proposal = decided(cast, "unit_final", again(proposal), Verb.APPROVE, task="unit_final")
    assert proposal.state == "approved"


@pytest.mark.requirement("R-096")
def test_the_last_word_wants_both_attestations(cast: Cast) -> None:
    proposal = invited_and_submitted(cast)
    proposal = decided(cast, "member_1", proposal, Verb.APPROVE, task="mac")
    row = queries.run_of(proposal)
    assert row is not None
    with pytest.raises(Rejected) as refused:
        workflow.decide(
            by=cast.actor("unit_final"),
            proposal=proposal,
            task="unit_final",
            decision=Decision(Verb.APPROVE, attestations=frozenset({"campus_standards"})),
            revision=row.revision,
        )
    assert [detail.params["statement"] for detail in refused.value.details] == ["local_governance_completed"]


@pytest.mark.requirement("R-061")
def test_nobody_begins_without_an_invitation(cast: Cast) -> None:
    with pytest.raises(NotPermitted, match="begins with an intent"):
        writing.begin_proposal(
            by=cast.actor("proposer"), unit=cast.unit, level=TaxonomyLevel.objects.get(key="noncredit")
        )


@pytest.mark.requirement("R-062")
def test_the_intent_lists_what_its_form_still_misses(cast: Cast) -> None:
    by = cast.actor("proposer")
    intent = intents.begin_intent(by=by, unit=cast.unit)
    with pytest.raises(Rejected) as refused:
        intents.submit_intent(by=by, intent=intent)
    assert len(refused.value.details) > 3
