"""What may be asked about achievements: by the public, and by those who keep them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions

from .directory import Entry
from .models import Achievement, AchievementVersion, BadgeImage, BadgeTemplate
from .rules import STANDARD, searchable

_NONE = N_("There is no such badge here.")
_WITH = ("current", "level", "unit__parent__parent__parent", "issuer", "institution")


def public_directory(*, words: str = "", level: str = "", unit: str = "", skill: str = "") -> QuerySet[Achievement]:
    """Active achievements of the current institution, by name, narrowed by words and filters (R-113)."""
    found = Achievement.objects.filter(state=Achievement.State.ACTIVE).select_related(*_WITH)
    for word in searchable(words).split()[:10]:
        found = found.filter(search_text__contains=word)
    if level:
        found = found.filter(level__key=level)
    if unit:
        found = found.filter(unit__public_id=unit)
    if skill:
        found = found.filter(search_text__contains=searchable(skill))
    return found.order_by("current__name", "pk")


def directory() -> list[Entry]:
    """Every active achievement of the current institution, as far as a directory needs it to search and to count."""
    rows = Achievement.objects.filter(state=Achievement.State.ACTIVE, current__isnull=False).values_list(
        "pk",
        "current__name",
        "search_text",
        "level__key",
        "unit__public_id",
        "current__content_data__audience",
        "current__content_data__credit",
        "current__content_data__skills",
        "current__frozen_at",
    )
    return [
        Entry(pk, name, text, level, unit, tuple(audience or ()), credit or "", _names(skills), since)
        for pk, name, text, level, unit, audience, credit, skills, since in rows
    ]


def _names(skills: Sequence[Mapping[str, str]] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(skill["name"] for skill in skills or ()))


def achievements_in_order(keys: Sequence[int]) -> list[Achievement]:
    """The achievements of the current institution with these keys, in their order, with all that a card shows."""
    found = Achievement.objects.select_related(*_WITH).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def public_achievement(public_id: str) -> Achievement:
    """An achievement that the public may see, in whatever institution; raises `NotFound` (R-110, R-230).

    What was active once keeps its address for good, whatever became of it: signed credentials name it.
    """
    found = (
        Achievement.across_institutions.select_related(*_WITH)
        .filter(public_id=public_id, current__isnull=False)
        .first()
    )
    if found is None:
        raise NotFound(_NONE)
    return found


def public_version(public_id: str, number: int) -> AchievementVersion:
    """A frozen version of an achievement that was ever public; raises `NotFound`."""
    found = (
        AchievementVersion.across_institutions.select_related(
            "achievement__level", "achievement__issuer", "achievement__institution", "achievement__unit"
        )
        .filter(achievement__public_id=public_id, number=number, frozen_at__isnull=False)
        .exclude(achievement__state=Achievement.State.IN_PRODUCTION)
        .first()
    )
    if found is None:
        raise NotFound(_NONE)
    return found


def image(public_id: str) -> BadgeImage:
    """An image by its own id, in whatever institution; raises `NotFound`."""
    try:
        return BadgeImage.across_institutions.get(public_id=public_id)
    except BadgeImage.DoesNotExist:
        raise NotFound(N_("There is no such image here.")) from None


def current_image(version: AchievementVersion, variant: str = STANDARD) -> BadgeImage | None:
    """The image that new awards of `version` get."""
    return BadgeImage.across_institutions.filter(version=version, variant=variant, is_current=True).first()


def first_image(version: AchievementVersion, variant: str = STANDARD) -> BadgeImage | None:
    """The image that `version` had when it was approved: what its own document names for ever. Without the pictures."""
    found = BadgeImage.across_institutions.defer("svg", "png", "mark").filter(version=version, variant=variant)
    return found.order_by("pk").first()


def first_images(versions: Sequence[int]) -> dict[int, BadgeImage]:
    """`first_image` of many versions at once, by the versions' keys."""
    rows = BadgeImage.objects.defer("svg", "png", "mark").filter(version__in=versions, variant=STANDARD)
    return {row.version_id: row for row in rows.order_by("-pk")}


def current_images(versions: Sequence[int]) -> dict[int, str]:
    """Public ids of the standard images of many versions at once, by the versions' keys."""
    rows = BadgeImage.objects.filter(version__in=versions, variant=STANDARD, is_current=True)
    return dict(rows.values_list("version_id", "public_id"))


def visible_to(actor: Actor) -> QuerySet[Achievement]:
    """The achievements of the current institution that `actor` works with, in whatever state."""
    found = Achievement.objects.select_related(*_WITH)
    if actor.places(Permission.ACHIEVEMENT_READ, "institution"):
        return found
    return found.filter(
        Q(public_id__in=actor.places(Permission.ACHIEVEMENT_READ, "achievement"))
        | Q(unit__in=institutions.units_of(actor, Permission.ACHIEVEMENT_READ))
    )


def achievement_for(actor: Actor, public_id: str) -> Achievement:
    """One achievement that `actor` works with; raises `NotFound`."""
    found = visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def achievement_named(slug: str) -> Achievement:
    """The achievement of the current institution with this short name; raises `NotFound`."""
    found = Achievement.objects.select_related(*_WITH).filter(slug=slug).first()
    if found is None:
        raise NotFound(
            N_("There is no badge with the short name “%(slug)s”. `insignia achievements` lists them."),
            params={"slug": slug},
        )
    return found


def draft_of(achievement: Achievement) -> AchievementVersion | None:
    """The version that is being written, if there is one."""
    return AchievementVersion.objects.filter(achievement=achievement, frozen_at=None).first()


def arriving() -> QuerySet[Achievement]:
    """What came in from a file and is not active yet: its images are being drawn."""
    drafts = AchievementVersion.objects.filter(frozen_at=None, approved_on__isnull=False)
    return Achievement.objects.select_related(*_WITH).filter(current=None, pk__in=drafts.values("achievement"))


def arriving_lately(*, since: datetime) -> QuerySet[Achievement]:
    """Those of `arriving` that came in after `since`."""
    return arriving().filter(created_at__gte=since)


def taken_slugs() -> frozenset[str]:
    """The short name of every achievement of the current institution."""
    return frozenset(Achievement.objects.values_list("slug", flat=True))


def versions_of(achievement: Achievement) -> QuerySet[AchievementVersion]:
    """Every version, the newest first."""
    return AchievementVersion.objects.filter(achievement=achievement).select_related("template")


def templates() -> list[BadgeTemplate]:
    """The newest version of each badge template of the current institution."""
    newest: dict[str, BadgeTemplate] = {}
    for template in BadgeTemplate.objects.order_by("key", "-number"):
        newest.setdefault(template.key, template)
    return list(newest.values())


def template_versions(key: str) -> QuerySet[BadgeTemplate]:
    """Every version of one template, the newest first."""
    return BadgeTemplate.objects.filter(key=key).order_by("-number")


def public_skills() -> list[tuple[str, int]]:
    """The skills of the current institution's active achievements, with how many achievements carry each."""
    counted: Counter[str] = Counter()
    for achievement in public_directory():
        if achievement.current:
            counted.update({skill.name for skill in achievement.current.content.skills})
    return sorted(counted.items())
