"""The frameworks' section of a preset: lists of skills that an institution begins with."""

from collections.abc import Mapping
from typing import Any

from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import section

from . import actions


@section("frameworks")
def read_frameworks(by: Actor, institution: Institution, frameworks: list[Mapping[str, Any]]) -> None:
    """Add each framework of the preset with its skills."""
    for framework in frameworks:
        actions.add_framework(
            by=by,
            institution=institution,
            key=framework["key"],
            name=framework["name"],
            url=framework.get("url", ""),
            skills=framework.get("skills", ()),
        )
