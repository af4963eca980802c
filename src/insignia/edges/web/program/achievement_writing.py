"""What is being written at the moment, and its form: as it was begun, as it was sent, or as it stands half done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from insignia.domain.access.actor import Actor
from insignia.domain.catalog.rules import Content
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.institutions import outline
from insignia.domain.institutions import queries as institutions

from .achievement_content import initial_of, rows_in
from .doors import institution
from .forms_achievements import MOST_ROWS, AchievementForm


@dataclass(frozen=True, slots=True)
class Writing:
    """A new badge, or the draft of one that is there."""

    by: Actor
    lines: list[outline.Line]
    achievement: Any = None
    draft: Any = None

    @property
    def version(self) -> Any:
        """What stands there now: the draft, else what is awarded."""
        return self.draft or (self.achievement.current if self.achievement else None)

    @property
    def before(self) -> Content:
        """What it says now."""
        return self.version.content if self.version else Content()

    @property
    def seen(self) -> str:
        """What tells whether somebody else wrote meanwhile."""
        return self.draft.content.fingerprint() if self.draft else ""

    def unit_in(self, form: AchievementForm) -> Any:
        """The unit that the form names, or to which the badge belongs already."""
        chosen = form.units.get(form.cleaned_data.get("unit", ""))
        return chosen or (self.achievement.unit if self.achievement else None)


def begun(request: HttpRequest, writing: Writing) -> AchievementForm:
    """The form as it is opened."""
    skills = _skills()
    if writing.version is None:
        units = [line.unit.public_id for line in writing.lines]
        initial = {"language": institution(request).language, "unit": units[0] if len(units) == 1 else ""}
    else:
        kept = writing.version.artwork
        initial = {
            **initial_of(writing.before, skills),
            "level": writing.achievement.level.key,
            "unit": writing.achievement.unit.public_id,
            "artwork_kept": kept.public_id if kept else "",
            "artwork_alt": kept.alt if kept else "",
            "seen": writing.seen,
        }
    return _form(writing, skills, rows_in(initial), initial=initial)


def sent(request: HttpRequest, writing: Writing) -> AchievementForm:
    """The form as it was sent, to be looked through."""
    options = {"data": request.POST, "files": request.FILES}
    return _form(writing, _skills(), _rows(request), initial={"language": writing.before.language}, **options)


def half_done(request: HttpRequest, writing: Writing, *, artwork: str) -> AchievementForm:
    """The form as it stands, with whatever is wrong in it: nobody has been asked to judge it yet."""
    lists = {name: request.POST.getlist(name) for name in ("skills", "audience", "variants")}
    initial = {**request.POST.dict(), **lists, "artwork_kept": artwork or request.POST.get("artwork_kept", "")}
    return _form(writing, _skills(), _rows(request), initial=initial)


def _skills() -> list[Any]:
    return list(frameworks.skills().order_by("framework__name", "name"))


def _form(writing: Writing, skills: list[Any], rows: tuple[int, int], **options: Any) -> AchievementForm:
    is_placed = writing.achievement is not None and writing.achievement.current_id is not None
    return AchievementForm(
        levels=list(institutions.levels()),
        lines=writing.lines,
        skills=skills,
        rows=rows,
        placed_at=writing.achievement.level if is_placed else None,
        **options,
    )


def _rows(request: HttpRequest) -> tuple[int, int]:
    """As many rows as there were, and more of the kind for which that was asked."""
    links, skills = rows_in(request.POST)
    links = max(links, _number(request, "link_rows")) + ("more_links" in request.POST) * 2
    skills = max(skills, _number(request, "skill_rows")) + ("more_skills" in request.POST) * 2
    return links, skills


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return min(int(given), MOST_ROWS) if given.isascii() and given.isdecimal() and len(given) < 4 else 0
