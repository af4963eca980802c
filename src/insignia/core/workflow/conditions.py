"""When a step is on the way: a question about the facts of a proposal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from insignia.core.errors import Rejected
from insignia.core.words import N_

Fact: TypeAlias = str | int | bool | tuple[str, ...]
Facts: TypeAlias = Mapping[str, Fact]  # level, credit, audience, unit_kind ...: what conditions and channels go by


class Operator(StrEnum):
    """How a condition is asked, in the words of the file."""

    IS = "is"
    IN = "in"
    NOT = "not"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one fact (`is`, `in`), or of other conditions (`not`, `all`, `any`)."""

    operator: Operator
    fact: str = ""
    values: tuple[str | int | bool, ...] = ()
    parts: tuple["Condition", ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether it holds. A fact that is not known is none of the values; of several audiences one is enough."""
        match self.operator:
            case Operator.NOT:
                return not self.parts[0].holds(facts)
            case Operator.ALL:
                return all(part.holds(facts) for part in self.parts)
            case Operator.ANY:
                return any(part.holds(facts) for part in self.parts)
        held = facts.get(self.fact)
        found = held if isinstance(held, tuple) else (held,)
        # `True == 1` in Python, and “credit is 1” is not “credit is true”.
        return any(type(one) is type(value) and one == value for one in found for value in self.values)

    def questions(self) -> Iterator["Condition"]:
        """Each test of a fact in it."""
        if self.operator in (Operator.IS, Operator.IN):
            yield self
        for part in self.parts:
            yield from part.questions()

    def written(self) -> dict[str, Any]:
        """As in the file: `{fact = "type", is = "credit"}`, `{not = {...}}`, `{all = [...]}`."""
        match self.operator:
            case Operator.IS:
                return {"fact": self.fact, "is": self.values[0]}
            case Operator.IN:
                return {"fact": self.fact, "in": list(self.values)}
            case Operator.NOT:
                return {"not": self.parts[0].written()}
        return {self.operator.value: [part.written() for part in self.parts]}

    @classmethod
    def read(cls, data: object) -> "Condition":
        """The condition that `data` writes."""
        match data:
            case {"fact": str(fact), "is": str() | int() | bool() as value, **rest} if not rest:
                return cls(Operator.IS, fact, (value,))
            case {"fact": str(fact), "in": [*values], **rest} if not rest and values:
                return cls(Operator.IN, fact, tuple(values))
            case {"not": part, **rest} if not rest:
                return cls(Operator.NOT, parts=(cls.read(part),))
            case {"all": [*parts], **rest} if not rest and parts:
                return cls(Operator.ALL, parts=tuple(cls.read(part) for part in parts))
            case {"any": [*parts], **rest} if not rest and parts:
                return cls(Operator.ANY, parts=tuple(cls.read(part) for part in parts))
        raise Rejected(
            N_(
                "%(where)s: a condition asks “fact” with “is” or “in”, or joins others by “not”, “all” or “any”; "
                "none of its lists is empty."
            ),
            code="not_a_condition",
        )
