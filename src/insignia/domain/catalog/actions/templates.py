"""Badge templates in versions, and drawing anew with them."""

from collections.abc import Sequence

from django.db import transaction

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import images
from ..drawing import draw_all, keep_images
from ..events import TemplateAdded, TemplateApplied
from ..models import Achievement, BadgeTemplate


def add_template(*, by: Actor, institution: Institution, key: str, name: str, svg: str, sidecar: str) -> BadgeTemplate:
    """Add a template, or a new version of one; what was drawn with an older version keeps it."""
    by.require(Permission.TEMPLATE_MANAGE, on=institution)
    images.Template.from_text(svg, sidecar)
    with transaction.atomic():
        newest = BadgeTemplate.objects.filter(key=key).order_by("-number").first()
        if newest is not None and (newest.svg, newest.sidecar) == (svg, sidecar):
            return newest
        template = BadgeTemplate.objects.create(
            key=key, number=newest.number + 1 if newest else 1, name=name, svg=svg, sidecar=sidecar
        )
        publish(TemplateAdded(template=template.public_id), by=by, subject=("template", template.public_id))
    return template


def apply_templates(*, by: Actor, achievements: Sequence[Achievement], chosen: BadgeTemplate | None = None) -> int:
    """Draw the current images of `achievements` anew; gives how many were changed.

    With the newest templates, but for the one of which another version is `chosen`.

    Awards made before keep the image they were issued with (R-047); new ones get the new image (R-048).
    """
    changed = 0
    for achievement in achievements:
        by.require(Permission.TEMPLATE_MANAGE, on=achievement)
        if achievement.current is None:
            continue
        drawn = draw_all(achievement.current, achievement, chosen=chosen)
        with transaction.atomic():
            keep_images(achievement.current, drawn)
            publish(
                TemplateApplied(
                    template=(chosen or drawn[0].template).public_id, achievements=(achievement.public_id,)
                ),
                by=by,
                subject=("achievement", achievement.public_id),
            )
        changed += 1
    return changed
