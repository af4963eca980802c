"""Searching and sorting what a Grantor's desk lists: awards, rosters, people who earned something before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from insignia.core.addresses import normalised
from insignia.core.errors import InsigniaError
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.models import Achievement, BadgeImage
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock

from . import issuance, queries, roster, rules
from .models import Attestation, Award, AwardBatch, BatchRow, Grantor, Recipient
from .roster.values import shown

# What no list shows, and what is large: pictures and signed bytes.
_HEAVY = (
    "image__svg",
    "image__png",
    "image__mark",
    "credential__document",
    "credential__unsigned",
    "credential__token",
)
_SORTS = {"name": "recipient__name", "badge": "version__name", "day": "awarded_on", "state": "state"}
_LONGEST = 200
BATCH_STATES = AwardBatch.State.choices
AWARD_STATES = Award.State.choices


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for among awards. `sort` is a key of the list's columns, with "-" in front when descending."""

    words: str = ""
    state: str = ""
    level: str = ""
    batch: str = ""
    sort: str = ""


def awards(actor: Actor, wanted: Wanted) -> QuerySet[Award]:
    """The awards that `actor` works with (R-104), narrowed and sorted; the newest first where nothing else is said."""
    found = queries.visible_to(actor).defer(*_HEAVY)
    for word in wanted.words[:_LONGEST].split()[:10]:
        found = found.filter(anywhere(word, "recipient__name", "recipient__email", "version__name"))
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.level:
        found = found.filter(achievement__level__key=wanted.level)
    if wanted.batch:
        found = found.filter(batch__public_id=wanted.batch)
    column = _SORTS.get(wanted.sort.removeprefix("-"))
    return found.order_by(("-" if wanted.sort.startswith("-") else "") + column, "-pk") if column else found


def anywhere(word: str, *fields: str) -> Q:
    """`word` in any of `fields`. SQLite folds the case of ASCII letters only, so the usual spellings are tried."""
    spellings = {word, word.lower(), word.capitalize()} if not word.isascii() else {word}
    found = Q()
    for field in fields:
        for spelling in spellings:
            found |= Q(**{f"{field}__icontains": spelling})
    return found


