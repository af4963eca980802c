"""A proposal on its way through a preset with reviewers, a committee and an executive: all of it through the pages."""

import re

import pytest

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing import queries as writing_queries
from insignia.domain.proposals.writing.models import Proposal
from tests.edges.web.governance.review.reviewer import rated, reviewer, words
from tests.support import governance
from tests.support.governance import Cast, a_skill, again, decided, ksu_cast, open_tasks, submitted

COMMITTEE = (
    "workforce_alignment",
    "taxonomy_fit",
    "evidence_types",
    "issuer_expertise",
    "skill_assessment_alignment",
)


@pytest.fixture
def cast(institution: Institution) -> Cast:
    return ksu_cast()


def at_committee(cast: Cast, **values: object) -> Proposal:
    """A proposal that two reviewers have approved."""
    proposal = submitted(cast, **values)
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def at_executive(cast: Cast) -> Proposal:
    return decided(cast, "member_1", at_committee(cast), Verb.APPROVE, task="mcc")


def history(proposal: Proposal) -> tuple[engine.Entry, ...]:
    row = queries.run_of(proposal)
    assert row is not None
    return row.run.history


@pytest.mark.requirement("R-067", "R-079")
def test_a_proposal_goes_the_whole_way_by_the_buttons_of_its_pages(cast: Cast) -> None:
    proposal = submitted(cast, title="Lab Safety Practice")
    skills = reviewer(cast["skill_reviewer"])
    assert "Lab Safety Practice" in skills.read("tasks")
    page = skills.opens(proposal)
    assert "Approve: it stays at this step for Leader Lou (Leader of the unit)." in page.words
    assert words(page.press("Approve", **rated("workforce_skill_alignment"))).count("You approved it.") == 1
    assert "Lab Safety Practice" not in skills.read("tasks")
    leader = reviewer(cast["unit_leader"])
    page = leader.opens(proposal)
    assert "Approve: it goes to Micro-Credential Committee." in page.words
    page.press("Approve")
    for name in ("member_2", "member_3"):
        page = reviewer(cast[name]).opens(proposal)
        assert "If the body approves: it goes to Executive Ellis (Executive administrator)." in page.words
        assert page.press("Vote to approve", **rated(*COMMITTEE)).status_code == 200
    assert open_tasks(proposal) == {"mcc"}
    reviewer(cast["member_1"]).opens(proposal).press("Vote to approve", **rated(*COMMITTEE))
    assert open_tasks(proposal) == {"executive"}
    # The last word is one role's alone: the office sees where it is, and has no button for it.
    office = reviewer(cast["program_manager"]).opens(proposal)
    assert "Executive Ellis" in office.words
    assert "Approve" not in office.buttons
    page = reviewer(cast["executive"]).opens(proposal)
    assert "Approve: it is approved" in page.words
    page.press("Approve")
    assert again(proposal).state == "approved"
    told = reviewer(cast["program_manager"]).read("proposal", proposal.public_id, tab="history")
    assert [name in told for name in ("Career Casey approved", "Leader Lou approved", "Executive Ellis approved")]
    assert "Votes: 3 to approve" in told


@pytest.mark.requirement("R-069", "R-070", "R-071", "R-902")
def test_the_committee_rates_each_criterion_and_may_comment_on_it(cast: Cast) -> None:
    proposal = at_committee(cast)
    member = reviewer(cast["member_2"])
    page = member.opens(proposal)
    for label in (
        "Aligned with workforce skills and competencies",
        "Fits the taxonomy",
        "Evidence shows what the title promises",
        "Issuer has the expertise",
        "Skills are assessed, not only mentioned",
    ):
        assert f"Comment on “{label}”" in page.words
    refused = page.press("Vote to approve", comment="Well made.", **rated(*COMMITTEE[1:]))
    assert refused.status_code == 422
    assert "Aligned with workforce skills and competencies : Rate this from 1 to 4." in words(refused)
    assert "Well made." in words(refused)
    assert (
        len(re.findall(r'<input type="radio" name="rate-[^>]* checked', refused.content.decode())) == len(COMMITTEE) - 1
    )
    page.press("Vote to approve", **rated(*COMMITTEE, evidence_types="A photograph would do."))
    ratings = history(proposal)[-1].decision.ratings
    assert {(one.criterion, one.value) for one in ratings} == {(one, 4) for one in COMMITTEE}
    assert next(one.comment for one in ratings if one.criterion == "evidence_types") == "A photograph would do."
    assert "A photograph would do." in reviewer(cast["member_3"]).read("proposal", proposal.public_id, tab="history")


@pytest.mark.requirement("R-070")
def test_another_type_is_recommended_and_the_proposal_goes_back_to_its_proposer(cast: Cast) -> None:
    proposal = at_committee(cast)
    page = reviewer(cast["member_1"]).opens(proposal)
    refused = page.press("Record: another type recommended", comment="It is assessed like a Level II.")
    assert "Say which type fits better." in words(refused)
    page.press("Record: another type recommended", comment="It is assessed like a Level II.", recommended="level_2")
    assert again(proposal).state == "changes_requested"
    assert history(proposal)[-1].decision.recommended == "level_2"
    assert "It is assessed like a Level II." in reviewer(cast["proposer"]).read("proposal", proposal.public_id)


