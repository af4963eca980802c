"""What changes about achievements, their versions, templates and images."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from insignia.core.errors import Conflict, InsigniaError, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution, TaxonomyLevel, Unit
from insignia.domain.institutions.rules import LevelPolicy
from insignia.domain.journal.bus import publish

from . import images, pictures, queries, rules
from .events import AchievementDrafted, AchievementMoved, TemplateAdded, TemplateApplied, VersionFrozen
from .models import Achievement, AchievementVersion, Artwork, BadgeImage, BadgeTemplate
from .rules import Content


def default_type(policy: LevelPolicy, content: Content) -> str:
    """The OB 3.0 achievement type that the level gives: another one where a single skill is named, or membership."""
    if policy.single_skill_type and len(content.skills) == 1:
        return policy.single_skill_type
    if content.activity == "membership":
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
) -> Achievement:
    """Begin an achievement of `unit` at `level`; the public sees nothing of it before it is active."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=unit)
    for variant in variants:
        rules.check_variant(variant, level.policy.variants)
    slug = slugify(slug or content.name)[:80]
    if not slug:
        raise Rejected(N_("It needs a name."), code="missing_name")
    try:
        with transaction.atomic():
            achievement = Achievement.objects.create(
                slug=slug,
                unit=unit,
                issuer=institutions.issuer_of(unit),
                level=level,
                variants=list(variants),
            )
    except IntegrityError:
        raise Conflict(
            N_("There is already a badge with the short name “%(slug)s”. Choose another."),
            code="slug_taken",
            params={"slug": slug},
        ) from None
    write_draft(by=by, achievement=achievement, content=content)
    return achievement


@transaction.atomic
def write_draft(
    *, by: Actor, achievement: Achievement, content: Content, artwork: Artwork | None = None
) -> AchievementVersion:
    """Write `content` into the draft version, beginning one where the newest is frozen."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=achievement)
    if achievement.state in (Achievement.State.RETIRED, Achievement.State.ARCHIVED):
        raise Rejected(N_("A retired badge cannot be changed."), code="achievement_retired")
    version = queries.draft_of(achievement)
    if version is None:
        newest = AchievementVersion.objects.filter(achievement=achievement).order_by("-number").first()
        version = AchievementVersion(
            institution_id=achievement.institution_id,
            achievement=achievement,
            number=newest.number + 1 if newest else 1,
            artwork=newest.artwork if newest else None,
        )
    if not content.achievement_type:
        content = replace(content, achievement_type=default_type(achievement.level.policy, content))
    version.name = content.name
    version.content_data = content.to_data()
    version.artwork = artwork or version.artwork
    version.save()
    publish(
        AchievementDrafted(achievement=achievement.public_id, draft=version.public_id),
        by=by,
        subject=("achievement", achievement.public_id),
    )
    return version


@transaction.atomic
def set_variants(*, by: Actor, achievement: Achievement, variants: Sequence[str]) -> None:
    """Enable or disable variants such as “with Distinction”; each must be one that the level knows."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=achievement)
    for variant in variants:
        rules.check_variant(variant, achievement.level.policy.variants)
    Achievement.objects.filter(pk=achievement.pk).update(variants=list(variants))
    achievement.variants = list(variants)