def batches(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[AwardBatch]:
    """The rosters and lists of achievements that `actor` awards, narrowed; the newest first."""
    found = queries.batches_for(actor)
    for word in words[:_LONGEST].split()[:10]:
        found = found.filter(anywhere(word, "filename", "achievement__current__name", "created_by__name"))
    return found.filter(state=state) if state else found


def people(actor: Actor, *, words: str = "", among: Sequence[str] = ()) -> QuerySet[Recipient]:
    """Who has earned something that `actor` works with, the latest first; narrowed by words, or to public ids."""
    theirs = queries.visible_to(actor).select_related(None).order_by()
    found = Recipient.objects.filter(pk__in=theirs.values("recipient"))
    for word in words[:_LONGEST].split()[:10]:
        found = found.filter(anywhere(word, "name", "email"))
    if among:
        found = found.filter(public_id__in=among)
    return found.annotate(latest=Max("awards__pk")).order_by("-latest")


def names_at(actor: Actor, addresses: Sequence[str]) -> dict[str, str]:
    """The names under which people at these addresses are known to `actor`, by normalised address."""
    wanted = [normalised(address) for address in addresses]
    return dict(people(actor).filter(email__in=wanted).values_list("email", "name"))


def awardable(actor: Actor, *, words: str = "") -> QuerySet[Achievement]:
    """What `actor` holds the right to award, by name, narrowed by words."""
    found = queries.awardable(actor).select_related("unit__institution")  # asked for by `scopes` of each
    for word in searchable(words[:_LONGEST]).split()[:10]:
        found = found.filter(search_text__contains=word)
    return found


def headings(batch: AwardBatch) -> list[tuple[str, str]]:
    """The headings of an uploaded roster, each with the first value below it."""
    if batch.file is None:
        return []
    sheet = roster.read(bytes(batch.file), batch.filename)
    return [
        (heading, next((shown(str(row.cells[i])) for row in sheet.rows if i < len(row.cells) and row.cells[i]), ""))
        for i, heading in enumerate(sheet.headers)
    ]


def rows(batch: AwardBatch, *, problems: bool = False, words: str = "") -> QuerySet[BatchRow]:
    """The rows of a roster in the order of the file: all, or those that are not awarded."""
    found = queries.problem_rows(batch) if problems else BatchRow.objects.filter(batch=batch).order_by("number")
    for word in words[:_LONGEST].split()[:5]:
        found = found.filter(Q(line__name__icontains=word) | Q(line__email__icontains=word))
    return found


def hindrance(actor: Actor, achievement: Achievement) -> InsigniaError | None:
    """Why `actor` may not award `achievement` today; None when they may. The action decides by the same rules."""
    return hindrances(actor, [achievement])[achievement.pk]


def hindrances(actor: Actor, achievements: Sequence[Achievement]) -> dict[int, InsigniaError | None]:
    """The same for many achievements at once, by their keys."""
    appointed = {g.achievement_id: g for g in own_appointments(actor).filter(achievement__in=achievements)}
    found: dict[int, InsigniaError | None] = {}
    for achievement in achievements:
        found[achievement.pk] = _hindrance(actor, achievement, appointed.get(achievement.pk))
    return found


def _hindrance(actor: Actor, achievement: Achievement, grantor: Grantor | None) -> InsigniaError | None:
    if achievement.current_id is None or achievement.state != Achievement.State.ACTIVE:
        return rules.not_active(str(achievement))
    try:
        if actor.is_person:
            issuance.check_direct(achievement.institution.policy("awarding"))
        actor.require(Permission.AWARD_GRANT, on=achievement)
        policy = achievement.level.policy
        if policy.assessed:
            today = clock.today_in(achievement.institution.zone)
            rules.check_qualified(grantor, training_required=policy.training_required, today=today)
    except InsigniaError as refusal:
        return refusal
    return None


def own_appointments(actor: Actor) -> QuerySet[Grantor]:
    """The appointments that `actor` has or had, whether they hold today or not."""
    found = Grantor.objects.select_related("achievement__current", "achievement__level", "achievement__institution")
    return found.filter(user=actor.user_pk) if actor.user_pk is not None else found.none()


def variant_images(achievement: Achievement) -> dict[str, str]:
    """Public ids of the images that awards get now, by variant."""
    images = BadgeImage.objects.filter(version=achievement.current_id, is_current=True)
    return dict(images.values_list("variant", "public_id"))


def images_of(achievements: Sequence[Achievement]) -> Mapping[int, str]:
    """Public ids of the standard images of achievements, by the achievements' keys."""
    found = catalog.current_images([a.current_id for a in achievements if a.current_id is not None])
    return {a.pk: found.get(a.current_id, "") for a in achievements if a.current_id is not None}


def undoable_batches(actor: Actor) -> QuerySet[AwardBatch]:
    """What `actor` confirmed and can still take back as a whole: its mails have not gone out."""
    return AwardBatch.objects.filter(
        created_by=actor.user_pk,
        state__in=[AwardBatch.State.GRANTING, AwardBatch.State.GRANTED],
        release_now=False,
        release_at__gt=clock.now(),
    ).defer("file")


def undoable_awards(actor: Actor) -> QuerySet[Award]:
    """What `actor` awarded to single people and can still take back."""
    return (
        Award.objects.filter(granted_by=actor.id, batch=None, state=Award.State.HELD, release_at__gt=clock.now())
        .select_related("recipient", "version")
        .order_by("-pk")
    )


def attestation(award: Award) -> Attestation | None:
    """What was said about an assessment elsewhere, if anything."""
    return Attestation.objects.filter(award=award).first()
