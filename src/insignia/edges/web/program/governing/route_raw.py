"""A route as the words of its fields: how the editor begins with what there is."""

from insignia.core.workflow import route as engine
from insignia.core.workflow.definition import PROPOSER

from . import words
from .conditions import ALWAYS, condition_raw
from .drafts import Draft, Node, Raw
from .lines import as_lines, days
from .route_sheets import share

TASK: Raw = {
    "label": "",
    "key": "",
    "person": "",
    "who": "",
    "scope": engine.Scope.INSTITUTION.value,
    "decisions": [engine.Verb.APPROVE.value, engine.Verb.REQUEST_CHANGES.value],
    "criteria": "",
    "attest": "",
    "mode": words.ALONE,
    "quorum": "50",
    "threshold": "50",
    "ballots": engine.Ballots.OPEN.value,
    "ties": engine.TieBreak.CHAIR.value,
    "chair": "committee_chair",
    "deputy": "committee_deputy",
    "reminders": "",
    "escalate_after": "",
    "escalate_to": "",
    "edits": [],
    "comments": [],
    "via": "",
    "output": "",
}
STEP: Raw = {
    "label": "",
    "key": "",
    "joined": engine.Joining.ALL.value,
    "needed": "",
    "returns": engine.Return.SAME.value,
    "agenda": False,
    "skippable": False,
    "final": False,
    "when": ALWAYS,
    "when_written": "",
}


def new_task() -> Raw:
    """A task about which nothing is said yet."""
    return {name: [*value] if isinstance(value, list) else value for name, value in TASK.items()}


def blank(manager: str, *, first: str, last: str) -> Draft:
    """A route to begin with: the proposer hands it in, somebody has the last word."""
    begins = Node("p2", {**new_task(), "who": PROPOSER, "decisions": ["submit", "withdraw"]})
    ends = Node("p4", new_task())
    head = {"label": "", "manager": manager, "on_approved": ["production"], "on_rejected": []}
    return Draft(
        {**head, "reminders": "", "escalate_after": "", "escalate_to": ""},
        [
            Node("p1", {**STEP, "label": first}, [begins]),
            Node("p3", {**STEP, "label": last, "final": True}, [ends]),
        ],
    )


def draft_of(route: engine.Route, *, after: int = 0) -> Draft:
    """A route as its fields show it."""
    draft = Draft(_head(route), after=after, key=route.key)
    uids: dict[str, str] = {}
    for step in route.steps:
        part = Node(draft.fresh(), {})
        draft.parts.append(part)
        part.raw = _step(step, uids)
        uids.setdefault(step.key, part.uid)
        for task in step.tasks:
            part.items.append(Node(draft.fresh(), _task(task, route)))
    return draft


def as_new(draft: Draft, label: str) -> Draft:
    """The same as a route of its own."""
    draft.key, draft.after, draft.head["label"] = "", 0, label
    return draft


def _head(route: engine.Route) -> Raw:
    head: Raw = {
        "label": route.label,
        "manager": route.manager,
        "on_approved": [*route.on_approved],
        "on_rejected": [*route.on_rejected],
        **_timer(route.returned),
    }
    for audience, channel in route.route_by_audience.items():
        head[f"channel:{audience}"] = channel.channel
        head[f"channel_label:{audience}"] = channel.label
        head[f"channel_mode:{audience}"] = channel.mode
        head[f"channel_url:{audience}"] = channel.url
        head[f"channel_approver:{audience}"] = channel.approver
    return head


def _timer(timer: engine.Timer | None) -> Raw:
    return {
        "reminders": days(timer.reminders) if timer else "",
        "escalate_after": str(timer.escalate_after) if timer and timer.escalate_after else "",
        "escalate_to": timer.escalate_to if timer else "",
    }


def _step(step: engine.Step, uids: dict[str, str]) -> Raw:
    back = step.resubmit_to
    return {
        **STEP,
        "label": step.label,
        "key": step.key,
        "joined": step.parallel.joining.value,
        "needed": str(step.parallel.n or ""),
        "returns": uids.get(back.step, back.step) if back.to is engine.Return.NAMED else back.to.value,
        "agenda": step.agenda,
        "skippable": step.skippable,
        "final": step.final,
        **condition_raw(step.condition),
    }


def _task(task: engine.Task, route: engine.Route) -> Raw:
    rule = task.rule
    raw: Raw = {
        "label": task.label,
        "key": task.key,
        "person": task.person,
        "who": f"{task.role}@{task.body}" if task.body else task.role,
        "scope": task.scope.value,
        "decisions": [verb.value for verb in task.decisions],
        "criteria": as_lines(task.criteria, route.labels, "criterion"),
        "attest": as_lines(task.attest, route.labels, "statement"),
        "edits": [*task.edits],
        "comments": [verb.value for verb in task.comments],
        "via": task.via,
        "output": task.output,
        **_timer(task.timer),
    }
    if rule:
        raw |= {
            "mode": rule.mode.value,
            "quorum": share(rule.quorum),
            "threshold": share(rule.threshold),
            "ballots": rule.ballots.value,
            "ties": rule.tie_break.value,
            "chair": rule.chair,
            "deputy": rule.deputy,
        }
    return {**new_task(), **raw}
