"""What somebody may begin: levels at which they may propose, and badges of which they may propose a change."""

from dataclasses import dataclass

from django.db.models import QuerySet

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import TaxonomyLevel

from . import queries, rules


@dataclass(frozen=True, slots=True)
class Opening:
    """A level at which something can be proposed; `asks_for` are the roles of which one is needed and `may` has none."""

    level: TaxonomyLevel
    asks_for: tuple[str, ...] = ()

    @property
    def may(self) -> bool:
        """Whether whoever asked may propose it."""
        return not self.asks_for


def openings(actor: Actor) -> list[Opening]:
    """The levels at which something is proposed here, and whether `actor` may, or else who (R-083)."""
    names = dict(institutions.roles().values_list("key", "name"))
    held = set(
        institutions.memberships_on(queries.today()).filter(user=actor.user_pk).values_list("role__key", flat=True)
    )
    manages = actor.may_somewhere(Permission.PROPOSAL_MANAGE)
    found = []
    for level in institutions.levels():
        wanted = level.policy.propose
        if level.policy.workflow:
            free = manages or not wanted or held & set(wanted)
            found.append(Opening(level, () if free else tuple(names.get(key, key) for key in wanted)))
    return found


def changeable(actor: Actor, kind: str) -> QuerySet[Achievement]:
    """The achievements of which `actor` may propose a change of this kind."""
    found = Achievement.objects.select_related("level", "unit", "current").filter(
        state__in=rules.CHANGES.get(kind, ()), current__isnull=False
    )
    if not actor.places(Permission.PROPOSAL_START, "institution"):
        found = found.filter(unit__in=institutions.units_of(actor, Permission.PROPOSAL_START))
    return found.order_by("current__name", "pk")
