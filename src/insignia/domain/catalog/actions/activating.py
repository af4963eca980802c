"""From a draft to what can be earned, and on to the end of an achievement's life."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Conflict, InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import gates, queries, rules
from ..drawing import draw_all, keep_images
from ..events import AchievementMoved, VersionFrozen
from ..models import Achievement, AchievementVersion
from .drafting import searched_by


def what_is_missing(achievement: Achievement) -> list[InsigniaError]:
    """What the draft (or, without one, the current version) lacks before the badge may be active."""
    version = queries.draft_of(achievement) or achievement.current
    if version is None:
        return [Rejected(N_("There is nothing written yet."), code="missing_version")]
    return rules.missing(version.content, achievement.level.policy)


def activate(
    *, by: Actor, achievement: Achievement, approved_by: str = "", approved_on: date | None = None
) -> Achievement:
    """Freeze the draft, render its images and make it what is awarded from now on.

    Used for the first version and for every later one. `approved_by` and `approved_on` record a decision that was
    taken before or elsewhere; where nothing is given, those hold that were noted on the draft. Raises `Rejected` listing
    everything that is missing.
    """
    by.require(Permission.ACHIEVEMENT_ACTIVATE, on=achievement)
    draft = queries.draft_of(achievement)
    if draft is None:
        raise Conflict(
            N_("There is no draft to activate; somebody else may have done it a moment ago."), code="no_draft"
        )
    rules.check_approval(approved_by, approved_on, today=clock.today_in(achievement.institution.zone))
    _refuse_for([*what_is_missing(achievement), *gates.reasons(achievement, "activate")])
    drawn = draw_all(draft, achievement)
    with transaction.atomic():
        now = Achievement.objects.select_for_update().get(pk=achievement.pk)
        _check_still_so(now, draft)
        moved = AchievementVersion.objects.filter(pk=draft.pk, frozen_at=None).update(
            frozen_at=clock.now(),
            content_hash=draft.content.fingerprint(),
            **_approval(draft, approved_by.strip(), approved_on),
            template=drawn[0].template,
        )
        if not moved:
            raise Conflict(N_("Somebody else activated this badge a moment ago."), code="already_active")
        draft.refresh_from_db()
        keep_images(draft, drawn)
        if now.state == Achievement.State.IN_PRODUCTION:
            now.state = rules.LIFECYCLE.take("activate", now.state, facts={"complete", "image"}).target
        now.current = draft
        now.variants = list(draft.content.variants)
        now.search_text = searched_by(draft.content, achievement)
        now.save(update_fields=["current", "state", "variants", "search_text"])
        subject = ("achievement", achievement.public_id)
        publish(
            VersionFrozen(achievement=achievement.public_id, number=draft.number, content_hash=draft.content_hash),
            by=by,
            subject=subject,
        )
        publish(AchievementMoved(achievement=achievement.public_id, verb="activate"), by=by, subject=subject)
    achievement.current, achievement.state = draft, now.state
    achievement.variants, achievement.search_text = now.variants, now.search_text
    return achievement


def _refuse_for(lacking: list[InsigniaError]) -> None:
    if lacking:
        raise Rejected(
            N_("This badge cannot be active yet. %(first)s"),
            code="incomplete",
            params={"first": str(lacking[0])},
            details=lacking,
        )


def _approval(draft: AchievementVersion, body: str, on: date | None) -> dict[str, str | date | None]:
    """Who is named as having approved it: the body given, else that noted on the draft, else the last that decided."""
    if body:
        return {"approved_by": body, "approved_on": on}
    if draft.approved_on is None and draft.approvals:
        last = draft.approvals[-1]
        return {"approved_by": last.body, "approved_on": last.on}
    return {"approved_by": draft.approved_by, "approved_on": draft.approved_on}


def _check_still_so(achievement: Achievement, draft: AchievementVersion) -> None:
    """While the images were drawn, nobody may have retired the badge or written other words than those in hand."""
    if achievement.state in rules.FINISHED:
        raise Rejected(N_("A retired badge cannot be changed."), code="achievement_retired")
    _refuse_for(gates.reasons(achievement, "activate"))
    now = AchievementVersion.objects.select_for_update().get(pk=draft.pk)
    if (now.content_data, now.artwork_id, now.approvals_data) != (
        draft.content_data,
        draft.artwork_id,
        draft.approvals_data,
    ):
        raise Conflict(
            N_("Somebody changed this draft a moment ago. Look at it again before you make it active."),
            code="draft_moved",
        )


@transaction.atomic
def move(*, by: Actor, achievement: Achievement, verb: str, reason: str = "") -> Achievement:
    """Pause, resume, retire or archive an achievement; its page and what was awarded stay."""
    by.require(Permission.ACHIEVEMENT_RETIRE, on=achievement)
    transition = rules.LIFECYCLE.take(verb, achievement.state, facts=frozenset())
    moved = Achievement.objects.filter(pk=achievement.pk, state=achievement.state).update(
        state=transition.target, state_reason=reason
    )
    if not moved:
        raise Conflict(N_("Someone else changed this badge a moment ago. Look again."), code="state_moved")
    publish(
        AchievementMoved(achievement=achievement.public_id, verb=verb),
        by=by,
        subject=("achievement", achievement.public_id),
        reason=reason,
    )
    achievement.refresh_from_db(fields=["state", "state_reason"])
    return achievement


@transaction.atomic
def reactivate(*, by: Actor, achievement: Achievement) -> Achievement:
    """Let a retired achievement be awarded again, as it was: where a proposal says so and nothing stands in the way."""
    by.require(Permission.ACHIEVEMENT_ACTIVATE, on=achievement)
    now = Achievement.objects.select_for_update(of=("self",)).get(pk=achievement.pk)
    transition = rules.LIFECYCLE.take("reactivate", now.state, facts={"approved"})
    _refuse_for(gates.reasons(achievement, "reactivate"))
    Achievement.objects.filter(pk=achievement.pk).update(state=transition.target, state_reason="")
    publish(
        AchievementMoved(achievement=achievement.public_id, verb="reactivate"),
        by=by,
        subject=("achievement", achievement.public_id),
    )
    achievement.refresh_from_db(fields=["state", "state_reason"])
    return achievement
