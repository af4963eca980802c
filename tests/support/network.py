"""No test reaches beyond this machine: only loopback addresses and unix sockets answer.

A refusal is no OSError, so that code which copes with a network that is down cannot hide that a test asked for one.
(The browser has its own switch, see browsing.py; PostgreSQL's client library is C and gets its address from us.)
"""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

RESERVED = (".example", ".invalid", ".test", ".localdomain")


class NetworkIsOff(RuntimeError):
    """A test asked for an address outside this machine."""


def _is_here(host: str) -> bool:
    if host in ("", "localhost") or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guarded(real: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_here(str(address[0])):
            raise NetworkIsOff(
                f"A test tried to connect to {address!r}. Hand in the world, or serve it on this machine."
            )
        return real(self, address)

    return connect


def _guarded_lookup(host: Any, *arguments: Any, **options: Any) -> Any:
    name = (host.decode() if isinstance(host, bytes) else host or "").rstrip(".").lower()
    if name.endswith(RESERVED):
        # Names that are set aside for examples: nobody has them, so nobody has to be asked.
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if not _is_here(name) and not _is_address(name):
        raise NetworkIsOff(f"A test tried to look up {name!r}.")
    return _real_lookup(host, *arguments, **options)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return True


_real_lookup = socket.getaddrinfo


@pytest.fixture(scope="session", autouse=True)
def network_is_off() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup)
        yield
