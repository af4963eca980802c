"""News of achievements and their images."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class AchievementDrafted(Event):
    """A draft of an achievement was made or changed."""

    name: ClassVar[str] = "catalog.achievement_drafted"
    achievement: str
    draft: str


@dataclass(frozen=True, slots=True)
class AchievementsBroughtIn(Event):
    """Achievements that existed before came in from a file, marked as approved before; their images are still drawn."""

    name: ClassVar[str] = "catalog.achievements_brought_in"
    achievements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApprovalsNoted(Event):
    """Bodies in these roles approved the words of a draft. `content_hash` is what they approved."""

    name: ClassVar[str] = "catalog.approvals_noted"
    achievement: str
    number: int
    content_hash: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionFrozen(Event):
    """A version was approved: its content never changes again. `content_hash` is what was approved."""

    name: ClassVar[str] = "catalog.version_frozen"
    achievement: str
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class AchievementMoved(Event):
    """An achievement was activated, paused, resumed, retired, reactivated or archived."""

    name: ClassVar[str] = "catalog.achievement_moved"
    achievement: str
    verb: str


@dataclass(frozen=True, slots=True)
class TemplateAdded(Event):
    """A new version of a badge template was added."""

    name: ClassVar[str] = "catalog.template_added"
    template: str


@dataclass(frozen=True, slots=True)
class TemplateApplied(Event):
    """Achievements got images from another template version; awards made before keep theirs."""

    name: ClassVar[str] = "catalog.template_applied"
    template: str
    achievements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplatePlanned(Event):
    """Somebody wants achievements drawn with a version of a template; published with the day's begin as `not_before`.

    Without a `template`, with the newest of each.
    """

    name: ClassVar[str] = "catalog.template_planned"
    achievements: tuple[str, ...]
    template: str = ""
