"""What a preset would change, in words that people compare by. For pages, and for the command line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.presets import CALLED, Change, Kind, Part, Preview, Previewed

from .permission_words import meaning
from .words import translated

# Values that are written as words for programs, wherever they stand.
_VALUES: dict[tuple[str, str], Any] = {
    ("evidence", "none"): gettext_lazy("none is asked for"),
    ("evidence", "private"): gettext_lazy("assessed, and kept private"),
    ("evidence", "shared"): gettext_lazy("assessed, and shown if the earner agrees"),
    ("awarding", "grantor"): gettext_lazy("Grantors"),
    ("awarding", "registrar"): gettext_lazy("the Registrar, upon requests"),
    ("default_age_band", "adult"): gettext_lazy("adults"),
    ("default_age_band", "unknown"): gettext_lazy("not known: treated as minors"),
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changes: what, from what to what; or, of a list, what comes into it and what goes."""

    what: str
    old: str = ""
    new: str = ""
    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One level, role or text that a preset adds or changes."""

    name: str
    is_added: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One section in words. `kept` is what the preset does not speak of."""

    key: str
    title: str
    count: int
    items: tuple[Item, ...]
    kept: tuple[str, ...]
    faults: tuple[str, ...]


def told(preview: Preview) -> list[Told]:
    """Each section of a preview in words."""
    return [_told(one) for one in preview.sections]


def faults_of(errors: Iterable[Any]) -> list[str]:
    """What is wrong, a sentence each; a refusal with details is told by these."""
    return [translated(detail) for error in errors for detail in (error.details or (error,))]


def _told(one: Previewed) -> Told:
    labels = one.section.labels
    return Told(
        key=one.section.name,
        title=_(one.section.title),
        count=one.count,
        items=tuple(_item(change, labels) for change in one.of(Kind.ADDED, Kind.CHANGED)),
        kept=tuple(change.name for change in one.of(Kind.KEPT)),
        faults=tuple(faults_of(one.faults)),
    )


def _item(change: Change, labels: Mapping[str, str]) -> Item:
    is_added = change.kind is Kind.ADDED
    lines = [_line(part, labels) for part in change.parts if not (is_added and _goes_without_saying(part))]
    if len(change.parts) == 1 and change.parts[0].path == (change.key,):
        # A word of a table is its own and only line.
        lines = [replace(line, what="") for line in lines]
    # A word of a table without a label is read as it is written.
    name = change.name if change.name != change.key else _called(change.key, labels)
    return Item(name, is_added, tuple(lines))


def _called(word: str, labels: Mapping[str, str]) -> str:
    return _(labels[word]) if word in labels else word.replace("_", " ")


def _goes_without_saying(part: Part) -> bool:
    """Of something new: its name, which stands over the lines, and what is left as it is where nothing is said."""
    return (len(part.path) == 1 and part.path[0] in CALLED) or part.new is False or part.new in (0, "", None, [], {})


def _line(part: Part, labels: Mapping[str, str]) -> Line:
    what, word = _what(part.path, labels), part.path[-1]
    old, new = part.old, part.new
    if _is_list(old) and _is_list(new) and (old or new):
        before, after = old or [], new or []
        come = tuple(_value(one, word) for one in after if one not in before)
        gone = tuple(_value(one, word) for one in before if one not in after)
        if come or gone:
            return Line(what, come=come, gone=gone)
    return Line(what, _value(old, word), _value(new, word))


def _what(path: Sequence[str], labels: Mapping[str, str]) -> str:
    whole = ".".join(path)
    if whole in labels:
        return _(labels[whole])
    return " › ".join(_called(word, labels) for word in path)


def _is_list(value: Any) -> bool:
    return value is None or (isinstance(value, list) and not any(isinstance(one, Mapping) for one in value))


def _value(value: Any, word: str) -> str:
    if value is None or value in ("", [], {}):
        return pgettext("a value that is not there", "nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        inner = (f"{name.replace('_', ' ')}: {_value(one, name)}" for name, one in value.items() if name != "key")
        called = next((str(value[name]) for name in (*CALLED, "message") if value.get(name)), "")
        return _short(called or "; ".join(inner))
    if isinstance(value, list):
        return _short(", ".join(_value(one, word) for one in value))
    if word == "permissions" and value in list(Permission):
        return meaning(Permission(value))
    return _short(str(_VALUES.get((word, str(value)), value)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
