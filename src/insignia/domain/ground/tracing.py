"""Which request set this in motion: one id from the click to the last line of a background task."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request being served or of the request that a delivery goes back to; empty when there is none."""
    return _request_id.get()


@contextmanager
def of(request_id: str) -> Iterator[None]:
    """Work on behalf of the request `request_id`."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)
