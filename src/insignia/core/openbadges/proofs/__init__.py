"""Embedded proofs (Data Integrity 1.0): add one, verify one.

A cryptosuite is a file in this folder and a row in `CRYPTOSUITES`; what has no row is "could not check", never "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from .. import contexts, safe_mode
from ..checks import Outcome
from ..did import ControllerDocument, Resolver, VerificationMethod
from ..errors import (
    N_,
    ContextUnavailable,
    InvalidLinkedData,
    OpenBadgesError,
    ProofError,
    ResolutionError,
    TooComplex,
    UnsupportedProof,
)
from ..keys import PrivateKey, PublicKey
from ..limits import ISSUE_LIMITS, LIMITS, Limits, check_tree, control_characters_in
from ..statements import check_plainly_written, issuer_of
from ..timestamps import format_timestamp, parse_timestamp
from .eddsa_rdfc import EddsaRdfc2022

MAX_PROOFS = 8


class Cryptosuite(Protocol):
    """One way to make and check a proof."""

    name: str
    proof_type: str
    cryptosuite: str | None
    """The proof's `cryptosuite`, None for the old types that had none."""

    def sign(
        self,
        document: Mapping[str, Any],
        options: Mapping[str, Any],
        *,
        key: PrivateKey,
        loader: contexts.Loader,
        limits: Limits,
    ) -> str: ...

    def verifies(
        self,
        document: Mapping[str, Any],
        proof: Mapping[str, Any],
        *,
        key: PublicKey,
        loader: contexts.Loader,
        limits: Limits,
    ) -> bool: ...


_ISSUED_WITH: Cryptosuite = EddsaRdfc2022()
CRYPTOSUITES: Mapping[tuple[str, str | None], Cryptosuite] = {
    (suite.proof_type, suite.cryptosuite): suite for suite in (_ISSUED_WITH,)
}


@dataclass(frozen=True, slots=True)
class ProofResult:
    """What one proof showed. `controller` is set once its document was found, `method` once that lists the key."""

    outcome: Outcome
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    format: str = ""
    method: VerificationMethod | None = None
    controller: ControllerDocument | None = None
    created: datetime | None = None
    expires: datetime | None = None


