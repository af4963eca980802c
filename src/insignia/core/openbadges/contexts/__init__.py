"""The JSON-LD contexts, pinned: what a credential's words mean is decided by these files, never by the network.

`SOURCES.toml` says where each came from and what it hashes to; adding a context is a file and a row.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import rfc8785

from ..errors import ContextUnavailable

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

Loader = Callable[[str], Mapping[str, Any]]
"""Gives the context document of a URL or raises `ContextUnavailable`. `load` is the one that production uses."""


@cache
def load(url: str) -> Mapping[str, Any]:
    """The pinned context document named exactly `url`.

    Raises `ContextUnavailable` for any other URL, and for a file that is not the one that was pinned.
    The same object is handed out each time: read it, never change it.
    """
    source = sources().get(url)
    if source is None:
        raise ContextUnavailable(url)
    document: dict[str, Any] = json.loads((resources.files(__name__) / source["file"]).read_bytes())
    if hashlib.sha256(rfc8785.dumps(document)).hexdigest() != source["sha256"]:
        raise ContextUnavailable(url)
    return document


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """The rows of `SOURCES.toml` by URL."""
    table = tomllib.loads((resources.files(__name__) / "SOURCES.toml").read_text("utf-8"))
    return {row["url"]: row for row in table["context"]}


def local_contexts(document: Any) -> Iterator[Any]:
    """The value of every `@context` member anywhere in `document`, in no particular order."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, Mapping):
            if "@context" in value:
                yield value["@context"]
            waiting.extend(v for k, v in value.items() if k != "@context" and not isinstance(v, str))


def as_list(value: Any) -> list[Any]:
    """JSON-LD lets one value stand for a list of one."""
    return list(value) if isinstance(value, list | tuple) else [value]
