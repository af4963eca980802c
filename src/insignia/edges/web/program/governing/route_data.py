"""A draft of a route as data, in the words of a preset; what its fields say against it, and what the engine does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from insignia.core.errors import InsigniaError
from insignia.core.workflow import route as engine
from insignia.edges.web.words import translated

from . import words
from .conditions import condition_data
from .drafts import HEAD, Draft, Node, checked, first_errors, unlike
from .lenient import encoded
from .lines import key_of, keyed
from .names import Names, Value
from .route_fields import RouteForm, StepForm, TaskForm

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong, in words, and the step at which it is to be mended; HEAD: the route itself."""

    uid: str
    text: str


@dataclass
class Made:
    """What became of a draft: its data where every field can be read, else what is wrong with the fields."""

    data: Data = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)  # of steps and tasks, by their names in the page


def made(draft: Draft, names: Names) -> Made:
    """The data of `draft`."""
    found = Made(keys=_keys(draft))
    head = checked(RouteForm, draft.head, HEAD, names=names)
    note(found, HEAD, head)
    labels: dict[str, str] = {}
    steps = []
    for part in draft.parts:
        form = checked(StepForm, part.raw, part.uid, names=names, earlier=earlier(draft, part))
        note(found, part.uid, form)
        tasks = []
        for item in part.items:
            task = checked(TaskForm, item.raw, item.uid, names=names)
            note(found, part.uid, task)
            if task.is_valid():
                tasks.append(_task(task.cleaned_data, found.keys[item.uid], labels))
        if form.is_valid():
            steps.append(_step(form.cleaned_data, found.keys, part, tasks, names))
    if not found.faults and isinstance(head, RouteForm):
        found.data = {**_head(head.cleaned_data, head.audiences), "steps": steps}
        if labels:
            found.data["labels"] = labels
    return found


def earlier(draft: Draft, part: Node) -> list[tuple[str, str]]:
    """The steps before this one that review, by which a proposal can come back."""
    before = draft.parts[1 : draft.parts.index(part)]
    return [(one.uid, title(one, draft)) for one in before]


def title(node: Node, draft: Draft) -> str:
    """A step or a task as the editor calls it."""
    written = str(node.raw.get("label", "")).strip()
    tasks = ", ".join(filter(None, (str(item.raw.get("label", "")).strip() for item in node.items)))
    if written or tasks:
        return written or tasks
    if node in draft.parts:
        return _("Step %(number)s") % {"number": draft.parts.index(node) + 1}
    part = draft.part_of(node.uid)
    if part is None:
        return _("Without a name")
    return title(part, draft) if len(part.items) == 1 else _("Task %(number)s") % {"number": part.items.index(node) + 1}


def note(found: Made, uid: str, form: Any) -> None:
    """Keep what is wrong with the fields of a form."""
    for label, said in first_errors(form):
        found.faults.append(Fault(uid, f"{label}: {said}" if label else said))


def _keys(draft: Draft) -> dict[str, str]:
    """The key of each step and task: its own, or one that is made from what it is called."""
    keys: dict[str, str] = {}
    steps, tasks = _own(draft.parts), _own([item for part in draft.parts for item in part.items])
    for number, part in enumerate(draft.parts, 1):
        label = str(part.raw.get("label", ""))
        keys[part.uid] = part.raw.get("key") or unlike(key_of(label, f"step_{number}"), steps | {"same", "first"})
        steps.add(keys[part.uid])
        for item in part.items:
            own = str(item.raw.get("label", ""))
            wanted = key_of(own, keys[part.uid]) if own and len(part.items) > 1 else keys[part.uid]
            keys[item.uid] = item.raw.get("key") or unlike(wanted, tasks)
            tasks.add(keys[item.uid])
    return keys


def _own(nodes: Iterable[Node]) -> set[str]:
    return {str(node.raw["key"]) for node in nodes if node.raw.get("key")}


def _head(given: Mapping[str, Any], audiences: Iterable[str]) -> Data:
    data: Data = {"label": given["label"]}
    if given["manager"] and given["manager"] != "program_manager":
        data["manager"] = given["manager"]
    for name in ("on_approved", "on_rejected"):
        if given[name]:
            data[name] = given[name][0] if len(given[name]) == 1 else given[name]
    if timer := _timer(given):
        data["returned"] = timer
    channels = {}
    for audience in audiences:
        parts = ("channel", "label", "mode", "approver", "url")
        fields = ("channel", "channel_label", "channel_mode", "channel_approver", "channel_url")
        channel = {
            part: value for part, name in zip(parts, fields, strict=True) if (value := given.get(f"{name}:{audience}"))
        }
        if channel:
            channels[audience] = {"channel": key_of(channel.get("label", ""), "channel"), **channel}
    if channels:
        data["route_by_audience"] = channels
    return data


def _timer(given: Mapping[str, Any]) -> Data:
    timer: Data = {}
    if given["reminders"]:
        timer["reminders"] = given["reminders"]
    if given["escalate_after"]:
        timer["escalate_after"] = given["escalate_after"]
    if given["escalate_to"]:
        timer["escalate_to"] = given["escalate_to"]
    return timer


