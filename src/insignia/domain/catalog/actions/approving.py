"""What bodies decided here about the words of a draft: noted on it, frozen with it, endorsed when it is active."""

from collections.abc import Sequence

from django.db import transaction

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import rules
from ..events import ApprovalsNoted
from ..models import Achievement, AchievementVersion
from ..rules import Approval


@transaction.atomic
def note_approvals(
    *, by: Actor, achievement: Achievement, approvals: Sequence[Approval], content_hash: str
) -> AchievementVersion:
    """Note on the draft which bodies approved its words, in the order in which they decided.

    `content_hash` is the fingerprint of the words on which they decided: raises `Conflict` where the draft says others,
    or where there is none. Noted again, the approvals replace those that were there; the draft written anew drops them.
    """
    by.require(Permission.PROPOSAL_DECIDE, on=achievement)
    rules.check_approvals(approvals, today=clock.today_in(achievement.institution.zone))
    draft = AchievementVersion.objects.select_for_update().filter(achievement=achievement, frozen_at=None).first()
    if draft is None:
        raise Conflict(N_("There is no draft of this badge to which an approval could belong."), code="no_draft")
    if draft.content.fingerprint() != content_hash:
        raise Conflict(
            N_("The draft says something else than what was approved. Write the approved words into it first."),
            code="draft_moved",
        )
    draft.approvals_data = [approval.to_data() for approval in approvals]
    draft.save(update_fields=["approvals_data"])
    publish(
        ApprovalsNoted(
            achievement=achievement.public_id,
            number=draft.number,
            content_hash=content_hash,
            roles=tuple(approval.role for approval in approvals),
        ),
        by=by,
        subject=("achievement", achievement.public_id),
    )
    return draft
