"""Checking a credential of anybody: our own issuers and lists are read from the database, all others through the guard."""

import json
from dataclasses import dataclass

from django.conf import settings

from insignia.core.errors import InsigniaError, NotFound, Unavailable
from insignia.core.openbadges import verification as core
from insignia.core.openbadges.did import ControllerDocument, FetchingResolver, parse_controller_document
from insignia.core.openbadges.errors import ResolutionError, StatusError
from insignia.core.openbadges.verification import Verification
from insignia.core.words import N_
from insignia.domain.ground import clock, fetching
from insignia.domain.institutions import queries as institutions

from . import queries

__all__ = ["MAX_BYTES", "Verification", "fetch_badge", "own_credential", "own_endorsement", "own_issuer", "verify"]

MAX_BYTES = 2 * 1024 * 1024
_JSON = ("application/json", "application/ld+json", "application/did+json", "application/did+ld+json", "text/plain")
_BADGES = (
    *_JSON,
    "application/vc",
    "application/vc+ld+json",
    "application/vc+jwt",
    "application/jwt",
    "image/png",
    "image/svg+xml",
)


def verify(source: bytes | str, *, recipient: str | None = None) -> Verification:
    """Every check of the credential in `source` (JSON, JWT, PNG or SVG), as of now. Writes nothing, raises nothing."""
    return core.verify(
        source,
        resolver=_Resolver(fetch=_fetch_keys),
        status_reader=_read_status_list,
        now=clock.now(),
        recipient=recipient,
    )


def own_urls() -> tuple[str, ...]:
    """The addresses, present and former, under which this installation's own documents stand."""
    return (settings.PUBLIC_URL, *institutions.former_public_urls())


def own_credential(url: str) -> str | None:
    """The public id in `url` where it is the address of one of our own credentials; never fetched."""
    return _own_id(url, "c")


def own_endorsement(url: str) -> str | None:
    """The public id in `url` where it is the address of one of our own endorsements; never fetched."""
    return _own_id(url, "e")


def _own_id(url: str, kind: str) -> str | None:
    for base in own_urls():
        if url.startswith(f"{base}/{kind}/"):
            return url.removeprefix(f"{base}/{kind}/").partition("/")[0].partition("?")[0].partition(".")[0]
    return None


def own_issuer(did: str) -> str | None:
    """The public id in `did` where it names one of our own issuers, under a present or a former address."""
    for base in own_urls():
        authority = base.partition("://")[2].replace(":", "%3A")
        prefix = f"did:web:{authority}:issuers:"
        if did.startswith(prefix):
            return did.removeprefix(prefix)
    return None


def fetch_badge(url: str) -> bytes:
    """What stands at the address of somebody else's badge; raises `Rejected` or `Unavailable` saying why not."""
    return fetching.fetch(url, accept=_BADGES, max_bytes=MAX_BYTES).body


@dataclass(frozen=True, slots=True)
class _Resolver(FetchingResolver):
    """Knows our own issuers without asking the network."""

    def controller_document(self, controller: str) -> ControllerDocument:
        own = own_issuer(controller)
        return FetchingResolver.controller_document(self, controller) if own is None else self._own(controller, own)

    def _own(self, did: str, public_id: str) -> ControllerDocument:
        try:
            issuer = institutions.issuer_profile(public_id)
        except NotFound as error:
            raise ResolutionError(error.message, code="issuer_unknown", permanent=True) from error
        document = json.loads(json.dumps(queries.controller_document(issuer)).replace(issuer.did, did))
        return parse_controller_document(document, expected_id=did)


def _fetch_keys(url: str) -> bytes:
    try:
        return fetching.fetch(url, accept=_JSON).body
    except InsigniaError as error:
        permanent = not isinstance(error, Unavailable) or error.permanent
        raise ResolutionError(error.message, code=error.code, params=error.params, permanent=permanent) from error


def _read_status_list(url: str) -> bytes:
    for base in own_urls():
        if url.startswith(f"{base}/s/"):
            try:
                return queries.signed_status_list(queries.status_list(url.removeprefix(f"{base}/s/")))
            except InsigniaError as error:
                raise StatusError(error.message, code=error.code, params=error.params) from error
    try:
        return fetching.fetch(
            url, accept=(*_JSON, "application/vc", "application/vc+ld+json", "application/vc+jwt")
        ).body
    except InsigniaError as error:
        raise StatusError(
            N_("The issuer's status list could not be had: %(reason)s"),
            code="status_retrieval_error",
            params={"reason": str(error)},
        ) from error