def _step(given: Mapping[str, Any], keys: Mapping[str, str], part: Node, tasks: list[Data], names: Names) -> Data:
    data: Data = {"key": keys[part.uid], "label": given["label"]}
    if given["joined"] != engine.Joining.ALL.value:
        data["parallel"] = given["needed"] if given["joined"] == engine.Joining.AT_LEAST else given["joined"]
    if given["returns"] and given["returns"] != engine.Return.SAME.value:
        data["resubmit_to"] = keys.get(given["returns"], given["returns"])
    if condition := condition_data(given, lambda text, fact: _decoded(text, fact, names)):
        data["condition"] = condition
    data |= {name: True for name in ("agenda", "skippable", "final") if given[name]}
    alone = tasks[0] if len(tasks) == 1 else None
    if alone and alone["key"] == data["key"] and alone.get("label", data["label"]) == data["label"]:
        return {**data, **{name: value for name, value in alone.items() if name not in ("key", "label")}}
    return {**data, "tasks": tasks}


def _decoded(text: str, fact: str, names: Names) -> Value:
    known = names.facts[fact].values if fact in names.facts else ()
    found = next((value for value, _label in known if encoded(value) == text), None)
    return found if found is not None else {"true": True, "false": False}.get(text, text)


def _task(given: Mapping[str, Any], key: str, labels: dict[str, str]) -> Data:
    role, _at, body = given["who"].partition("@")
    data: Data = {"key": key, "role": role}
    if given["label"]:
        data["label"] = given["label"]
    if given["scope"] and given["scope"] != engine.Scope.INSTITUTION.value:
        data["scope"] = given["scope"]
    if body:
        data["body"] = body
    data |= {name: given[name] for name in ("person", "via", "output") if given[name]}
    if given["decisions"] or role != engine.PROPOSER:
        data["decisions"] = given["decisions"]
    for name in ("comments", "edits"):
        if given[name]:
            data[name] = given[name]
    for name, fallback in (("criteria", "criterion"), ("attest", "statement")):
        if pairs := keyed(given[name], fallback):
            data[name] = [one for one, _label in pairs]
            labels.update({one: label for one, label in pairs if label})
    if given["mode"] != words.ALONE:
        data["rule"] = _rule(given)
    if timer := _timer(given):
        data["timer"] = timer
    return data


def _rule(given: Mapping[str, Any]) -> Data:
    rule: Data = {"mode": given["mode"]}
    for name in ("quorum", "threshold"):
        percent = 50 if given[name] is None else given[name]
        rule[name] = round(percent / 100, 6)
    if given["ballots"] == engine.Ballots.SECRET.value:
        rule["ballots"] = given["ballots"]
    if given["ties"] == engine.TieBreak.FAILS.value:
        rule["tie_break"] = given["ties"]
    usual = engine.VotingRule()
    rule |= {name: given[name] for name in ("chair", "deputy") if given[name] != getattr(usual, name)}
    return rule


# --- What the engine says against it
def placed(faults: Iterable[InsigniaError], draft: Draft, keys: Mapping[str, str], names: Names) -> list[Fault]:
    """Each fault at the step that it is about, with everything called as people call it."""
    places = Places(draft, keys, names)
    return [Fault(places.uid(fault), places.said(fault)) for fault in faults]


class Places:
    """Which step a fault is about, and what its keys are called."""

    def __init__(self, draft: Draft, keys: Mapping[str, str], names: Names) -> None:
        self.names = names
        self._step = {keys[part.uid]: part for part in reversed(draft.parts)}
        self._task = {keys[item.uid]: part for part in reversed(draft.parts) for item in part.items}
        self._titles = {key: title(part, draft) for key, part in self._step.items()}
        for part in draft.parts:
            for item in part.items:
                own = str(item.raw.get("label", "")).strip()
                self._titles.setdefault(keys[item.uid], own or title(part, draft))

    def uid(self, fault: InsigniaError) -> str:
        """The step at which it is to be mended."""
        params = {name: str(value) for name, value in fault.params.items()}
        named = [params.get("step", ""), params.get("task", ""), *reversed(params.get("where", "").split(" › "))]
        part = next((self._step.get(key) or self._task.get(key) for key in named if key in self._titles), None)
        return part.uid if part else HEAD

    def said(self, fault: InsigniaError) -> str:
        """The fault in words."""
        return translated(type(fault)(fault.message, code=fault.code, params=self._called(fault)))

    def _called(self, fault: InsigniaError) -> dict[str, object]:
        params = dict(fault.params)
        for name in ("step", "final", "target", "task", "where"):
            if name in params:
                params[name] = self._path(str(params[name]))
        if "role" in params:
            params["role"] = self.names.role(str(params["role"])) if params["role"] else "–"
        if "verb" in params:
            params["verb"] = next(
                (said for verb, said in words.SHORT.items() if verb == params["verb"]), params["verb"]
            )
        if "value" in params and "fact" in params:
            params["value"] = self.names.value(str(params["fact"]), params["value"])
        if "fact" in params:
            params["fact"] = self.names.fact(str(params["fact"]))
            if "known" in params:
                params["known"] = ", ".join(f"“{one.label}”" for one in self.names.facts.values())
        return params

    def _path(self, text: str) -> str:
        parts = [part for part in text.split(" › ") if part not in ("steps", "tasks")]
        return " › ".join(self._titles.get(part, part) for part in parts)
