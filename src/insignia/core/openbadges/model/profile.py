"""Who: profiles of issuers, creators and assessors, and the ways to name a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..errors import N_
from . import checks
from .vocabulary import IdentifierType

# IdentityHash: md5 is allowed by the standard for reading; this house writes sha256 only.
IDENTITY_HASH = re.compile(r"(sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture by address or `data:` URI. `caption` is its text alternative."""

    id: str
    caption: str = ""

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoCoordinates:
    """A place on earth in degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        checks.finite(self, "latitude", "longitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address."""

    address_country: str = ""
    address_country_code: str = ""
    address_region: str = ""
    address_locality: str = ""
    street_address: str = ""
    post_office_box_number: str = ""
    postal_code: str = ""
    geo: GeoCoordinates | None = None
    extra_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierEntry:
    """An identifier in the clear, such as a number in another system."""

    identifier: str
    identifier_type: IdentifierType | str

    def __post_init__(self) -> None:
        checks.filled(self, "identifier", "identifier_type")
        checks.known(self, {"identifier_type": IdentifierType})


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityObject:
    """What identifies the earner: a salted hash (`hashed`), or the identifier itself in `identity_hash`.

    A salt printed beside a hash protects little: treat a hashed address as personal data.
    """

    hashed: bool
    identity_hash: str
    identity_type: IdentifierType | str
    salt: str = ""

    def __post_init__(self) -> None:
        checks.filled(self, "identity_hash", "identity_type")
        checks.known(self, {"identity_type": IdentifierType})
        if self.hashed and not IDENTITY_HASH.fullmatch(self.identity_hash):
            raise checks.refuse(
                self, "bad_identity_hash", N_("A hashed identity begins with “sha256$” or “md5$” and a hash follows.")
            )


@dataclass(frozen=True, slots=True)
class EmbeddedEndorsement:
    """An endorsement inside a profile, achievement or credential, word for word as its endorser signed it.

    Rebuilt from a model it could lose a member, and with it the signature. `documents.from_document` reads it.
    """

    document: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Someone or some body: issuer, creator, assessor (`source`) or endorser. Always give a `name`."""

    id: str
    name: str = ""
    url: str = ""
    phone: str = ""
    description: str = ""
    endorsement: tuple[EmbeddedEndorsement, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()
    image: Image | None = None
    email: str = ""
    address: Address | None = None
    other_identifier: tuple[IdentifierEntry, ...] = ()
    official: str = ""
    parent_org: "Profile | None" = None
    family_name: str = ""
    given_name: str = ""
    additional_name: str = ""
    patronymic_name: str = ""
    honorific_prefix: str = ""
    honorific_suffix: str = ""
    family_name_prefix: str = ""
    date_of_birth: date | None = None
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")
        checks.tokens(self, self.endorsement_jwt)
