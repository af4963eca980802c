"""The questions of an intent's form, as they are asked, sent and answered."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.questions.definition import Form


def as_sent(form: Form, sent: Any) -> dict[str, Any]:
    """placeholder"""
    return {}


def sections_of(form: Form, answers: Mapping[str, Any]) -> tuple[Any, ...]:
    """placeholder"""
    return ()


def answered(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """placeholder"""
    yield from ()
