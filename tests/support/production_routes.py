"""The pages of production, for tests/support/routes.py."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from .routes import Address, Role, Route, State, Visit, World

MANAGING = frozenset({Role.PROGRAM_MANAGER, Role.ADMINISTRATOR})
READING = frozenset({*MANAGING, Role.PROPOSER, Role.REVIEWER, Role.SKILL_REVIEWER, Role.COMMITTEE, Role.REGISTRAR})
# Whoever may have something in production; the lists show each what is theirs.
LISTS = frozenset({*READING, Role.ISSUER})

NOT_PAGES = {
    "governance:production_create": "a button of the checklist is sent there; it leads back",
    "governance:production_put_back": "a button of the checklist is sent there; it leads back",
    "governance:production_activate": "a button of the checklist is sent there; it leads back",
    "governance:production_stacks": "a form of a badge's end is sent there; it leads back",
    "governance:production_assign": "a form of a task is sent there; it leads back",
    "governance:production_move": "a button of a task is sent there; it leads back",
    "governance:production_remark": "a form of a task is sent there; it leads back",
    "governance:production_brief": "a form of a task is sent there; it leads back",
    "governance:production_prove": "a form of a task is sent there; it leads back",
    "governance:production_train": "a form of a task is sent there; it leads back",
    "governance:production_nominate": "a form of a task is sent there; it leads back",
    "governance:production_confirm": "a button of a task is sent there; it leads back",
    "governance:production_decline": "a form of a task is sent there; it leads back",
    "governance:production_issuing_plan": "a form of a task is sent there; it leads back",
    "governance:production_evaluation_plan": "a form of a task is sent there; it leads back",
    "governance:production_proof": "a picture, seen on the page of its task",
    "governance:production_sign_off": "a button of a task is sent there; it leads back",
    "governance:production_changes": "a form of a task is sent there; it leads back",
    "governance:evaluation_submit": "a form of an evaluation is sent there; it leads back",
    "governance:evaluation_accept": "a button of an evaluation is sent there; it leads back",
    "governance:evaluation_return": "a form of an evaluation is sent there; it leads back",
}


def _at(name: str, thing: str = "", *more: str, query: str = "") -> Address:
    def address(world: World) -> str:
        things = [str(getattr(world, thing).public_id) if thing != "nothing" else thing] if thing else []
        return reverse(f"governance:{name}", args=[world.slug, *things, *more]) + query

    return address


def _open(summary: str) -> Callable[[Page], None]:
    """Open a form and send it empty, so that what is wrong shows."""

    def send(page: Page) -> None:
        page.locator("summary", has_text=summary).first.click()
        page.locator("details[open] form button").first.click()
        page.wait_for_selector("main [role=alert]")

    return send


def _task(key: str, summary: str = "") -> Route:
    at = _at("production_task", "production", key)
    states = {State.FULL: Visit(at)}
    if summary:
        states[State.ERROR] = Visit(at, then=_open(summary))
    return Route("governance:production_task", frozenset({Role.PROGRAM_MANAGER}), states)


ROUTES: tuple[Route, ...] = (
    Route(
        "governance:board",
        LISTS,
        {
            State.EMPTY: Visit(_at("board")),
            State.FULL: Visit(_at("board")),
            State.ERROR: Visit(_at("board", query="?q=nothing+of+that+name")),
        },
    ),
    Route(
        "governance:production_tasks",
        LISTS,
        {State.EMPTY: Visit(_at("production_tasks")), State.FULL: Visit(_at("production_tasks"))},
    ),
    Route(
        "governance:evaluations", LISTS, {State.EMPTY: Visit(_at("evaluations")), State.FULL: Visit(_at("evaluations"))}
    ),
    Route(
        "governance:evaluation",
        READING | {Role.ISSUER},
        {
            State.FULL: Visit(_at("evaluation", "evaluation_plan")),
            State.ERROR: Visit(_at("evaluation", "nothing"), status=404),
        },
    ),
    Route(
        "governance:production",
        READING | {Role.ISSUER},
        {
            State.FULL: Visit(_at("production", "production")),
            State.ERROR: Visit(_at("production", "nothing"), status=404),
        },
    ),
    Route("governance:production", MANAGING, {State.FULL: Visit(_at("production", "production_ending"))}),
    Route(
        "governance:production_task",
        READING | {Role.ISSUER},
        {State.FULL: Visit(_at("production_task", "production", "image_with_communications"))},
    ),
    _task("image_with_communications", "Ask for changes"),
    _task("train_granting_unit", "Put a training on record"),
    _task("name_qualified_grantors", "Nominate somebody"),
    _task("evaluation_plan"),
    _task("create_credential"),
    _task("external_publish", "Waive it"),
)
