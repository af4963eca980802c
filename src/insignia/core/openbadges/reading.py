"""From whatever somebody hands in to the credential inside: JSON, a compact token, or an image with one baked in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from . import baking, jwt, strict_json
from .errors import N_, Unreadable
from .provenance import SignedStatement


class Form(StrEnum):
    """What was handed in."""

    JSON = "json"
    JWT = "jwt"
    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of the credential, as it stood in `form`, and what it parses to."""

    form: Form
    text: str
    statement: SignedStatement


def read(source: bytes | str) -> Reading:
    """Find the credential in `source`. Raises `Unreadable`, `BakingError`, `TokenError` or `TooComplex`."""
    form = _form_of(source)
    if form in (Form.PNG, Form.SVG):
        text = baking.unbake(source.encode() if isinstance(source, str) else source)
    else:
        text = _decoded(source)
    text = text.strip()
    if jwt.looks_like_token(text):
        token = jwt.read(text)
        return Reading(Form.JWT if form is Form.JSON else form, text, SignedStatement(token.document, token))
    document = strict_json.loads(text)
    if not isinstance(document, Mapping):
        raise Unreadable(N_("This is not a badge."), code="not_a_badge")
    return Reading(form, text, SignedStatement(document))


def _form_of(source: bytes | str) -> Form:
    if isinstance(source, bytes) and source.startswith(b"\x89PNG\r\n\x1a\n"):
        return Form.PNG
    start = source[:1024].decode("utf-8", "replace") if isinstance(source, bytes) else source[:1024]
    return Form.SVG if start.lstrip("\ufeff \t\r\n").startswith("<") else Form.JSON


def _decoded(source: bytes | str) -> str:
    try:
        return source.decode("utf-8-sig") if isinstance(source, bytes) else source.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Unreadable(N_("This is not a badge."), code="not_a_badge") from error
