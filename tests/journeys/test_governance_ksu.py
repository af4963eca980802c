"""A university with a committee and an executive: from the idea to a badge that says who approved it, in a browser."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.core.workflow.route import State, Verb
from insignia.domain.awards import actions as awards
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import queries as productions
from insignia.domain.proposals.workflow.models import TaskRun
from insignia.domain.proposals.writing import queries as writing_queries
from insignia.domain.proposals.writing.models import Proposal
from tests.node_verifier import NodeVerifier
from tests.support import builders, production
from tests.support.browsing import Browsing, Violation
from tests.support.governance import Cast, again, ksu_cast, open_tasks, submitted
from tests.support.governance_desk import Desk, run_of, type_in, write_the_rest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]

BEFORE = "Plan an event to which everybody can come."
AFTER = "Plan an event to which everybody can come, and show afterwards who did."
ASKED = "Say how an earner shows it."


@pytest.fixture
def pinecrest(live_app: Any) -> Iterator[Institution]:
    with builders.an_institution(name="Pinecrest State University") as institution:
        yield institution


def begun(browser: Browsing, cast: Cast, level: str) -> tuple[Desk, Proposal]:
    """A draft that its proposer has begun on the page."""
    author = Desk.of(browser, cast["proposer"])
    author.open("proposals")
    author.page.get_by_role("link", name="Propose a badge").first.click()
    author.page.locator(f"label:has(input[name=level][value={level}])").click()
    author.press("Begin to write")
    return author, Proposal.objects.get()


@pytest.mark.slow
@pytest.mark.requirement("R-067", "R-068", "R-076", "R-077", "R-078", "R-079", "R-080", "R-095")
def test_a_level_1_badge_from_its_proposal_to_a_credential_that_says_who_approved_it(
    pinecrest: Institution,
    browser: Browsing,
    live_app: Any,
    axe: Callable[[Page], list[Violation]],
    node_verifier: NodeVerifier,
) -> None:
    cast = ksu_cast()

    # Written and handed in on the pages.
    author, proposal = begun(browser, cast, "level_1")
    type_in(author, title="Inclusive Event Planning", description=BEFORE)
    write_the_rest(cast["proposer"], proposal)
    author.open("proposal_write", proposal.public_id)
    assert "Nothing is missing." in author.press("Check and submit")
    assert axe(author.page) == []
    assert "It is submitted." in author.press("Submit the proposal")
    proposal = again(proposal)
    assert (proposal.title, proposal.state) == ("Inclusive Event Planning", "in_review")

    # Two tasks at once, and none for the committee.
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}
    desks = {name: Desk.of(browser, user) for name, user in cast.people.items()}
    holding = {name for name, desk in desks.items() if desk.has_task(proposal)}
    assert holding == {"skill_reviewer", "unit_leader"}
    said = desks["skill_reviewer"].takes_up(proposal).rate().comment("The skills are those at work.").press("Approve")
    assert "You approved it." in said
    assert "You approved it." in desks["unit_leader"].takes_up(proposal).comment("We want this.").press("Approve")
    assert open_tasks(proposal) == {"mcc"}

    # The chair records that the committee wants changes; the proposer answers with a second version.
    chair = desks["member_1"].takes_up(proposal)
    chair.page.get_by_text("More ways to decide").click()
    assert "You asked for changes." in chair.comment(ASKED).press("Record: changes requested")
    author.open("proposal_write", proposal.public_id)
    assert ASKED in author.main
    type_in(author, description=AFTER)
    author.press("Check and submit")
    assert "It is handed in again." in author.press("Hand in again")

    # It goes to the committee directly, whose members see what changed.
    assert open_tasks(proposal) == {"mcc"}
    assert not desks["unit_leader"].has_task(proposal)
    assert not desks["skill_reviewer"].has_task(proposal)
    member = desks["member_2"].takes_up(proposal)
    member.open("proposal", proposal.public_id, query="?tab=changes")
    assert "1 of" in member.main
    (change,) = member.page.locator(".diff section").all()
    sides = [" ".join(side.inner_text().split()) for side in change.locator(".sides > div").all()]
    for number, (side, text) in enumerate(zip(sides, (BEFORE, AFTER), strict=True), start=1):
        assert side.startswith(f"Version {number}")
        assert side.endswith(text)
    assert axe(member.page) == []
    for name in ("member_2", "member_3", "member_1"):
        if open_tasks(proposal) == {"mcc"}:
            assert "Your vote is cast." in desks[name].takes_up(proposal).rate().press("Vote to approve")
        assert name != "member_2" or open_tasks(proposal) == {"mcc"}, "one vote of three carries nothing"
    assert open_tasks(proposal) == {"executive"}

    # The executive has the last word.
    assert "You approved it." in desks["executive"].takes_up(proposal).press("Approve")
    assert again(proposal).state == "approved"
    run = run_of(proposal)
    assert run.state is State.APPROVED
    assert [version.number for version in writing_queries.versions_of(proposal)] == [2, 1]
    assert [entry.verb for entry in run.history].count(Verb.RESUBMIT) == 1

    # Production begins with five tasks that are required.
    builders.worked_through()
    manager = desks["program_manager"]
    manager.open("board")
    with manager.page.expect_navigation():
        manager.page.get_by_role("link", name="Inclusive Event Planning", exact=True).click()
    assert "0 of 5 required tasks" in manager.main
    rows = manager.page.locator("[aria-labelledby=checklist] tbody tr")
    assert rows.filter(has_not_text="optional").count() == 5
    assert axe(manager.page) == []

    # Once they are done it is made active, and its page says who approved it and when, and no person's name.
    found = production.all_done(cast, productions.all_productions().get(proposal=proposal))
    manager.open("production", found.public_id)
    assert "The badge is active" in manager.press("Make the badge active")
    builders.worked_through()
    achievement = Achievement.objects.get()
    stranger = browser.page()
    stranger.goto(reverse("public:achievement", args=[achievement.public_id]))
    approval = stranger.locator("#approved-by")
    expect(approval).to_contain_text("Version 1 was approved by:")
    day = builders.today()
    lines = [" ".join(line.inner_text().split()) for line in approval.locator("li").all()]
    bodies = (
        "Skill reviewer",
        "Unit leader, College of Computing",
        "Micro-Credential Committee",
        "Executive administrator",
    )
    assert lines == [f"{body} {day.day} {day:%B %Y}" for body in bodies]
    expect(approval).to_contain_text("Endorsed by Pinecrest State University")
    assert not [user.name for user in cast.people.values() if user.name in stranger.inner_text("body")]
    assert axe(stranger) == []

    # A credential carries the endorsement, and somebody else's verifier accepts both.
    grantor = builders.acting(builders.with_second_factor(found.nominations.get().user))
    learner = builders.a_person("rowan@students.example", name="Rowan Thistlewood")
    earner = builders.an_earner(learner.email, learner.name)
    award = builders.accepted(builders.an_award(achievement, by=grantor, earner=earner), user=learner)
    awards.set_visibility(by=builders.acting(learner), award=award, visibility="public")
    credential = builders.again(award).credential
    assert credential is not None
    document = json.loads(bytes(credential.document or b""))
    (endorsement,) = document["credentialSubject"]["achievement"]["endorsement"]
    comment = endorsement["credentialSubject"]["endorsementComment"]
    assert "Micro-Credential Committee" in comment
    for one in (document, endorsement):
        assert node_verifier.verify(one, base=live_app.url) == {"verified": True, "error": ""}


@pytest.mark.requirement("R-024", "R-025")
@pytest.mark.parametrize(("audience", "who"), [("students", "student_engagement_staff"), ("staff", "program_manager")])
def test_a_souvenir_goes_to_the_channel_of_its_audience_and_never_to_a_committee(
    pinecrest: Institution, browser: Browsing, audience: str, who: str
) -> None:
    cast = ksu_cast()
    proposal = submitted(cast, level="souvenir", audience=[audience], title="Welcome Week")
    desks = {name: Desk.of(browser, user) for name, user in cast.people.items() if name != "proposer"}
    assert {name for name, desk in desks.items() if desk.has_task(proposal)} == {who}
    assert "You approved it." in desks[who].takes_up(proposal).press("Approve")
    assert again(proposal).state == "approved"
    builders.worked_through()
    asked = set(TaskRun.objects.filter(run__proposal=proposal).values_list("task", "role"))
    assert {role for _task, role in asked} == {"proposer", who}
    assert run_of(proposal).state is State.APPROVED


@pytest.mark.requirement("R-039")
def test_a_practiced_certificate_with_a_level_2_badge_is_explained_and_not_sent(
    pinecrest: Institution, browser: Browsing, axe: Callable[[Page], list[Violation]]
) -> None:
    cast = ksu_cast()
    introduced = builders.an_achievement(name="Charts", unit=cast.unit)
    mastered = builders.an_achievement(name="Dashboards", unit=cast.unit, level="level_2")
    author, proposal = begun(browser, cast, "certificate_practiced")
    write_the_rest(cast["proposer"], proposal, title="Telling with Data", components=[introduced.public_id])
    author.open("proposal_write", proposal.public_id)
    picker = author.page.locator("#q-components")
    expect(picker).to_contain_text("Charts")
    expect(picker).not_to_contain_text("Dashboards")

    # Somebody sends it past the picker.
    author.page.evaluate(
        """(id) => {
          const box = Object.assign(document.createElement("input"), {type: "hidden", name: "a-components", value: id});
          document.querySelector("form[data-autosave]").append(box);
        }""",
        mastered.public_id,
    )
    author.press("Check and submit")
    assert "One thing before you can submit" in author.main
    assert (
        "“Dashboards” is a Level II Badge. A Digital Certificate (Practiced) is made of badges of one level only"
        in (author.main)
    )
    assert "Level I Badge" in author.main
    assert author.page.get_by_role("button", name="Submit the proposal").count() == 0
    assert axe(author.page) == []
    answer = author.page.context.request.post(
        author.page.url,
        form={"csrfmiddlewaretoken": author.page.locator("[name=csrfmiddlewaretoken]").first.input_value()},
        headers={"Referer": author.page.url},
    )
    assert answer.status == 422
    assert "is made of badges of one level only" in answer.text()
    assert again(proposal).state == "draft"
    assert not TaskRun.objects.exists()
    assert again(proposal).answers["components"] == [introduced.public_id, mastered.public_id]
