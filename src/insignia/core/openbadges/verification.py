"""Verification tells, it does not judge in one bit: named checks, each passed, failed, or not to be checked.

The order follows Open Badges 3.0, section 9.1. Nothing here knows the network or the time: they are handed in. Status
lists are asked for only once statement and issuer are beyond doubt, so that nobody can make us fetch what they like.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from . import contexts, identity
from .checks import Check, Outcome, failed, failed_by, overall, passed, unknown, unknown_by
from .did import Resolver
from .documents import from_document
from .endorsing import check_endorsements
from .errors import N_, DocumentError, FormatNotSupported, OpenBadgesError, TooComplex
from .model import AchievementCredential, EndorsementCredential
from .provenance import Provenance, StatusReader, World, provenance
from .reading import Form, Reading, read
from .revocation import check_status
from .timestamps import format_timestamp

# Clocks differ: a credential that was issued a moment ago elsewhere is not "not yet valid".
CLOCK_SKEW = timedelta(minutes=2)

Credential = AchievementCredential | EndorsementCredential


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about one credential.

    `credential` is set when the document is one as the standard draws it, `document` when it could be read at all;
    neither means that it is genuine: `outcome` does. `text` is the JSON or token as it was handed in or baked in.
    """

    checks: tuple[Check, ...]
    credential: Credential | None = None
    document: Mapping[str, Any] | None = None
    form: Form | None = None
    text: str = ""

    @property
    def outcome(self) -> Outcome:
        return overall(self.checks)

    def check(self, name: str) -> Check | None:
        """The check called `name`, None where it did not apply."""
        return next((check for check in self.checks if check.name == name), None)


def verify(
    source: bytes | str,
    *,
    resolver: Resolver,
    status_reader: StatusReader,
    now: datetime,
    loader: contexts.Loader = contexts.load,
    recipient: str | None = None,
) -> Verification:
    """Check the credential in `source`: JSON, a VC-JWT, or a PNG or SVG with either baked in. Raises nothing.

    With `recipient`, an e-mail address, it is also checked whether the badge was awarded to that address.
    """
    try:
        reading = read(source)
    except TooComplex as error:
        return Verification((unknown_by("readable", error),))
    except OpenBadgesError as error:
        return Verification((failed_by("readable", error),))
    readable = passed("readable", "readable", N_("A credential was found and could be read."))
    world = World(loader, resolver, status_reader, now)
    credential, schema = _read_credential(reading)
    found = provenance(reading.statement, world)
    checks = (
        readable,
        schema,
        *found.checks,
        *_taken_back(reading, found, world),
        *_questions(credential, found, now),
        *(check_endorsements(reading.statement.document, world) if found.is_settled else ()),
        *(() if recipient is None else (_awarded_to(credential, recipient),)),
    )
    return Verification(checks, credential, reading.statement.document, reading.form, reading.text)


def _read_credential(reading: Reading) -> tuple[Credential | None, Check]:
    try:
        credential = from_document(reading.statement.document)
    except FormatNotSupported as error:
        return None, unknown_by("schema", error)
    except DocumentError as error:
        return None, failed_by("schema", error)
    return credential, passed("schema", "conforms", N_("The document has the form of an Open Badges 3.0 credential."))


def _taken_back(reading: Reading, found: Provenance, world: World) -> tuple[Check, ...]:
    if found.is_settled:
        return check_status(reading.statement.document, world)
    return (unknown("not_revoked", "not_reached", N_("The issuer's list is asked only for genuine credentials.")),)


def _questions(credential: Credential | None, found: Provenance, now: datetime) -> Iterator[Check]:
    """The questions that the credential itself answers."""
    if credential is None:
        for name in ("valid_from", "not_expired"):
            yield unknown(name, "not_reached", N_("The document could not be read as a credential."))
        return
    start = format_timestamp(credential.valid_from)
    if credential.valid_from > now + CLOCK_SKEW:
        yield failed("valid_from", "not_yet_valid", N_("The credential becomes valid at %(start)s."), start=start)
    else:
        yield passed("valid_from", "valid", N_("The credential has been valid since %(start)s."), start=start)
    yield _not_expired([moment for moment in (credential.valid_until, found.valid_until) if moment is not None], now)
    if isinstance(credential, AchievementCredential):
        yield _achievement(credential)


def _not_expired(ends: list[datetime], now: datetime) -> Check:
    if not ends:
        return passed("not_expired", "no_end", N_("The credential does not expire."))
    end = min(ends)
    if now >= end:
        return failed("not_expired", "expired", N_("The credential expired at %(end)s."), end=format_timestamp(end))
    return passed("not_expired", "not_expired", N_("The credential is valid until %(end)s."), end=format_timestamp(end))


def _achievement(credential: AchievementCredential) -> Check:
    achievement = credential.credential_subject.achievement
    if not achievement.criteria.id and not achievement.criteria.narrative:
        return failed("achievement", "no_criteria", N_("The badge does not say what had to be done for it."))
    return passed("achievement", "described", N_("The badge says what had to be done for it."))


def _awarded_to(credential: Credential | None, address: str) -> Check:
    if not isinstance(credential, AchievementCredential) or not credential.credential_subject.identifier:
        return unknown("recipient", "no_address", N_("The badge does not say to which address it was awarded."))
    if identity.recipient_matches(credential, address):
        return passed("recipient", "same_address", N_("The badge was awarded to this address."))
    return failed("recipient", "another_address", N_("The badge was not awarded to this address."))
