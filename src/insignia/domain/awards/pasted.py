"""Several people pasted into a text area: one a line, as mail programs, chats and spreadsheets give them."""

import itertools
import re
from collections.abc import Collection, Mapping
from datetime import date

from insignia.core.addresses import normalised
from insignia.core.errors import Rejected
from insignia.core.words import N_

from . import roster

MOST_CHARACTERS = 200_000
MOST_PEOPLE = 1_000

_PARTS = re.compile(r"[\t,;]")
_SEPARATORS = re.compile(r"[\s,;]+")
# A comma or semicolon after an address in angle brackets, or a semicolon that comes before another one. (Nothing in
# these expressions can match in two ways: long text must not keep them busy.)
_NEXT_PERSON = re.compile(r"(?<=>) ?[;,]|;(?=[^;<]*<)")
_LONGEST_ADDRESS = 320
_MAPPING = roster.Mapping({"email": ("email",), "name": ("name",)})


def parse(
    text: str,
    *,
    today: date,
    awarded_on: date,
    known_names: Mapping[str, str] | None = None,
    variants: Collection[str] = (),
) -> roster.Parsed:
    """The people in `text` as award lines, errors and duplicates, the row being the line of the text area
    (where a line names several, people are counted instead).

    Understood are `Ana Núñez <ana@x.example>`, `ana@x.example, Ana Núñez` in either order, with tab, comma or
    semicolon, and several `Name <address>` or bare addresses in one line as copied from a mail. `known_names` (by
    normalised address) names whoever is given by address alone. Raises `Rejected` when there is nothing or too much.
    """
    if len(text) > MOST_CHARACTERS:
        raise Rejected(
            N_("That is more text than fits here (%(limit)s characters). Send a file instead."),
            code="pasted_too_long",
            params={"limit": MOST_CHARACTERS},
        )
    found = (
        roster.Row(number, _email_and_name(person, known_names or {}))
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1)
        for person in _people(line)
    )
    rows = tuple(itertools.islice(found, MOST_PEOPLE + 1))
    if len({row.number for row in rows}) < len(rows):
        rows = tuple(roster.Row(number, row.cells) for number, row in enumerate(rows, start=1))
    if not rows:
        raise Rejected(N_("Paste at least one person, such as: Ana Núñez <ana@mail.example>"), code="pasted_nothing")
    if len(rows) > MOST_PEOPLE:
        raise Rejected(
            N_("These are more than %(limit)s people. Send a file instead."),
            code="pasted_too_many",
            params={"limit": MOST_PEOPLE},
        )
    sheet = roster.Sheet(("email", "name"), rows)
    return roster.parse(sheet, _MAPPING, today=today, default_awarded_on=awarded_on, known_variants=variants)


def _people(line: str) -> list[str]:
    """The parts of a line that stand for one person each."""
    words = [word for word in _SEPARATORS.split(line) if word]
    if len(words) > 1 and all(word.count("@") == 1 and "<" not in word for word in words):
        return words  # addresses only
    return [person for part in _NEXT_PERSON.split(line) if (person := part.strip(" \t,;\u00a0\ufeff"))]


def _email_and_name(person: str, known_names: Mapping[str, str]) -> tuple[str, str]:
    """Address and name as given; what cannot be told apart goes into the address, whose check then says why."""
    email, name = person, ""
    if person.endswith(">") and person.count("<") == person.count(">") == 1:
        before, _bracket, inside = person[:-1].partition("<")
        email, name = inside.strip().removeprefix("mailto:"), _unquoted(before)
    elif "<" not in person:
        parts = [part.strip() for part in _PARTS.split(person) if part.strip()]
        if sum("@" in part for part in parts) == 1:
            email = next(part for part in parts if "@" in part)
            name = _unquoted(" ".join(part for part in parts if part is not email))
    if not name and len(email) <= _LONGEST_ADDRESS:
        name = known_names.get(normalised(email), "")
    return email, name


def _unquoted(name: str) -> str:
    """A name out of its quotation marks, and “Núñez, Ana”, as mail programs of offices write it, turned around."""
    plain = name.strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
        plain = plain[1:-1].strip()
    last, comma, first = plain.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else plain
