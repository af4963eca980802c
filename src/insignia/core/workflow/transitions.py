"""The life of one thing: which state it may leave for which other one, by which verb, when which facts hold.

The table decides, nothing else does; `domain` writes the new state by a conditional update, so that of two people who
move the same thing one wins and the other is told.
"""

from collections.abc import Set
from dataclasses import dataclass

from insignia.core.errors import Rejected
from insignia.core.words import N_


@dataclass(frozen=True, slots=True)
class Transition:
    """One step: `verb` takes a thing from `source` to `target`, once every fact in `needs` holds."""

    verb: str
    source: str
    target: str
    needs: frozenset[str] = frozenset()  # facts that must hold first


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All steps of one kind of thing, and the state in which it begins."""

    start: str
    transitions: tuple[Transition, ...]

    def open_to(self, state: str, *, facts: Set[str]) -> tuple[Transition, ...]:
        """The transitions that may be taken from `state` now: also the buttons on the page."""
        return tuple(t for t in self.transitions if t.source == state and t.needs <= facts)

    def take(self, verb: str, state: str, *, facts: Set[str]) -> Transition:
        """The transition that `verb` means from `state` now; `Rejected` says why there is none.

        Where rows share verb and state, the first whose needs hold is taken: order them from special to general.
        """
        for transition in self.open_to(state, facts=facts):
            if transition.verb == verb:
                return transition
        waiting = [t.needs.difference(facts) for t in self.transitions if t.verb == verb and t.source == state]
        if not waiting:
            raise Rejected(
                N_("“%(verb)s” is not possible here: the state is “%(state)s”."),
                code="not_possible_in_this_state",
                params={"verb": verb, "state": state},
            )
        missing = min(waiting, key=len)
        raise Rejected(
            N_("“%(verb)s” has to wait until this holds: %(facts)s."),
            code="facts_missing",
            params={"verb": verb, "facts": ", ".join(sorted(missing))},
        )