@pytest.mark.requirement("R-078")
def test_changes_need_a_reason_and_come_back_to_the_same_step_with_the_difference_shown(cast: Cast) -> None:
    proposal = at_committee(cast)
    chair = reviewer(cast["member_1"])
    chair.opens(proposal)
    refused = chair.opens(proposal).press("Record: changes requested")
    assert refused.status_code == 422
    assert "Say why, in a sentence or two." in words(refused)
    page = chair.opens(proposal)
    page.press("Record: changes requested", comment="Name the evidence.")
    assert again(proposal).state == "changes_requested"
    writing.write_answers(
        by=cast.actor("proposer"),
        proposal=again(proposal),
        sent={"description": "They hand in a risk sheet."},
        revision=again(proposal).revision,
    )
    workflow.resubmit(by=cast.actor("proposer"), proposal=again(proposal))
    assert [one.number for one in writing_queries.versions_of(proposal)] == [2, 1]
    assert open_tasks(proposal) == {"mcc"}
    # What is new to the reader is what they see first, also when they look again.
    for _time in range(2):
        page = chair.opens(proposal)
        assert "Changes since version 1" in page.words
        assert "They hand in a risk sheet" in page.words
    whole = chair.read("proposal", proposal.public_id, tab="answers")
    assert "Inclusion" in whole


@pytest.mark.requirement("R-068")
def test_a_body_decides_with_its_quorum_or_by_the_record_of_its_chair(cast: Cast) -> None:
    proposal = at_committee(cast)
    chair = reviewer(cast["member_1"])
    chair.opens(proposal).press("Vote to approve", **rated(*COMMITTEE))
    page = chair.opens(proposal)
    assert "1 of 3 voted" in page.words
    assert "quorum 2" in page.words
    assert "Close the vote" not in page.buttons
    forged = chair.send("decide", proposal.public_id, decision="close_vote::mcc", revision="99", version="1")
    assert forged.status_code == 409
    assert open_tasks(proposal) == {"mcc"}
    reviewer(cast["member_2"]).opens(proposal).press("Vote for changes", comment="Not yet.")
    assert "Record: approved" not in reviewer(cast["member_3"]).opens(proposal).buttons
    assert "Close the vote" in chair.opens(proposal).buttons
    chair.opens(proposal).press("Record: approved", comment="Agreed in the meeting.")
    assert open_tasks(proposal) == {"executive"}


@pytest.mark.requirement("R-068")
def test_a_tie_is_for_the_chair(cast: Cast) -> None:
    proposal = at_committee(cast)
    reviewer(cast["member_2"]).opens(proposal).press("Vote to approve", **rated(*COMMITTEE))
    reviewer(cast["member_3"]).opens(proposal).press("Vote for changes", comment="Not yet.")
    chair = reviewer(cast["member_1"])
    chair.opens(proposal).press("Abstain")
    page = chair.opens(proposal)
    assert "A tie" in page.words
    assert "Member 1" in page.words
    assert "Vote to approve" not in page.buttons
    page.press("Record: approved")
    assert open_tasks(proposal) == {"executive"}
    assert "It is a tie: whoever presides decides." in chair.read("proposal", proposal.public_id, tab="history")


def test_a_chair_whose_interests_conflict_leaves_the_chair_to_the_deputy(cast: Cast) -> None:
    body = body_queries.body("MCC")
    bodies.appoint_chair(by=SYSTEM, body=body, user=cast["member_2"], starts_on=None, ends_on=None, place="deputy")
    proposal = at_committee(cast)
    reviewer(cast["member_1"]).opens(proposal).press("I have a conflict of interest")
    page = reviewer(cast["member_1"]).opens(proposal)
    assert page.buttons == {}
    assert "Stays out because of a conflict: Member 1" in page.words
    reviewer(cast["member_2"]).opens(proposal).press("Record: approved")
    assert open_tasks(proposal) == {"executive"}


@pytest.mark.requirement("R-076")
def test_career_services_changes_the_skills_in_a_version_of_its_own(cast: Cast) -> None:
    proposal = submitted(cast)
    extra = a_skill("Hazard identification")
    before = list(again(proposal).answers["skills"])
    skills = reviewer(cast["skill_reviewer"])
    assert "Change answers" in skills.opens(proposal).words
    page = skills.get("amend", proposal.public_id)
    assert "Hazard identification" in words(page)
    was = page.content.decode().split('name="was"')[1].split('value="')[1].split('"')[0]
    sent = skills.send(
        "amend",
        proposal.public_id,
        **{"was": was, "a-skills": [*before, extra.public_id], "a-title": "Forged", "note": "Employers ask for it."},
    )
    assert "Your changes are version 2. Now decide." in words(sent)
    assert again(proposal).answers["skills"] == [*before, extra.public_id]
    assert again(proposal).title != "Forged"
    # Whoever had the page open before decides on nothing that they have not seen.
    leader = reviewer(cast["unit_leader"])
    assert "Change answers" not in leader.opens(proposal).words
    assert leader.get("amend", proposal.public_id).status_code == 403
    skills.opens(proposal).press("Approve", **rated("workforce_skill_alignment"))
    assert "changed answers: version 2" in leader.read("proposal", proposal.public_id, tab="history")


