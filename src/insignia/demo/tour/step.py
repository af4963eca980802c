"""What a walk is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from insignia.demo.part import Part


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do and what one will see. With a `part`, one is that person at `path`; else it is for anybody.

    `done` says whether the database shows that somebody took it; None where nobody could know.
    """

    title: Any
    text: Any
    see: Any
    part: Part | None
    path: str
    link: Any = ""
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """A number of steps that belong together. `university` is the short name of the one where they are taken."""

    slug: str
    university: str
    tab: Any
    title: Any
    lead: Any
    steps: Callable[[], Sequence[Step]]
    after: Any = ""
