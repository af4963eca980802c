"""What a curriculum system does besides approving (R-909): hold, suspend, cancel, ask others, skip, watch; and who may not."""

from datetime import timedelta

import pytest

from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.workflow.models import RouteVersion
from insignia.domain.proposals.writing import actions as writing
from tests.edges.web.governance.review.reviewer import rated, reviewer, words
from tests.support.builders import a_person
from tests.support.governance import (
    Cast,
    a_colleague,
    a_proposal,
    again,
    decided,
    holds,
    ksu_cast,
    open_tasks,
    submitted,
)


@pytest.fixture
def cast(institution: Institution) -> Cast:
    return ksu_cast()


def rewrite(institution: Institution, **steps: dict[str, object]) -> None:
    """Let the route have these other words in these steps."""
    data = dict(RouteVersion.objects.filter(key="full").latest("number").data)
    data["steps"] = [{**step, **steps.get(str(step["key"]), {})} for step in data["steps"]]
    workflow.set_route(by=SYSTEM, institution=institution, key="full", data=data)


def before_committee(cast: Cast, **values: object) -> object:
    proposal = submitted(cast, **values)
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


@pytest.mark.requirement("R-909")
def test_a_chair_holds_it_and_releases_it(cast: Cast) -> None:
    proposal = before_committee(cast)
    chair = reviewer(cast["member_1"])
    chair.opens(proposal).press("Hold", comment="Until the next meeting.")
    assert again(proposal).state == "on_hold"
    assert "Vote to approve" not in reviewer(cast["member_2"]).opens(proposal).buttons
    chair.opens(proposal).press("Release it")
    assert again(proposal).state == "in_review"
    told = chair.read("proposal", proposal.public_id, tab="history")
    assert "Member 1 put it on hold" in told
    assert "Until the next meeting." in told


@pytest.mark.requirement("R-909")
def test_the_office_suspends_it_and_resumes_it_where_it_was(cast: Cast) -> None:
    proposal = submitted(cast)
    office = reviewer(cast["program_manager"])
    assert office.opens(proposal).press("Suspend it").status_code == 422
    office.opens(proposal).press("Suspend it", comment="The college is being merged.")
    assert again(proposal).state == "suspended"
    assert reviewer(cast["unit_leader"]).opens(proposal).buttons.keys() <= {"Ask to cancel it"}
    assert "Resume it" in office.opens(proposal).buttons
    office.opens(proposal).press("Resume it")
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}


@pytest.mark.requirement("R-909")
def test_cancelling_is_asked_for_and_the_office_says_whether(cast: Cast) -> None:
    proposal = submitted(cast)
    leader, office = reviewer(cast["unit_leader"]), reviewer(cast["program_manager"])
    leader.opens(proposal).press("Ask to cancel it", comment="We offer it elsewhere.")
    assert again(proposal).state == "in_review"
    assert str(proposal) in office.read("tasks")
    office.opens(proposal).press("Let it go on", comment="Others want it.")
    assert "Cancel the proposal" not in office.opens(proposal).buttons
    leader.opens(proposal).press("Ask to cancel it", comment="We mean it.")
    office.opens(proposal).confirm("Cancel the proposal")
    assert again(proposal).state == "cancelled"


@pytest.mark.requirement("R-909")
def test_somebody_else_is_asked_once_the_office_agrees_and_it_comes_back_here(cast: Cast) -> None:
    proposal = submitted(cast)
    cast.people["expert"] = a_colleague("staff", name="Expert Eden")
    skills, office = reviewer(cast["skill_reviewer"]), reviewer(cast["program_manager"])
    page = skills.opens(proposal)
    lacking = page.press("Ask somebody else", comment="Is this what laboratories need?")
    assert "Say who is to be asked." in words(lacking)
    unknown = page.press("Ask somebody else", comment="Is it?", ask_email="nobody@people.example")
    assert "Nobody with this address works here." in words(unknown)
    assert "nobody@people.example" in unknown.content.decode()
    page.press(
        "Ask somebody else",
        comment="Is this what laboratories need?",
        ask_email=cast["expert"].email,
        ask_then="return_here",
    )
    assert open_tasks(proposal) == {"skill_review", "unit_leader", ""}
    office.opens(proposal).press("Ask them as well")
    expert = reviewer(cast["expert"])
    assert str(proposal) in expert.read("tasks")
    page = expert.opens(proposal)
    assert page.press("Give your answer").status_code == 422
    answered = page.press("Give your answer", comment="It is.")
    assert answered.status_code == 200  # led to the list: they were let in for this alone
    assert "Nothing waits for you" in words(answered)
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}
    assert "It is." in skills.read("proposal", proposal.public_id, tab="history")


def test_a_role_is_asked_and_the_office_may_refuse(cast: Cast) -> None:
    proposal = submitted(cast)
    skills, office = reviewer(cast["skill_reviewer"]), reviewer(cast["program_manager"])
    skills.opens(proposal).press("Ask somebody else", comment="Recordable?", ask_role="registrar")
    office.opens(proposal).press("Do not ask them", comment="We know already.")
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}


