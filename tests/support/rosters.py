"""Rosters of invented learners, with known mistakes, for tests, journeys and trials."""

import csv
import io
import random
from dataclasses import dataclass

HEADERS = ("email", "name", "awarded_on", "evidence_url", "evidence_name", "external_id")

_FIRST = (
    *("Ana", "Siân", "Chloë", "Søren", "Zoë", "Łukasz", "Đặng", "Jürgen", "Niamh", "Özge", "Renée", "Ilse", "Noor"),
    *(
        "مريم",
        "يوسف",
        "נועה",
        "דוד",
        "Ἑλένη",
        "Олена",
        "小春",
        "수아",
        "आरव",
        "T'Challa",
        "D'Arcy",
        "Mary Jane",
        "Ngũgĩ",
    ),
)
_LAST = (
    *(
        "Núñez",
        "O'Neill",
        "D’Angelo",
        "Þórsdóttir",
        "Müller-Lüdenscheidt",
        "Škvorecký",
        "van 't Hoff",
        "Nguyễn",
        "Smith",
    ),
    *("الحسن", "כהן", "Παπαδοπούλου", "Шевченко", "田中", "김", "शर्मा", "N'Diaye", "Ødegård", "de la Cruz", "Şahin"),
)
_BAD = (
    # what is changed in the row, our column, the code that must come of it
    ({"email": "{local}@mail,example"}, "email", "email_comma"),
    ({"awarded_on": "2026-13-45"}, "awarded_on", "date_impossible"),
    ({"name": ""}, "name", "name_missing"),
    ({"email": "{local}.mail.example"}, "email", "email_without_at"),
    ({"name": "=HYPERLINK(\"https://evil.example\",\"{local}\")"}, "name", "formula"),
    ({"evidence_url": "javascript:alert(1)"}, "evidence_url", "link_scheme"),
)  # fmt: skip


@dataclass(frozen=True)
class MadeRoster:
    """A file and what must come of it: (row, column, code) of each bad row, (row, first row) of each duplicate."""

    data: bytes
    errors: tuple[tuple[int, str, str], ...]
    duplicates: tuple[tuple[int, int], ...]
    good: tuple[tuple[str, str], ...]
    """Normalised address and name of everybody who can be awarded, in the order of the file."""


def roster_of(n: int, *, bad: int = 3, duplicates: int = 5, seed: int = 1, awarded_on: str = "2026-06-12") -> bytes:
    """A CSV (UTF-8) of `n` rows, of which `bad` are wrong and `duplicates` repeat an earlier good one.

    Names have accents, apostrophes and right-to-left scripts; every address is under `.example`. The same arguments
    give the same bytes; `expected_of` tells what must come of them.
    """
    return expected_of(n, bad=bad, duplicates=duplicates, seed=seed, awarded_on=awarded_on).data


def expected_of(
    n: int, *, bad: int = 3, duplicates: int = 5, seed: int = 1, awarded_on: str = "2026-06-12"
) -> MadeRoster:
    """The same roster with its expected errors, duplicates and good people."""
    good_count = n - bad - duplicates
    if good_count < (1 if duplicates else 0):
        raise ValueError(f"{n} rows are too few for {bad} bad ones and {duplicates} duplicates")
    chance = random.Random(seed)
    kinds = ["good"] * (good_count - 1) + ["bad"] * bad + ["duplicate"] * duplicates
    chance.shuffle(kinds)
    kinds.insert(0, "good")  # a duplicate needs someone before it
    kinds = kinds[:n]
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, HEADERS)
    writer.writeheader()
    good: list[dict[str, str]] = []
    good_rows: list[int] = []
    errors: list[tuple[int, str, str]] = []
    repeated: list[tuple[int, int]] = []
    for row, kind in enumerate(kinds, start=2):
        person = _person(row, chance, awarded_on)
        if kind == "bad":
            changes, column, code = _BAD[len(errors) % len(_BAD)]
            local = person["email"].partition("@")[0]
            person.update({key: value.format(local=local) for key, value in changes.items()})
            errors.append((row, column, code))
        elif kind == "duplicate":
            first = chance.randrange(len(good))
            person["name"], person["email"] = good[first]["name"], f" {good[first]['email'].title()}"
            repeated.append((row, good_rows[first]))
        else:
            good.append(person)
            good_rows.append(row)
        writer.writerow(person)
    return MadeRoster(
        written.getvalue().encode("utf-8"),
        tuple(errors),
        tuple(repeated),
        tuple((person["email"], person["name"]) for person in good),
    )


def _person(row: int, chance: random.Random, awarded_on: str) -> dict[str, str]:
    return {
        "email": f"learner{row:05}@mail{chance.randrange(9)}.example",
        "name": f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
        "awarded_on": awarded_on,
        "evidence_url": f"https://work.example/maps/{row}",
        "evidence_name": f"Map “{row}”, final",
        "external_id": f"{row:09}",
    }
