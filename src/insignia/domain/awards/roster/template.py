"""Files for people: an empty roster to fill in, and the rows that need correcting with the reason beside them."""

from collections.abc import Iterator

from insignia.core.words import N_

from .columns import COLUMNS, REQUIRED
from .reading import HELP_MARK
from .spreadsheets import csv_bytes, xlsx_bytes
from .values import Parsed, Translate, untranslated

HELP = {
    "email": N_("The mail address to which the badge goes. One person a row."),
    "name": N_("The full name as it will stand on the badge."),
    "awarded_on": N_(
        "The day on which the person earned it, as year-month-day: 2026-11-25. Empty: the day chosen on the page."
    ),
    "narrative": N_("What this person did, shown on the badge to whoever sees it. Up to 2,000 characters."),
    "evidence_url": N_("A link to the work, beginning with https://."),
    "evidence_name": N_("What the linked work is called."),
    "variant": N_("The variant of the badge, such as “with distinction”, where it has variants."),
    "external_id": N_("The person's number in your student system. Kept here, not put on the badge."),
    "attested_where": N_("Where the assessed work is kept, when it was assessed outside this system."),
    "attested_on": N_("The day of that assessment, as year-month-day."),
    "attested_by": N_("Who assessed it."),
    "share_consent_on": N_("The day on which the person agreed that the evidence may be shown, as year-month-day."),
}
_EXAMPLES = {
    "email": "ana.nunez@learner.example",
    "name": "Ana Núñez",
    "awarded_on": "2026-11-25",
    "narrative": "Mapped the 2024 fire line from satellite images.",
    "evidence_url": "https://work.example/maps/17",
    "evidence_name": "Map of the fire line",
    "variant": "",
    "external_id": "000482913",
    "attested_where": "Portfolio system, course GEO 310",
    "attested_on": "2026-11-20",
    "attested_by": "Odile Banner",
    "share_consent_on": "2026-11-20",
}
_REQUIRED = N_("required")
_OPTIONAL = N_("may stay empty")


def template_csv(translate: Translate = untranslated) -> bytes:
    """The headings, and below them a help row that `read` leaves out."""
    helps = [translate(HELP[column]) for column in COLUMNS]
    helps[0] = f"{HELP_MARK} {helps[0]}"
    return csv_bytes([COLUMNS, helps])


def template_xlsx(translate: Translate = untranslated) -> bytes:
    """A sheet with the headings to fill in and a second one that explains each of them with an example."""
    about = [[translate(N_("Column")), "", translate(N_("Meaning")), translate(N_("Example"))]]
    for column in COLUMNS:
        need = translate(_REQUIRED if column in REQUIRED else _OPTIONAL)
        about.append([column, need, translate(HELP[column]), _EXAMPLES[column]])
    return xlsx_bytes([(translate(N_("Roster")), [COLUMNS]), (translate(N_("Help")), about)])


def errors_csv(parsed: Parsed, translate: Translate = untranslated) -> bytes:
    """The rows with a problem as they stood in the file, with row number and reasons, to correct and send again."""
    return csv_bytes(_problem_rows(parsed, translate))


def _problem_rows(parsed: Parsed, translate: Translate) -> Iterator[list[str]]:
    width = max([len(parsed.headers), *(len(row.cells) for row in parsed.problem_rows)])
    problems = parsed.problems()
    yield [*_padded(list(parsed.headers), width), translate(N_("Row in the file")), translate(N_("To correct"))]
    for row in parsed.problem_rows:
        reasons = "; ".join(problem.worded(translate) for problem in problems[row.number])
        yield [*_padded([str(cell) for cell in row.cells], width), str(row.number), reasons]


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
