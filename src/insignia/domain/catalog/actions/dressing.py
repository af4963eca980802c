"""How a badge looks, changed without touching what it says."""

from django.db import transaction

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.journal.bus import publish

from .. import rules
from ..dressing import Dress, dressed, require_dresser
from ..events import AchievementDrafted
from ..models import Achievement, AchievementVersion
from .drafting import next_version, open_draft, save_version


@transaction.atomic
def dress_draft(*, by: Actor, achievement: Achievement, dress: Dress) -> AchievementVersion:
    """Give the draft another image, beginning one with what is awarded now where there is none.

    What bodies approved is what the badge says: their approval stays. Where nothing changes, nothing is written.
    """
    require_dresser(by, achievement)
    if achievement.state in rules.FINISHED:
        raise Rejected(N_("A retired badge cannot be changed."), code="achievement_retired")
    draft = open_draft(achievement)
    version = draft or achievement.current
    if version is None:
        raise Conflict(N_("There is nothing written yet."), code="no_draft")
    if Dress.of(version) == dress:
        return version
    content = dressed(version, dress).content
    if draft is None:
        draft = next_version(achievement)
        draft.name = content.name
    draft.content_data = content.to_data()
    draft.artwork, draft.template = dress.artwork, dress.template
    save_version(draft)
    publish(
        AchievementDrafted(achievement=achievement.public_id, draft=draft.public_id),
        by=by,
        subject=("achievement", achievement.public_id),
    )
    return draft
