"""A form as the words of its fields: how the editor begins with what there is."""

import json
import re
from collections.abc import Iterable

from insignia.core.questions.definition import DECIDING, Avoid, Form, Kind, Option, Question
from insignia.core.workflow.plain import to_plain
from insignia.domain.proposals.forms.rules import FIELDS
from insignia.edges.web.condition_words import answer

from .conditions import ALWAYS, ROWS, condition_raw
from .drafts import Draft, Node, Raw
from .form_fields import OWN, Earlier
from .lines import key_of

_OPTION = re.compile(r"([A-Za-z0-9][\w.-]*):\s+(.*)", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_LIMITS = ("least", "most", "advised_least", "advised_most", "max_chars")

SECTION: Raw = {"label": "", "key": "", "help": "", "when": ALWAYS, "when_written": ""}
QUESTION: Raw = {
    **SECTION,
    "kind": Kind.LINE.value,
    "required": False,
    "wanted": "",
    "options": "",
    **dict.fromkeys(_LIMITS, ""),
    "whole": False,
    "avoid": "",
    "maps_to": "",
    "maps_name": "",
    "fact": "",
}


def blank() -> Draft:
    """A form to begin with: one section, which asks for the name of the badge."""
    draft = Draft({"title": "", "help": "", "guide": "", "contact": "", "hints": ""})
    named = {**QUESTION, "label": "", "required": True, "max_chars": "80", "maps_to": "name"}
    draft.parts = [Node("p1", dict(SECTION), [Node("p2", named)])]
    return draft


def draft_of(form: Form, *, after: int = 0) -> Draft:
    """A form as its fields show it."""
    hints = json.dumps(to_plain(form.hints), ensure_ascii=False) if form.hints else ""
    head = {"title": form.title, "help": form.help, "guide": form.guide, "contact": form.contact, "hints": hints}
    draft = Draft(head, after=after, key=form.key)
    uids: dict[str, str] = {}
    for section in form.sections:
        part = Node(draft.fresh(), {})
        draft.parts.append(part)
        part.raw = {
            **SECTION,
            "label": section.label,
            "key": section.key,
            "help": section.help,
            **_named(condition_raw(section.condition), uids),
        }
        for question in section.questions:
            item = Node(draft.fresh(), {**_question(question), **_named(condition_raw(question.condition), uids)})
            part.items.append(item)
            uids.setdefault(question.key, item.uid)
    return draft


def as_new(draft: Draft, title: str) -> Draft:
    """The same as a form of its own."""
    draft.key, draft.after, draft.head["title"] = "", 0, title
    return draft


def _named(raw: Raw, uids: dict[str, str]) -> Raw:
    """The tests of a condition by the names of questions in the page: a new question has no key yet."""
    for row in range(1, ROWS + 1):
        if fact := raw.get(f"fact_{row}"):
            raw[f"fact_{row}"] = uids.get(fact, fact)
    return raw


def _question(question: Question) -> Raw:
    own = question.maps_to not in FIELDS and question.maps_to.startswith(f"{OWN}.")
    return {
        **QUESTION,
        "label": question.label,
        "key": question.key,
        "help": question.help,
        "kind": question.kind.value,
        "required": question.required,
        "wanted": question.wanted,
        "options": option_lines(question.options),
        **{name: number(getattr(question, name)) for name in _LIMITS},
        "whole": question.whole,
        "avoid": "\n".join(f"{', '.join(one.words)} = {one.why}" for one in question.avoid),
        "maps_to": OWN if own else question.maps_to,
        "maps_name": question.maps_to.removeprefix(f"{OWN}.") if own else "",
        "fact": question.fact,
    }


def number(value: float | None) -> str:
    """A number as people write it; nothing where there is none."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)


# --- Answers, one a line
def option_lines(options: Iterable[Option]) -> str:
    """Answers to choose from as lines."""
    lines = []
    for place, option in enumerate(options, 1):
        label = _escaped(option.label)
        made = key_of(option.label, f"answer_{place}")
        text = label if made == option.key and not _OPTION.fullmatch(label) else f"{option.key}: {label}"
        lines.append(f"{text} | {_escaped(option.help)}" if option.help else text)
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def options_of(text: str) -> list[Option]:
    """The answers that lines write."""
    found: list[Option] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        first, *rest = (part.replace(r"\|", "|").strip() for part in _BAR.split(line, maxsplit=1))
        match = _OPTION.fullmatch(first)
        key, label = (match[1], match[2]) if match else (key_of(first, f"answer_{len(found) + 1}"), first)
        found.append(Option(key, label, rest[0] if rest else ""))
    return found


def avoids_of(text: str) -> list[Avoid]:
    """Words to avoid that lines write."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        named, _equals, why = line.partition("=")
        found.append(Avoid(tuple(word for part in named.split(",") if (word := part.strip())), why.strip()))
    return found


def earlier(draft: Draft, node: Node) -> Earlier:
    """The questions before this one whose answers can decide."""
    found: list[tuple[str, str, list[tuple[str, object]]]] = []
    for one in draft.nodes:
        if one.uid == node.uid:
            break
        if one.raw.get("kind") in DECIDING:
            found.append((one.uid, str(one.raw.get("label", "")) or one.uid, _answers(one)))
    return found


def _answers(node: Node) -> list[tuple[str, object]]:
    if node.raw["kind"] in (Kind.YES_NO, Kind.ATTEST):
        return [("true", answer(True)), ("false", answer(False))]
    return [(option.key, option.label) for option in options_of(str(node.raw.get("options", "")))]
