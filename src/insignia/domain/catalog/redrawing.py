"""Badges drawn anew with another version of a template: planned for a day, done in the background, and told afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import bus
from insignia.domain.journal.models import DeliveryState, Entry

from . import actions, pictures, queries
from .events import TemplatePlanned
from .models import Achievement, BadgeImage, BadgeTemplate

# Each chunk is one delivery: drawing its images takes a few seconds at most.
_CHUNK = 10
_LATELY = 200


def plan_redrawing(
    *,
    by: Actor,
    institution: Institution,
    achievements: Sequence[Achievement],
    template: BadgeTemplate | None = None,
    on: date | None = None,
) -> int:
    """Have the images of `achievements` drawn anew, now or at the start of the day `on` (R-048).

    With the version `template`, and otherwise with the newest of each. It is done in the background, a few at a time.
    Gives how many badges it will be.
    """
    for achievement in achievements:
        by.require(Permission.TEMPLATE_MANAGE, on=achievement)
    if not achievements:
        raise Rejected(N_("Choose at least one badge."), code="nothing_chosen")
    today = clock.today_in(institution.zone)
    if on is not None and on < today:
        raise Rejected(N_("The day is over already. Choose today or a later one."), code="day_over")
    start = datetime.combine(on, time(), ZoneInfo(institution.zone)) if on and on > today else None
    with transaction.atomic():
        for first in range(0, len(achievements), _CHUNK):
            chunk = achievements[first : first + _CHUNK]
            bus.publish(
                TemplatePlanned(
                    achievements=tuple(one.public_id for one in chunk), template=template.public_id if template else ""
                ),
                by=by,
                subject=("institution", institution.public_id),
                not_before=start,
            )
    return len(achievements)


def redraw(public_ids: Sequence[str], *, template: str = "") -> int:
    """Draw anew what is not as the templates draw it now; run again it finds nothing left to do.

    `template` is the public id of the version that was chosen.
    """
    chosen = BadgeTemplate.objects.filter(public_id=template).first() if template else None
    found = Achievement.objects.filter(public_id__in=list(public_ids)).select_related(
        "current__artwork", "level", "issuer", "institution", "unit__parent__parent__parent"
    )
    outdated = [one for one in found if _is_outdated(one, chosen)]
    return actions.apply_templates(by=SYSTEM, achievements=outdated, chosen=chosen)


def _is_outdated(achievement: Achievement, chosen: BadgeTemplate | None) -> bool:
    templates = {one.key: one for one in queries.templates()}
    if chosen is not None:
        templates[chosen.key] = chosen
    version = achievement.current
    if version is None:
        return False
    version.achievement = achievement
    palette = achievement.institution.theme.get("badge")
    for image in BadgeImage.objects.filter(version=version, is_current=True).defer("png", "mark"):
        key = pictures.template_key(achievement.level.policy.template, image.variant)
        if key not in templates or bytes(image.svg) != pictures.sketch(version, templates[key], palette=palette):
            return True
    return False


# --- What was asked for
@dataclass(frozen=True, slots=True)
class Redrawing:
    """Badges that somebody had drawn with one version of a template: how many, when asked for, from when on, and how far.

    `state` is "planned", "done" or "failed".
    """

    number: int
    badges: int
    at: datetime
    author: str
    due: datetime | None
    state: str


def redrawings(versions: Sequence[BadgeTemplate]) -> list[Redrawing]:
    """What was asked for with these versions of one template, the latest first."""
    numbers = {version.public_id: version.number for version in versions}
    entries = bus.read(name=TemplatePlanned.name).filter(data__template__in=list(numbers))
    told: list[Redrawing] = []
    for entry in entries.prefetch_related("deliveries")[:_LATELY]:
        one = _told(entry, numbers)
        # One wish of somebody is several entries where it is about many badges.
        if told and _is_one(told[-1], one):
            one = Redrawing(one.number, told.pop().badges + one.badges, one.at, one.author, one.due, one.state)
        told.append(one)
    return told


def _told(entry: Entry, numbers: dict[str, int]) -> Redrawing:
    deliveries = list(entry.deliveries.all())
    due = next((delivery.due_at for delivery in deliveries), None)
    states = {delivery.state for delivery in deliveries}
    if DeliveryState.DEAD in states:
        state = "failed"
    else:
        state = "planned" if states & {DeliveryState.DUE, DeliveryState.RUNNING} else "done"
    number = numbers[entry.data["template"]]
    return Redrawing(number, len(entry.data["achievements"]), entry.at, entry.author, due, state)


def _is_one(later: Redrawing, earlier: Redrawing) -> bool:
    same = (later.number, later.author, later.state) == (earlier.number, earlier.author, earlier.state)
    return same and (later.at - earlier.at).total_seconds() < 1
