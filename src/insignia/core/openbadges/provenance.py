"""Is it genuine, and who says so: what every signed statement goes through (credential, endorsement, status list)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import contexts, jwt, safe_mode
from .checks import Check, Outcome, failed, failed_by, passed, unknown, unknown_by
from .did import Resolver
from .errors import N_, ContextUnavailable, InvalidLinkedData, OpenBadgesError, TooComplex
from .limits import LIMITS, Limits, check_tree
from .proofs import ProofResult, verify_proof
from .statements import check_plainly_written, issuer_of

StatusReader = Callable[[str], bytes | str]
"""Gives the status list credential at a URL. Raises `StatusError` or `ResolutionError`."""

# What a result is called when the key, rather than the signature, is at fault.
_KEY_AT_FAULT = frozenset({"key_not_listed", "key_ended", "method_missing", "purpose_mismatch"})


@dataclass(frozen=True, slots=True)
class World:
    """All that verification knows of what is outside: contexts, keys, status lists, the time."""

    loader: contexts.Loader
    resolver: Resolver
    status_reader: StatusReader
    now: datetime


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A credential as it was read: its JSON, and the token that carried it unless a proof is embedded."""

    document: Mapping[str, Any]
    token: jwt.Token | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The three checks, and when the signature itself says that the statement ends."""

    meaning: Check
    proof: Check
    issuer: Check
    valid_until: datetime | None = None

    @property
    def checks(self) -> tuple[Check, Check, Check]:
        return (self.meaning, self.proof, self.issuer)

    @property
    def is_settled(self) -> bool:
        """Whether statement and issuer are beyond doubt, so that what it says may be acted on."""
        return all(check.outcome is Outcome.PASSED for check in self.checks)


def provenance(statement: SignedStatement, world: World, *, limits: Limits = LIMITS) -> Provenance:
    """Whether every word has a meaning, the signature fits, and its key is the issuer's."""
    meaning = _meaning(statement, world, limits)
    if statement.token is not None:
        token = jwt.verify(statement.token, resolver=world.resolver)
        return Provenance(meaning, *_proof_and_issuer(token, statement, world), token.valid_until)
    proof = verify_proof(statement.document, resolver=world.resolver, loader=world.loader, limits=limits)
    return Provenance(meaning, *_proof_and_issuer(proof, statement, world))


def _meaning(statement: SignedStatement, world: World, limits: Limits) -> Check:
    name = "contexts"
    try:
        check_tree(statement.document, limits)
        if statement.token is None:
            check_plainly_written(statement.document, loader=world.loader)
        safe_mode.check(statement.document, loader=world.loader)
    except (ContextUnavailable, InvalidLinkedData, TooComplex) as error:
        return unknown_by(name, error)
    except OpenBadgesError as error:
        return failed_by(name, error)
    return passed(name, "all_defined", N_("Every word of the document has a defined meaning."))


def _proof_and_issuer(
    result: ProofResult | jwt.TokenResult, statement: SignedStatement, world: World
) -> tuple[Check, Check]:
    expires = result.expires if isinstance(result, ProofResult) else None
    if result.code in _KEY_AT_FAULT:
        no_key = unknown("proof", "no_key", N_("Without a key of the issuer the signature could not be checked."))
        return no_key, Check("issuer", Outcome.FAILED, result.code, result.message, result.params)
    proof = Check("proof", result.outcome, result.code, result.message, result.params)
    if proof.outcome is Outcome.PASSED and expires is not None and world.now >= expires:
        proof = failed(
            "proof", "proof_expired", N_("The signature was valid only until %(end)s."), end=expires.isoformat()
        )
    issuer = issuer_of(statement.document)
    if proof.outcome is not Outcome.PASSED:
        return proof, unknown(
            "issuer", "not_reached", N_("Without a genuine signature nobody can say who issued this.")
        )
    if result.controller is not None and result.controller.id != issuer:
        return proof, failed(
            "issuer",
            "controller_mismatch",
            N_("The document names %(issuer)s as issuer, but %(controller)s signed it."),
            issuer=issuer or "",
            controller=result.controller.id,
        )
    return proof, passed(
        "issuer", "key_listed", N_("%(issuer)s lists the key that made the signature."), issuer=issuer or ""
    )
