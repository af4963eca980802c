"""What somebody writes at a route or a form, until it is kept: the raw words of the fields, all of it in the page itself.

Nothing is stored before it is kept, and nothing that was typed is lost: the fields of one part stand open, everything
else travels along, and every button hands in all of it. Parts are steps or sections, items are tasks or questions.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import BadRequest
from django.utils.datastructures import MultiValueDict

Raw: TypeAlias = dict[str, Any]  # by field: a text, a truth value, or several texts
HEAD = "head"
_MOST = 200


@dataclass
class Node:
    """A part or an item: its name in the page, what stands in its fields, and the items of a part."""

    uid: str
    raw: Raw
    items: list["Node"] = field(default_factory=list)


@dataclass
class Removed:
    """What was taken out, and where it stood, so that it can be put back."""

    node: Node
    part: str  # of an item; nothing: it is a part itself
    place: int


@dataclass
class Draft:
    """A whole route or form as it is written just now. `opened` names the part whose fields stand open."""

    head: Raw
    parts: list[Node] = field(default_factory=list)
    opened: str = HEAD
    removed: list[Removed] = field(default_factory=list)
    after: int = 0  # the version that was looked at, 0 for none
    key: str = ""  # nothing: it is new

    # --- As the page carries it
    def written(self) -> str:
        """As a hidden field holds it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Draft":
        """What `written` wrote; whoever writes something else by hand is told that it is none."""
        try:
            data = json.loads(text)
            draft = cls(
                head=_raw(data["head"]),
                parts=[_node(part) for part in data["parts"]],
                opened=str(data["opened"]),
                removed=[Removed(_node(one["node"]), str(one["part"]), int(one["place"])) for one in data["removed"]],
                after=int(data["after"]),
                key=str(data["key"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
            raise BadRequest("This is not what the page had written.") from wrong
        if len(draft.parts) > _MOST or sum(len(part.items) for part in draft.parts) > _MOST * 5:
            raise BadRequest("There are more parts than anybody writes.")
        return draft

    # --- Finding
    @property
    def nodes(self) -> Iterator[Node]:
        """Every part and item, in the order of reading."""
        for part in self.parts:
            yield part
            yield from part.items

    def node(self, uid: str) -> Node | None:
        """One of them."""
        return next((node for node in self.nodes if node.uid == uid), None)

    def row_of(self, uid: str) -> tuple[list[Node], int]:
        """The row in which it stands, and its place there."""
        for row in (self.parts, *(part.items for part in self.parts)):
            for place, node in enumerate(row):
                if node.uid == uid:
                    return row, place
        raise BadRequest("There is no such part.")

    def part_of(self, uid: str) -> Node | None:
        """The part in which this item stands."""
        return next((part for part in self.parts for item in part.items if item.uid == uid), None)

    def fresh(self) -> str:
        """A name that nothing here has yet."""
        gone = (name for one in self.removed for name in (one.node.uid, *(item.uid for item in one.node.items)))
        taken = {*(node.uid for node in self.nodes), *gone}
        return next(name for n in range(1, len(taken) + 2) if (name := f"p{n}") not in taken)

    # --- Changing
    def move(self, uid: str, by: int) -> None:
        """One place up or down; past the end of its part, an item goes on into the next."""
        row, place = self.row_of(uid)
        if 0 <= place + by < len(row):
            row.insert(place + by, row.pop(place))
            return
        part = self.part_of(uid)
        beside = self.parts.index(part) + by if part else -1
        if 0 <= beside < len(self.parts):
            there = self.parts[beside].items
            there.insert(0 if by > 0 else len(there), row.pop(place))

    def remove(self, uid: str) -> None:
        """Take it out, to be put back as long as the page is open."""
        part = self.part_of(uid)
        row, place = self.row_of(uid)
        self.removed.append(Removed(row.pop(place), part.uid if part else "", place))
        if self.node(self.opened) is None:
            self.opened = part.uid if part else HEAD

    def put_back(self, uid: str) -> None:
        """Put back what was taken out, where it stood."""
        one = next((one for one in self.removed if one.node.uid == uid), None)
        if one is None:
            raise BadRequest("There is nothing to put back.")
        self.removed.remove(one)
        part = self.node(one.part) if one.part else None
        if one.part and part is None:
            part = self.parts[-1] if self.parts else None
        (part.items if part else self.parts).insert(one.place, one.node)
        self.opened = one.node.uid


def _node(data: Mapping[str, Any]) -> Node:
    return Node(str(data["uid"]), _raw(data["raw"]), [_node(item) for item in data["items"]])


def _raw(data: Mapping[str, Any]) -> Raw:
    return {str(name): _value(value) for name, value in data.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if isinstance(value, bool) else str(value)


# --- Between raw words and forms
def typed(form: forms.Form) -> Raw:
    """What stands in the fields of a form that was sent."""
    found: Raw = {}
    for name, one in form.fields.items():
        value = one.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        if value is not None:
            found[name] = _value(value)
    return found


def as_sent(raw: Raw, prefix: str) -> MultiValueDict[str, str]:
    """The same as a browser sends it, so that a form can check it."""
    values = {
        f"{prefix}-{name}": value if isinstance(value, list) else ["on" if value is True else value]
        for name, value in raw.items()
        if value is not False
    }
    return MultiValueDict(values)


def filled(kind: type[forms.Form], raw: Raw, prefix: str, **options: Any) -> forms.Form:
    """The form with these words in it, not checked."""
    return kind(initial=raw, prefix=prefix, **options)


def checked(kind: type[forms.Form], raw: Raw, prefix: str, **options: Any) -> forms.Form:
    """The form with these words in it, to be checked."""
    return kind(as_sent(raw, prefix), prefix=prefix, **options)


def unlike(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, with a number behind it where somebody has it."""
    others = set(taken)
    return next(key for n in range(1, len(others) + 2) if (key := wanted if n == 1 else f"{wanted}_{n}") not in others)


def first_errors(form: forms.Form) -> Sequence[tuple[str, str]]:
    """What is wrong with the fields of a form: the field's label and the first thing that is said of it."""
    return [
        (str(form[name].label) if name in form.fields else "", str(errors[0])) for name, errors in form.errors.items()
    ]
