"""How skills come in."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import Institution

from .models import Framework, Skill


@transaction.atomic
def add_framework(
    *, by: Actor, institution: Institution, key: str, name: str, url: str, skills: Iterable[Mapping[str, str]]
) -> Framework:
    """Add a framework and its skills, or add to the one that has this key; entries keep what they were called when used."""
    by.require(Permission.LEVEL_MANAGE, on=institution)
    framework, _made = Framework.objects.get_or_create(
        institution=institution, key=key, defaults={"name": name, "url": url}
    )
    rows = [
        Skill(
            institution=institution,
            framework=framework,
            code=skill["code"],
            name=skill["name"],
            url=skill["url"],
            description=skill.get("description", ""),
            target_type=skill.get("target_type", "CFItem"),
        )
        for skill in skills
    ]
    Skill.objects.bulk_create(rows, ignore_conflicts=True)
    return framework
