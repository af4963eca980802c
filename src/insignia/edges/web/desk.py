"""The rail of the desk: what a person can open there. A view hands the groups to the template as `rail`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.workflow import standing

from . import http


@dataclass(frozen=True, slots=True)
class RailItem:
    """One link; `count` is how much waits or stands behind it."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class RailGroup:
    """Links under one heading; the first group of a rail has none."""

    title: str
    items: tuple[RailItem, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the desk that stands in the rail of whoever holds `permission`, or one of `others`, somewhere here.

    `count` says how much waits there for somebody; whoever it is more than nothing for finds the page in any case.
    """

    group: Any
    label: Any
    name: str
    permission: Permission
    others: tuple[Permission, ...] = ()
    count: Callable[[HttpRequest], int] | None = None


def waits(request: HttpRequest) -> int:
    """How much waits among the proposals for the one who asks."""
    by, here = http.actor(request), request.institution  # type: ignore[attr-defined]
    if not by.holdings or (not hasattr(request, "insignia_stamp") and standing.is_quiet(here)):
        return 0
    return standing.waits_for(by, here, stamp(request))


def stamp(request: HttpRequest) -> str:
    """What tells whether anything has happened here since; asked for once a request."""
    known: str | None = getattr(request, "insignia_stamp", None)
    if known is None:
        known = standing.stamp_of(request.institution)  # type: ignore[attr-defined]
        request.insignia_stamp = known  # type: ignore[attr-defined]
    return known


# Whoever holds one of these has something to look after, and so a place where the programme is run.
PROGRAM = (
    Permission.INSTITUTION_MANAGE,
    Permission.KEY_MANAGE,
    Permission.LEVEL_MANAGE,
    Permission.MAIL_READ,
    Permission.MEMBER_MANAGE,
    Permission.TEMPLATE_MANAGE,
    Permission.UNIT_MANAGE,
    Permission.AUDIT_READ,
)

# In the order of the rail. A page is put into it by adding its line.
PLACES: tuple[Place, ...] = (
    Place("", _("Award badges"), "issuing:desk", Permission.AWARD_GRANT),
    Place(
        "",
        _("My tasks"),
        "governance:tasks",
        Permission.PROPOSAL_START,
        (Permission.PROPOSAL_READ, Permission.PROPOSAL_DECIDE, Permission.PROPOSAL_MANAGE),
        count=waits,
    ),
    Place(
        _("Governance"), _("Intents"), "governance:intents", Permission.PROPOSAL_START, (Permission.PROPOSAL_MANAGE,)
    ),
    Place(_("Governance"), _("Your proposals"), "governance:proposals", Permission.PROPOSAL_START),
    Place(
        _("Governance"),
        _("All proposals"),
        "governance:all_proposals",
        Permission.PROPOSAL_READ,
        (Permission.PROPOSAL_MANAGE,),
    ),
    Place(
        _("Governance"),
        _("Committees"),
        "governance:committees",
        Permission.PROPOSAL_READ,
        (Permission.COMMITTEE_MANAGE,),
    ),
    Place(
        _("Governance"),
        _("Production"),
        "governance:board",
        Permission.PRODUCTION_MANAGE,
        (Permission.PROPOSAL_READ, Permission.PROPOSAL_START, Permission.TEMPLATE_MANAGE, Permission.GRANTOR_APPOINT),
    ),
    Place(_("Governance"), _("Evaluations"), "governance:evaluations", Permission.PRODUCTION_MANAGE),
    Place(_("Governance"), _("Turnaround"), "governance:turnaround", Permission.PROPOSAL_READ),
    Place(_("Issuing"), _("Registrar’s queue"), "issuing:queue", Permission.ISSUANCE_DECIDE),
    Place(_("Issuing"), _("Issuance requests"), "issuing:requests", Permission.ISSUANCE_REQUEST),
    Place(_("Issuing"), _("Awards"), "issuing:awards", Permission.AWARD_READ),
    Place(
        _("Issuing"),
        _("Earners"),
        "issuing:earners",
        Permission.RECIPIENT_READ,
        (Permission.AWARD_READ, Permission.MAIL_READ),
    ),
    Place(
        _("Issuing"), _("Rosters and lists"), "issuing:batches", Permission.AWARD_GRANT, (Permission.ISSUANCE_DECIDE,)
    ),
    Place(_("Issuing"), _("Check-ins"), "issuing:checkins", Permission.AWARD_GRANT),
    Place(_("Programme"), _("Overview"), "program:home", PROGRAM[0], PROGRAM),
    Place(_("Programme"), _("Setting up"), "program:setup", PROGRAM[0], PROGRAM),
    Place(_("Programme"), _("Badges"), "program:achievements", Permission.ACHIEVEMENT_READ),
    Place(_("Programme"), _("Levels"), "program:levels", Permission.LEVEL_MANAGE),
    Place(_("Programme"), _("Badge templates"), "program:templates", Permission.TEMPLATE_MANAGE),
    Place(_("Programme"), _("Routes of proposals"), "program:routes", Permission.WORKFLOW_MANAGE),
    Place(_("Programme"), _("Forms of proposals"), "program:proposal_forms", Permission.WORKFLOW_MANAGE),
    Place(_("Programme"), _("Dry run"), "program:simulator", Permission.WORKFLOW_MANAGE),
    Place(_("People"), _("People"), "program:people", Permission.MEMBER_MANAGE),
    Place(_("People"), _("Roles"), "program:roles", Permission.MEMBER_MANAGE),
    Place(_("People"), _("Units"), "program:units", Permission.UNIT_MANAGE),
    Place(_("House"), _("Profile"), "program:profile", Permission.INSTITUTION_MANAGE),
    Place(_("House"), _("Policies"), "program:policies", Permission.INSTITUTION_MANAGE),
    Place(_("House"), _("Preset"), "program:preset", Permission.INSTITUTION_MANAGE),
    Place(_("House"), _("Colours"), "program:theme", Permission.INSTITUTION_MANAGE),
    Place(_("House"), _("Signing keys"), "program:keys", Permission.KEY_MANAGE),
    Place(_("House"), _("Mail"), "program:mail", Permission.MAIL_READ),
    Place(_("House"), _("Test mail"), "program:testmail", Permission.INSTITUTION_MANAGE),
    Place(_("House"), _("Journal"), "program:journal", Permission.AUDIT_READ),
)


def start_of(by: Actor) -> str:
    """The name of the page where `by` begins: the overview, for whoever runs something, else the first that they may open."""
    if any(by.may_somewhere(permission) for permission in PROGRAM):
        return "program:home"
    return next((place.name for place in PLACES if _opens(by, place)), "public:landing")


def _opens(by: Actor, place: Place) -> bool:
    return any(by.may_somewhere(permission) for permission in (place.permission, *place.others))


def rail_for(request: HttpRequest) -> tuple[RailGroup, ...]:
    """What the person who asks can open in the institution of the address."""
    by = http.actor(request)
    slug = request.institution.slug  # type: ignore[attr-defined]
    groups: dict[str, list[RailItem]] = {}
    for place in PLACES:
        count = place.count(request) if place.count else None
        if count or _opens(by, place):
            item = RailItem(str(place.label), reverse(place.name, args=[slug]), count or None)
            groups.setdefault(str(place.group), []).append(item)
    return current(request, [RailGroup(title, tuple(items)) for title, items in groups.items()])


def current(request: HttpRequest, groups: Iterable[RailGroup]) -> tuple[RailGroup, ...]:
    """The same groups with the item marked under which the page stands: the longest address that begins its path."""
    groups = tuple(group for group in groups if group.items)
    addresses = [item.url for group in groups for item in group.items if request.path.startswith(item.url)]
    here = max(addresses, key=len, default=None)
    return tuple(
        RailGroup(group.title, tuple(RailItem(i.label, i.url, i.count, is_current=i.url == here) for i in group.items))
        for group in groups
    )
