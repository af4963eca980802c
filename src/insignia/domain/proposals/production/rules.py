"""The checklist of production as data, the lives of its parts, and when an evaluation falls due. Plain values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.core.workflow.transitions import Lifecycle, Transition


class Kind(StrEnum):
    """What a task is about, and so which form it has and what it takes to be done."""

    CREATE = "create_credential"
    IMAGE = "image"
    METADATA = "metadata"
    ISSUING_PLAN = "issuing_plan"
    TRAINING = "training"
    GRANTORS = "grantors"
    EVALUATION = "evaluation_plan"
    LISTING = "listing"
    FREE = "free"


KINDS_OF_PROPOSAL = ("new", "revise", "reactivate")
MOST_MONTHS = 120
DEFAULT_MONTHS = 36


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """One task as an institution defines it.

    `owner` is the role whose holder does it, `days` how long after the approval it is due. `items` are what a training
    covers, pairs of key and name; `months` how often an evaluation is planned. `kinds` are the kinds of proposal that
    bring it, `not_for` the keys of levels that never need it.
    """

    key: str
    label: str
    kind: Kind
    required: bool = False
    owner: str = "program_manager"
    days: int = 14
    help: str = ""
    items: tuple[tuple[str, str], ...] = ()
    months: int = DEFAULT_MONTHS
    kinds: tuple[str, ...] = KINDS_OF_PROPOSAL
    not_for: tuple[str, ...] = ()

    def applies(self, *, kind: str, level: str) -> bool:
        """Whether a proposal of this kind, at this level, brings the task."""
        return kind in self.kinds and level not in self.not_for


_WORDS = {
    "key": str, "label": str, "kind": str, "required": bool, "owner": str, "days": int, "help": str, "items": list,
    "months": int, "kinds": list, "not_for": list,
}  # fmt: skip
_TYPES = {str: N_("text"), bool: N_("true or false"), int: N_("a whole number"), list: N_("a list")}
WORDS = tuple(_WORDS)


def as_tasks(tables: Sequence[Mapping[str, Any]]) -> tuple[TaskDefinition, ...]:
    """The tasks that `tables` write; `Rejected` lists every fault."""
    faults = [fault for table in tables for fault in faults_of(table)]
    if not tables:
        faults.append(Rejected(N_("A checklist needs a task at least."), code="checklist_empty"))
    if faults:
        raise Rejected(N_("The checklist has mistakes."), code="checklist_wrong", details=faults)
    return tuple(_as_task(table) for table in tables)


def faults_of(table: Mapping[str, Any]) -> Iterator[InsigniaError]:
    """What is wrong with one task."""
    where = str(table.get("key", ""))[:60]
    for word, value in table.items():
        kind = _WORDS.get(word)
        if kind is None:
            yield _fault(N_("%(where)s: a task knows no “%(word)s”."), where, word)
        elif type(value) is not kind:
            yield _fault(N_("%(where)s: “%(word)s” must be %(kind)s."), where, word, kind=_TYPES[kind])
    if not isinstance(table.get("label"), str) or not table["label"].strip() or len(table["label"]) > 200:
        yield _fault(N_("%(where)s: “%(word)s” is missing, or longer than 200 characters."), where, "label")
    if table.get("kind") not in list(Kind):
        yield _fault(N_("%(where)s: “%(word)s” must be one of: %(kind)s."), where, "kind", kind=", ".join(Kind))
    for word, most in (("days", 730), ("months", MOST_MONTHS)):
        value = table.get(word, 1)
        if type(value) is int and not 1 <= value <= most:
            yield _fault(N_("%(where)s: “%(word)s” must be between 1 and %(kind)s."), where, word, kind=str(most))
    if isinstance(table.get("items", []), list):
        items = table.get("items", [])
        if not all(_is_item(item) for item in items):
            yield _fault(N_("%(where)s: each of “%(word)s” needs a key and a label."), where, "items")
        if table.get("kind") == Kind.TRAINING and not items:
            yield _fault(N_("%(where)s: say in “%(word)s” what the training covers."), where, "items")
    if isinstance(table.get("kinds", []), list) and set(table.get("kinds", [])) - set(KINDS_OF_PROPOSAL):
        yield _fault(
            N_("%(where)s: “%(word)s” must be among: %(kind)s."), where, "kinds", kind=", ".join(KINDS_OF_PROPOSAL)
        )


def _is_item(item: object) -> bool:
    return isinstance(item, Mapping) and all(
        isinstance(item.get(word), str) and item[word] for word in ("key", "label")
    )


def _fault(message: str, where: str, word: str, **more: str) -> Rejected:
    return Rejected(message, code="checklist_value", params={"where": where, "word": word[:60], **more})


def _as_task(table: Mapping[str, Any]) -> TaskDefinition:
    values = dict(table)
    values["kind"] = Kind(values["kind"])
    values["items"] = tuple((item["key"], item["label"]) for item in values.get("items", ()))
    values["kinds"] = tuple(values.get("kinds") or KINDS_OF_PROPOSAL)
    values["not_for"] = tuple(values.get("not_for", ()))
    return TaskDefinition(**values)


# --- The lives of a task, of a nomination, of an evaluation (functional specification 3.3 and 3.10)
TASK = Lifecycle(
    start="todo",
    transitions=(
        Transition("start", "todo", "doing"),
        Transition("hand_in", "todo", "in_approval", frozenset({"complete"})),
        Transition("hand_in", "doing", "in_approval", frozenset({"complete"})),
        Transition("finish", "todo", "done", frozenset({"complete", "manages"})),
        Transition("finish", "doing", "done", frozenset({"complete", "manages"})),
        Transition("approve", "in_approval", "done", frozenset({"complete", "manages"})),
        Transition("send_back", "in_approval", "doing"),
        *(Transition("block", state, "blocked", frozenset({"reason"})) for state in ("todo", "doing", "in_approval")),
        Transition("unblock", "blocked", "doing"),
        *(
            Transition("waive", state, "waived", frozenset({"reason", "manages"}))
            for state in ("todo", "doing", "in_approval", "blocked")
        ),
        Transition("reopen", "done", "doing", frozenset({"manages"})),
        Transition("reopen", "waived", "doing", frozenset({"manages"})),
    ),
)
SETTLED = frozenset({"done", "waived"})
OPEN = frozenset({"todo", "doing", "in_approval", "blocked"})

NOMINATION = Lifecycle(
    start="nominated",
    transitions=(
        Transition("confirm", "nominated", "qualification_confirmed", frozenset({"manages"})),
        Transition("ask_training", "qualification_confirmed", "training_due"),
        Transition("appoint", "qualification_confirmed", "active", frozenset({"trained", "made"})),
        Transition("appoint", "training_due", "active", frozenset({"trained", "made"})),
        *(
            Transition("decline", state, "declined", frozenset({"reason"}))
            for state in ("nominated", "qualification_confirmed", "training_due")
        ),
    ),
)

EVALUATION = Lifecycle(
    start="open",
    transitions=(
        Transition("submit", "open", "submitted"),
        Transition("submit", "returned", "submitted"),
        Transition("return", "submitted", "returned", frozenset({"reason"})),
        Transition("accept", "submitted", "accepted"),
    ),
)

# --- When an evaluation falls due, and of which days its owner is reminded before.
REMINDED = (60, 30, 0)


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), next_month - timedelta(days=1))


def reminder_owed(due_on: date, *, today: date, reminded: Sequence[int]) -> int | None:
    """Of which of `REMINDED` to remind today; of those that were missed, only of the last. None where nothing is owed."""
    owed = [days for days in REMINDED if today >= due_on - timedelta(days=days)]
    if not owed or min(owed) in reminded:
        return None
    return min(owed)
