"""Where an outbound request may go: which spelling of a URL is taken, and which addresses are public.

Refused are all spellings on which two readers could disagree: names that are not plain ASCII letters, digits and
hyphens, numbers that are not four canonical decimals, a user before the host, a dot behind it. What is left is
resolved, and every address that it resolves to must be one that anybody on the internet could reach.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from insignia.core.errors import Rejected
from insignia.core.words import N_

PORTS = frozenset({80, 443})
LONGEST_URL = 2048

_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRINTABLE = re.compile(r"[!-~]+")

_V4_CLOSED = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
# Inside 2000::/3, the only block given out to the public. All tunnels that carry an IPv4 address are closed: 6to4 and
# Teredo here, mapped, compatible and NAT64 addresses because they lie outside it.
_V6_OPEN = ipaddress.IPv6Network("2000::/3")
_V6_CLOSED = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3fff::/20",  # documentation
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be tried. `path` carries the query; the fragment is never sent."""

    scheme: str
    host: str
    port: int
    path: str
    trusted: bool

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        standard = self.port == {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}{'' if standard else f':{self.port}'}{self.path}"


def parse(url: str, *, allowed: Collection[str]) -> Target:
    """Read `url`. Rejected `fetch_url` when its spelling, scheme or port is not one that is taken.

    `allowed` names the `host:port` pairs that the operator trusts though they be private.
    """
    if len(url) > LONGEST_URL or not _PRINTABLE.fullmatch(url) or "\\" in url:
        raise _refused()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused() from None
    if parts.scheme not in ("http", "https") or not url[len(parts.scheme) :].startswith("://"):
        raise _refused()
    host = _host(parts)
    port = port if port is not None else {"http": 80, "https": 443}[parts.scheme]
    trusted = f"{host}:{port}" in {entry.lower() for entry in allowed}
    if not trusted and (port not in PORTS or not ("." in host or ":" in host)):
        raise _refused()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=port, path=path, trusted=trusted)


def is_public(address: str) -> bool:
    """Whether `address` (as a resolver gives it) belongs to the public internet."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _V4_CLOSED)
    if ip not in _V6_OPEN or any(ip in network for network in _V6_CLOSED):
        return False
    # ISATAP hides an IPv4 address behind 5efe in the lower half of an otherwise public one.
    return (int(ip) >> 32) & 0xFDFFFFFF != 0x00005EFE


def _host(parts: SplitResult) -> str:
    if "@" in parts.netloc or parts.netloc.endswith(":"):
        raise _refused()
    if parts.netloc.startswith("["):
        return _v6(parts.netloc[1:].partition("]")[0])
    host = parts.netloc.partition(":")[0].lower()
    if not _NAME.fullmatch(host):
        raise _refused()
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            # Strict: four decimals without leading zeros, nothing that a resolver would read as octal or hexadecimal.
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _refused() from None
    return host


def _v6(text: str) -> str:
    try:
        ip = ipaddress.IPv6Address(text)
    except ValueError:
        raise _refused() from None
    if ip.scope_id:
        raise _refused()
    return str(ip)


def _refused() -> Rejected:
    return Rejected(N_("This address cannot be fetched: only plain http and https addresses can."), code="fetch_url")