@pytest.mark.requirement("R-076")
def test_career_services_may_comment_and_ask_for_changes(cast: Cast) -> None:
    proposal = submitted(cast)
    skills = reviewer(cast["skill_reviewer"])
    skills.send("remark", proposal.public_id, text="Try hazard identification.", question="skills")
    assert "Try hazard identification." in skills.read("proposal", proposal.public_id, tab="discussion")
    skills.opens(proposal).press("Request changes", comment="Choose skills that employers name.")
    assert again(proposal).state == "changes_requested"


def test_who_decides_on_words_that_were_changed_meanwhile_is_asked_to_look_again(cast: Cast) -> None:
    proposal = submitted(cast)
    page = reviewer(cast["unit_leader"]).opens(proposal)
    extra = a_skill("Hazard identification")
    skills = [*again(proposal).answers["skills"], extra.public_id]
    workflow.amend(by=cast.actor("skill_reviewer"), proposal=proposal, sent={"skills": skills})
    refused = page.press("Approve", comment="Fine with me.")
    assert refused.status_code == 409
    assert "version 2 is new" in words(refused)
    assert "Fine with me." in words(refused)
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}


@pytest.mark.requirement("R-077")
def test_the_leader_of_the_unit_is_asked_and_a_leader_who_proposes_is_not(cast: Cast) -> None:
    proposal = submitted(cast)
    assert "Leader Lou" in reviewer(cast["skill_reviewer"]).opens(proposal).words
    governance.holds(cast["unit_leader"], "faculty")
    cast.people["proposer"] = cast["unit_leader"]
    own = submitted(cast, title="A proposal of the leader")
    assert reviewer(cast["unit_leader"]).opens(own, tab="answers").buttons.keys() & {"Approve"} == set()
    office = reviewer(cast["program_manager"]).opens(own)
    assert "The office stands in, because who holds the role has a conflict of interest." in office.words
    office.press("Approve")
    assert open_tasks(own) == {"skill_review"}


@pytest.mark.requirement("R-077")
def test_where_the_unit_has_no_leader_the_one_above_is_asked(cast: Cast, institution: Institution) -> None:
    below = institutions.add_unit(
        by=SYSTEM, institution=institution, name="Fire Laboratory", code="fire", parent=cast.unit
    )
    below = institution_queries.unit(below.public_id)
    governance.holds(cast["proposer"], "faculty", below)
    cast.unit = below
    proposal = submitted(cast)
    page = reviewer(cast["unit_leader"]).opens(proposal)
    assert "Asked from above, because the role is vacant." in page.words
    page.press("Approve")
    assert open_tasks(proposal) == {"skill_review"}


@pytest.mark.requirement("R-079")
def test_only_the_executive_role_completes_it(cast: Cast) -> None:
    proposal = at_executive(cast)
    for name in ("member_1", "unit_leader", "skill_reviewer", "program_manager"):
        page = reviewer(cast[name]).opens(proposal)
        assert "Approve" not in page.buttons
        forged = reviewer(cast[name]).send(
            "decide", proposal.public_id, decision="approve::executive", revision="9", version="1"
        )
        assert forged.status_code == 409
    assert again(proposal).state == "in_review"


@pytest.mark.requirement("R-042")
@pytest.mark.parametrize("level", ["level_1", "level_2"])
def test_starred_types_come_before_the_committee(cast: Cast, level: str) -> None:
    at_committee(cast, level=level)
    assert len(queries.tasks_for(cast.actor("member_2"), governance.builders.here())) == 1


@pytest.mark.requirement("R-024", "R-042")
def test_a_souvenir_is_on_no_committee_page(cast: Cast) -> None:
    proposal = submitted(cast, level="souvenir", title="Hackathon")
    office = reviewer(cast["program_manager"])
    assert "Hackathon" not in office.read("all_proposals", body="MCC")
    assert "Hackathon" in office.read("all_proposals")
    assert "Hackathon" not in reviewer(cast["member_1"]).read("tasks")
    way = reviewer(cast["program_manager"]).opens(proposal).words
    assert "Approval in the channel" in way
    assert "Micro-Credential Committee" not in way.split("Who has it now")[0]


def test_a_vote_can_be_cast_anew_until_it_is_closed(cast: Cast) -> None:
    proposal = at_committee(cast)
    member = reviewer(cast["member_2"])
    member.opens(proposal).press("Vote for changes", comment="Not yet.")
    member.opens(proposal).press("Vote to approve", **rated(*COMMITTEE))
    row = queries.run_of(proposal)
    assert row is not None
    ballot = row.run.open_tasks[0].ballot
    assert ballot is not None
    assert [vote.vote for vote in ballot.votes] == [Vote.APPROVE]
