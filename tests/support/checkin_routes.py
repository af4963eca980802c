"""The pages of check-ins, for tests/support/routes.py: those of the desk, and the one behind the code."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from insignia.domain.awards import check_ins

from .routes import Address, Role, Route, State, Visit, World

GRANTOR = frozenset({Role.GRANTOR})
AWARDING = frozenset({Role.GRANTOR, Role.ISSUER, Role.ADMINISTRATOR})
ANYBODY = frozenset({Role.ANYBODY})

NOT_PAGES = {
    "issuing:checkin_close": "a form of the check-in's page is sent there; it leads back",
    "issuing:checkin_award": "a form of the check-in's page is sent there; it leads to the list",
    "issuing:checkin_add": "a form of the check-in's page is sent there; it leads back",
}


def _at(name: str, *things: str, query: str = "") -> Address:
    def address(world: World) -> str:
        ids = [str(getattr(world, thing).public_id) if thing != "nothing" else "nothing" for thing in things]
        return reverse(f"issuing:{name}", args=[world.slug, *ids]) + query

    return address


def _public(check_in: str, query: str = "") -> Address:
    return lambda world: reverse("public:check_in", args=[check_ins.token_of(getattr(world, check_in))]) + query


def _send(button: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.get_by_role("button", name=button, exact=True).last.click()
        page.wait_for_selector("main [role=alert]")

    return press


ROUTES = (
    Route(
        "issuing:checkins",
        AWARDING,
        {
            State.EMPTY: Visit(_at("checkins")),
            State.FULL: Visit(_at("checkins")),
            State.ERROR: Visit(_at("checkins", query="?q=nothing+of+that+name")),
        },
    ),
    Route(
        "issuing:checkin_new",
        GRANTOR,
        {
            State.FULL: Visit(_at("checkin_new", "attended")),
            State.ERROR: Visit(_at("checkin_new", "attended"), then=_send("Open the check-in")),
        },
    ),
    Route("issuing:checkin_new", GRANTOR, {State.FULL: Visit(_at("checkin_new", "lasting"), status=422)}),
    *(
        Route("issuing:checkin", GRANTOR, {State.FULL: Visit(_at("checkin", f"{state}_check_in"))})
        for state in ("open", "early", "over", "listed")
    ),
    Route(
        "issuing:checkin",
        GRANTOR,
        {State.ERROR: Visit(_at("checkin", "open_check_in"), then=_send("Add to the list"))},
    ),
    Route("issuing:checkin", GRANTOR, {State.ERROR: Visit(_at("checkin", "nothing"), status=404)}),
    Route("issuing:checkin_screen", GRANTOR, {State.FULL: Visit(_at("checkin_screen", "open_check_in"))}),
    Route(
        "issuing:checkin_edit",
        GRANTOR,
        {State.FULL: Visit(_at("checkin_edit", "open_check_in"))},
    ),
    Route(
        "issuing:checkin_remove",
        GRANTOR,
        {
            State.FULL: Visit(_at("checkin_remove", "open_check_in", "present")),
            State.ERROR: Visit(_at("checkin_remove", "open_check_in", "nothing"), status=404),
        },
    ),
    Route(
        "public:check_in",
        ANYBODY,
        {
            State.FULL: Visit(_public("open_check_in")),
            State.ERROR: Visit(_public("open_check_in"), then=_send("Check in")),
        },
    ),
    Route("public:check_in", ANYBODY, {State.FULL: Visit(_public("open_check_in", "?done=1"))}),
    Route("public:check_in", ANYBODY, {State.FULL: Visit(_public("early_check_in"))}),
    Route("public:check_in", ANYBODY, {State.FULL: Visit(_public("over_check_in"))}),
    Route("public:check_in", ANYBODY, {State.ERROR: Visit(lambda _world: "/checkin/nothing", status=404)}),
)
