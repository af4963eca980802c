"""What a route's conditions may ask, and what is known of one proposal."""

from collections.abc import Mapping, Set

from insignia.core.questions.facts import facts_of, possible_facts
from insignia.core.workflow.conditions import Facts
from insignia.domain.catalog import rules
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Unit
from insignia.domain.proposals.forms import queries as forms
from insignia.domain.proposals.writing.content import content_of
from insignia.domain.proposals.writing.models import Proposal

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
    """ "material" where a revision changes what an award means, else "editorial"; whatever is new is material."""
    current = proposal.achievement.current if proposal.achievement else None
    if proposal.kind != Proposal.Kind.REVISE or current is None:
        return MATERIAL
    proposed = content_of(proposal.form.form, proposal.answers, title=proposal.title)
    return MATERIAL if rules.is_material(current.content, proposed) else EDITORIAL


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


def role_keys() -> Set[str]:
    """The roles that a task may go to."""
    return frozenset(institutions.roles().values_list("key", flat=True)) | {"proposer"}
