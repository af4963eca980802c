"""Writing an achievement: begun, put in its place, and changed draft by draft."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import TaxonomyLevel, Unit
from insignia.domain.institutions.rules import LevelPolicy
from insignia.domain.journal.bus import publish

from .. import rules
from ..basis import MEMBERSHIP, basis_of
from ..events import AchievementDrafted
from ..models import Achievement, AchievementVersion, Artwork
from ..rules import Content


def default_type(policy: LevelPolicy, content: Content) -> str:
    """The OB 3.0 achievement type that the level gives: another one where a single skill is named, or membership."""
    if policy.single_skill_type and len(content.skills) == 1 and not policy.basis:
        return policy.single_skill_type
    stated = basis_of(content)
    if stated is not None and stated.kind == MEMBERSHIP:
        return "Membership"
    return policy.achievement_type


@transaction.atomic
def draft_achievement(
    *,
    by: Actor,
    unit: Unit,
    level: TaxonomyLevel,
    content: Content,
    slug: str = "",
    variants: Sequence[str] = (),
    artwork: Artwork | None = None,
) -> Achievement:
    """Begin an achievement of `unit` at `level`; the public sees nothing of it before it is active.

    `variants` beside the standard one may stand here or in the content.
    """
    by.require(Permission.ACHIEVEMENT_EDIT, on=unit)
    slug = slugify(slug or content.name)[: rules.SLUG_LENGTH]
    if not slug:
        raise Rejected(N_("It needs a name."), code="missing_name")
    try:
        with transaction.atomic():
            achievement = Achievement.objects.create(
                slug=slug, unit=unit, issuer=institutions.issuer_of(unit), level=level
            )
    except IntegrityError:
        raise Conflict(
            N_("There is already a badge with the short name “%(slug)s”. Choose another."),
            code="slug_taken",
            params={"slug": slug},
        ) from None
    content = replace(content, variants=tuple(variants) or content.variants)
    write_draft(by=by, achievement=achievement, content=content, artwork=artwork)
    return achievement


@transaction.atomic
def place_achievement(*, by: Actor, achievement: Achievement, unit: Unit, level: TaxonomyLevel) -> None:
    """Give an achievement that nobody could earn yet to another unit or level; later both stand in what people hold."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=achievement)
    by.require(Permission.ACHIEVEMENT_EDIT, on=unit)
    if (achievement.unit_id, achievement.level_id) == (unit.pk, level.pk):
        return
    issuer = institutions.issuer_of(unit)
    moved = Achievement.objects.filter(pk=achievement.pk, current=None).update(unit=unit, level=level, issuer=issuer)
    if not moved:
        raise Rejected(
            N_("Unit and level of a badge that was active stay as they are. Begin a new badge instead."),
            code="place_fixed",
        )
    before = achievement.level.policy
    achievement.unit, achievement.level, achievement.issuer = unit, level, issuer
    _retype(achievement, before)


def _retype(achievement: Achievement, before: LevelPolicy) -> None:
    """What the level gave, another level gives anew; what somebody chose stays."""
    draft = open_draft(achievement)
    if draft is None or draft.content.achievement_type != default_type(before, draft.content):
        return
    content = replace(draft.content, achievement_type=default_type(achievement.level.policy, draft.content))
    draft.content_data = content.to_data()
    save_version(draft)


@transaction.atomic
def write_draft(
    *, by: Actor, achievement: Achievement, content: Content, artwork: Artwork | None = None
) -> AchievementVersion:
    """Write `content` into the draft version, beginning one where the newest is frozen.

    An approval that was noted on the draft is gone: it was about other words.
    """
    by.require(Permission.ACHIEVEMENT_EDIT, on=achievement)
    if achievement.state in rules.FINISHED:
        raise Rejected(N_("A retired badge cannot be changed."), code="achievement_retired")
    policy = achievement.level.policy
    for variant in content.variants:
        rules.check_variant(variant, policy.variants)
    if not content.achievement_type:
        content = replace(content, achievement_type=default_type(policy, content))
    version = open_draft(achievement) or next_version(achievement)
    version.name = content.name
    version.content_data = content.to_data()
    version.artwork = artwork or version.artwork
    version.approved_by, version.approved_on, version.approvals_data = "", None, []
    save_version(version)
    if achievement.current_id is None:
        # So that those who write it find it; the public looks among active ones only.
        achievement.search_text = searched_by(content, achievement)
        achievement.save(update_fields=["search_text"])
    publish(
        AchievementDrafted(achievement=achievement.public_id, draft=version.public_id),
        by=by,
        subject=("achievement", achievement.public_id),
    )
    return version


def open_draft(achievement: Achievement) -> AchievementVersion | None:
    """The draft, held until it is written: whoever activates it meanwhile does so before or after, not in between."""
    drafts = AchievementVersion.objects.select_for_update().filter(achievement=achievement, frozen_at=None)
    return drafts.first()


def save_version(version: AchievementVersion) -> None:
    """Keep a draft; raises `Conflict` where somebody began another meanwhile."""
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        raise Conflict(
            N_("Somebody else began a draft of this badge a moment ago. Look at it first."), code="draft_moved"
        ) from None


def next_version(achievement: Achievement) -> AchievementVersion:
    """A draft that is kept nowhere yet, with the number that comes next."""
    newest = AchievementVersion.objects.filter(achievement=achievement).order_by("-number").first()
    return AchievementVersion(
        institution_id=achievement.institution_id,
        achievement=achievement,
        number=newest.number + 1 if newest else 1,
        artwork=newest.artwork if newest else None,
    )


def searched_by(content: Content, achievement: Achievement) -> str:
    """The words by which an achievement with `content` is found."""
    return rules.searchable(
        content.name,
        content.description,
        achievement.level.name,
        achievement.unit.name,
        *content.outcomes,
        *content.tags,
        *(skill.name for skill in content.skills),
    )
