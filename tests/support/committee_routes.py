"""The pages of committees, for tests/support/routes.py."""

from collections.abc import Callable

from django.urls import reverse

from .routes import Address, Role, Route, State, Visit, World

# A committee's chair looks after it, and so does the office, in all of them.
OFFICE = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER})
KEEPERS = OFFICE | {Role.COMMITTEE}

NOT_PAGES = {
    "governance:body_feed": "a calendar file, which programs ask for by an address that is for one person",
    "governance:meeting_calendar": "a calendar file",
    "governance:packet_file": "the packet as a PDF, which is saved",
    "governance:item_put": "a form of the page for adding an item is sent there; it leads to the agenda",
    "governance:item_order": "a form of the agenda is sent there; it leads back",
    "governance:item_discuss": "a form of the agenda is sent there; it leads back",
    "governance:item_table": "a form of the agenda is sent there; it leads back",
    "governance:item_vote": "a form of the agenda is sent there; it leads back, or shows the agenda",
    "governance:item_record": "a form of the agenda is sent there; it leads back, or shows the agenda",
    "governance:item_close_vote": "a form of the agenda is sent there; it leads back",
    "governance:item_convene": "a form of the agenda is sent there; it leads back",
}


def _at(name: str, *things: str | Callable[[World], str]) -> Address:
    """The address of a page, with the ids of what the world holds under these names; a text after "=" stands for itself."""

    def address(world: World) -> str:
        ids = [
            thing.removeprefix("=")
            if isinstance(thing, str) and thing.startswith("=")
            else str(getattr(world, str(thing)).public_id)
            for thing in things
        ]
        return reverse(f"governance:{name}", args=[world.slug, *ids])

    return address


def _page(name: str, *things: str, roles: frozenset[Role] = KEEPERS, error: Address | None = None) -> Route:
    states = {State.FULL: Visit(_at(name, *things))}
    if error is not None:
        states[State.ERROR] = Visit(error, status=404)
    return Route(f"governance:{name}", roles, states)


ROUTES: tuple[Route, ...] = (
    Route(
        "governance:committees",
        OFFICE,
        {State.EMPTY: Visit(_at("committees")), State.FULL: Visit(_at("committees"))},
    ),
    Route("governance:committees", {Role.COMMITTEE}, {State.FULL: Visit(_at("committees"))}),
    Route(
        "governance:body_found",
        OFFICE,
        {State.EMPTY: Visit(_at("body_found")), State.FULL: Visit(_at("body_found"))},
    ),
    _page("body", "body", error=_at("body", "=unknown")),
    Route("governance:body", OFFICE, {State.FULL: Visit(_at("body", "bare_body"))}),
    _page("body_edit", "body", roles=OFFICE),
    _page("preside", "body", "=deputy", roles=OFFICE),
    _page("preside_release", "body", "=deputy", roles=OFFICE),
    _page("seat_add", "body"),
    Route(
        "governance:seat",
        KEEPERS,
        {
            State.FULL: Visit(lambda world: _at("seat", "body", "seat", "=member")(world) + "?q=corin"),
            State.ERROR: Visit(lambda world: _at("seat", "body", "vacant_seat", "=alternate")(world) + "?q=zebra"),
        },
    ),
    _page("seat_vacate", "body", "seat", "=alternate"),
    _page("seat_drop", "body", "vacant_seat"),
    _page("meeting_plan", "body"),
    _page("meeting", "meeting", error=_at("meeting", "=unknown")),
    Route("governance:meeting", OFFICE, {State.FULL: Visit(_at("meeting", "meeting_empty"))}),
    Route("governance:meeting", KEEPERS, {State.FULL: Visit(_at("meeting", "meeting_ahead"))}),
    Route("governance:meeting", KEEPERS, {State.FULL: Visit(_at("meeting", "meeting_held"))}),
    Route("governance:meeting", KEEPERS, {State.FULL: Visit(_at("meeting", "meeting_cancelled"))}),
    _page("meeting_move", "meeting_ahead"),
    _page("meeting_cancel", "meeting_ahead"),
    _page("meeting_attend", "meeting_ahead"),
    _page("meeting_close", "meeting"),
    _page("packet", "meeting"),
    Route("governance:packet", OFFICE, {State.FULL: Visit(_at("packet", "meeting_empty"))}),
    _page("minutes", "meeting_held"),
    Route("governance:minutes", KEEPERS, {State.FULL: Visit(_at("minutes", "meeting_ahead"))}),
    _page("minutes_edit", "meeting_held"),
    _page("item_add", "meeting"),
    _page("item", "meeting", "free_item", error=_at("item", "meeting", "=unknown")),
    _page("item_drop", "meeting", "free_item"),
    _page("item_recuse", "meeting", "item", roles=frozenset({Role.COMMITTEE})),
)
