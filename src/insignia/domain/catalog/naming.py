"""What badges are called, many at once: for lists that hold ids only."""

from collections.abc import Iterable

from insignia.domain.access.actor import Scope
from insignia.domain.institutions.models import Unit

from .models import Achievement


def achievement_names(public_ids: Iterable[str]) -> dict[str, str]:
    """The name of each of these badges of the current institution; the short name of one that was never active."""
    rows = Achievement.objects.filter(public_id__in=set(public_ids)).values_list("public_id", "current__name", "slug")
    return {public_id: name or slug for public_id, name, slug in rows}


def scope_names(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """What people call units and badges in which roles hold; the institution itself is left out."""
    ids: dict[str, set[str]] = {}
    for scope in scopes:
        ids.setdefault(scope.kind, set()).add(scope.public_id)
    units = Unit.objects.filter(public_id__in=ids.get("unit", ())).values_list("public_id", "name")
    named = {Scope("unit", public_id): name for public_id, name in units}
    badges = achievement_names(ids.get("achievement", ())).items()
    return named | {Scope("achievement", public_id): name for public_id, name in badges}
