"""What may be asked about skills."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Framework, Skill


def skills() -> QuerySet[Skill]:
    """Every skill of the current institution, with its framework."""
    return Skill.objects.select_related("framework")


def skills_by_code(codes: Iterable[str]) -> dict[str, Skill]:
    """The skills of the current institution that carry one of `codes`."""
    return {skill.code: skill for skill in skills().filter(code__in=list(codes))}


def frameworks() -> QuerySet[Framework]:
    """The frameworks of the current institution."""
    return Framework.objects.all()
