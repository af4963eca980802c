"""The columns of a file of achievements, and which of its headings means which of them."""

import unicodedata
from collections.abc import Sequence

from insignia.core.errors import Rejected
from insignia.core.words import N_

COLUMNS = (
    "name",
    "level",
    "unit_code",
    "description",
    "criteria",
    "outcomes",
    "skills",
    "demand",
    "links",
    "audience",
    "tags",
    "approved_on",
    "approved_by",
    "image_title",
    "symbol",
    "valid_months",
    "credit",
)
REQUIRED = ("name", "level", "unit_code", "description", "criteria", "outcomes", "links", "approved_on", "approved_by")
MOST_ROWS = 200
_SYNONYMS = {
    "name": ("name", "title", "badge", "badgename"),
    "level": ("level", "type", "kind"),
    "unit_code": ("unitcode", "unit", "department", "owner"),
    "description": ("description", "summary"),
    "criteria": ("criteria", "criterion", "requirements"),
    "outcomes": ("outcomes", "outcome", "learningoutcomes", "objectives", "learningobjectives"),
    "skills": ("skills", "skill", "skillcodes", "competencies"),
    "demand": ("demand", "marketdemand", "workforcedemand"),
    "links": ("links", "link", "artifacts", "artefacts", "resources"),
    "audience": ("audience", "audiences"),
    "tags": ("tags", "tag", "keywords"),
    "approved_on": ("approvedon", "approvaldate", "dateapproved", "approved"),
    "approved_by": ("approvedby", "approvalbody", "committee"),
    "image_title": ("imagetitle", "shorttitle"),
    "symbol": ("symbol", "icon"),
    "valid_months": ("validmonths", "validity", "validformonths", "expiresaftermonths"),
    "credit": ("credit", "forcredit", "creditbearing"),
}


def folded(text: str) -> str:
    """`text` without case, accents, spaces and punctuation: the form in which words are compared."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


def columns_of(headers: Sequence[str]) -> dict[int, str]:
    """Which place holds which of our columns; raises `Rejected` where a column that every row needs is nowhere."""
    free = list(COLUMNS)
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        column = next((c for c in free if folded(header) in _SYNONYMS[c]), None)
        if column is not None:
            free.remove(column)
            found[place] = column
    if lacking := [column for column in REQUIRED if column in free]:
        raise Rejected(
            N_("The file has no column “%(column)s”. Take our template, or name your columns as it does."),
            code="column_missing",
            params={"column": ", ".join(lacking)},
        )
    return found


def unknown_headings(headers: Sequence[str]) -> tuple[str, ...]:
    """The headings that mean nothing to us: what stands below them is left out."""
    known = columns_of(headers)
    return tuple(header for place, header in enumerate(headers) if place not in known)
