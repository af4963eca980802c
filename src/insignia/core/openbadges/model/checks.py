"""What must hold of every value before it may exist; each check raises `DocumentError` naming the class and member."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..errors import N_, DocumentError, Problem

# The schemas print `(ext:)[a-z|A-Z|0-9|.|-|_]+`; there `|-|` is a range, so a hyphen may not come first.
EXTENSION = re.compile(r"ext:[A-Za-z0-9._|][A-Za-z0-9._|-]*")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
COMPACT_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+")


def refuse(where: object, code: str, message: str, **params: Any) -> DocumentError:
    """The error to raise when `where` cannot be made."""
    return DocumentError((Problem(type(where).__name__, code, message, params),))


def absolute(where: object, *members: str) -> None:
    """Each member that is filled in must be an absolute URI: a relative one means something else to every reader."""
    for member in members:
        value = getattr(where, member)
        if value and not ABSOLUTE.fullmatch(value):
            raise refuse(where, "not_absolute", N_("“%(value)s” is not a complete address or URI."), value=value[:200])


def filled(where: object, *members: str) -> None:
    """Each member is required by the standard and may not be blank."""
    for member in members:
        if not getattr(where, member):
            raise refuse(where, "blank", N_("“%(member)s” may not be empty."), member=member)


def zoned(where: object, *members: str) -> None:
    """Each point in time that is filled in carries a time zone (DateTimeZ)."""
    for member in members:
        value: datetime | None = getattr(where, member)
        if value is not None and value.utcoffset() is None:
            raise refuse(where, "no_time_zone", N_("“%(member)s” needs a time zone."), member=member)


def finite(where: object, *members: str) -> None:
    """JSON has no words for infinity and not-a-number."""
    for member in members:
        value: float | None = getattr(where, member)
        if value is not None and not math.isfinite(value):
            raise refuse(where, "not_finite", N_("“%(member)s” must be a number."), member=member)


def known(where: object, vocabularies: Mapping[str, type[StrEnum]]) -> None:
    """Each member that is filled in is a word of its vocabulary, or an extension value `ext:...`."""
    for member, vocabulary in vocabularies.items():
        value = getattr(where, member)
        if value and value not in vocabulary._value2member_map_ and not EXTENSION.fullmatch(value):
            raise refuse(
                where,
                "unknown_word",
                N_("“%(value)s” is not a known %(vocabulary)s; own words begin with “ext:”."),
                value=value[:200],
                vocabulary=vocabulary.__name__,
            )


def language(where: object, value: str) -> None:
    """A language tag of the form the standard's schema allows, such as `en` or `pt-BR`."""
    if value and not LANGUAGE.fullmatch(value):
        raise refuse(where, "bad_language", N_("“%(value)s” is not a language tag such as “en”."), value=value[:200])


def tokens(where: object, values: tuple[str, ...]) -> None:
    """Compact JWS: three base64url parts with dots between."""
    for value in values:
        if not COMPACT_JWS.fullmatch(value):
            raise refuse(where, "not_a_token", N_("“%(value)s” is not a signed token (JWS)."), value=value[:60])


def in_order(where: object, begins: datetime | None, ends: datetime | None) -> None:
    """VC Data Model 2.0, 4.9: what ends before it begins was never valid."""
    if begins is not None and ends is not None and ends < begins:
        raise refuse(where, "ends_before_it_begins", N_("The time of validity ends before it begins."))
