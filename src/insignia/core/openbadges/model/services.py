"""What a credential says about its own form and life: schemas, refreshing, terms, status of other kinds."""

from dataclasses import dataclass

from . import checks


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSchema:
    """A schema the credential follows, and the method (`type`) by which to check it."""

    id: str
    type: str

    def __post_init__(self) -> None:
        checks.filled(self, "id", "type")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshService:
    """Where a newer version of the credential can be had, and by which method (`type`)."""

    id: str
    type: str

    def __post_init__(self) -> None:
        checks.filled(self, "id", "type")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsOfUse:
    """Terms under which the credential was issued."""

    type: str
    id: str = ""

    def __post_init__(self) -> None:
        checks.filled(self, "type")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialStatus:
    """A status method other than the bitstring list, such as `1EdTechRevocationList`; known by name only."""

    type: str
    id: str = ""

    def __post_init__(self) -> None:
        checks.filled(self, "type")
        checks.absolute(self, "id")
