"""The public pages, for tests/support/routes.py."""

from collections.abc import Callable, Mapping

from django.urls import reverse
from playwright.sync_api import Page, expect

from .routes import Address, Role, Route, State, Visit

ANYBODY = frozenset({Role.ANYBODY})
SIGNED_IN_TOO = frozenset({Role.ANYBODY, Role.EARNER})

NOT_PAGES = {
    "healthz": "a word for machines that watch",
    "readyz": "a word for machines that watch",
    "robots": "a text for crawlers",
    "favicon": "leads on to a picture",
    "public:theme": "a style sheet, seen on every page of an institution that has one",
    "public:achievement_document": "JSON-LD, for programs",
    "public:version_document": "JSON-LD, for programs",
    "public:variant_document": "JSON-LD, for programs",
    "public:credential_json": "a file to keep",
    "public:credential_token": "a file to keep",
    "public:credential_png": "a picture to keep",
    "public:credential_svg": "a drawing to keep",
    "public:endorsement_json": "a file to keep",
    "public:issuer_did": "JSON, for verifiers",
    "public:issuer_keys": "JSON, for verifiers",
    "public:issuer_jwks": "JSON, for verifiers",
    "public:status_list": "JSON-LD, for verifiers",
    "public:image_png": "a picture, seen on many pages",
    "public:image_svg": "a drawing, seen on many pages",
    "public:image_mark": "a picture, seen on the verify page",
}


def _of_institution(name: str, query: str = "") -> Address:
    return lambda world: reverse(f"public:{name}", args=[world.slug]) + query


def _of_achievement(name: str, *more: object) -> Address:
    return lambda world: reverse(f"public:{name}", args=[world.achievement.public_id, *more])


def _credential(thing: str) -> Address:
    return lambda world: reverse("public:credential", args=[getattr(world, thing).credential.public_id])


def _fixed(path: str) -> Address:
    return lambda world: path


def _page(name: str, states: Mapping[State, Visit], roles: frozenset[Role] = ANYBODY) -> Route:
    return Route(name, roles, states)


def _check(text: str) -> Callable[[Page], None]:
    """Hand `text` in on the verify page and wait for what comes of it."""

    def then(page: Page) -> None:
        page.get_by_label("or paste the text").fill(text)
        page.get_by_role("button", name="Check").click()
        expect(page.locator("#results, [role=alert]").first).to_be_visible()

    return then


ROUTES = (
    _page("home", {State.EMPTY: Visit(_fixed("/")), State.FULL: Visit(_fixed("/"))}),
    _page(
        "public:landing",
        {
            State.EMPTY: Visit(_of_institution("landing")),
            State.FULL: Visit(_of_institution("landing")),
            State.ERROR: Visit(_fixed("/i/nowhere/"), status=404),
        },
    ),
    _page(
        "public:directory",
        {
            State.EMPTY: Visit(_of_institution("directory")),
            State.FULL: Visit(_of_institution("directory")),
            State.ERROR: Visit(_of_institution("directory", "?q=nothing-is-called-this&level=level_1")),
        },
        SIGNED_IN_TOO,
    ),
    _page(
        "public:achievement",
        {State.FULL: Visit(_of_achievement("achievement")), State.ERROR: Visit(_fixed("/a/nothing"), status=404)},
    ),
    _page(
        "public:version",
        {
            State.FULL: Visit(_of_achievement("version", 1)),
            State.ERROR: Visit(_of_achievement("version", 99), status=404),
        },
    ),
    _page(
        "public:variant",
        {
            State.FULL: Visit(
                lambda world: reverse("public:variant", args=[world.distinguished.public_id, 1, "with_distinction"])
            ),
            State.ERROR: Visit(_of_achievement("variant", 1, "with_nothing"), status=404),
        },
    ),
    _page(
        "public:achievement_embed",
        {
            State.FULL: Visit(_of_achievement("achievement_embed")),
            State.ERROR: Visit(_fixed("/a/nothing/embed"), status=404),
        },
    ),
    _page(
        "public:endorsement",
        {
            State.FULL: Visit(
                lambda world: reverse("public:endorsement", args=[world.endorsement.credential.public_id])
            ),
            State.ERROR: Visit(_fixed("/e/nothing"), status=404),
        },
    ),
    _page(
        "public:issuer",
        {
            State.FULL: Visit(lambda world: reverse("public:issuer", args=[world.achievement.issuer.public_id])),
            State.ERROR: Visit(_fixed("/issuers/nobody"), status=404),
        },
    ),
    _page(
        "public:credential", {State.FULL: Visit(_credential("shown")), State.ERROR: Visit(_credential("taken_back"))}
    ),
    _page("public:credential", {State.FULL: Visit(_credential("accepted"))}, frozenset({Role.EARNER})),
    _page("public:credential", {State.FULL: Visit(_credential("accepted"), status=404)}),
    _page(
        "public:verify",
        {
            State.EMPTY: Visit(_fixed("/verify")),
            State.FULL: Visit(_fixed("/verify"), then=_check('{"a": "letter"}')),
            State.ERROR: Visit(_fixed("/verify"), then=_check(" ")),
        },
    ),
)
