"""What a route's conditions may ask, and what is known of one proposal."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from insignia.core.questions.definition import DECIDING
from insignia.core.questions.facts import facts_of, possible_facts
from insignia.core.workflow.conditions import Facts
from insignia.domain.catalog import rules
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Unit
from insignia.domain.proposals.forms import queries as forms
from insignia.domain.proposals.writing.models import Proposal
from insignia.domain.proposals.writing.proposed import proposed

MATERIAL, EDITORIAL = "material", "editorial"


def facts_for(proposal: Proposal) -> Facts:
    """What a route goes by for this proposal: what is answered, and its kind, level and unit."""
    return {
        **facts_of(proposal.form.form, proposal.answers),
        "type": proposal.level.key,
        "kind": proposal.kind,
        "unit_kind": proposal.unit.kind,
        "change": change_of(proposal),
    }


def change_of(proposal: Proposal) -> str:
    """Whether it is "material", where a revision changes what an award means, or "editorial"; whatever is new is material."""
    current = proposal.achievement.current if proposal.achievement else None
    if proposal.kind != Proposal.Kind.REVISE or current is None:
        return MATERIAL
    wanted = proposed(proposal, proposal.form.form, proposal.answers, proposal.title)
    return MATERIAL if rules.is_material(current.content, wanted) else EDITORIAL


def possible() -> Mapping[str, Set[str | int | bool]]:
    """The facts that the institution's forms and levels tell, each with the values that occur."""
    found: dict[str, Set[str | int | bool]] = {
        "type": frozenset(institutions.levels().values_list("key", flat=True)),
        "kind": frozenset(Proposal.Kind.values),
        "unit_kind": frozenset(Unit.Kind.values),
        "change": frozenset({MATERIAL, EDITORIAL}),
    }
    for version in forms.forms():
        for name, values in possible_facts(version.form).items():
            found[name] = found.get(name, frozenset()) | values
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as people choose it: what it is called, and each value with what that is called."""

    key: str
    label: Any
    values: tuple[tuple[str | int | bool, Any], ...]


def told() -> list[Told]:
    """What conditions may ask, in words: level, kinds and, by the labels of their questions, what the forms tell."""
    found = {
        "type": Told("type", _("Level"), tuple(institutions.levels().values_list("key", "name"))),
        "kind": Told("kind", _("Kind of proposal"), tuple(Proposal.Kind.choices)),
        "unit_kind": Told("unit_kind", _("Kind of unit"), tuple(Unit.Kind.choices)),
        "change": Told(
            "change",
            _("What is changed"),
            ((MATERIAL, _("What an award means")), (EDITORIAL, _("Nothing but words"))),
        ),
    }
    for version in forms.forms():
        for question in version.form.questions:
            if question.fact and question.kind in DECIDING:
                before = found.get(question.fact, Told(question.fact, question.label, ()))
                known = {value for value, _label in before.values}
                options = [(option.key, option.label) for option in question.options] or _TRUTHS
                more = tuple(pair for pair in options if pair[0] not in known)
                found[question.fact] = Told(before.key, before.label, (*before.values, *more))
    return list(found.values())


_TRUTHS: list[tuple[Any, Any]] = [(True, _("Yes")), (False, _("No"))]


def role_keys() -> Set[str]:
    """The roles that a task may go to."""
    return frozenset(institutions.roles().values_list("key", flat=True)) | {"proposer"}
