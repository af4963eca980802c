"""Whose key is it: DIDs and the controller documents that list an issuer's keys.

A key proves nothing by standing in a verification method's address. It counts only when the controller document of the
issuer lists it under the relationship a proof claims (Controlled Identifiers 1.0, section 3). The trap is real: a
verifier that reads the key out of `did:web:victim#z6Mk…` lets anybody sign as the victim.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from . import strict_json
from .contexts import as_list
from .errors import N_, OpenBadgesError, ProofError, ResolutionError
from .keys import PublicKey, public_key_from_jwk, public_key_from_multibase
from .multibase import base64url_decode
from .timestamps import parse_timestamp

_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*\Z")
_SEGMENT = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})+\Z")
_MAX_METHODS = 100


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """One key of a controller document."""

    id: str
    controller: str
    key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """What an issuer says about its keys. `unreadable` names methods whose keys we do not support."""

    id: str
    methods: Mapping[str, VerificationMethod]
    assertion_method: frozenset[str]
    unreadable: frozenset[str] = field(default_factory=frozenset)

    def asserting(self, method_id: str) -> VerificationMethod | None:
        """The method `method_id`, if this document lets it speak for the controller."""
        return self.methods.get(method_id) if method_id in self.assertion_method else None

    def asserting_key(self, key: PublicKey) -> VerificationMethod | None:
        """The method that holds `key`, if this document lets it speak for the controller."""
        return next((m for i, m in self.methods.items() if m.key == key and i in self.assertion_method), None)


class Resolver(Protocol):
    """Finds controller documents and keys. Network, caches and our own database stand behind it, never in here."""

    def controller_document(self, controller: str) -> ControllerDocument:
        """The document of a DID or https address. Raises `ResolutionError`."""
        ...

    def json_web_key(self, url: str) -> Mapping[str, Any]:
        """The single JWK at an https address. Raises `ResolutionError`."""
        ...


@dataclass(frozen=True, slots=True)
class FetchingResolver:
    """Resolves did:key and did:jwk by themselves, did:web and https through `fetch`.

    `fetch` gets an https URL and gives the bytes there, or raises `ResolutionError`; guarding the network is its work.
    """

    fetch: Callable[[str], bytes]

    def controller_document(self, controller: str) -> ControllerDocument:
        if controller.startswith("did:key:"):
            return did_key_document(controller)
        if controller.startswith("did:jwk:"):
            return did_jwk_document(controller)
        if controller.startswith("did:web:"):
            return parse_controller_document(self._json(did_web_url(controller)), expected_id=controller)
        if controller.startswith("https://") and "#" not in controller:
            return parse_controller_document(self._json(controller), expected_id=controller)
        raise ResolutionError(
            N_("Addresses like %(id)s cannot be looked up yet."), code="method_not_supported", params={"id": controller}
        )

    def json_web_key(self, url: str) -> Mapping[str, Any]:
        if not url.startswith("https://"):
            raise ResolutionError(N_("Keys are looked up at https addresses only."), code="method_not_supported")
        return self._json(url)

    def _json(self, url: str) -> Mapping[str, Any]:
        try:
            document = strict_json.loads(self.fetch(url), max_bytes=256 * 1024)
        except ResolutionError:
            raise
        except OpenBadgesError as error:
            raise _malformed(url) from error
        if not isinstance(document, Mapping):
            raise _malformed(url)
        return document


def did_key_document(did: str) -> ControllerDocument:
    """The document that a did:key stands for. Raises `ResolutionError` for another kind of key or a malformed one."""
    value = did.removeprefix("did:key:")
    try:
        key = public_key_from_multibase(value)
    except ProofError as error:
        raise ResolutionError(error.message, code=error.code, params=error.params, permanent=True) from error
    method = f"{did}#{value}"
    return ControllerDocument(did, {method: VerificationMethod(method, did, key)}, frozenset({method}))


def did_jwk_document(did: str) -> ControllerDocument:
    """The document that a did:jwk stands for (its only method is `#0`)."""
    try:
        jwk = strict_json.loads(base64url_decode(did.removeprefix("did:jwk:")), max_bytes=4096)
        key = public_key_from_jwk(jwk)
    except OpenBadgesError as error:
        raise ResolutionError(error.message, code=error.code, params=error.params, permanent=True) from error
    method = f"{did}#0"
    may_sign = jwk.get("use") in (None, "sig")
    return ControllerDocument(
        did, {method: VerificationMethod(method, did, key)}, frozenset({method} if may_sign else ())
    )


def did_web_url(did: str) -> str:
    """Where the document of a did:web lies: `/.well-known/did.json` of a host, `did.json` below a path.

    Raises `ResolutionError` for IP addresses, empty or encoded path steps, and anything but a host, port and path.
    """
    host, *path = did.removeprefix("did:web:").split(":")
    name, _, port = unquote(host).partition(":")
    good_port = not port or (port.isdigit() and port.isascii() and 0 < int(port) < 65536)
    # The port's colon is the one character that may be encoded; `%2F` or `%40` would change which host is meant.
    plain = name if not port else f"{name}%3A{port}"
    segments_good = all(
        _SEGMENT.match(step) and unquote(step) not in (".", "..") and "/" not in unquote(step) for step in path
    )
    if not did.startswith("did:web:") or host.replace("%3a", "%3A") != plain or not good_port or not segments_good:
        raise _not_a_did(did)
    if not _HOST.match(name) or _is_ip_address(name) or name.rpartition(".")[2].isdigit():
        raise _not_a_did(did)
    authority = f"{name}:{port}" if port else name
    return f"https://{authority}/{'/'.join(path)}/did.json" if path else f"https://{authority}/.well-known/did.json"


def parse_controller_document(document: Mapping[str, Any], *, expected_id: str) -> ControllerDocument:
    """Read a DID document or controlled identifier document.

    Raises `ResolutionError` when it is not about `expected_id`. Methods that belong to another controller are left out,
    so that a document cannot lend itself somebody else's key.
    """
    if document.get("id") != expected_id:
        raise ResolutionError(
            N_("The document found for %(id)s is about something else."),
            code="controller_mismatch",
            params={"id": expected_id},
            permanent=True,
        )
    methods: dict[str, VerificationMethod] = {}
    unreadable: set[str] = set()
    relationship = _entries(document.get("assertionMethod"))
    embedded = [entry for entry in relationship if isinstance(entry, Mapping)]
    for entry in _entries(document.get("verificationMethod")) + embedded:
        method_id = _absolute(entry.get("id") if isinstance(entry, Mapping) else None, expected_id)
        if method_id is None or not isinstance(entry, Mapping) or entry.get("controller") != expected_id:
            continue
        try:
            method = _method(method_id, entry)
        except ProofError:
            unreadable.add(method_id)
            continue
        if method_id in methods and methods[method_id] != method:
            raise _malformed(expected_id)
        methods[method_id] = method
    named = {_absolute(e.get("id") if isinstance(e, Mapping) else e, expected_id) for e in relationship}
    asserting = frozenset(name for name in named if name is not None)
    return ControllerDocument(expected_id, methods, asserting, frozenset(unreadable))


def _method(method_id: str, entry: Mapping[str, Any]) -> VerificationMethod:
    multibase, jwk = entry.get("publicKeyMultibase"), entry.get("publicKeyJwk")
    if (multibase is None) == (jwk is None):
        raise ProofError(N_("The key is malformed."), code="key_invalid")
    key = public_key_from_multibase(multibase) if jwk is None else public_key_from_jwk(jwk)
    return VerificationMethod(
        method_id, str(entry["controller"]), key, _moment(entry.get("expires")), _moment(entry.get("revoked"))
    )


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    moment = parse_timestamp(value)
    if moment is None:
        raise ProofError(N_("The key is malformed."), code="key_invalid")
    return moment


def _absolute(reference: object, document_id: str) -> str | None:
    """A method's address written out; `#key` is short for the document's own."""
    if not isinstance(reference, str) or "#" not in reference:
        return None
    return document_id + reference if reference.startswith("#") else reference


def _entries(value: Any) -> list[Any]:
    entries = [] if value is None else as_list(value)
    if len(entries) > _MAX_METHODS:
        raise ResolutionError(N_("The issuer lists more than %(limit)s keys."), params={"limit": _MAX_METHODS})
    return entries


def same_origin(first: str, second: str) -> bool:
    """Whether two https addresses belong to one host and port."""
    one, other = urlsplit(first), urlsplit(second)
    return one.scheme == other.scheme == "https" and bool(one.netloc) and one.netloc.lower() == other.netloc.lower()


def _is_ip_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _not_a_did(did: str) -> ResolutionError:
    return ResolutionError(
        N_("%(id)s is not an address that can be looked up."), code="did_invalid", params={"id": did}, permanent=True
    )


def _malformed(where: str) -> ResolutionError:
    return ResolutionError(
        N_("What was found at %(id)s is not a key document."),
        code="document_invalid",
        params={"id": where},
        permanent=True,
    )