@pytest.mark.requirement("R-909")
def test_the_office_skips_a_step_that_may_be_skipped_with_its_reason(cast: Cast, institution: Institution) -> None:
    rewrite(institution, first_review={"skippable": True})
    proposal = submitted(cast)
    office = reviewer(cast["program_manager"])
    page = office.opens(proposal)
    assert "Skip this step: it goes to Micro-Credential Committee." in page.words
    assert page.press("Skip this step").status_code == 422
    page.press("Skip this step", comment="Both are away until May.")
    assert open_tasks(proposal) == {"mcc"}
    assert "Both are away until May." in office.read("proposal", proposal.public_id, tab="history")
    assert "Skip this step" not in office.opens(proposal).buttons


@pytest.mark.requirement("R-909")
def test_who_watches_finds_it_on_the_watch_list(cast: Cast) -> None:
    proposal = submitted(cast, title="Peer Mediation")
    member = reviewer(cast["program_manager"])
    assert "Peer Mediation" not in member.read("all_proposals", show="watched")
    member.send("watch", proposal.public_id)
    assert "Peer Mediation" in member.read("all_proposals", show="watched")
    assert [user.pk for user in queries.watchers_of(proposal)] == [cast["program_manager"].pk]
    member.send("unwatch", proposal.public_id)
    assert "Peer Mediation" not in member.read("all_proposals", show="watched")


def test_what_reviewers_say_among_themselves_is_not_for_those_who_write(cast: Cast) -> None:
    proposal = submitted(cast)
    leader = reviewer(cast["unit_leader"])
    leader.send("remark", proposal.public_id, text="Weak on evidence.", audience="reviewers")
    assert "Weak on evidence." in reviewer(cast["skill_reviewer"]).read(
        "proposal", proposal.public_id, tab="discussion"
    )
    assert "Weak on evidence." not in reviewer(cast["proposer"]).read("proposal", proposal.public_id, tab="discussion")


def test_guests_see_neither_names_nor_what_reviewers_say_among_themselves(cast: Cast) -> None:
    proposal = before_committee(cast)
    guest = a_colleague("staff", name="Guest Gray")
    writing.add_participant(by=cast.actor("proposer"), proposal=proposal, user=guest, part="reads")
    reviewer(cast["member_2"]).send("remark", proposal.public_id, text="Weak on evidence.", audience="reviewers")
    reader = reviewer(guest)
    assert "Weak on evidence." not in reader.read("proposal", proposal.public_id, tab="discussion")
    told = reader.read("proposal", proposal.public_id, tab="history")
    assert "Leader Lou" not in told
    assert "Unit leader approved" in told


def test_those_who_write_it_see_in_which_role_it_was_decided_and_not_by_whom(cast: Cast) -> None:
    proposal = before_committee(cast)
    reviewer(cast["member_2"]).opens(proposal).press("Vote for changes", comment="Nothing new.")
    told = reviewer(cast["proposer"]).read("proposal", proposal.public_id, tab="history")
    assert "Unit leader approved" in told
    assert "Leader Lou" not in told
    assert "Nothing new." not in told
    assert "voted for changes" not in told


def test_a_secret_ballot_tells_nobody_who_voted_what(cast: Cast, institution: Institution) -> None:
    rewrite(institution, mcc={"rule": {"mode": "vote_or_chair", "quorum": 0.5, "threshold": 0.5, "ballots": "secret"}})
    proposal = before_committee(cast)
    reviewer(cast["member_2"]).opens(proposal).press("Vote for changes", comment="It is too thin.")
    told = reviewer(cast["member_3"]).read("proposal", proposal.public_id, tab="history")
    assert "A vote was cast" in told
    assert "Member 2" not in told
    assert "too thin" not in told
    assert "voted for changes" not in told
    # Nor does what would happen next: whether it were carried tells how the others voted.
    reviewer(cast["member_3"]).opens(proposal).press("Abstain")
    last = reviewer(cast["member_1"]).opens(proposal).words
    assert "Vote to approve: your vote is the last; then they are counted." in last


def test_nobody_decides_on_a_proposal_of_their_own_not_even_in_somebodys_place(
    cast: Cast, institution: Institution
) -> None:
    proposal = submitted(cast)
    today = clock.today_in(institution.zone)
    workflow.delegate(
        by=SYSTEM,
        institution=institution,
        user=cast["unit_leader"],
        to=cast["proposer"],
        starts_on=today,
        ends_on=today,
    )
    own = reviewer(cast["proposer"])
    assert own.opens(proposal, tab="answers").buttons.keys() <= {"Ask to cancel it"}
    forged = own.send("decide", proposal.public_id, decision="approve::unit_leader", revision="1", version="1")
    assert forged.status_code == 409
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}


def test_whoever_is_let_in_to_write_does_not_review_it(cast: Cast) -> None:
    proposal = submitted(cast)
    writing.add_participant(by=cast.actor("proposer"), proposal=proposal, user=cast["unit_leader"])
    page = reviewer(cast["program_manager"]).opens(proposal)
    assert "The office stands in, because who holds the role has a conflict of interest." in page.words
    assert reviewer(cast["unit_leader"]).opens(proposal, tab="answers").buttons.keys() <= {"Ask to cancel it"}


