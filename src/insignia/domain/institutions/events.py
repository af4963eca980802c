"""News of institutions. Ids only."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class InstitutionFounded(Event):
    """An institution was set up."""

    name: ClassVar[str] = "institutions.founded"
    institution: str


@dataclass(frozen=True, slots=True)
class InstitutionChanged(Event):
    """Its profile, policies, theme, units or levels changed; `what` names which."""

    name: ClassVar[str] = "institutions.changed"
    what: str
    thing: str


@dataclass(frozen=True, slots=True)
class RolesGiven(Event):
    """People were given roles; each is told by mail."""

    name: ClassVar[str] = "institutions.roles_given"
    memberships: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RolesTaken(Event):
    """People lost roles."""

    name: ClassVar[str] = "institutions.roles_taken"
    memberships: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TokenMade(Event):
    """A personal access token was made."""

    name: ClassVar[str] = "institutions.token_made"
    token: str


@dataclass(frozen=True, slots=True)
class TokenRevoked(Event):
    """A personal access token was revoked."""

    name: ClassVar[str] = "institutions.token_revoked"
    token: str


@dataclass(frozen=True, slots=True)
class PresetTaken(Event):
    """A preset was taken into the institution's rows: which, and the sections that added or changed something."""

    name: ClassVar[str] = "institutions.preset_taken"
    preset: str
    sections: tuple[str, ...]
