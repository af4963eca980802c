"""What is fetched of badges of other systems: their files and their pictures, through the guarded way out only."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.ground import fetching

from . import images
from .images import Note
from .importing import ForeignBadge
from .importing.open_badges import MAX_BYTES

_JSON = ("application/json", "application/ld+json", "application/*+json", "text/json", "text/plain")
_PICTURES = ("image/png", "image/svg+xml")
_MOST_BYTES = 2 * 1024 * 1024
_MOST_FETCHED = 20
_SECONDS = 25.0
"""For all pictures together: somebody waits for the page."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """The picture of a badge as it would be kept, or the reason why it is not. `data` is the file as it came."""

    data: bytes = b""
    png: bytes = b""
    left_out: tuple[Note, ...] = ()
    problem: InsigniaError | None = None

    @property
    def sha256(self) -> str:
        """What tells whether the same picture comes again."""
        return hashlib.sha256(self.png).hexdigest() if self.png else ""


def fetch_badges(url: str) -> bytes:
    """The JSON at `url`; raises `Rejected` or `Unavailable` saying why it could not be had."""
    return fetching.fetch(url, accept=_JSON, max_bytes=MAX_BYTES).body


def pictures(badges: Iterable[ForeignBadge]) -> dict[int, Borrowed]:
    """The pictures of those badges that name one, by their numbers; what takes too long is left out, and says so."""
    ends = time.monotonic() + _SECONDS
    fetched = 0
    found: dict[int, Borrowed] = {}
    for badge in badges:
        if badge.picture is None:
            continue
        fetched += 1 if badge.picture.address else 0
        left = ends - time.monotonic()
        if badge.picture.address and (fetched > _MOST_FETCHED or left < 1):
            found[badge.number] = Borrowed(problem=_too_many())
            continue
        try:
            data = badge.picture.data or _fetched(badge.picture.address, left)
            own = images.own_artwork(data)
            found[badge.number] = Borrowed(data, own.png, own.left_out)
        except InsigniaError as problem:
            found[badge.number] = Borrowed(problem=problem)
    return found


def _fetched(address: str, left: float) -> bytes:
    return fetching.fetch(address, accept=_PICTURES, max_bytes=_MOST_BYTES, timeout=min(10.0, left)).body


def _too_many() -> Rejected:
    return Rejected(
        N_(
            "The pictures of so many badges are not fetched at once. Add it to the draft later, or bring in fewer at a time."
        ),
        code="too_many_pictures",
    )
