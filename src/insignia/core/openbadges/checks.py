"""What a check found. "Could not check" is an answer of its own: it is neither yes nor no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .errors import OpenBadgesError


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True, slots=True)
class Check:
    """One named question and its answer. `message` is the English msgid that `params` fill, `code` is for programs."""

    name: str
    outcome: Outcome
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}: {self.message % self.params if self.params else self.message}"


def passed(name: str, code: str, message: str, **params: Any) -> Check:
    return Check(name, Outcome.PASSED, code, message, params)


def failed(name: str, code: str, message: str, **params: Any) -> Check:
    return Check(name, Outcome.FAILED, code, message, params)


def unknown(name: str, code: str, message: str, **params: Any) -> Check:
    return Check(name, Outcome.COULD_NOT_CHECK, code, message, params)


def failed_by(name: str, error: OpenBadgesError) -> Check:
    return Check(name, Outcome.FAILED, error.code, error.message, error.params)


def unknown_by(name: str, error: OpenBadgesError) -> Check:
    return Check(name, Outcome.COULD_NOT_CHECK, error.code, error.message, error.params)


def overall(checks: Iterable[Check]) -> Outcome:
    """One "no" is a no; without one, one "could not check" is that; nothing checked at all could not be checked."""
    outcomes = {check.outcome for check in checks}
    if Outcome.FAILED in outcomes:
        return Outcome.FAILED
    return Outcome.PASSED if outcomes == {Outcome.PASSED} else Outcome.COULD_NOT_CHECK
