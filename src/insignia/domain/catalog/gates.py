"""What floors above ask before an achievement may be active; whoever activates, through whatever door, asks them all.

    @gate("production")
    def open_tasks(achievement: Achievement, verb: str) -> Iterator[InsigniaError]: ...

A floor registers its question as it registers a reaction; this one knows no more of it than its answer.
"""

from collections.abc import Callable, Iterable

from insignia.core.errors import InsigniaError

from .models import Achievement

Question = Callable[[Achievement, str], Iterable[InsigniaError]]

_gates: dict[str, Question] = {}


def gate(name: str) -> Callable[[Question], Question]:
    """Ask the decorated function before `verb` ("activate" or "reactivate"); what it gives are reasons to refuse."""

    def register(question: Question) -> Question:
        _gates[name] = question
        return question

    return register


def reasons(achievement: Achievement, verb: str) -> list[InsigniaError]:
    """Everything that stands in the way, as the floors above see it."""
    return [reason for question in _gates.values() for reason in question(achievement, verb)]
