"""The columns a roster may have, and which of a file's headings means which of them."""

import unicodedata
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_

COLUMNS = (
    "email",
    "name",
    "awarded_on",
    "narrative",
    "evidence_url",
    "evidence_name",
    "variant",
    "external_id",
    "attested_where",
    "attested_on",
    "attested_by",
    "share_consent_on",
)
REQUIRED = ("email", "name")
DATES = ("awarded_on", "attested_on", "share_consent_on")

# How other systems and people head these columns, most telling first, as `folded` writes them. Headings such as "notes"
# are not here on purpose: what a teacher notes for herself must not slip into a signed credential.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    column: tuple(words.split())
    for column, words in {
        "email": """
            email emailaddress mail mailaddress recipientemail earneremail learneremail studentemail participantemail
            primaryemail schoolemail universityemail collegeemail institutionalemail contactemail useremail
            recipientidentifier""",
        "name": """
            name fullname recipientname earnername learnername studentname participantname displayname studentfullname
            learnerfullname recipient earner learner student participant""",
        "awarded_on": """
            awardedon awardedat awarddate dateawarded dateofaward completedon completiondate datecompleted
            dateofcompletion completeddate completed issuedon issuedat issuedate dateissued dateofissue earnedon
            dateearned achievedon finishedon datefinished date""",
        "narrative": "narrative awardnarrative recipientnarrative statement citation",
        "evidence_url": """
            evidenceurl evidencelink evidenceaddress linktoevidence urlofevidence evidence artifacturl artifactlink
            artefacturl portfoliourl portfoliolink projecturl projectlink worklink url link""",
        "evidence_name": """
            evidencename evidencetitle nameofevidence titleofevidence artifactname artifacttitle artefactname""",
        "variant": "variant badgevariant distinction withdistinction",
        "external_id": """
            externalid studentid studentnumber studentno learnerid learnernumber sisid sisuserid personid universityid
            collegeid schoolid idnumber matriculationnumber enrolmentnumber enrollmentnumber userid sourcedid id""",
        "attested_where": "attestedwhere attestationplace placeofattestation assessedwhere whereassessed",
        "attested_on": """
            attestedon attestationdate dateattested dateofattestation assessedon assessmentdate dateassessed""",
        "attested_by": "attestedby attestor attester nameofattestor assessedby assessor assessorname nameofassessor",
        "share_consent_on": "shareconsenton consenttoshareon shareconsentdate consenton consentdate dateofconsent",
    }.items()
}
_FIRST_NAMES = ("firstname", "givenname", "forename", "firstnames", "givennames", "preferredfirstname", "first")
_LAST_NAMES = ("lastname", "surname", "familyname", "lastnames", "familynames", "last")


class DateOrder(StrEnum):
    """How dates such as 03/04/2026 are meant in a file. `UNSAID` leaves it to the file to make it certain."""

    UNSAID = "unsaid"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def folded(heading: str) -> str:
    """`heading` without case, accents, spaces and punctuation: the form in which headings are compared."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(c for c in decomposed if c.isalnum())


@dataclass(frozen=True)
class Mapping:
    """Which headings fill which of our columns; several headings are joined with a space (first and last name).

    Can be saved (`to_json`) and used again for the next file of the same system, whatever the order of its columns.
    """

    columns: AnyMapping[str, tuple[str, ...]]
    date_order: DateOrder = field(default=DateOrder.UNSAID)

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.columns) - set(COLUMNS)):
            raise Rejected(
                N_("There is no roster column called “%(column)s”."),
                code="mapping_unknown_column",
                params={"column": unknown[0]},
            )
        filled = {column: tuple(self.columns[column]) for column in COLUMNS if self.columns.get(column)}
        object.__setattr__(self, "columns", MappingProxyType(filled))

    @property
    def missing_required(self) -> tuple[str, ...]:
        """Our columns that every roster needs and that this mapping does not fill."""
        return tuple(column for column in REQUIRED if column not in self.columns)

    def positions(self, headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Where each of our columns stands among these headers; a column whose heading is not found is left out."""
        found: dict[str, tuple[int, ...]] = {}
        for column, headings in self.columns.items():
            places = [place for heading in headings if (place := _position(heading, headers)) is not None]
            if len(places) == len(headings):
                found[column] = tuple(places)
        return found

    def not_in(self, headers: Sequence[str]) -> tuple[str, ...]:
        """The headings this mapping wants that a file with these headers does not have."""
        wanted = (heading for headings in self.columns.values() for heading in headings)
        return tuple(heading for heading in wanted if _position(heading, headers) is None)

    def to_json(self) -> dict[str, Any]:
        """A value for a JSON field."""
        return {
            "version": 1,
            "columns": {column: list(headings) for column, headings in self.columns.items()},
            "date_order": self.date_order.value,
        }

    @classmethod
    def from_json(cls, saved: object) -> "Mapping":
        """The mapping that `to_json` wrote; raises `Rejected` for anything else, as it may come from a form."""
        unreadable = Rejected(N_("The saved column mapping cannot be read."), code="mapping_unreadable")
        if not isinstance(saved, dict) or saved.get("version") != 1 or not isinstance(saved.get("columns"), dict):
            raise unreadable
        columns: dict[Any, Any] = saved["columns"]
        if not all(isinstance(found, list) and all(isinstance(h, str) for h in found) for found in columns.values()):
            raise unreadable
        if saved.get("date_order", "unsaid") not in list(DateOrder):
            raise unreadable
        return cls(
            {str(column): tuple(found) for column, found in columns.items()},
            DateOrder(saved.get("date_order", "unsaid")),
        )


def _position(heading: str, headers: Sequence[str]) -> int | None:
    if heading in headers:
        return headers.index(heading)
    alike = [position for position, header in enumerate(headers) if folded(header) == folded(heading)]
    return alike[0] if folded(heading) and alike else None


def guess(headers: Sequence[str]) -> Mapping:
    """The mapping that these headings suggest; a person may change it. A heading is used for one column only."""
    free = {
        folded(header): header for header in reversed(headers) if folded(header)
    }  # reversed: the first of two alike wins
    columns: dict[str, tuple[str, ...]] = {}
    for column in COLUMNS:
        found = next((free.pop(synonym) for synonym in _SYNONYMS[column] if synonym in free), None)
        if found is not None:
            columns[column] = (found,)
    first = next((free[synonym] for synonym in _FIRST_NAMES if synonym in free), None)
    last = next((free[synonym] for synonym in _LAST_NAMES if synonym in free), None)
    whole_name = folded(columns["name"][0]) if "name" in columns else ""
    # "Student" or "Recipient" beside first and last name holds a number or an address as often as a name.
    if first and last and whole_name in ("", "name", "recipient", "earner", "learner", "student", "participant"):
        columns["name"] = (first, last)
    return Mapping(columns)
