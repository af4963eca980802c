"""The rows of a roster as a page and a file show them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards.roster import COLUMNS
from insignia.edges.web.words import translated

# What a row's state means before and after awarding: a word and the tone of its shape.
_BEFORE = {
    "waiting": (_("Ready"), "good"),
    "duplicate": (_("Left out"), "wait"),
    "rejected": (_("Needs correcting"), "bad"),
}
_AFTER = {
    "waiting": (_("Waiting"), ""),
    "granted": (_("Awarded"), "good"),
    "duplicate": (_("Left out"), "wait"),
    "rejected": (_("Refused"), "bad"),
    "cancelled": (_("Cancelled"), "bad"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words. `tone` is that of its state; `background` colours only what needs somebody."""

    number: int
    name: str
    email: str
    day: date | None
    work: str
    work_url: str
    variant: str
    state: str
    tone: str
    problems: tuple[str, ...]

    @property
    def background(self) -> str:
        """Bad and waiting rows stand out; the others do not."""
        return self.tone if self.problems else ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the domain as a row or a list keeps it."""

    message: str
    params: dict[str, Any]


def problems(row: Any) -> tuple[str, ...]:
    """Every reason why the row is not awarded, in words."""
    if not row.message:
        return ()
    also = [Said(p["message"], p["params"]) for p in row.line.get("also", ())]
    return tuple(translated(p) for p in (Said(row.message, row.params), *also))


def notes(batch: Any) -> tuple[str, ...]:
    """What the reader of the file noticed that does not stand in the way, in words."""
    return tuple(translated(Said(note["message"], note["params"])) for note in batch.notes)


def shown(rows: Iterable[Any], *, is_over: bool) -> list[ShownRow]:
    """The rows of one page."""
    return [_shown(row, _AFTER if is_over else _BEFORE) for row in rows]


def _shown(row: Any, words: Mapping[str, tuple[Any, str]]) -> ShownRow:
    line = row.line
    said, tone = words.get(row.state, _AFTER["waiting"])
    return ShownRow(
        number=row.number,
        name=line.get("name", ""),
        email=line.get("email_given") or line.get("email", ""),
        day=_day(line.get("awarded_on", "")),
        work=line.get("evidence_name", ""),
        work_url=_link(line.get("evidence_url", "")),
        variant=line.get("variant", ""),
        state=str(said),
        tone=tone,
        problems=problems(row),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _link(url: str) -> str:
    # What was refused stands here as it was typed: nothing but a web address may become a link.
    return url if url.startswith(("https://", "http://")) else ""


def problem_file(rows: Iterable[Any]) -> Iterator[Sequence[str]]:
    """The rows that were not awarded under our own headings, with number and reasons: to correct and send again."""
    yield [*COLUMNS, gettext("Row in the file"), gettext("To correct")]
    for row in rows:
        line = {**row.line, "email": row.line.get("email_given") or row.line.get("email", "")}
        yield [*(str(line.get(column, "")) for column in COLUMNS), str(row.number), " ".join(problems(row))]
