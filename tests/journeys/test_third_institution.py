"""An institution with another order than the presets': two bodies, a vote, lawyers if a partner wants it. On pages alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.core.workflow.route import State
from insignia.domain.ground import tenancy
from insignia.domain.people.models import User
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, worlds
from tests.support.browsing import Browsing, Violation
from tests.support.editing import Editing
from tests.support.governance import open_tasks
from tests.support.governance_desk import Desk, run_of, type_in
from tests.support.routes import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.appearance]

PEOPLE = {
    "Petra Proposer": ("Faculty", "Faculty of Arts"),
    "Ludwig Lawyer": ("Lawyer", "The whole institution"),
    "Ada Dean": ("Dean", "Faculty of Arts"),
}
BOARD = ("Bea Board", "Ben Board", "Bo Board")
SENATE = ("Sam Senator", "Sue Senator")


class Founder:
    """Whoever sets the institution up, and has nothing but its pages."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page = page
        self.slug = slug

    def open(self, name: str, *ids: str, query: str = "") -> None:
        answer = self.page.goto(reverse(name, args=[self.slug, *ids]) + query)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    # --- Who there is
    def adds_role(self, name: str) -> None:
        self.open("program:role_add")
        self.page.locator("#id_name").fill(name)
        self.page.get_by_label("Review and decide on proposals when asked").check()
        self.page.get_by_label("Read proposals and how they fare").check()
        self.press("Add the role")

    def adds_unit(self, name: str) -> None:
        self.open("program:unit_add")
        self.page.locator("#id_name").fill(name)
        self.press("Add the unit")

    def invites(self, name: str, role: str, place: str) -> None:
        self.open("program:people_add")
        self.page.locator("#id_name").fill(name)
        self.page.get_by_label("Mail address").fill(address_of(name))
        self.page.get_by_label("Role", exact=True).select_option(label=role)
        self.page.get_by_label("Where").select_option(label=place)
        self.press("Give the role and invite")

    def founds(self, name: str, short: str, members: tuple[str, ...]) -> None:
        self.open("governance:body_found")
        self.page.locator("#id_name").fill(name)
        self.page.get_by_label("Short name").fill(short)
        self.press("Found it")
        body = self.page.url
        for number, member in enumerate(members, start=1):
            self.follow("Add a seat")
            self.page.get_by_label("Whom the seat represents").fill(f"Seat {number}")
            self.press("Add the seat")
            self.page.locator("tbody tr").nth(number - 1).locator("summary").click()
            self.follow("Seat somebody")
            self.page.get_by_text("Invite somebody by mail").click()
            self.page.locator("#id_name").fill(member)
            self.page.get_by_label("E-mail address").fill(address_of(member))
            self.press("Seat somebody")
            self.page.goto(body)
        self.follow("Appoint a chair")
        self.page.get_by_label("Search among those who work here").fill(members[0])
        self.press("Search")
        self.page.get_by_label(members[0]).check()
        self.press("Appoint a chair")


def address_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@alder.example"


def person(name: str) -> User:
    """Somebody who was invited and has signed in with a second factor."""
    return builders.with_second_factor(User.objects.get(email=address_of(name)))


def writes_form(founder: Founder) -> None:
    founder.open("program:proposal_form_add")
    editing = Editing(founder.page).write("Title", "Alder proposal").press("Section 1: A section without a name")
    editing.write("Name of the section", "The badge").press("A question without words")
    editing.write("Question", "Name of the badge").press("Add a question")
    editing.write("Question", "Who offers it").choose("Answered with", "One of several answers")
    editing.tick("It has to be answered").write(
        "Answers to choose from", "We alone\nexternal: With an external partner"
    )
    editing.write("Name under which routes ask for it", "offered_by").press("Add a question")
    editing.write("Question", "Which partner").tick("It has to be answered")
    editing.ask("Who offers it", ["With an external partner"]).press("Check")
    expect(founder.page.locator("#said")).to_have_text("Nothing is wrong with it. It can be saved.")
    assert "Version 1 is saved." in editing.save("Save the form")


