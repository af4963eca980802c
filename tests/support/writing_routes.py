"""The pages where a proposal is written, for tests/support/routes.py."""

from django.urls import reverse
from playwright.sync_api import Page

from .routes import Address, Role, Route, State, Visit, World

# Whoever may propose; and of one proposal, those who may read it.
PROPOSERS = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER, Role.ISSUER, Role.PROPOSER, Role.REVIEWER})
OFFICE = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER})

NOT_PAGES: dict[str, str] = {
    "governance:guide_pdf": "a file: the question guide, set for paper",
    "governance:proposal_file": "a file that somebody attached",
    "governance:proposal_find": "a piece of the form: what a search finds while one writes",
    "governance:remark": "a form of every page that shows a proposal is sent there; it leads back",
    "governance:remark_reply": "a form of every page that shows a proposal is sent there; it leads back",
    "governance:remark_resolve": "a form of every page that shows a proposal is sent there; it leads back",
}


def _at(name: str, *things: str, query: str = "") -> Address:
    """The address of a page; a thing is the name of a proposal in the world, or itself part of the address."""

    def address(world: World) -> str:
        ids = [getattr(world, one).public_id if one.startswith("proposal_") else one for one in things]
        return reverse(f"governance:{name}", args=[world.slug, *ids]) + query

    return address


def _send_empty(page: Page) -> None:
    """Send the form as it stands, so that what is wrong with it shows."""
    page.get_by_role("button", name="Write down the request").click()
    page.wait_for_selector("main [role=alert]")


def _writers(name: str, thing: str, *more: str, query: str = "") -> Route:
    """A page for those who write one proposal."""
    return Route(
        f"governance:{name}",
        {Role.PROPOSER},
        {
            State.FULL: Visit(_at(name, thing, *more, query=query)),
            State.ERROR: Visit(_at(name, "nothing", *more), status=404),
        },
    )


ROUTES: tuple[Route, ...] = (
    # On the first day only the office is there.
    Route("governance:proposals", OFFICE, {State.EMPTY: Visit(_at("proposals"))}),
    Route("governance:proposal_begin", OFFICE, {State.EMPTY: Visit(_at("proposal_begin"))}),
    Route(
        "governance:proposals",
        PROPOSERS,
        {
            State.FULL: Visit(_at("proposals")),
            State.ERROR: Visit(_at("proposals", query="?q=nothing+of+this+name")),
        },
    ),
    Route(
        "governance:proposal_begin",
        PROPOSERS,
        {
            State.FULL: Visit(_at("proposal_begin")),
            State.ERROR: Visit(_at("proposal_begin", query="?kind=revise&q=nothing+of+this+name")),
        },
    ),
    Route(
        "governance:proposal_register",
        OFFICE,
        {State.FULL: Visit(_at("proposal_register")), State.ERROR: Visit(_at("proposal_register"), then=_send_empty)},
    ),
    Route("governance:guide", PROPOSERS, {State.FULL: Visit(_at("guide", "ksu_proposal"))}),
    Route(
        "governance:proposal",
        OFFICE | {Role.PROPOSER},
        {
            State.FULL: Visit(_at("proposal", "proposal_draft")),
            State.ERROR: Visit(_at("proposal", "nothing"), status=404),
        },
    ),
    _writers("proposal_write", "proposal_returned"),
    _writers("proposal_check", "proposal_draft"),
    _writers("proposal_people", "proposal_draft"),
    _writers("proposal_consult", "proposal_draft"),
    _writers("proposal_end", "proposal_draft", "discard"),
    Route(
        "governance:proposal_versions",
        OFFICE | {Role.PROPOSER},
        {State.FULL: Visit(_at("proposal_versions", "proposal_draft"))},
    ),
    Route(
        "governance:proposal_clone",
        OFFICE | {Role.PROPOSER},
        {State.FULL: Visit(_at("proposal_clone", "proposal_draft"))},
    ),
)
