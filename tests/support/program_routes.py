"""The pages of the programme's desk, for tests/support/routes.py."""

from collections.abc import Callable

from django.urls import reverse

from .routes import Address, Role, Route, State, Visit, World

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
MANAGERS = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER})

NOT_PAGES = {
    "program:replay": "a form of the overview is sent there; it leads back",
    "program:key_prepare": "a form of the keys is sent there; it leads back",
    "program:message_again": "a form of the mail is sent there; it leads back",
    "program:message_sent": "a form of the mail is sent there; it leads back",
    "program:message_stop": "a form of the mail is sent there; it leads back",
    "program:theme_css": "a style sheet, seen on the page that tries colours on",
    "program:template_sample": "a picture, seen on the pages of templates",
    "program:template_drawn": "a picture, seen on the page that applies a template",
    "program:people_template": "a file to fill in",
    "program:units_template": "a file to fill in",
    "program:journal_csv": "a file of the journal",
    "program:preset_file": "a file to share",
}


def _at(name: str, *things: Callable[[World], str], query: str = "") -> Address:
    return lambda world: reverse(f"program:{name}", args=[world.slug, *(thing(world) for thing in things)]) + query


def _of(name: str) -> Callable[[World], str]:
    return lambda world: str(getattr(world, name).public_id)


def _word(text: str) -> Callable[[World], str]:
    return lambda world: text


def _list(name: str, roles: frozenset[Role], *, unmatched: str = "") -> Route:
    """A page that there is from the first day on."""
    states = {State.EMPTY: Visit(_at(name)), State.FULL: Visit(_at(name))}
    if unmatched:
        states[State.ERROR] = Visit(_at(name, query=unmatched))
    return Route(f"program:{name}", roles, states)


def _thing(name: str, roles: frozenset[Role], *things: Callable[[World], str]) -> Route:
    """A page about one thing: as it is, and for a thing that is not there."""
    gone = [_word("nothing") for _thing in things[-1:]]
    return Route(
        f"program:{name}",
        roles,
        {State.FULL: Visit(_at(name, *things)), State.ERROR: Visit(_at(name, *things[:-1], *gone), status=404)},
    )


def _numbered(name: str, key: str) -> Route:
    """A page about one version."""

    def at(number: int) -> Address:
        return lambda world: reverse(f"program:{name}", args=[world.slug, key, number])

    return Route(f"program:{name}", MANAGERS, {State.FULL: Visit(at(1)), State.ERROR: Visit(at(99), status=404)})


ROUTES = (
    _list("setup", MANAGERS),
    _list("home", MANAGERS),
    _list("profile", ADMINISTRATOR),
    _list("policies", ADMINISTRATOR),
    Route(
        "program:theme",
        ADMINISTRATOR,
        {
            State.EMPTY: Visit(_at("theme")),
            State.FULL: Visit(_at("theme", query="?hue=350&strength=0.095&accent=%237a1f3d")),
            State.ERROR: Visit(_at("theme", query="?hue=900&strength=1&accent=%23ffff00")),
        },
    ),
    _list("preset", ADMINISTRATOR),
    _thing("preset_shipped", ADMINISTRATOR, _word("cu_boulder")),
    _list("keys", ADMINISTRATOR),
    _thing("key_activate", ADMINISTRATOR, _of("key")),
    _thing("key_compromise", ADMINISTRATOR, _of("key")),
    _list("people", MANAGERS, unmatched="?q=nobody+of+this+name"),
    _list("people_add", MANAGERS),
    _list("people_import", MANAGERS),
    _thing("role_end", MANAGERS, _of("membership")),
    _list("roles", MANAGERS),
    _list("role_add", MANAGERS),
    _thing("role", MANAGERS, _word("registrar")),
    _list("units", MANAGERS),
    _list("unit_add", MANAGERS),
    _list("units_import", MANAGERS),
    _thing("unit", MANAGERS, _of("unit")),
    _list("levels", MANAGERS),
    _list("level_add", MANAGERS),
    _thing("level", MANAGERS, _of("level")),
    _list("templates", MANAGERS),
    _list("template_add", MANAGERS),
    _thing("template", MANAGERS, _word("level-1")),
    _thing("template_apply", MANAGERS, _word("level-1")),
    _list("routes", MANAGERS),
    _list("route_add", MANAGERS),
    _thing("route", MANAGERS, _word("full")),
    _thing("route_edit", MANAGERS, _word("full")),
    _numbered("route_version", "full"),
    _list("proposal_forms", MANAGERS),
    _list("proposal_form_add", MANAGERS),
    _thing("proposal_form", MANAGERS, _word("ksu_proposal")),
    _thing("proposal_form_edit", MANAGERS, _word("ksu_proposal")),
    _numbered("proposal_form_version", "ksu_proposal"),
    _list("simulator", MANAGERS, unmatched="?route=souvenir_light&fact-audience=nobody"),
    _list("simulator_levels", MANAGERS),
    _list("mail", MANAGERS, unmatched="?q=nobody"),
    _thing("message", MANAGERS, _of("mail_uncertain")),
    _list("testmail", ADMINISTRATOR),
    _list("journal", MANAGERS, unmatched="?day=1999-01-01"),
)