def add_artwork(*, by: Actor, unit: Unit, data: bytes, alt: str) -> Artwork:
    """Keep a picture as a PNG that we encoded ourselves; raises `Rejected` for anything that is not a sound PNG."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=unit)
    if not alt.strip():
        raise Rejected(
            N_("Say in words what the picture shows: people who cannot see it hear that."), code="alt_missing"
        )
    png = images.reencode_artwork(data)
    return Artwork.objects.create(sha256=hashlib.sha256(png).hexdigest(), png=png, alt=alt.strip())


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
    taken before or elsewhere. Raises `Rejected` listing everything that is missing.
    """
    by.require(Permission.ACHIEVEMENT_ACTIVATE, on=achievement)
    version = queries.draft_of(achievement)
    if version is None:
        raise Conflict(
            N_("There is no draft to activate; somebody else may have done it a moment ago."), code="no_draft"
        )
    if lacking := what_is_missing(achievement):
        raise Rejected(
            N_("This badge cannot be active yet. %(first)s"),
            code="incomplete",
            params={"first": lacking[0].message},
            details=lacking,
        )
    drawn = _draw_all(version, achievement)
    with transaction.atomic():
        moved = AchievementVersion.objects.filter(pk=version.pk, frozen_at=None).update(
            frozen_at=clock.now(),
            content_hash=version.content.fingerprint(),
            approved_by=approved_by,
            approved_on=approved_on,
            template=drawn[0][1],
        )
        if not moved:
            raise Conflict(N_("Somebody else activated this badge a moment ago."), code="already_active")
        version.refresh_from_db()
        _keep_images(version, drawn)
        first = achievement.state == Achievement.State.IN_PRODUCTION
        if first:
            rules.LIFECYCLE.take("activate", achievement.state, facts={"complete", "image"})
        achievement.current = version
        achievement.state = Achievement.State.ACTIVE if first else achievement.state
        achievement.search_text = _search_text(version, achievement)
        achievement.save(update_fields=["current", "state", "search_text"])
        subject = ("achievement", achievement.public_id)
        publish(
            VersionFrozen(achievement=achievement.public_id, number=version.number, content_hash=version.content_hash),
            by=by,
            subject=subject,
        )
        publish(AchievementMoved(achievement=achievement.public_id, verb="activate"), by=by, subject=subject)
    return achievement


def _search_text(version: AchievementVersion, achievement: Achievement) -> str:
    content = version.content
    return rules.searchable(
        content.name,
        content.description,
        achievement.level.name,
        achievement.unit.name,
        *content.outcomes,
        *content.tags,
        *(skill.name for skill in content.skills),
    )


Drawn = tuple[str, BadgeTemplate, pictures.Picture]


def _draw_all(version: AchievementVersion, achievement: Achievement) -> list[Drawn]:
    plain = achievement.level.policy.template
    newest = {template.key: template for template in queries.templates()}
    drawn = []
    for variant in (rules.STANDARD, *achievement.variants):
        template = newest.get(pictures.template_key(plain, variant))
        if template is None:
            raise NotFound(
                N_("The institution has no badge template “%(key)s”, which this level asks for."),
                params={"key": pictures.template_key(plain, variant)},
            )
        palette = achievement.institution.theme.get("badge")
        drawn.append((variant, template, pictures.draw(version, template, palette=palette)))
    return drawn


def _keep_images(version: AchievementVersion, drawn: Sequence[Drawn]) -> None:
    BadgeImage.objects.filter(version=version, is_current=True).update(is_current=False)
    BadgeImage.objects.bulk_create(
        BadgeImage(
            institution_id=version.institution_id,
            version=version,
            template=template,
            variant=variant,
            svg=picture.svg,
            png=picture.png,
            mark=picture.mark,
            alt=picture.alt,
        )
        for variant, template, picture in drawn
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


def apply_templates(*, by: Actor, achievements: Sequence[Achievement]) -> int:
    """Draw the current images of `achievements` anew with the newest templates; gives how many were changed.

    Awards made before keep the image they were issued with (R-047); new ones get the new image (R-048).
    """
    changed = 0
    for achievement in achievements:
        by.require(Permission.TEMPLATE_MANAGE, on=achievement)
        if achievement.current is None:
            continue
        drawn = _draw_all(achievement.current, achievement)
        with transaction.atomic():
            _keep_images(achievement.current, drawn)
            publish(
                TemplateApplied(template=drawn[0][1].public_id, achievements=(achievement.public_id,)),
                by=by,
                subject=("achievement", achievement.public_id),
            )
        changed += 1
    return changed
