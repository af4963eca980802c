"""The checklist in words: what each step is, why, and where it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Actor
from insignia.domain.institutions import members
from insignia.domain.notifications.readiness import Step


@dataclass(frozen=True, slots=True)
class Words:
    """What a step is called, why it is taken, what its button says, and the page that it leads to."""

    title: Any
    why: Any
    verb: Any
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A step as its reader sees it; without an address it is for `roles` to take."""

    number: int
    title: Any
    why: Any
    verb: Any
    address: str
    roles: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some steps that belong together."""

    key: str
    title: Any
    note: Any
    lines: tuple[Line, ...]


WORDS: dict[str, Words] = {
    "profile": Words(
        _("Say who issues"),
        _("Every credential names its issuer with website and address: it is the first thing that others check."),
        _("Fill in the profile"),
        "program:profile",
    ),
    "keys": Words(
        _("Have keys to sign with"),
        _("Each issuer needs one Ed25519 and one P-256 key that are active."),
        _("Look at the keys"),
        "program:keys",
    ),
    "mail": Words(
        _("Send a test mail"),
        _("Badges are offered by mail. A mail that arrives now is one that arrives for your earners."),
        _("Send a test mail"),
        "program:testmail",
    ),
    "policies": Words(
        _("Look at the policies"),
        _("How long an award can be undone, when earners are reminded, whose names stand in credentials."),
        _("Look at the policies"),
        "program:policies",
    ),
    "units": Words(
        _("Name your units"),
        _("A unit offers badges and awards them. Its people see what is theirs."),
        _("Add units"),
        "program:units",
    ),
    "people": Words(
        _("Give people their roles"),
        _("Nobody should run a programme alone. Whoever gets a role is told by mail how to sign in."),
        _("Invite people"),
        "program:people",
    ),
    "levels": Words(
        _("Agree on the levels"),
        _("A level says what evidence an award asks for, and who may judge it."),
        _("Look at the levels"),
        "program:levels",
    ),
    "templates": Words(
        _("Look at the badge templates"),
        _("Every level needs the templates that its badges are drawn with."),
        _("Look at the templates"),
        "program:templates",
    ),
    "achievement": Words(
        _("Make a first badge active"),
        _("What it is called, what it takes, which skills it stands for. From then on it is in your catalogue."),
        _("Write a badge"),
        "program:achievements",
    ),
    "grantor": Words(
        _("Appoint and train a Grantor"),
        _("Assessed badges are awarded by people who are qualified and trained for exactly that badge."),
        _("Appoint a Grantor"),
        "program:achievements",
    ),
    "award": Words(
        _("Award it"),
        _("To yourself you cannot; a colleague who has earned it makes a good first earner."),
        _("Award a badge"),
        "issuing:desk",
    ),
}
CHAPTERS: tuple[tuple[str, Any, Any, tuple[str, ...]], ...] = (
    ("house", _("The house"), _("Once, before anything else."), ("profile", "keys", "mail", "policies")),
    ("people", _("Its people"), _("A list can come from a spreadsheet."), ("units", "people")),
    ("badges", _("Its badges"), _("The preset has filled in what it could."), ("levels", "templates", "achievement")),
    ("award", _("The first award"), _("From here on it is everyday work."), ("grantor", "award")),
)


def chapters(steps: Sequence[Step], actor: Actor, institution: Any) -> list[Chapter]:
    """`steps` with their words; the first one that is open and that `actor` may take comes next."""
    upcoming = next((s.key for s in steps if not s.is_done and actor.may_somewhere(s.permission)), "")
    roles = members.roles_by_permission()
    lines = {}
    for number, step in enumerate(steps, start=1):
        said, may = WORDS[step.key], actor.may_somewhere(step.permission)
        lines[step.key] = Line(
            number=number,
            title=said.title,
            why=said.why,
            verb=said.verb,
            address=_address(said.address, institution.slug) if may else "",
            roles="" if may else ", ".join(roles.get(step.permission, ())),
            is_done=step.is_done,
            is_next=step.key == upcoming,
        )
    return [Chapter(key, title, note, tuple(lines[name] for name in names)) for key, title, note, names in CHAPTERS]


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