def add_proof(
    document: Mapping[str, Any],
    *,
    key: PrivateKey,
    verification_method: str,
    created: datetime,
    loader: contexts.Loader = contexts.load,
    limits: Limits = ISSUE_LIMITS,
) -> dict[str, Any]:
    """`document` with an `eddsa-rdfc-2022` proof, as a new dict. Sign exactly what will be published.

    Raises `UndefinedTerms`, `ContextUnavailable`, `InvalidLinkedData` or `TooComplex` where a signature would not
    protect the whole document or others could not check it, and `ProofError` for a document that is signed already.
    """
    if "proof" in document:
        raise ProofError(N_("The document is signed already."), code="already_signed")
    if control_characters_in(document):
        raise TooComplex(
            N_("The document holds control characters, which not every verifier reads alike."),
            code="control_characters",
        )
    check_tree(document, limits)
    check_plainly_written(document, loader=loader)
    safe_mode.check(document, loader=loader)
    options = {
        "type": _ISSUED_WITH.proof_type,
        "cryptosuite": _ISSUED_WITH.cryptosuite,
        "created": format_timestamp(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    value = _ISSUED_WITH.sign(document, options, key=key, loader=loader, limits=limits)
    return {**document, "proof": [{**options, "proofValue": value}]}


def verify_proof(
    document: Mapping[str, Any],
    *,
    resolver: Resolver,
    loader: contexts.Loader = contexts.load,
    limits: Limits = LIMITS,
) -> ProofResult:
    """What the proofs of `document` show; of several, any one that holds is enough (Data Integrity 1.0, section 2.1.1),
    the issuer's before others.

    Checks the signature and that the key's controller lists it for assertions. That the controller is the document's
    issuer, and whether the proof has expired by now, is for the caller to ask: see `ProofResult.controller`, `expires`.
    Safe mode is checked too: what is undefined is unsigned.
    """
    proofs = contexts.as_list(document["proof"]) if document.get("proof") is not None else []
    if not proofs:
        return _result(Outcome.FAILED, ProofError(N_("The document carries no signature."), code="no_proof"))
    if len(proofs) > MAX_PROOFS:
        error = TooComplex(N_("The document carries more than %(limit)s signatures."), params={"limit": MAX_PROOFS})
        return _result(Outcome.COULD_NOT_CHECK, error)
    if all(_is_unsupported(proof) for proof in proofs):
        return _verify_one(document, proofs[0], resolver=resolver, loader=loader, limits=limits)
    try:
        check_tree(document, limits)
        safe_mode.check(document, loader=loader)
    except (TooComplex, ContextUnavailable, InvalidLinkedData) as error:
        return _result(Outcome.COULD_NOT_CHECK, error)
    except OpenBadgesError as error:
        return _result(Outcome.FAILED, error)
    results = [_verify_one(document, proof, resolver=resolver, loader=loader, limits=limits) for proof in proofs]
    issuer = issuer_of(document)
    return min(results, key=lambda result: (_PREFERENCE.index(result.outcome), not _is_of(result, issuer)))


def _is_of(result: "ProofResult", issuer: str | None) -> bool:
    return result.controller is not None and result.controller.id == issuer


# A proof that holds speaks for itself; a false one is a sign of tampering and not outweighed by one we cannot read.
_PREFERENCE = (Outcome.PASSED, Outcome.FAILED, Outcome.COULD_NOT_CHECK)


def _verify_one(
    document: Mapping[str, Any], proof: Any, *, resolver: Resolver, loader: contexts.Loader, limits: Limits
) -> ProofResult:
    found: dict[str, Any] = {}
    try:
        suite = _suite_of(proof)
        found["format"] = suite.name
        found["created"], found["expires"] = _moment(proof, "created"), _moment(proof, "expires")
        method_id = _method_of(proof)
        controller = resolver.controller_document(method_id.partition("#")[0])
        found["controller"] = controller
        method = found["method"] = _listed(controller, method_id, found["created"])
        genuine = suite.verifies(document, proof, key=method.key, loader=loader, limits=limits)
    except (UnsupportedProof, TooComplex, ContextUnavailable, InvalidLinkedData) as error:
        return _result(Outcome.COULD_NOT_CHECK, error, **found)
    except ResolutionError as error:
        return _result(Outcome.COULD_NOT_CHECK, error, **found)
    except OpenBadgesError as error:
        return _result(Outcome.FAILED, error, **found)
    if not genuine:
        return _result(Outcome.FAILED, _FORGED, **found)
    return ProofResult(
        Outcome.PASSED, "genuine", N_("The signature fits the document and the key."), {"format": suite.name}, **found
    )


_FORGED = ProofError(
    N_("The signature does not fit: the document was changed, or somebody else signed it."), code="signature_false"
)


def _suite_of(proof: Any) -> Cryptosuite:
    if not isinstance(proof, Mapping):
        raise ProofError(N_("The proof is malformed."))
    kind, cryptosuite = proof.get("type"), proof.get("cryptosuite")
    if not isinstance(kind, str) or not (cryptosuite is None or isinstance(cryptosuite, str)):
        raise ProofError(N_("The proof is malformed."))
    suite = CRYPTOSUITES.get((kind, cryptosuite))
    if suite is None:
        raise UnsupportedProof(
            N_("Signatures of the format %(format)s are not supported yet."), params={"format": cryptosuite or kind}
        )
    if "previousProof" in proof:
        raise UnsupportedProof(
            N_("Signatures of the format %(format)s are not supported yet."), params={"format": "previousProof"}
        )
    return suite


def _is_unsupported(proof: Any) -> bool:
    try:
        _suite_of(proof)
    except UnsupportedProof:
        return True
    except ProofError:
        return False
    return False


def _method_of(proof: Mapping[str, Any]) -> str:
    method = proof.get("verificationMethod")
    if proof.get("proofPurpose") != "assertionMethod":
        raise ProofError(N_("The proof was not made to assert anything."), code="purpose_mismatch")
    if not isinstance(method, str) or "#" not in method:
        raise ProofError(N_("The proof does not say which key made it."), code="method_missing")
    return method


def _listed(controller: ControllerDocument, method_id: str, created: datetime | None) -> VerificationMethod:
    method = controller.asserting(method_id)
    if method is None and method_id in controller.unreadable:
        raise UnsupportedProof(N_("This kind of key is not supported yet."), code="key_not_supported")
    if method is None:
        raise ProofError(
            N_("%(controller)s does not list the key that made this signature."),
            code="key_not_listed",
            params={"controller": controller.id},
        )
    ended = min((moment for moment in (method.revoked, method.expires) if moment is not None), default=None)
    # `created` is the signer's own word, yet whoever misuses a key after its end must at least have said otherwise.
    if method.revoked is not None or (ended is not None and (created is None or created > ended)):
        raise ProofError(N_("The key that made this signature had been withdrawn."), code="key_ended")
    return method


def _moment(proof: Mapping[str, Any], member: str) -> datetime | None:
    if member not in proof:
        return None
    moment = parse_timestamp(proof[member])
    if moment is None:
        raise ProofError(N_("The proof is malformed."))
    return moment


def _result(outcome: Outcome, error: OpenBadgesError, **found: Any) -> ProofResult:
    return ProofResult(outcome, error.code, error.message, error.params, **found)
