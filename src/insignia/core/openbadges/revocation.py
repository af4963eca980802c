"""Has it been taken back: reading the status lists that a credential names (Bitstring Status List 1.0, section 3.2)."""

from collections.abc import Mapping
from typing import Any

from . import jwt, status, strict_json
from .checks import Check, Outcome, failed, passed, unknown, unknown_by
from .contexts import as_list
from .errors import N_, OpenBadgesError, StatusError
from .limits import STATUS_LIST_LIMITS
from .model import BitstringStatusListCredential, BitstringStatusListEntry
from .provenance import SignedStatement, World, provenance
from .statements import issuer_of

_MAX_ENTRIES = 4
_NAMES = {"revocation": "not_revoked", "suspension": "not_suspended"}


def check_status(document: Mapping[str, Any], world: World) -> tuple[Check, ...]:
    """One check for revocation, and one for suspension where the credential can be suspended."""
    given = document.get("credentialStatus")
    entries = [] if given is None else as_list(given)
    if len(entries) > _MAX_ENTRIES:
        return (unknown("not_revoked", "too_many", N_("The credential names too many status lists.")),)
    checks = [check for entry in entries if (check := _check_entry(entry, document, world)) is not None]
    if all(check.name != "not_revoked" for check in checks):
        checks.insert(
            0, passed("not_revoked", "no_status", N_("The issuer did not provide for taking this credential back."))
        )
    return tuple(checks)


def _check_entry(entry: Any, document: Mapping[str, Any], world: World) -> Check | None:
    kind = entry.get("type") if isinstance(entry, Mapping) else None
    if "BitstringStatusListEntry" not in as_list(kind):
        return unknown(
            "not_revoked",
            "format_not_supported",
            N_("Status lists of the format %(format)s are not supported yet."),
            format=str(kind),
        )
    try:
        parsed = status.read_entry(entry)
        name = _NAMES.get(parsed.status_purpose)
        if name is None:
            return None  # a message or a hint to refresh takes nothing back
        if parsed.status_size != 1:
            raise StatusError(N_("Status lists with more than one bit for each credential are not supported yet."))
        taken_back = _reads_set(parsed, document, world)
    except OpenBadgesError as error:
        return unknown_by(_NAMES.get(str(entry.get("statusPurpose")), "not_revoked"), error)
    if name == "not_suspended":
        if taken_back:
            return failed(name, "suspended", N_("The issuer has suspended this credential for the time being."))
        return passed(name, "not_suspended", N_("The issuer has not suspended this credential."))
    if taken_back:
        return failed(name, "revoked", N_("The issuer has revoked this credential."))
    return passed(name, "not_revoked", N_("The issuer has not revoked this credential."))


def _reads_set(entry: BitstringStatusListEntry, document: Mapping[str, Any], world: World) -> bool:
    listing = _genuine_list(entry.status_list_credential, issuer_of(document), world)
    subject = listing.credential_subject
    if entry.status_purpose not in subject.status_purpose:
        raise StatusError(
            N_("The status list is about something else than the credential says."), code="purpose_mismatch"
        )
    bits = status.decode(subject.encoded_list, max_bytes=status.MAX_BYTES)
    return status.is_set(bits, entry.status_list_index)


def _genuine_list(url: str, issuer: str | None, world: World) -> BitstringStatusListCredential:
    """The list at `url`, signed by `issuer` and in force. Raises `OpenBadgesError`, which is "could not check"."""
    text = world.status_reader(url)
    statement = _statement_in(text)
    listing = status.read_list(statement.document)
    if listing.id and listing.id != url:
        raise StatusError(N_("Another list stands where the status list should be."), code="list_mismatch")
    if issuer_of(statement.document) != issuer:
        raise StatusError(N_("The status list was not made by the issuer of the credential."), code="list_of_another")
    found = provenance(statement, world, limits=STATUS_LIST_LIMITS)
    doubt = next((check for check in found.checks if check.outcome is not Outcome.PASSED), None)
    if doubt is not None:
        raise StatusError(
            N_("The status list is not trustworthy: %(reason)s"),
            code="list_not_genuine",
            params={"reason": doubt.message % doubt.params if doubt.params else doubt.message},
        )
    ends = [moment for moment in (listing.valid_until, found.valid_until) if moment is not None]
    if any(world.now >= moment for moment in ends) or (
        listing.valid_from is not None and listing.valid_from > world.now
    ):
        raise StatusError(N_("The status list is not in force any more, or not yet."), code="list_not_in_force")
    return listing


def _statement_in(text: bytes | str) -> SignedStatement:
    written = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if jwt.looks_like_token(written.strip()):
        token = jwt.read(written.strip())
        return SignedStatement(token.document, token)
    document = strict_json.loads(text)
    if not isinstance(document, Mapping):
        raise StatusError(N_("What was found is not a status list."))
    return SignedStatement(document)
