"""What everything that a route or a form names by a key is called here: asked for once a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from insignia.core.workflow.conditions import Condition
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.forms import queries as forms
from insignia.domain.proposals.workflow import facts
from insignia.edges.web import condition_words
from insignia.edges.web.review_words import readable

Value = str | int | bool


@dataclass(frozen=True)
class Names:
    """Roles, bodies, facts and questions of one institution."""

    roles: Mapping[str, str]
    bodies: Sequence[Any]
    facts: Mapping[str, facts.Told]
    forms: Sequence[Any] = field(default=())  # the newest version of each

    @classmethod
    def here(cls) -> "Names":
        """Those of the current institution."""
        return cls(
            dict(institutions.roles().order_by("name").values_list("key", "name")),
            bodies.bodies(),
            {one.key: one for one in facts.told()},
            forms.forms(),
        )

    @cached_property
    def body_names(self) -> Mapping[str, str]:
        """What bodies are called, by key."""
        return {one.key: one.name for one in self.bodies}

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """What the forms ask, by the questions' keys."""
        return {question.key: question.label for form in self.forms for question in form.form.questions}

    def role(self, key: str) -> str:
        """What a role is called; what it would be called where there is none."""
        return self.roles.get(key) or readable(key)

    def fact(self, key: str) -> str:
        """What a fact is called."""
        return str(self.facts[key].label) if key in self.facts else readable(key)

    def value(self, key: str, value: Value) -> str:
        """What one value of a fact is called."""
        known = self.facts[key].values if key in self.facts else ()
        # `True == 1` in Python; they are different answers.
        return next(
            (str(label) for one, label in known if type(one) is type(value) and one == value),
            condition_words.answer(value),
        )

    def condition(self, condition: Condition) -> str:
        """When a step is on the way, as the end of a sentence that begins with “if”."""
        return condition_words.said(condition, self.fact, self.value)
