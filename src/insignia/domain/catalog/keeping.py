"""What those who keep achievements look for and may do: the list, the acts that are open, the pictures of a draft."""

from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.journal import bus
from insignia.domain.journal.models import Entry

from . import images, queries, rules
from .models import Achievement, AchievementVersion, Artwork, BadgeImage
from .rules import searchable

STATES = Achievement.State.choices
_SORTS = {
    "name": "shown_name",
    "level": "level__position",
    "unit": "unit__name",
    "state": "state",
}
_LONGEST = 200
_WORDS = 10
_LATELY = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `state` may also be "draft": what has a draft that is not active yet, in whatever state.

    `sort` is a key of the list's columns, with "-" in front when descending.
    """

    words: str = ""
    state: str = ""
    level: str = ""
    unit: str = ""
    sort: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether something is looked for at all."""
        return bool(self.words or self.state or self.level or self.unit)


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Achievement]:
    """The achievements that `actor` works with, narrowed and sorted.

    Each with `shown_name`, that of its current version or else of its draft; `has_draft`; and `arrives`, whether it came
    in from a file and is still to be made active.
    """
    drafts = AchievementVersion.objects.filter(achievement=OuterRef("pk"), frozen_at=None)
    found = queries.visible_to(actor).annotate(
        shown_name=Coalesce("current__name", Subquery(drafts.values("name")[:1]), "slug", output_field=CharField()),
        has_draft=Exists(drafts),
        arrives=Exists(drafts.filter(approved_on__isnull=False)),
    )
    for word in searchable(wanted.words[:_LONGEST]).split()[:_WORDS]:
        found = found.filter(search_text__contains=word)
    if wanted.state == "draft":
        found = found.filter(has_draft=True)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.level:
        found = found.filter(level__key=wanted.level)
    if wanted.unit:
        found = found.filter(unit__public_id=wanted.unit)
    column = _SORTS.get(wanted.sort.removeprefix("-"), "shown_name")
    return found.order_by(("-" if wanted.sort.startswith("-") else "") + column, "shown_name", "pk")


# --- What may be done
_RIGHTS = {
    "edit": (Permission.ACHIEVEMENT_EDIT,),
    "dress": (Permission.ACHIEVEMENT_EDIT, Permission.TEMPLATE_MANAGE),
    "activate": (Permission.ACHIEVEMENT_ACTIVATE,),
    "appoint": (Permission.GRANTOR_APPOINT,),
    "pause": (Permission.ACHIEVEMENT_RETIRE,),
    "resume": (Permission.ACHIEVEMENT_RETIRE,),
    "retire": (Permission.ACHIEVEMENT_RETIRE,),
    "archive": (Permission.ACHIEVEMENT_RETIRE,),
}


def open_to(actor: Actor, achievement: Achievement, *, draft: AchievementVersion | None) -> frozenset[str]:
    """The acts that `actor` may take on `achievement` as it stands. The actions decide by the same tables."""
    acts = {step.verb for step in rules.LIFECYCLE.open_to(achievement.state, facts=frozenset())}
    if achievement.state not in rules.FINISHED:
        acts |= {"edit", "dress", "appoint"}
        if draft is not None:
            acts.add("activate")
    return frozenset(act for act in acts if any(actor.may(right, on=achievement) for right in _RIGHTS[act]))


# --- The versions of one achievement
def changes(achievement: Achievement, draft: AchievementVersion | None) -> tuple[str, ...]:
    """In which members of the content `draft` differs from what is awarded now; "artwork" for another picture."""
    current = achievement.current
    if draft is None or current is None:
        return ()
    found = rules.differences(current.content, draft.content)
    return (*found, "artwork") if draft.artwork_id != current.artwork_id else found


def current_images(version: AchievementVersion) -> list[BadgeImage]:
    """The images that new awards of `version` get, the standard one first. Without the pictures."""
    rows = BadgeImage.objects.filter(version=version, is_current=True).defer("svg", "png", "mark")
    return sorted(rows.select_related("template"), key=lambda image: image.variant != rules.STANDARD)


def artwork(public_id: str) -> Artwork:
    """One picture of the current institution; raises `NotFound`."""
    found = Artwork.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such picture here."))
    return found


def pending_artwork(data: bytes, alt: str) -> Artwork:
    """A picture that is kept nowhere yet, to see a badge with it; raises `Rejected` for what is no sound PNG or SVG."""
    return Artwork(png=images.own_artwork(data).png, alt=alt)


def history(achievement: Achievement) -> QuerySet[Entry]:
    """What happened to `achievement` itself, the latest first."""
    told = bus.read(subject=("achievement", achievement.public_id))
    return told.filter(name__startswith="catalog.")[:_LATELY]
