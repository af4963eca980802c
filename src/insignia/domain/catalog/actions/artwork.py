"""An institution's own pictures."""

import hashlib

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground.outside import assert_no_transaction
from insignia.domain.institutions.models import Unit
from insignia.domain.journal.bus import publish

from .. import images, queries
from ..dressing import require_dresser
from ..events import AchievementDrafted
from ..models import Achievement, Artwork


def add_artwork(*, by: Actor, unit: Unit, data: bytes, alt: str) -> Artwork:
    """Keep a picture, PNG or SVG, as a PNG that we made ourselves; raises `Rejected` for anything else."""
    require_dresser(by, unit)
    if not alt.strip():
        raise Rejected(
            N_("Say in words what the picture shows: people who cannot see it hear that."), code="alt_missing"
        )
    assert_no_transaction()
    png = images.own_artwork(data).png
    return Artwork.objects.create(sha256=hashlib.sha256(png).hexdigest(), png=png, alt=alt.strip())


@transaction.atomic
def drop_artwork(*, by: Actor, achievement: Achievement) -> None:
    """Let the draft be drawn with its symbol again; what was drawn with the picture keeps it."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=achievement)
    draft = queries.draft_of(achievement)
    if draft is None or draft.artwork is None:
        return
    draft.artwork = None
    draft.save(update_fields=["artwork"])
    publish(
        AchievementDrafted(achievement=achievement.public_id, draft=draft.public_id),
        by=by,
        subject=("achievement", achievement.public_id),
    )
