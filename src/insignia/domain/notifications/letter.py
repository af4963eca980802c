"""A letter as a value: all that a mail is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from insignia.domain.institutions.models import Institution


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge as a mail shows it, with the PNG that travels in the mail under the Content-ID `picture`."""

    name: str
    detail: str
    alt: str
    picture: str
    png: bytes
    width: int


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a mail is made of. `facts` fill the words of its kind; everything in it is plain text."""

    kind: str
    language: str
    institution: Institution
    address: str
    to: str
    facts: Mapping[str, object] = field(default_factory=dict)
    badges: tuple[Badge, ...] = ()
    button: Button | None = None
