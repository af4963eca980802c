"""Mail addresses as people type them into lists: what is wrong, in words that help to correct it."""

import re
import unicodedata

from insignia.core.addresses import normalised
from insignia.core.words import N_

from .cleaning import Unfit, refuse_formula
from .values import shown

_EDGES = " \t\n\r\u00a0\u00ad\u2060\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_MOST = 320
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)


def trimmed(given: str) -> str:
    """`given` as typed, without the spaces and unseen marks around it that come along when an address is copied."""
    return given.strip(_EDGES)


def address(given: str) -> str:
    """`given` in the form in which addresses are compared; raises `Unfit`.

    Stricter than RFC 5321 on purpose: no comments, quoted names or IP addresses, a domain with a dot. Letters beyond
    ASCII are possible in the domain only, as most mail servers do not take them before the @.
    """
    refuse_formula(given)
    plain = trimmed(given)
    if not plain:
        raise Unfit("email_missing", N_("The mail address is missing."))
    value = shown(plain)
    too_long = Unfit("email_too_long", N_("The mail address “%(value)s” is too long."), value=value)
    if len(plain) > _MOST:  # before anything that takes its time with long text
        raise too_long
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in plain):
        raise Unfit(
            "email_line_break",
            N_("The mail address “%(value)s” contains a line break or control character."),
            value=value,
        )
    _refuse_usual_slips(plain, value)
    local, _at, domain = normalised(plain).partition("@")
    if len(local) > 64 or len(domain) > 253 or len(local) + len(domain) > 253:
        raise too_long
    if not local.isascii():
        raise Unfit(
            "email_letters",
            N_(
                "The mail address “%(value)s” has a letter before the @ that mail servers do not take "
                "(an accent or another script)."
            ),
            value=value,
        )
    if not _LOCAL.fullmatch(local) or not _is_domain(domain):
        raise Unfit("email_wrong", N_("“%(value)s” is not a mail address."), value=value)
    return f"{local}@{domain}"


def _refuse_usual_slips(plain: str, value: str) -> None:
    if "<" in plain or ">" in plain:
        raise Unfit(
            "email_with_name",
            N_("“%(value)s” holds more than an address. Leave only the part with the @."),
            value=value,
        )
    if plain.count("@") == 0:
        raise Unfit("email_without_at", N_("“%(value)s” is not a mail address: it has no @."), value=value)
    if plain.count("@") > 1:
        raise Unfit(
            "email_several", N_("“%(value)s” has more than one @. Each person needs a row of their own."), value=value
        )
    if "," in plain:
        raise Unfit(
            "email_comma", N_("The mail address “%(value)s” has a comma. A comma instead of a dot?"), value=value
        )
    if re.search(r"\s", plain):
        raise Unfit("email_space", N_("The mail address “%(value)s” contains a space."), value=value)


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and not labels[-1].isdigit() and all(_is_label(label) for label in labels)


def _is_label(label: str) -> bool:
    if not label or label[0] == "-" or label[-1] == "-" or len(_ascii_label(label)) > 63:
        return False
    # Letters, the marks that belong to them, digits.
    return all(c == "-" or unicodedata.category(c) in ("Ll", "Lo", "Lm", "Mn", "Mc", "Nd") for c in label)


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def mailbox(normal: str) -> str:
    """The one spelling under which the same mailbox is found twice: its domain as the name servers know it."""
    local, _at, domain = normal.partition("@")
    return f"{local}@{'.'.join(_ascii_label(label) for label in domain.split('.'))}"
