"""Roster lines as batch rows keep them, and as the claims that they make."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from .roster import AwardLine, Mapping, Parsed
from .rules import AssessedElsewhere, Claim, EvidenceItem

# More than any value may have: enough to see what is wrong with it.
_MOST_TYPED = 4_000
_DATES = ("awarded_on", "attested_on", "share_consent_on")


def to_json(line: AwardLine) -> dict[str, Any]:
    """The line as JSON, without what is empty."""
    values = asdict(line)
    for name in _DATES:
        values[name] = values[name].isoformat() if values[name] else ""
    return {key: value for key, value in values.items() if value != ""}


def from_json(data: dict[str, Any]) -> AwardLine:
    """The line that `to_json` wrote."""
    values = {f.name: data[f.name] for f in fields(AwardLine) if f.name in data}
    for name in _DATES:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    return AwardLine(**values)


def claim(line: AwardLine) -> Claim:
    """What the line claims of its learner."""
    evidence: tuple[EvidenceItem, ...] = ()
    if line.evidence_url or line.evidence_name:
        evidence = (EvidenceItem(name=line.evidence_name, url=line.evidence_url),)
    attestation = None
    if line.attested_where or line.attested_on or line.attested_by:
        attestation = AssessedElsewhere(line.attested_where, line.attested_on, line.attested_by)
    return Claim(
        awarded_on=line.awarded_on,
        narrative=line.narrative,
        variant=line.variant or "standard",
        evidence=evidence,
        attestation=attestation,
        share_consent_on=line.share_consent_on,
    )


def as_typed(parsed: Parsed, mapping: Mapping) -> dict[int, dict[str, str]]:
    """What stood in rows that have a problem, by row number and our column: to be shown, corrected and sent again."""
    places = mapping.positions(parsed.headers)
    return {
        row.number: {
            column: text
            for column, at in places.items()
            if (text := " ".join(str(row.cells[i]) for i in at if i < len(row.cells)).strip()[:_MOST_TYPED])
        }
        for row in parsed.problem_rows
    }
