"""An institution's colours, on its pages and on its badges."""

from collections.abc import Mapping
from typing import Any

from insignia.core.errors import Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution

from . import images, queries


def check_accent(accent: str) -> None:
    """Raise `Rejected` when a text would be hard to read on `accent` in one of the institution's templates."""
    if not accent:
        return
    for template in queries.templates():
        shape = images.Template.from_text(template.svg, template.sidecar)
        if "accent" in shape.recolour:
            shape.coloured({"accent": accent})


def accent_problem(accent: str) -> Rejected | None:
    """What `check_accent` says against `accent`, if anything."""
    try:
        check_accent(accent)
    except Rejected as refused:
        return refused
    return None


def set_branding(*, by: Actor, institution: Institution, theme: Mapping[str, Any], accent: str) -> None:
    """Change how pages look, and the one colour of badges that is the institution's. Images that are there stay."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    check_accent(accent)
    badge = {"badge": {"accent": accent}} if accent else {}
    institutions.set_theme(by=by, institution=institution, theme={**theme, **badge})
