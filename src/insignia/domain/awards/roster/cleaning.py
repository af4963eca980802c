"""One value at a time: text, a person's name, a web address. Each gives back the clean value or raises `Unfit`."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from insignia.core.words import N_

from .values import shown

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

# Characters that no reader sees and that come along when text is copied. (The joiners U+200C and U+200D are part of
# Persian, Hindi and other names and stay.)
_UNSEEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\u3164\ufeff\uffa0]"
)
_OVERRIDES = re.compile("[\u202d\u202e]")
_HIDDEN = re.compile("[\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e0fff]")
_LINE_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85]")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")


class Unfit(Exception):
    """Why a value cannot be taken."""

    def __init__(self, code: str, message: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.message = code, message
        self.params: Mapping[str, Any] = params


def refuse_formula(given: str) -> None:
    """Names and addresses go into mails and into files that others open in a spreadsheet: none may compute."""
    text = given.lstrip(" \u00a0\ufeff").removeprefix("'")
    if given.startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS):
        raise Unfit("formula", N_("“%(value)s” looks like a formula. Write it as plain text."), value=shown(given))


def text(given: str, limit: int) -> str:
    """Text of one or several lines, composed, without characters that cannot be seen."""
    without_marks = _UNSEEN.sub("", unicodedata.normalize("NFC", given))
    plain = _LINE_BREAKS.sub("\n", without_marks).strip()
    if plain.startswith("'") and plain[1:].startswith(FORMULA_STARTS):
        plain = plain[1:]  # the apostrophe our own files put before such text
    _refuse_unreadable(plain)
    if len(plain) > limit:
        raise Unfit(
            "too_long",
            N_("The text has %(count)s characters; at most %(limit)s are possible."),
            count=len(plain),
            limit=limit,
        )
    return plain


def _refuse_unreadable(plain: str) -> None:
    if "\ufffd" in plain:
        raise Unfit(
            "damaged", N_("“%(value)s” has lost a letter on the way (“\ufffd”). Write it again."), value=shown(plain)
        )
    if _OVERRIDES.search(plain):
        raise Unfit(
            "turned",
            N_("“%(value)s” contains a character that turns the direction of text around."),
            value=shown(plain),
        )
    if plain.replace("\n", "").replace("\t", "").isprintable():
        return  # nearly always, and quick
    for c in plain:
        category = unicodedata.category(c)
        if c in "\n\t" or category[0] not in "C":
            continue
        if (
            category in ("Cc", "Cs", "Co")
            or _HIDDEN.match(c)
            or (ord(c) & 0xFFFE) == 0xFFFE
            or 0xFDD0 <= ord(c) <= 0xFDEF
        ):
            raise Unfit(
                "unreadable",
                N_("“%(value)s” contains a character that cannot be shown (%(character)s). Type it again."),
                value=shown(plain),
                character=f"U+{ord(c):04X}",
            )


def line(given: str, limit: int) -> str:
    """Text of one line: spaces, tabs and line breaks become one space."""
    return " ".join(text(given, limit).split())


def identifier(given: str, limit: int) -> str:
    """A number or code of another system, kept exactly as written."""
    plain = line(given, limit)
    if _ROUNDED.fullmatch(plain):
        raise Unfit(
            "rounded",
            N_("“%(value)s” was shortened by a spreadsheet. Format the column as text and enter the whole number."),
            value=plain,
        )
    return plain


def person_name(given: str, limit: int) -> str:
    """A name as it will stand on the credential."""
    refuse_formula(given)
    plain = text(given, limit)
    if "\n" in plain:
        raise Unfit("name_two_lines", N_("The name “%(value)s” runs over several lines."), value=shown(plain))
    name = " ".join(plain.split())
    if not name:
        raise Unfit("name_missing", N_("The name is missing."))
    if "@" in name:
        raise Unfit("name_is_address", N_("“%(value)s” is a mail address, not a name."), value=shown(name))
    if "://" in name or name.casefold().startswith("www."):
        raise Unfit("name_is_link", N_("“%(value)s” is a web address, not a name."), value=shown(name))
    if not any(c.isalpha() for c in name):
        raise Unfit("name_without_letter", N_("The name “%(value)s” has no letter in it."), value=shown(name))
    if _is_garbled(name):
        raise Unfit(
            "name_garbled",
            N_("The accents of “%(value)s” were garbled when the file was saved. Save it again as “CSV UTF-8”."),
            value=shown(name),
        )
    return name


def _is_garbled(name: str) -> bool:
    """Whether the name is UTF-8 that somebody read as Windows-1252, such as “NÃºÃ±ez”."""
    if name.isascii():
        return False
    try:
        return name.encode("cp1252").decode("utf-8") != name
    except UnicodeError:
        return False


def web_address(given: str, limit: int) -> str:
    """An http or https address that a reader may follow; nothing is fetched."""
    plain = text(given, limit)
    if not plain:
        return ""
    if re.search(r"[\s\\<>\"{}|^`]", plain):
        raise _no_link(plain)
    try:
        parts = urlsplit(plain)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise _no_link(plain) from None
    if parts.scheme not in ("http", "https"):
        raise Unfit(
            "link_scheme", N_("The link “%(value)s” does not begin with http:// or https://."), value=shown(plain)
        )
    if "@" in parts.netloc:
        raise Unfit(
            "link_with_password",
            N_("The link “%(value)s” contains a sign-in name before its host."),
            value=shown(plain),
        )
    if not host.strip("."):
        raise _no_link(plain)
    return plain


def _no_link(plain: str) -> Unfit:
    return Unfit("link", N_("“%(value)s” is not a web address."), value=shown(plain))
