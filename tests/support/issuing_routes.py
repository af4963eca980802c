"""The pages of the Grantor's desk, for tests/support/routes.py."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from .routes import Address, Role, Route, State, Visit, World

GRANTOR = frozenset({Role.GRANTOR})
AWARDING = frozenset({Role.GRANTOR, Role.ISSUER, Role.ADMINISTRATOR})
READING = frozenset({Role.GRANTOR, Role.ISSUER, Role.ADMINISTRATOR, Role.PROGRAM_MANAGER, Role.REGISTRAR})
REGISTRAR = frozenset({Role.REGISTRAR})
ASKING = frozenset({Role.ISSUER, Role.ADMINISTRATOR})
DECIDING = frozenset({Role.REGISTRAR, Role.ADMINISTRATOR})
ISSUER = frozenset({Role.ISSUER})

NOT_PAGES = {
    "issuing:template_csv": "a file to fill in",
    "issuing:template_xlsx": "a file to fill in",
    "issuing:problems": "a file of rows to correct",
    "issuing:awards_csv": "a file of the list of awards",
    "issuing:confirm": "a form of the list's page is sent there; it leads back",
    "issuing:cancel": "a form of the list's page is sent there; it leads back",
    "issuing:undo_batch": "a form of the list's page is sent there; it leads back",
    "issuing:release_batch": "a form of the list's page is sent there; it leads back",
    "issuing:request_template": "a file to fill in",
    "issuing:request_problems": "a file of rows to correct",
    "issuing:request_send": "a form of the request's page is sent there; it leads back",
    "issuing:request_discard": "a form of the request's page is sent there; it leads to the list",
    "issuing:request_row_out": "a form of the row's page is sent there; it leads back",
    "issuing:verify_begin": "a form of the Registrar's page is sent there; it leads back",
    "issuing:verify_issue": "a form of the Registrar's page is sent there; it leads back",
    "issuing:verify_return": "a form of the Registrar's page is sent there; it leads back",
    "issuing:undo": "a form of the award's page is sent there; it leads back",
    "issuing:release": "a form of the award's page is sent there; it leads back",
    "issuing:reoffer": "a form of the award's page is sent there; it leads back",
}

_Id = Callable[[World], str]


def _at(name: str, *things: str, query: str = "") -> Address:
    """The page `name` of the things with these names in the world."""
    return lambda world: reverse(f"issuing:{name}", args=[world.slug, *(_id(world, thing) for thing in things)]) + query


def _id(world: World, thing: str) -> str:
    return str(getattr(world, thing).public_id) if thing != "nothing" else "nothing"


def _send(button: str) -> Callable[[Page], None]:
    """Send the form as it stands, so that what is wrong with it shows."""

    def press(page: Page) -> None:
        page.get_by_role("button", name=button, exact=True).last.click()
        page.wait_for_selector("main [role=alert]")

    return press


def _form(name: str, roles: frozenset[Role], *things: str, button: str) -> Route:
    """A form: as it is opened, and sent without what it needs."""
    return Route(
        f"issuing:{name}",
        roles,
        {State.FULL: Visit(_at(name, *things)), State.ERROR: Visit(_at(name, *things), then=_send(button))},
    )


def _shown(name: str, thing: str, roles: frozenset[Role] = GRANTOR, query: str = "") -> Route:
    return Route(f"issuing:{name}", roles, {State.FULL: Visit(_at(name, thing, query=query))})


def _gone(name: str, *things: str) -> Route:
    return Route(f"issuing:{name}", GRANTOR, {State.ERROR: Visit(_at(name, *things), status=404)})


def _earner(award: str) -> Address:
    """The page of whoever got the award with this name."""
    return lambda world: reverse("issuing:earner", args=[world.slug, getattr(world, award).recipient.public_id])


_gone_earner = _at("earner", "nothing")

ROUTES = (
    Route(
        "issuing:desk",
        AWARDING | {Role.EARNER},
        {
            State.EMPTY: Visit(_at("desk")),
            State.FULL: Visit(_at("desk")),
            State.ERROR: Visit(_at("desk", query="?q=nothing+of+that+name")),
        },
    ),
    _form("one", GRANTOR, "lasting", button="Award the badge"),
    Route("issuing:one", GRANTOR, {State.FULL: Visit(_at("one", "untrained"), status=403)}),
    _gone("one", "nothing"),
    Route("issuing:one", frozenset({Role.ADMINISTRATOR}), {State.FULL: Visit(_at("one", "distinguished"), status=403)}),
    Route("issuing:awarded", GRANTOR, {State.FULL: Visit(_at("awarded", "lasting", "held"))}),
    _form("many", GRANTOR, "lasting", button="Check the list"),
    _form("roster", GRANTOR, "lasting", button="Read the file"),
    Route(
        "issuing:batches",
        AWARDING,
        {
            State.EMPTY: Visit(_at("batches")),
            State.FULL: Visit(_at("batches")),
            State.ERROR: Visit(_at("batches", query="?q=nothing+of+that+name")),
        },
    ),
    *(_shown("batch", f"{state}_batch") for state in ("checked", "running", "held", "sent", "undone", "cancelled")),
    _shown("batch", "checked_batch", query="?rows=problems"),
    _gone("batch", "nothing"),
    Route(
        "issuing:requests",
        ASKING,
        {
            State.EMPTY: Visit(_at("requests")),
            State.FULL: Visit(_at("requests")),
            State.ERROR: Visit(_at("requests", query="?q=nothing+of+that+name")),
        },
    ),
    Route(
        "issuing:request_new",
        ISSUER,
        {
            State.EMPTY: Visit(_at("request_new")),
            State.FULL: Visit(_at("request_new")),
            State.ERROR: Visit(_at("request_new", query="?q=nothing+of+that+name")),
        },
    ),
    _shown("request_one", "askable", ISSUER),
    _gone("request_one", "nothing"),
    _form("request_file", ISSUER, "askable", button="Read the file"),
    *(_shown("request", f"{state}_request", ISSUER) for state in ("draft", "sent", "returned", "issued")),
    _shown("request", "draft_request", ISSUER, query="?rows=wrong"),
    _gone("request", "nothing"),
    _shown("request_add", "draft_request", ISSUER),
    Route(
        "issuing:request_row",
        ISSUER,
        {
            State.FULL: Visit(_at("request_row", "draft_request", "wrong_row")),
            State.ERROR: Visit(_at("request_row", "draft_request", "nothing"), status=404),
        },
    ),
    Route(
        "issuing:queue",
        DECIDING,
        {
            State.EMPTY: Visit(_at("queue")),
            State.FULL: Visit(_at("queue")),
            State.ERROR: Visit(_at("queue", query="?q=nothing+of+that+name")),
        },
    ),
    *(_shown("verify", f"{state}_request", REGISTRAR) for state in ("sent", "returned", "issued")),
    Route(
        "issuing:verify",
        REGISTRAR,
        {State.ERROR: Visit(_at("verify", "sent_request"), then=_send("Return all that wait"))},
    ),
    Route("issuing:verify", REGISTRAR, {State.ERROR: Visit(_at("verify", "nothing"), status=404)}),
    _form("mapping", GRANTOR, "unmapped_batch", button="Check the rows"),
    _form("revoke_batch", frozenset({Role.ADMINISTRATOR}), "sent_batch", button="Revoke all of them"),
    Route(
        "issuing:awards",
        READING,
        {
            State.EMPTY: Visit(_at("awards")),
            State.FULL: Visit(_at("awards", query="?sort=name")),
            State.ERROR: Visit(_at("awards", query="?q=nothing+of+that+name")),
        },
    ),
    *(_shown("award", award) for award in ("expiring", "suspended", "held", "offered", "taken_back")),
    _shown("award", "expiring", REGISTRAR),
    _gone("award", "nothing"),
    _form("revoke", REGISTRAR, "expiring", button="Revoke the badge"),
    _form("suspend", REGISTRAR, "expiring", button="Suspend the badge"),
    _form("reinstate", REGISTRAR, "suspended", button="End the suspension"),
    _form("correct", REGISTRAR, "expiring", button="Replace it by the corrected one"),
    _form("renew", GRANTOR, "expiring", button="Renew the badge"),
    Route(
        "issuing:earners",
        READING,
        {
            State.EMPTY: Visit(_at("earners")),
            State.FULL: Visit(_at("earners")),
            State.ERROR: Visit(_at("earners", query="?q=nothing+of+that+name")),
        },
    ),
    *(
        Route(
            "issuing:earner", READING, {State.FULL: Visit(_earner(award)), State.ERROR: Visit(_gone_earner, status=404)}
        )
        for award in ("expiring", "offered", "suspended")
    ),
    Route(
        "issuing:earner_at",
        READING,
        {
            State.FULL: Visit(_at("earner_at", query="?address=nobody@nowhere.example")),
            State.ERROR: Visit(_at("earner_at", query="?address=nobody"), status=422),
        },
    ),
)
