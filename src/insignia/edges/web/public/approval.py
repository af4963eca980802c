"""Who approved a version of a badge, and the institution's signed word for it: bodies and roles, never people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from insignia.domain.catalog.composition import achievement_id
from insignia.domain.credentials import endorsing
from insignia.domain.institutions import queries as institutions


@dataclass(frozen=True, slots=True)
class Line:
    """A body that approved, its role where that says more than its name, and the day; None where nobody knows it."""

    body: str
    role: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a version's approval; false where nothing is."""

    lines: tuple[Line, ...]
    endorsement: Any | None

    def __bool__(self) -> bool:
        return bool(self.lines or self.endorsement)


def approval_of(version: Any, variant: str) -> Standing:
    """Who approved `version`, here or elsewhere, and the endorsement of it in `variant`."""
    return Standing(tuple(_lines(version)), endorsing.about(achievement_id(version, variant)))


def _lines(version: Any) -> Iterator[Line]:
    decided = version.approvals
    names = {role.key: role.name for role in institutions.roles()} if decided else {}
    if version.approved_by and version.approved_by not in {one.body for one in decided}:
        yield Line(version.approved_by, "", version.approved_on)
    for one in decided:
        # “Micro-Credential Committee (Committee member)” would say one thing twice.
        is_said = one.role.partition("_")[0] in one.body.casefold()
        yield Line(one.body, "" if is_said else names.get(one.role, ""), one.on)
