"""Where revocation is published (Bitstring Status List 1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from ..errors import N_
from . import checks

# Ours, not the standard's: each bit more doubles the messages that an entry has to carry.
LARGEST_STATUS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMessage:
    """What one value of a status means, for entries of more than one bit."""

    status: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BitstringStatusListEntry:
    """Which place of which list tells whether this credential still holds.

    Open Badges schemas want an `id`; Bitstring Status List 1.0 says that it is not the list's address.
    """

    status_purpose: str
    status_list_index: int
    status_list_credential: str
    id: str = ""
    status_size: int = 1
    status_message: tuple[StatusMessage, ...] = ()
    status_reference: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "status_purpose", "status_list_credential")
        checks.absolute(self, "id", "status_list_credential")
        if self.status_list_index < 0:
            raise checks.refuse(self, "bad_index", N_("The place in a status list is a whole number from 0 on."))
        if self.id == self.status_list_credential:
            raise checks.refuse(self, "id_is_the_list", N_("The id of a status entry may not be the list's address."))
        if not 1 <= self.status_size <= LARGEST_STATUS:
            raise checks.refuse(self, "bad_size", N_("A status takes 1 to %(largest)s bits."), largest=LARGEST_STATUS)
        if self.status_size > 1 and len(self.status_message) != 2**self.status_size:
            raise checks.refuse(
                self, "messages_missing", N_("A status of several bits needs a message for each value.")
            )

    @classmethod
    def at(cls, status_list: str, index: int, *, purpose: str = "revocation") -> Self:
        """The entry at `index` of the list published at `status_list`."""
        return cls(
            id=f"{status_list}#{index}",
            status_purpose=purpose,
            status_list_index=index,
            status_list_credential=status_list,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BitstringStatusList:
    """The list itself. `encoded_list` is `u` and the base64url form of the gzipped bits; `ttl` is in milliseconds."""

    encoded_list: str
    status_purpose: tuple[str, ...] = ()
    id: str = ""
    ttl: int | None = None

    def __post_init__(self) -> None:
        checks.filled(self, "status_purpose", "encoded_list")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class BitstringStatusListCredential:
    """The signed statement of an issuer about one list."""

    credential_subject: BitstringStatusList
    issuer: str
    id: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    proof: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "issuer")
        checks.absolute(self, "id", "issuer")
        checks.zoned(self, "valid_from", "valid_until")
        checks.in_order(self, self.valid_from, self.valid_until)
