"""A draft of a form as data, in the words of a preset; what its fields say against it, and what the engine does."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from insignia.core.errors import InsigniaError
from insignia.core.questions.definition import Kind
from insignia.core.workflow.plain import to_plain
from insignia.domain.institutions.presets.differences import plain
from insignia.edges.web.words import translated

from . import words
from .conditions import condition_data
from .drafts import HEAD, Draft, Node, checked, unlike
from .form_fields import OWN, FormForm, QuestionForm, SectionForm
from .form_raw import avoids_of, earlier, options_of
from .lines import key_of
from .route_data import Data, Fault, Made, note

_TEXTS = ("help", "wanted", "fact")
_LIMITS = ("least", "most", "advised_least", "advised_most", "max_chars")


def made(draft: Draft) -> Made:
    """The data of `draft`."""
    found = Made(keys=_keys(draft))
    head = checked(FormForm, draft.head, HEAD)
    note(found, HEAD, head)
    sections = []
    for part in draft.parts:
        form = checked(SectionForm, part.raw, part.uid, earlier=earlier(draft, part))
        note(found, part.uid, form)
        questions = []
        for item in part.items:
            question = checked(QuestionForm, item.raw, item.uid, earlier=earlier(draft, item))
            note(found, item.uid, question)
            if question.is_valid():
                questions.append(_question(question.cleaned_data, draft, found.keys, item))
        if form.is_valid():
            given = form.cleaned_data
            section: Data = {"key": found.keys[part.uid], "label": given["label"]}
            section |= {"help": given["help"]} if given["help"] else {}
            section |= _when(given, draft, found.keys)
            sections.append({**section, "questions": questions})
    if not found.faults:
        found.data = plain({**_head(head.cleaned_data), "sections": sections, **_hints(draft)})
    return found


def title(node: Node, draft: Draft) -> str:
    """A section or a question as the editor calls it."""
    written = str(node.raw.get("label", "")).strip()
    if written:
        return written
    return _("A section without a name") if node in draft.parts else _("A question without words")


def _keys(draft: Draft) -> dict[str, str]:
    keys: dict[str, str] = {}
    for nodes, fallback in (
        (draft.parts, "section"),
        ([item for part in draft.parts for item in part.items], "question"),
    ):
        taken = {str(node.raw["key"]) for node in nodes if node.raw.get("key")}
        for number, node in enumerate(nodes, 1):
            label = str(node.raw.get("label", ""))[:40]
            keys[node.uid] = node.raw.get("key") or unlike(key_of(label, f"{fallback}_{number}"), taken)
            taken.add(keys[node.uid])
    return keys


def _head(given: Mapping[str, Any]) -> Data:
    return {"title": given["title"], **{name: given[name] for name in ("help", "guide", "contact") if given[name]}}


def _hints(draft: Draft) -> Data:
    """Remarks travel as they are: the text says them."""
    try:
        hints = json.loads(draft.head.get("hints") or "[]")
    except ValueError:
        return {}
    return {"hints": hints} if isinstance(hints, list) and hints else {}


def _when(given: Mapping[str, Any], draft: Draft, keys: Mapping[str, str]) -> Data:
    def decoded(text: str, uid: str) -> str | bool:
        node = draft.node(uid)
        truths = node is None or node.raw.get("kind") in (Kind.YES_NO, Kind.ATTEST)
        return {"true": True, "false": False}.get(text, text) if truths else text

    condition = condition_data(given, decoded, keys)
    return {"condition": condition} if condition else {}


def _question(given: Mapping[str, Any], draft: Draft, keys: Mapping[str, str], item: Node) -> Data:
    data: Data = {"key": keys[item.uid], "label": given["label"]}
    data |= {name: given[name] for name in _TEXTS if given[name]}
    if given["kind"] != Kind.LINE.value:
        data["kind"] = given["kind"]
    data |= {name: True for name in ("required", "whole") if given[name]}
    if options := options_of(given["options"]):
        data["options"] = to_plain(tuple(options))
    data |= {name: _number(given[name]) for name in _LIMITS if given[name] is not None}
    if avoids := avoids_of(given["avoid"]):
        data["avoid"] = [{"words": list(one.words), "why": one.why} for one in avoids]
    if given["maps_to"]:
        data["maps_to"] = f"{OWN}.{given['maps_name']}" if given["maps_to"] == OWN else given["maps_to"]
    return {**data, **_when(given, draft, keys)}


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


# --- What the engine says against it
def placed(faults: Iterable[InsigniaError], draft: Draft, keys: Mapping[str, str]) -> list[Fault]:
    """Each fault at the section or question that it is about, with everything called as people call it."""
    by_key = {keys[node.uid]: node for node in reversed(list(draft.nodes))}
    found = []
    for fault in faults:
        params = dict(fault.params)
        named = [str(params.get(name, "")) for name in ("question", "section", "key")]
        where = str(params.get("where", "")).split(" › ")
        order = [*reversed(where), *named] if "where" in params else named
        node = next((by_key[key] for key in order if key in by_key), None)
        for name in ("question", "section", "key", "where"):
            if name in params:
                parts = [part for part in str(params[name]).split(" › ") if part not in ("sections", "questions")]
                params[name] = " › ".join(title(by_key[part], draft) if part in by_key else part for part in parts)
        if "kind" in params:
            params["kind"] = words.KINDS_BY_VALUE.get(str(params["kind"]), params["kind"])
        said = translated(type(fault)(fault.message, code=fault.code, params=params))
        found.append(Fault(node.uid if node else HEAD, said))
    return found
