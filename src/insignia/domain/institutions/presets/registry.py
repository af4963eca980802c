"""The sections that a preset may have. Each app registers its own: how one is read, written, and what is wrong with it.

    @section("workflows", title=N_("Routes of proposals"), write=routes, check=faults)
    def read_routes(by: Actor, institution: Institution, routes: list[Mapping[str, Any]]) -> None: ...

Sections are taken in by the floors on which their apps stand, the lowest first, whatever their order in the file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.domain.access.actor import Actor

from ..models import Institution
from .differences import Shape, joined

Read = Callable[[Actor, Institution, Any], None]
Write = Callable[[Institution], Any]
Check = Callable[[Any, Mapping[str, Any]], Iterable[InsigniaError]]
Tidy = Callable[[Any], Any]
Join = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a preset, and the app that knows it.

    `read(by, institution, value)` writes rows. It gets only tables of which the file speaks, each complete: what the
    file leaves unsaid is filled in from the rows. It adds and changes, and takes nothing away.
    `write(institution)` gives the rows as `read` takes them, in words, numbers, truth values, lists and tables.
    `check(value, whole)` gives every fault of what `read` would get; `whole` is the preset of the institution as it
    would be afterwards, with all sections, so that what is named by another section can be looked for there.
    `tidy(value)` writes the file's section as `write` would, where the same can be said in two ways; it must not raise.
    `join(before, given)` gives the section afterwards, where that is not what `differences.joined` says; `whole_tables` is
    for tables that are one thing each, as forms and routes are.
    `labels` name the words of its tables to people: `{"policy.evidence": N_("Evidence")}`.
    """

    name: str
    title: str
    shape: Shape
    read: Read
    write: Write
    check: Check
    tidy: Tidy
    join: Join
    labels: Mapping[str, str] = field(default_factory=dict)


_sections: dict[str, Section] = {}


def section(
    name: str,
    *,
    title: str,
    write: Write,
    shape: Shape = Shape.TABLES,
    check: Check = lambda _value, _whole: (),
    tidy: Tidy = lambda value: value,
    join: Join | None = None,
    labels: Mapping[str, str] | None = None,
) -> Callable[[Read], Read]:
    """Register the decorated function as the reader of the preset section `name`; see `Section` for the rest."""

    def register(read: Read) -> Read:
        joining = join or (lambda before, given: joined(shape, before, given))
        _sections[name] = Section(name, title, shape, read, write, check, tidy, joining, labels or {})
        return read

    return register


def sections() -> tuple[Section, ...]:
    """Every section that this release knows, the lowest floor first."""
    return tuple(_sections.values())
