"""What can go wrong with a badge, drawn as a tree.

OpenBadgesError                 message for people (English, marked for translation), code for programs
├── ContextUnavailable          a JSON-LD context is not among the pinned ones: "could not check", never "no"
├── TooComplex                  over a limit that keeps checking cheap: "could not check", never "no"
├── UndefinedTerms              a term or type means nothing under the document's contexts (JSON-LD safe mode)
├── InvalidLinkedData           contexts that contradict each other, or a value JSON-LD forbids
├── Unreadable                  not JSON, or JSON with duplicate keys or numbers it does not know
├── DocumentError               not a credential as the standard draws it       (problems: what, where)
│   └── FormatNotSupported      another standard's document, well recognised: "could not check", never "no"
├── BakingError                 no badge in the image, or the image cannot hold one
├── ResolutionError             a key, controller document or DID could not be had
├── StatusError                 a status list is malformed, too short, or does not hold the index
├── ProofError                  a proof is malformed, or the key does not fit it
│   └── UnsupportedProof        a proof format we do not know yet: "could not check", never "no"
└── TokenError                  a VC-JWT is malformed, or a claim differs from the credential

A false signature is not an error: `proofs.verify_proof` and `verification.verify` *return* what they found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def N_(text: str) -> str:  # noqa: N802 - the name Babel looks for
    """Mark a message for translation; whoever shows it translates, then fills in the parameters."""
    return text


class OpenBadgesError(Exception):
    """The root. `message` is the English msgid with `%(name)s` places that `params` fill, `code` is for programs."""

    code = "openbadges_error"

    def __init__(self, message: str, *, code: str = "", params: Mapping[str, Any] | None = None) -> None:
        self.message = message
        self.code = code or type(self).code
        self.params: dict[str, Any] = dict(params or {})
        super().__init__(message)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class ContextUnavailable(OpenBadgesError):
    """A context is not pinned here, so nobody can say what the document means. `url` names it."""

    code = "context_unavailable"

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(N_("The vocabulary %(url)s is not known here."), params={"url": url})


class TooComplex(OpenBadgesError):
    """The document is over a limit set against denial of service, or holds what canonicalisers read differently."""

    code = "too_complex"


class UndefinedTerms(OpenBadgesError):
    """Terms without meaning would be dropped before signing and so be unprotected; `terms` lists them, with places."""

    code = "undefined_terms"

    def __init__(self, terms: tuple[str, ...]) -> None:
        self.terms = terms
        super().__init__(
            N_("These parts of the document have no defined meaning, so no signature could protect them: %(terms)s"),
            params={"terms": ", ".join(terms)},
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document: where (a JSONPath such as `$.issuer.id`), and what is expected there.

    `message` is the English msgid, `params` fill it; printed, both make a sentence that starts with the place.
    """

    path: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}: {self.message % self.params if self.params else self.message}"


class InvalidLinkedData(OpenBadgesError):
    """The document breaks a rule of JSON-LD 1.1, so that processors would disagree about what it says."""

    code = "linked_data_invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(N_("The document breaks a rule of JSON-LD: %(reason)s"), params={"reason": reason})


class Unreadable(OpenBadgesError):
    """The text is not JSON that everyone reads the same way (RFC 8259; I-JSON, RFC 7493)."""

    code = "unreadable"


class DocumentError(OpenBadgesError):
    """The document is not a credential as Open Badges 3.0 draws it; `problems` says where and what is expected."""

    code = "document_invalid"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(
            N_("The document is not a valid Open Badges credential: %(problems)s"),
            params={"problems": "; ".join(str(problem) for problem in problems)},
        )


class FormatNotSupported(DocumentError):
    """The document follows another standard (VC Data Model 1.1, Open Badges 2.0, CLR 2.0), named by `format`.

    Nothing is said about whether it is genuine.
    """

    code = "format_not_supported"

    def __init__(self, format: str) -> None:
        self.format = format
        super().__init__((Problem("$", self.code, N_("The document follows %(format)s."), {"format": format}),))
        self.message = N_("The document follows %(format)s, which is not supported yet.")
        self.params = {"format": format}


class BakingError(OpenBadgesError):
    """No badge in the image, more than one, or an image that cannot hold one."""

    code = "baking_failed"


class ResolutionError(OpenBadgesError):
    """A key or a controller document could not be had.

    `permanent` says whether asking again later is pointless (the document says no) or sensible (the network did).
    """

    code = "not_resolved"

    def __init__(
        self, message: str, *, code: str = "", params: Mapping[str, Any] | None = None, permanent: bool = False
    ) -> None:
        self.permanent = permanent
        super().__init__(message, code=code, params=params)


class StatusError(OpenBadgesError):
    """A status list or entry is malformed (Bitstring Status List 1.0, section 3.2)."""

    code = "status_invalid"


class ProofError(OpenBadgesError):
    """A proof is malformed, or its key does not fit it (Data Integrity 1.0)."""

    code = "proof_invalid"


class UnsupportedProof(ProofError):
    """A proof format that is not supported yet; nothing is said about whether it is genuine."""

    code = "format_not_supported"


class TokenError(OpenBadgesError):
    """A VC-JWT is malformed, names an algorithm its key does not allow, or contradicts its credential."""

    code = "token_invalid"
