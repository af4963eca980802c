"""A badge in words: how complete it is, what a draft changes, what happened to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.domain.awards.figures import Figures
from insignia.domain.catalog import actions, keeping
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.rules import Content
from insignia.domain.ground import clock
from insignia.domain.people.queries import names_of
from insignia.edges.web import achievement_words as words

from . import achievement_sketch

# Whoever brings in a file wants to see the badges become active; what has not after this long waits for somebody.
_ARRIVES_WITHIN = timedelta(minutes=15)


def lately() -> datetime:
    """Since when what came in from a file is still on its way."""
    return clock.now() - _ARRIVES_WITHIN


# --- The list
@dataclass(frozen=True, slots=True)
class ListRow:
    """One badge of the list, with what stands behind it and its image, if it has one."""

    achievement: Any
    figures: Figures
    image: str


def rows(achievements: Sequence[Any], figures: Mapping[int, Figures]) -> list[ListRow]:
    """The rows of one page; the images are looked up once for all."""
    images = catalog.current_images([one.current_id for one in achievements if one.current_id is not None])
    return [ListRow(one, figures[one.pk], images.get(one.current_id, "")) for one in achievements]


# --- What a badge needs before it may be active
@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a badge needs: whether it is there, and else what is lacking."""

    name: str
    lacking: InsigniaError | None = None


def items(achievement: Any, draft: Any) -> list[Item]:
    """Everything that the draft (or, without one, the current version) needs, in the order of the form."""
    version = draft or achievement.current
    lacking = {(lack.code or "").removeprefix("missing_"): lack for lack in actions.what_is_missing(achievement)}
    found = [Item(words.member(name), lacking.get(name)) for name in _asked(version.content, achievement.level.policy)]
    drawn = achievement_sketch.of_version(version, achievement) if draft else achievement_sketch.Sketches()
    return [*found, Item(words.member("image"), drawn.problem)]


def _asked(content: Content, policy: Any) -> Iterator[str]:
    yield from ("name", "description", "criteria")
    yield from ("achievement_type",) if policy.basis else ("outcomes", "links")
    if policy.skills_required:
        yield from ("skills", "demand")
    if content.variants:
        yield "distinction_criteria"


# --- What a draft changes
@dataclass(frozen=True, slots=True)
class Change:
    """One member of the content, as it is awarded now and as the draft has it."""

    name: str
    before: str
    after: str


def changes(achievement: Any, draft: Any) -> list[Change]:
    """What becomes otherwise when the draft is made active."""
    names = keeping.changes(achievement, draft)
    return [Change(words.member(name), _said(achievement.current, name), _said(draft, name)) for name in names]


def _said(version: Any, name: str) -> str:
    if name == "artwork":
        return version.artwork.alt if version.artwork else ""
    value = getattr(version.content, name)
    match name:
        case "outcomes" | "tags":
            return "\n".join(value)
        case "skills" | "links":
            return "\n".join(one.name for one in value)
        case "audience":
            return ", ".join(words.audience(one) for one in value)
        case "variants":
            return ", ".join(words.variant(one) for one in value)
        case "activity" | "credit" | "symbol":
            return getattr(words, name)(value) if value else ""
        case "credits" | "valid_months":
            return f"{value:g}" if value else ""
        case _:
            return str(value)


# --- What happened
_VERBS = {
    "catalog.version_frozen": _("Version %(number)s was approved"),
    "catalog.achievement_moved:activate": _("Made active"),
    "catalog.achievement_moved:pause": _("Paused"),
    "catalog.achievement_moved:resume": _("Resumed"),
    "catalog.achievement_moved:retire": _("Retired"),
    "catalog.achievement_moved:archive": _("Archived"),
    "catalog.achievement_moved:reactivate": _("Brought back"),
    "catalog.achievement_drafted": _("Draft saved"),
    "catalog.template_applied": _("Drawn with another template"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, when, by whom, and the reason that was given."""

    what: str
    at: datetime
    by: str
    reason: str


def history(achievement: Any) -> list[Moment]:
    """What happened to the badge, the latest first; of a draft that was saved again and again, the last time."""
    entries = [entry for entry in keeping.history(achievement) if _key(entry) in _VERBS]
    names = names_of(entry.on_behalf_of or entry.author for entry in entries)
    told: list[Moment] = []
    for entry, later in zip(entries, [None, *entries], strict=False):
        if later is not None and entry.name == later.name == "catalog.achievement_drafted":
            continue
        by = names.get(entry.on_behalf_of or entry.author, "") or gettext("Insignia")
        told.append(Moment(str(_VERBS[_key(entry)]) % entry.data, entry.at, by, entry.reason))
    return told


def _key(entry: Any) -> str:
    return f"{entry.name}:{entry.data['verb']}" if "verb" in entry.data else entry.name