def test_who_was_faster_is_told_and_what_was_written_is_kept(cast: Cast) -> None:
    proposal = submitted(cast)
    cast.people["other"] = a_colleague("unit_leader", name="Second Sam", scope=cast.unit)
    slow = reviewer(cast["unit_leader"]).opens(proposal)
    reviewer(cast["other"]).opens(proposal).press("Approve")
    late = slow.press("Request changes", comment="I would ask for more evidence.")
    assert late.status_code == 409
    assert "Second Sam approved." in words(late)
    assert "I would ask for more evidence." in words(late)
    assert again(proposal).state == "in_review"


def test_a_delegate_without_a_second_factor_sets_one_up_first(cast: Cast, institution: Institution) -> None:
    proposal = submitted(cast)
    weak = a_person(name="Weak Wynne")
    holds(weak, "staff")
    today = clock.today_in(institution.zone)
    workflow.delegate(
        by=SYSTEM, institution=institution, user=cast["unit_leader"], to=weak, starts_on=today, ends_on=today
    )
    answer = reviewer(weak).opens(proposal).press("Approve")
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}
    assert "second factor" in words(answer)


def test_a_delegate_acts_for_somebody_who_is_away_for_that_time_only(cast: Cast, institution: Institution) -> None:
    proposal = submitted(cast)
    cast.people["deputy"] = a_colleague("staff", name="Deputy Drew")
    leader, deputy = reviewer(cast["unit_leader"]), reviewer(cast["deputy"])
    today = clock.today_in(institution.zone)
    form = {
        "email": cast["deputy"].email,
        "role": "unit_leader",
        "starts_on": today,
        "ends_on": today + timedelta(days=7),
    }
    wrong = leader.send("delegations", **{**form, "email": "nobody@people.example"})
    assert "Nobody here has the address nobody@people.example." in words(wrong)
    backwards = leader.send("delegations", **{**form, "ends_on": today - timedelta(days=1)})
    assert "It ends before it begins." in words(backwards)
    leader.send("delegations", **form)
    assert "Deputy Drew acts for Leader Lou" in leader.read("delegations")
    assert "in the place of Leader Lou" in deputy.read("tasks")
    assert "Deputy Drew for Leader Lou" in reviewer(cast["program_manager"]).opens(proposal).words
    deputy.opens(proposal).press("Approve")
    assert open_tasks(proposal) == {"skill_review"}
    told = reviewer(cast["program_manager"]).read("proposal", proposal.public_id, tab="history")
    assert "Deputy Drew for Leader Lou approved" in told
    given = queries.delegations().get()
    assert leader.get("delegation_end", given.public_id).status_code == 200
    assert reviewer(cast["proposer"]).send("delegation_end", given.public_id).status_code == 403
    leader.send("delegation_end", given.public_id)
    assert "Deputy Drew" not in leader.read("delegations")
    assert str(proposal) not in deputy.read("tasks")


def test_whoever_looks_after_members_sees_and_gives_everybodys_delegations(
    cast: Cast, institution: Institution
) -> None:
    office = reviewer(cast["program_manager"])
    today = clock.today_in(institution.zone)
    office.send(
        "delegations",
        whose=cast["unit_leader"].email,
        email=cast["executive"].email,
        role="",
        starts_on=today,
        ends_on=today,
    )
    assert "Executive Ellis acts for Leader Lou" in office.read("delegations")
    assert "Executive Ellis acts for" not in reviewer(cast["proposer"]).read("delegations")


def test_a_talk_about_skills_is_answered_from_the_list_of_tasks(cast: Cast) -> None:
    draft = a_proposal(cast, title="Wildfire Watch")
    talk = writing.ask_consultation(by=cast.actor("proposer"), proposal=draft, question="Which skills?")
    skills = reviewer(cast["skill_reviewer"])
    assert "1 thing waits for you" in skills.read("tasks")
    assert "Which skills?" in skills.read("consultation", talk.public_id)
    assert reviewer(cast["unit_leader"]).get("consultation", talk.public_id).status_code == 403
    assert skills.send("consultation", talk.public_id, outcome=" ").status_code == 422
    skills.send("consultation", talk.public_id, outcome="Name hazard identification.")
    assert "Nothing waits for you" in skills.read("tasks")
    talk.refresh_from_db()
    assert talk.outcome == "Name hazard identification."
    assert skills.get("consultation", talk.public_id).status_code == 404


def test_the_rail_counts_what_waits(cast: Cast) -> None:
    leader = reviewer(cast["unit_leader"])
    assert "My tasks 1" not in leader.read("tasks")
    submitted(cast)
    assert "My tasks 1" in leader.read("tasks")
    proposal = submitted(cast)
    assert "My tasks 2" in leader.read("all_proposals")
    leader.opens(proposal).press("Approve", **rated())
    assert "My tasks 1" in leader.read("all_proposals")
