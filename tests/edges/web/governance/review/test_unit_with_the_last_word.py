"""The other order, by the same pages: a committee first, and the unit's last word with what it attests (R-096, R-099)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insignia.core.workflow.route import Verb, Vote
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.workflow.models import Enclosure
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.edges.web.governance.review.reviewer import rated, reviewer, words
from tests.support import builders
from tests.support.governance import Cast, a_colleague, again, cu_cast, decided, filled, open_tasks

COMMITTEE = ("consistency", "meaningfulness", "worthiness_of_endorsement")
ATTESTED = {"attest-campus_standards": "on", "attest-local_governance_completed": "on"}


@pytest.fixture
def cast(db: None) -> Cast:
    with builders.an_institution(preset="cu_boulder"):
        yield cu_cast()


def at_committee(cast: Cast) -> Proposal:
    by, office = cast.actor("proposer"), cast.actor("program_manager")
    level = builders.institution_queries.levels().get(key="noncredit")
    intent = intents.begin_intent(by=by, unit=cast.unit, level=level)
    assert intent.form is not None
    intent = intents.write_intent(by=by, intent=intent, sent=filled(intent.form.form, title="Wildfire Data Mapping"))
    intent = intents.submit_intent(by=by, intent=intent)
    draft = intents.open_invitation(by=by, invitation=intents.invite(by=office, intent=intent))
    sent = filled(draft.form.form, **draft.answers)
    writing.write_answers(by=by, proposal=draft, sent=sent, revision=draft.revision)
    workflow.submit(by=by, proposal=draft)
    return again(draft)


def at_unit(cast: Cast) -> Proposal:
    return decided(cast, "member_1", at_committee(cast), Verb.APPROVE, task="mac")


@pytest.mark.requirement("R-094", "R-098", "R-099")
def test_the_committee_judges_by_its_own_criteria_and_then_the_unit_has_it(cast: Cast) -> None:
    proposal = at_committee(cast)
    assert open_tasks(proposal) == {"mac"}
    for name in ("member_1", "member_2", "member_3"):
        page = reviewer(cast[name]).opens(proposal)
        for label in (
            "Consistent with what we call a micro-credential",
            "Means something to those who earn it and read it",
            "Worthy of the institution’s endorsement",
        ):
            assert label in page.words
        assert "it goes to Final Frankie (Unit or division: final approval)." in page.words
        page.press("Vote to approve", **rated(*COMMITTEE))
    assert open_tasks(proposal) == {"unit_final"}


@pytest.mark.requirement("R-098")
def test_the_committee_asks_for_changes_and_has_it_again(cast: Cast) -> None:
    proposal = at_committee(cast)
    chair = reviewer(cast["member_1"])
    assert chair.opens(proposal).press("Record: changes requested").status_code == 422
    chair.opens(proposal).press("Record: changes requested", comment="Whom is it for?")
    assert again(proposal).state == "changes_requested"
    title = next(q.key for q in proposal.form.form.questions if q.maps_to == "description")
    writing.write_answers(
        by=cast.actor("proposer"),
        proposal=again(proposal),
        sent={title: "For planners."},
        revision=again(proposal).revision,
    )
    workflow.resubmit(by=cast.actor("proposer"), proposal=again(proposal))
    assert open_tasks(proposal) == {"mac"}


@pytest.mark.requirement("R-096")
def test_the_last_word_attests_both_and_may_bring_a_document(cast: Cast) -> None:
    proposal = at_unit(cast)
    unit = reviewer(cast["unit_final"])
    page = unit.opens(proposal)
    assert "It keeps to the campus standards for micro-credentials." in page.words
    refused = page.press("Approve", comment="Fine.")
    assert refused.status_code == 422
    assert words(refused).count("Confirm this, or do not approve.") >= 2
    assert "Fine." in words(refused)
    half = page.press("Approve", **{"attest-campus_standards": "on"})
    assert half.status_code == 422
    assert "checked" in half.content.decode()
    assert open_tasks(proposal) == {"unit_final"}
    empty = page.press("Approve", **ATTESTED, file=SimpleUploadedFile("minutes.pdf", b""))
    assert "The file is empty." in words(empty)
    program = page.press("Approve", **ATTESTED, file=SimpleUploadedFile("minutes.exe", b"MZ\x00\x01\x02"))
    assert "This kind of file is not taken." in words(program)
    assert again(proposal).state == "in_review"
    page.press("Approve", **ATTESTED, file=SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes"))
    assert again(proposal).state == "approved"
    told = reviewer(cast["program_manager"]).get("proposal", proposal.public_id, tab="history")
    assert "Attested: It keeps to the campus standards for micro-credentials." in words(told)
    assert "minutes.pdf" in words(told)
    file = Enclosure.objects.get()
    fetched = reviewer(cast["program_manager"]).get("enclosure", proposal.public_id, file.public_id)
    assert fetched.content == b"%PDF-1.7 minutes"
    assert fetched["Content-Disposition"].startswith("attachment")
    assert reviewer(a_colleague("faculty")).get("enclosure", proposal.public_id, file.public_id).status_code == 404


@pytest.mark.requirement("R-099")
def test_the_unit_may_send_it_back_and_may_end_it(cast: Cast) -> None:
    proposal = at_unit(cast)
    page = reviewer(cast["unit_final"]).opens(proposal)
    assert "Reject: it ends here." in page.words
    assert page.press("Reject").status_code == 422
    asked = page.press("Reject", comment="Our faculty decided against it.")
    assert "Our faculty decided against it." in words(asked)
    assert again(proposal).state == "in_review"
    kept = page.press("Reject", comment="Our faculty decided against it.", back="1")
    assert "Our faculty decided against it." in words(kept)
    page.confirm("Reject", comment="Our faculty decided against it.")
    assert again(proposal).state == "rejected"
    row = queries.run_of(proposal)
    assert row is not None
    assert row.run.history[-1].decision.comment == "Our faculty decided against it."


def test_votes_that_are_cast_at_once_both_count(cast: Cast) -> None:
    """Two members have the page open; the second vote does not overtake the first."""
    proposal = at_committee(cast)
    first = reviewer(cast["member_2"]).opens(proposal)
    second = reviewer(cast["member_3"]).opens(proposal)
    first.press("Vote to approve", **rated(*COMMITTEE))
    second.press("Abstain")
    row = queries.run_of(proposal)
    assert row is not None
    ballot = row.run.open_tasks[0].ballot
    assert ballot is not None
    assert [vote.vote for vote in ballot.votes] == [Vote.APPROVE, Vote.ABSTAIN]
