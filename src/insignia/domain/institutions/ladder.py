"""The institution's ladder: one level of it, and adding one more."""

from django.db import transaction
from django.utils.text import slugify

from insignia.core.errors import Conflict, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission

from . import actions
from .models import Institution, TaxonomyLevel
from .rules import LevelPolicy


def level(public_id: str) -> TaxonomyLevel:
    """One level of the current institution; raises `NotFound`."""
    try:
        return TaxonomyLevel.objects.select_related("institution").get(public_id=public_id)
    except TaxonomyLevel.DoesNotExist:
        raise NotFound(N_("There is no such level here.")) from None


@transaction.atomic
def add_level(
    *, by: Actor, institution: Institution, name: str, policy: LevelPolicy, purpose: str = ""
) -> TaxonomyLevel:
    """Put one more level on top of the ladder (R-007). `set_level` would change one that has the same short name."""
    by.require(Permission.LEVEL_MANAGE, on=institution)
    key = slugify(name).replace("-", "_")[:40]
    if not key:
        raise Rejected(N_("A level needs a name in Latin letters or digits."), code="missing_name")
    if TaxonomyLevel.objects.filter(key=key).exists():
        raise Conflict(N_("There is a level “%(name)s” already."), code="level_taken", params={"name": name.strip()})
    top = TaxonomyLevel.objects.order_by("-position").first()
    return actions.set_level(
        by=by,
        institution=institution,
        key=key,
        name=name,
        policy=policy,
        purpose=purpose,
        position=top.position + 1 if top else 0,
    )
