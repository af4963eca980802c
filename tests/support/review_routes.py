"""The pages of the review desk, for tests/support/routes.py."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from .routes import Address, Role, Route, State, Visit, World

REVIEWING = frozenset({Role.REVIEWER, Role.SKILL_REVIEWER, Role.COMMITTEE, Role.PROGRAM_MANAGER})
READING = frozenset({*REVIEWING, Role.REGISTRAR, Role.ADMINISTRATOR})
ASKED = frozenset({*READING, Role.PROPOSER, Role.ISSUER})

NOT_PAGES = {
    "governance:decide": "a form of the proposal's page is sent there; it leads back",
    "governance:watch": "a button of the proposal's page is sent there; it leads back",
    "governance:unwatch": "a button of the proposal's page is sent there; it leads back",
    "governance:enclosure": "a document that came with a decision, to be saved",
    "governance:turnaround_csv": "a file of the figures",
}


def _at(name: str, *things: str, query: str = "") -> Address:
    """The page `name` of the things with these names in the world."""
    return lambda world: (
        reverse(f"governance:{name}", args=[world.slug, *(_id(world, thing) for thing in things)]) + query
    )


def _id(world: World, thing: str) -> str:
    return str(getattr(world, thing).public_id) if thing != "nothing" else "nothing"


def _press(button: str) -> Callable[[Page], None]:
    """Decide without what it needs, so that what is wrong shows."""

    def press(page: Page) -> None:
        page.get_by_role("button", name=button, exact=True).first.click()
        page.wait_for_selector("main [role=alert]")

    return press


def _ask_first(page: Page) -> None:
    page.get_by_label("Comment", exact=True).last.fill("The level has rules that this cannot meet.")
    page.get_by_role("button", name="Reject", exact=True).click()
    page.wait_for_selector("main .ask")


ROUTES: tuple[Route, ...] = (
    Route("governance:tasks", ASKED, {State.FULL: Visit(_at("tasks"))}),
    Route(
        "governance:consultation",
        frozenset({Role.SKILL_REVIEWER}),
        {
            State.FULL: Visit(_at("consultation", "consultation")),
            State.ERROR: Visit(_at("consultation", "consultation"), then=_press("Write it down")),
        },
    ),
    Route(
        "governance:all_proposals",
        READING,
        {
            State.FULL: Visit(_at("all_proposals", query="?sort=title")),
            State.ERROR: Visit(_at("all_proposals", query="?q=nothing+of+that+name")),
        },
    ),
    Route(
        "governance:proposal",
        frozenset({Role.REVIEWER}),
        {
            State.FULL: Visit(_at("proposal", "proposal_reviewed")),
            State.ERROR: Visit(_at("proposal", "proposal_reviewed"), then=_press("Request changes")),
        },
    ),
    Route(
        "governance:proposal",
        frozenset({Role.REVIEWER}),
        {State.FULL: Visit(_at("proposal", "proposal_reviewed"), then=_ask_first)},
    ),
    Route(
        "governance:proposal",
        frozenset({Role.COMMITTEE}),
        {
            State.FULL: Visit(_at("proposal", "proposal_at_committee")),
            State.ERROR: Visit(_at("proposal", "proposal_at_committee"), then=_press("Vote to approve")),
        },
    ),
    Route(
        "governance:proposal",
        frozenset({Role.PROGRAM_MANAGER}),
        {
            State.FULL: Visit(_at("proposal", "proposal_approved", query="?tab=history")),
            State.ERROR: Visit(_at("proposal", "nothing"), status=404),
        },
    ),
    Route(
        "governance:proposal",
        frozenset({Role.COMMITTEE}),
        {State.FULL: Visit(_at("proposal", "proposal_at_committee", query="?tab=discussion"))},
    ),
    Route(
        "governance:proposal",
        frozenset({Role.PROPOSER}),
        {State.FULL: Visit(_at("proposal", "proposal_returned", query="?tab=history"))},
    ),
    Route(
        "governance:proposal",
        frozenset({Role.SKILL_REVIEWER}),
        {
            State.FULL: Visit(_at("proposal", "proposal_again", query="?tab=changes")),
            State.ERROR: Visit(_at("proposal", "proposal_again", query="?tab=answers"), then=_press("Approve")),
        },
    ),
    Route("governance:amend", frozenset({Role.SKILL_REVIEWER}), {State.FULL: Visit(_at("amend", "proposal_reviewed"))}),
    Route("governance:delegations", ASKED, {State.FULL: Visit(_at("delegations"))}),
    Route(
        "governance:delegation_end",
        frozenset({Role.REVIEWER, Role.PROGRAM_MANAGER, Role.ADMINISTRATOR}),
        {State.FULL: Visit(_at("delegation_end", "delegation"))},
    ),
    Route(
        "governance:turnaround",
        READING,
        {State.FULL: Visit(_at("turnaround"))},
    ),
    # On the first day only the office is there.
    *(
        Route(f"governance:{name}", frozenset({Role.ADMINISTRATOR}), {State.EMPTY: Visit(_at(name))})
        for name in ("tasks", "all_proposals", "delegations", "turnaround")
    ),
)