def writes_route(founder: Founder) -> None:
    founder.open("program:route_add")
    editing = Editing(founder.page).write("Name", "Board, lawyers, senate, dean").press("Step 2: Decision")
    editing.write("Name of the step", "Dean").choose("Who is asked", "Dean")
    editing.choose(
        "Where the role is looked for", "The proposing unit; where the role is vacant, the units above stand in"
    )
    editing.press("Add a step").write("Name of the step", "Faculty board").choose("Who is asked", "Faculty Board")
    editing.tick("Reject: the proposal ends").choose("How a body decides", "By vote of its members")
    editing.write("Quorum, in percent", "60").write("Criteria that they rate", "Good for our students")
    editing.press("Add a step").write("Name of the step", "Legal review").choose("Who is asked", "Lawyer")
    editing.ask("Who offers it", ["With an external partner"])
    editing.write("What they attest when they approve", "The contract with the partner is sound.")
    editing.press("Add a step").write("Name of the step", "Senate").choose("Who is asked", "Senate")
    editing.choose("How a body decides", "The chair records what was decided in the meeting").tick(
        "It comes on the agenda"
    )
    editing.press("Check")
    expect(founder.page.locator("#said")).to_have_text("Nothing is wrong with it. It can be saved.")
    steps = founder.page.locator(".outline > li").all_inner_texts()
    assert [" ".join(step.split()) for step in steps] == [
        "The whole route",
        "Step 1: Proposal",
        "Step 2: Faculty board",
        "Step 3: Legal review",
        "Step 4: Senate",
        "Step 5: Dean",
    ]
    assert "Version 1 is saved." in editing.save("Save the route")


def takes_level(founder: Founder, level: str) -> None:
    founder.open("program:level", level)
    founder.page.get_by_label("Route of its proposals").select_option(label="Board, lawyers, senate, dean")
    founder.page.get_by_label("Form of its proposals").select_option(label="Alder proposal")
    founder.press("Change the level")


def dry_run(founder: Founder, who: str) -> str:
    founder.open("program:simulator", query=f"?route=board_lawyers_senate_dean.1&fact-offered_by={who}")
    return " ".join(founder.page.inner_text("main").split())


def test_a_third_institution_orders_its_own_way_without_touching_code(
    browser: Browsing, axe: Callable[[Page], list[Violation]], live_app: Any
) -> None:
    place = worlds.empty()
    founder = Founder(browser.page(as_=place.person(Role.ADMINISTRATOR)), place.slug)
    founder.adds_role("Lawyer")
    founder.adds_role("Dean")
    founder.adds_unit("Faculty of Arts")
    for name, (role, where) in PEOPLE.items():
        founder.invites(name, role, where)
    founder.founds("Faculty Board", "FB", BOARD)
    founder.founds("Senate", "SEN", SENATE)
    writes_form(founder)
    writes_route(founder)
    assert not axe(founder.page)
    takes_level(founder, place.level.public_id)

    # Tried before anybody has to walk it.
    walk = dry_run(founder, "external")
    for said in (
        "Bea Board holds the role",
        "Presides: Bea Board",
        "Ludwig Lawyer holds the role",
        "Presides: Sam Senator",
        "Ada Dean holds the role",
    ):
        assert said in walk, said
    assert "Passed over: it is on the way only if “Who offers it” is “With an external partner”." in dry_run(
        founder, "we_alone"
    )
    assert not axe(founder.page)

    with tenancy.of(place.institution):
        assert _walked(browser, "Wind Instruments", "With an external partner") == ["legal_review"]
        assert _walked(browser, "Water Colours", "We alone") == ["senate"]


def _walked(browser: Browsing, title: str, offered_by: str) -> list[str]:
    """A proposal on its way through the pages to its approval; what was open after the board had voted."""
    proposal = _handed_in(browser, title, offered_by)
    for name in BOARD:
        assert open_tasks(proposal) == {"faculty_board"}
        said = Desk.of(browser, person(name)).takes_up(proposal)
        assert "Good for our students" in said.main
        assert "Your vote is cast." in said.rate().press("Vote to approve")
    after = sorted(open_tasks(proposal))
    if after == ["legal_review"]:
        lawyer = Desk.of(browser, person("Ludwig Lawyer")).takes_up(proposal)
        lawyer.page.get_by_label("The contract with the partner is sound.").check()
        assert "You approved it." in lawyer.press("Approve")
    assert open_tasks(proposal) == {"senate"}
    assert not Desk.of(browser, person("Sue Senator")).has_task(proposal)
    Desk.of(browser, person("Sam Senator")).takes_up(proposal).press("Record: approved")
    assert open_tasks(proposal) == {"dean"}
    assert "You approved it." in Desk.of(browser, person("Ada Dean")).takes_up(proposal).press("Approve")
    assert run_of(proposal).state is State.APPROVED
    return after


def _handed_in(browser: Browsing, title: str, offered_by: str) -> Proposal:
    author = Desk.of(browser, person("Petra Proposer"))
    author.open("proposal_begin")
    author.page.locator("label:has(input[name=level])").first.click()
    author.press("Begin to write")
    type_in(author, name_of_the_badge=title)
    with author.page.expect_response(lambda answer: answer.request.method == "POST"):
        author.page.get_by_label(offered_by).check()
    if offered_by != "We alone":
        type_in(author, which_partner="The City Orchestra")
    author.press("Check and submit")
    assert "It is submitted." in author.press("Submit the proposal")
    return Proposal.objects.get(title=title)
