"""The rows of a request for issuance as pages and files show them: what was typed, what is wrong, what is to be looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards import roster
from insignia.edges.web.words import translated

from .rows import Said

# Which field a refusal of the domain is about, where the row itself does not say it.
_PLACES = {
    "already_expired": "awarded_on",
    "assessment_missing": "attested_by",
    "attestation_incomplete": "attested_where",
    "attested_after_award": "attested_on",
    "awarded_in_future": "awarded_on",
    "awarded_too_early": "awarded_on",
    "duplicate": "email",
    "evidence_missing": "evidence_url",
    "self_award": "email",
    "self_request": "email",
    "share_consent_after_award": "share_consent_on",
    "share_consent_missing": "share_consent_on",
    "shared_evidence_missing": "evidence_url",
}
_TONES = {"open": "", "waiting": "going", "returned": "wait", "approved": "going", "issued": "good", "withdrawn": ""}
_WITH_THE_UNIT = ("open", "returned")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words. `flags` are what the Registrar is to look at, `problems` what stands in the way of it going on."""

    row: Any
    email: str
    day: date | str
    work_url: str
    state: str
    tone: str
    problems: tuple[str, ...]
    flags: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def background(self) -> str:
        """What needs somebody stands out."""
        return "wait" if self.problems or self.flags or self.row.state == "returned" else ""

    @property
    def is_with_the_unit(self) -> bool:
        return self.row.state in _WITH_THE_UNIT

    @property
    def may_be_decided(self) -> bool:
        return self.row.state == "waiting" and not self.is_own


def typed(line: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a row, by the columns of a roster."""
    given = {column: str(line.get(column, "")) for column in roster.COLUMNS}
    return given | {"email": str(line.get("email_given") or line.get("email", ""))}


def problems_by_column(row: Any) -> list[tuple[str, str]]:
    """Everything that is wrong with a row, in words, each with the column that it is about."""
    if not row.message or row.state not in (*_WITH_THE_UNIT, "waiting"):
        return []
    first = {"code": row.code, "message": row.message, "params": row.params, "column": row.line.get("column", "")}
    return [
        (p.get("column") or _PLACES.get(p["code"], ""), translated(Said(p["message"], p["params"])))
        for p in (first, *row.line.get("also", ()))
    ]


def shown(rows: Iterable[Any]) -> list[ShownRow]:
    """The rows of one page, for the unit."""
    return [_shown(row) for row in rows]


def to_verify(rows: Iterable[Any], *, own: frozenset[str]) -> list[ShownRow]:
    """The rows of one page, for the Registrar; `own` are the addresses of whoever looks."""
    return [_shown(row, flags=tuple(_flags(row)), is_own=row.email in own) for row in rows]


def _shown(row: Any, *, flags: tuple[str, ...] = (), is_own: bool = False) -> ShownRow:
    problems = tuple(words for _column, words in problems_by_column(row))
    is_wrong = bool(problems) and row.state == "open"
    line, forgotten = typed(row.line), row.code == "forgotten"
    return ShownRow(
        row=row,
        email="" if forgotten else line["email"],
        day=_day(line["awarded_on"]),
        work_url=_link(line["evidence_url"]),
        state=str(_("Needs correcting")) if is_wrong else _state(row),
        tone="bad" if is_wrong else _TONES[row.state],
        problems=problems,
        flags=flags if row.state == "waiting" else (),
        is_own=is_own,
    )


def _state(row: Any) -> str:
    return str(_("Ready to send")) if row.state == "open" else str(row.get_state_display())


def _flags(row: Any) -> Iterator[str]:
    if row.has_it:
        yield gettext("Has this badge already.")
    if row.asked_twice:
        same = row.asked_twice == row.request.public_id
        yield (
            gettext("Stands in this request twice.") if same else gettext("Asked for in another open request as well.")
        )
    if row.known_as:
        yield gettext("Known here as “%(name)s”, which the badge will say.") % {"name": row.known_as}
    if row.number_of:
        yield gettext("This number is that of %(name)s, at another address.") % {"name": row.number_of}


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _link(url: str) -> str:
    # What was refused stands here as it was typed: nothing but a web address may become a link.
    return url if url.startswith(("https://", "http://")) else ""


def problem_file(rows: Iterable[Any]) -> Iterator[Sequence[str]]:
    """The rows that need correcting, under the headings of the template, with number and reasons."""
    yield [*roster.COLUMNS, gettext("Row in the file"), gettext("To correct")]
    for row in rows:
        words = [w for _column, w in problems_by_column(row)] + ([row.reason] if row.reason else [])
        line = typed(row.line)
        yield [*(line[column] for column in roster.COLUMNS), str(row.number), " ".join(words)]


# The headings of the form that a unit fills in; those of the assessment where the level asks for one.
HEADINGS = ("first_name", "last_name", "email", "student_id", "completed_on", "evidence_url")
ASSESSED_HEADINGS = ("assessed_by", "assessed_where", "assessed_on")
_MEANINGS = {
    "first_name": (_("First name, as it will stand on the badge."), True),
    "last_name": (_("Last name. A single column “name” does as well."), True),
    "email": (_("The mail address to which the badge goes. One learner a row."), True),
    "student_id": (_("The learner’s number in your student system, if there is one."), False),
    "completed_on": (_("The day on which the requirements were completed, as year-month-day: 2026-11-25."), True),
    "evidence_url": (_("A link to the work, beginning with https://."), False),
    "assessed_by": (_("Who assessed the work. Left empty, what the page says holds."), False),
    "assessed_where": (_("Where the assessed work is kept."), False),
    "assessed_on": (_("The day of the assessment, as year-month-day."), False),
    "consent_on": (_("The day on which the learner agreed that the work is shown, as year-month-day."), True),
}


def headings(achievement: Any) -> list[tuple[str, Any, bool]]:
    """The headings of a file for this badge: each with its meaning, and whether it is needed."""
    policy = achievement.level.policy
    names = [*HEADINGS, *(ASSESSED_HEADINGS if policy.assessed or policy.off_system_attestation else ())]
    names += ["consent_on"] if policy.evidence.value == "shared" else []
    return [(name, *_MEANINGS[name]) for name in names]
