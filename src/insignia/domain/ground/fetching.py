"""The one way out: guarded HTTP GET. Nothing else in the project opens a connection to an address from outside.

A fetch resolves the name once, refuses unless every address is public, connects to exactly the address it checked (so
that a name that changes its mind between check and use gains nothing), keeps the name for `Host` and the certificate,
follows at most three redirects with all checks anew, and ends when its time or its size is used up, whatever the other
side does. Proxies named in the environment are not used.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urljoin

from django.conf import settings

from insignia.core.errors import Rejected, Unavailable
from insignia.core.words import N_
from insignia.domain.ground import outside, targets
from insignia.domain.ground.targets import Target
from insignia.domain.ground.wire import Deadline, Wire

MAX_BYTES = 1024 * 1024
TIMEOUT = 10.0
REDIRECTS = 3
CHUNK = 64 * 1024
AGENT = "Insignia"

Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A successful answer. `url` is where it came from in the end; `content_type` is lower case without parameters."""

    url: str
    status: int
    content_type: str
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """Every address of `host`, by the system's resolver. OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def fetch(
    url: str,
    *,
    accept: Collection[str],
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
    resolver: Resolver = resolve,
) -> Fetched:
    """GET `url`, within `timeout` seconds for everything together.

    `accept` lists the content types that are taken (`image/*` takes all images). Rejected `fetch_url` or
    `fetch_address` when the address may not be fetched; Unavailable `fetch_...` when the other side did not give what
    it was asked for, `permanent` when asking again is pointless.
    """
    outside.assert_no_transaction()
    deadline = Deadline(timeout)
    target = targets.parse(url, allowed=settings.FETCH_ALLOW)
    for _ in range(REDIRECTS + 1):
        with _Exchange(target, deadline, resolver) as exchange:
            response = exchange.get(accept)
            location = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307, 308) or location is None:
                return _taken(target, response, accept, max_bytes)
        onward = targets.parse(urljoin(target.url, location), allowed=settings.FETCH_ALLOW)
        if target.scheme == "https" and onward.scheme == "http":
            raise Rejected(N_("The address leads from a secure to an insecure one."), code="fetch_url")
        target = onward
    raise Unavailable(N_("The address leads on to others too often."), code="fetch_redirects", permanent=True)


class _Exchange:
    """One request to one checked address."""

    def __init__(self, target: Target, deadline: Deadline, resolver: Resolver) -> None:
        self._target = target
        self._deadline = deadline
        self._resolver = resolver
        self._connection = http.client.HTTPConnection(target.host, target.port)
        self._connection.default_port = {"http": 80, "https": 443}[target.scheme]
        self._socket: socket.socket | None = None

    def __enter__(self) -> "_Exchange":
        return self

    def __exit__(self, *_: object) -> None:
        if self._socket is not None:
            self._socket.close()

    def get(self, accept: Collection[str]) -> http.client.HTTPResponse:
        addresses = self._addresses()
        try:
            self._socket = self._connect(addresses)
            self._connection.sock = Wire(self._socket, self._deadline)
            # http.client asks for the identity encoding by itself: nothing compressed, so nothing that could burst.
            headers = {"Accept": ", ".join(accept), "User-Agent": AGENT, "Connection": "close"}
            self._connection.request("GET", self._target.path, headers=headers)
            return self._connection.getresponse()
        except ssl.SSLCertVerificationError as error:
            raise Unavailable(
                N_("The other side could not prove that it is %(host)s."),
                code="fetch_certificate",
                params={"host": self._target.host},
            ) from error
        except (OSError, http.client.HTTPException) as error:
            raise _no_answer(self._target) from error

    def _addresses(self) -> Sequence[str]:
        try:
            addresses = _within(self._deadline, self._resolver, self._target.host, self._target.port)
        except (OSError, UnicodeError) as error:
            raise _no_answer(self._target) from error
        if not addresses:
            raise _no_answer(self._target)
        if not self._target.trusted and not all(targets.is_public(address) for address in addresses):
            raise Rejected(
                N_("This address cannot be fetched: it does not belong to the public internet."), code="fetch_address"
            )
        return addresses

    def _connect(self, addresses: Sequence[str]) -> socket.socket:
        sock = self._first_that_answers(addresses)
        try:
            if self._target.scheme == "https":
                sock.settimeout(self._deadline.left())
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self._target.host)
        except BaseException:
            sock.close()
            raise
        return sock

    def _first_that_answers(self, addresses: Sequence[str]) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in addresses[:4]:
            try:
                # A literal address: nothing is looked up again here.
                return socket.create_connection((address, self._target.port), timeout=self._deadline.left())
            except OSError as error:
                failure = error
        raise failure


def _within(deadline: Deadline, resolver: Resolver, host: str, port: int) -> Sequence[str]:
    """Resolve under the deadline. The system's resolver cannot be interrupted; a slow one is left to end by itself."""
    found: list[Sequence[str]] = []
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            found.append(resolver(host, port))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    thread.join(deadline.left())
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError
    return found[0]


def _taken(target: Target, response: http.client.HTTPResponse, accept: Collection[str], max_bytes: int) -> Fetched:
    if not 200 <= response.status < 300:
        raise Unavailable(
            N_("%(host)s answered with status %(status)s."),
            code="fetch_status",
            params={"host": target.host, "status": response.status},
            permanent=400 <= response.status < 500 and response.status not in (408, 425, 429),
        )
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding != "identity" or not any(fnmatchcase(content_type, pattern) for pattern in accept):
        raise Unavailable(
            N_("%(host)s answered with something of another kind than asked for."),
            code="fetch_content_type",
            params={"host": target.host},
            permanent=True,
        )
    return Fetched(target.url, response.status, content_type, _body(target, response, max_bytes))


def _body(target: Target, response: http.client.HTTPResponse, max_bytes: int) -> bytes:
    body = bytearray()
    try:
        # What the other side announces may be a lie; what has arrived is counted.
        if (response.length or 0) <= max_bytes:
            while len(body) <= max_bytes and (chunk := response.read(min(CHUNK, max_bytes + 1 - len(body)))):
                body += chunk
            if len(body) <= max_bytes and not response.length:
                return bytes(body)
            if len(body) <= max_bytes:
                raise http.client.IncompleteRead(bytes(body), response.length)
    except (OSError, http.client.HTTPException) as error:
        raise _no_answer(target) from error
    raise Unavailable(
        N_("The answer of %(host)s is larger than %(limit)s bytes."),
        code="fetch_too_large",
        params={"host": target.host, "limit": max_bytes},
        permanent=True,
    )


def _no_answer(target: Target) -> Unavailable:
    return Unavailable(
        N_("%(host)s did not answer as it should, or not in time."),
        code="fetch_no_answer",
        params={"host": target.host},
    )
