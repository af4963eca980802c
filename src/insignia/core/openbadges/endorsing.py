"""Who vouches for it: endorsements embedded in a credential, its achievement or a profile (Open Badges 3.0, 6.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import jwt
from .checks import Check, Outcome, failed, passed, unknown
from .contexts import as_list
from .documents import from_document
from .errors import N_, OpenBadgesError
from .model import EndorsementCredential
from .provenance import SignedStatement, World, provenance
from .revocation import check_status

_MAX_ENDORSEMENTS = 10


@dataclass(frozen=True, slots=True)
class _Embedded:
    """An endorsement as found, and the id of the thing it stands in."""

    value: Any
    about: Any


def check_endorsements(document: Mapping[str, Any], world: World) -> tuple[Check, ...]:
    """One check over all endorsements in `document`, none where there are none.

    A forged endorsement, or one about something else, is a "no". One that has lapsed since is only not counted: it does
    not take from the badge what its issuer said.
    """
    embedded = list(_embedded_in(document))
    if not embedded:
        return ()
    name = "endorsements"
    if len(embedded) > _MAX_ENDORSEMENTS:
        return (unknown(name, "too_many", N_("There are too many endorsements to check them all.")),)
    verdicts = [_verdict(each, world) for each in embedded]
    counts = {"count": len(verdicts), "in_force": sum(verdict == "in_force" for verdict in verdicts)}
    if "forged" in verdicts:
        return (failed(name, "forged", N_("An endorsement in this badge is not genuine."), **counts),)
    if "unknown" in verdicts:
        return (unknown(name, "not_checked", N_("An endorsement in this badge could not be checked."), **counts),)
    return (
        passed(name, "genuine", N_("The endorsements are genuine (%(in_force)s of %(count)s in force)."), **counts),
    )


def _embedded_in(value: Any) -> Iterator[_Embedded]:
    """Endorsements anywhere in `value`, but not those inside endorsements."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in ("endorsement", "endorsementJwt"):
                yield from (_Embedded(each, value.get("id")) for each in as_list(inner))
            else:
                yield from _embedded_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _embedded_in(inner)


def _verdict(embedded: _Embedded, world: World) -> str:
    try:
        statement = _statement_of(embedded.value)
        endorsement = from_document(statement.document)
    except OpenBadgesError:
        return "forged"
    if not isinstance(endorsement, EndorsementCredential) or endorsement.credential_subject.id != embedded.about:
        return "forged"
    found = provenance(statement, world)
    outcomes = {check.outcome for check in found.checks}
    if Outcome.FAILED in outcomes:
        return "forged"
    if Outcome.COULD_NOT_CHECK in outcomes:
        return "unknown"
    ends = [moment for moment in (endorsement.valid_until, found.valid_until) if moment is not None]
    if any(world.now >= moment for moment in ends):
        return "lapsed"
    states = {check.outcome for check in check_status(statement.document, world)}
    if Outcome.FAILED in states:
        return "lapsed"
    return "unknown" if Outcome.COULD_NOT_CHECK in states else "in_force"


def _statement_of(value: Any) -> SignedStatement:
    if isinstance(value, str):
        token = jwt.read(value)
        return SignedStatement(token.document, token)
    return SignedStatement(value if isinstance(value, Mapping) else {})
