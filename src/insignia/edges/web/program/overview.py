"""The counts of the front page in words, each with the page on which its rows stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.notifications.readiness import LATELY, Overview


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, what it counts, and where its rows are; "" where there is no page for whoever asks."""

    value: int
    label: str
    address: str
    tone: str = ""


def greeting(user: Any, hour: int) -> str:
    """What one says when somebody sits down at the desk at this hour of the institution's day."""
    name = {"name": str(user).split("@")[0].split()[0]}
    if hour < 12:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % name


def summary(counts: Overview) -> str:
    """The day in a sentence."""
    if not counts.troubles:
        return _("Nothing went wrong.")
    return ngettext("%(count)d thing needs somebody.", "%(count)d things need somebody.", counts.troubles) % {
        "count": counts.troubles
    }


def figures(counts: Overview, actor: Actor, slug: str) -> list[Figure]:
    """What the programme has; only what `actor` may see."""
    where = _addresses(actor, slug)
    every = [
        (
            Permission.ACHIEVEMENT_READ,
            counts.active,
            ngettext("active badge", "active badges", counts.active),
            where(Permission.ACHIEVEMENT_READ, "program:achievements"),
        ),
        (
            Permission.AWARD_READ,
            counts.awards,
            ngettext("award", "awards", counts.awards),
            where(Permission.AWARD_READ, "issuing:awards"),
        ),
        (
            Permission.AWARD_READ,
            counts.awards_lately,
            _("in the last %(days)d days") % {"days": LATELY},
            where(Permission.AWARD_READ, "issuing:awards"),
        ),
        (
            Permission.ACHIEVEMENT_READ,
            counts.grantors,
            ngettext("trained Grantor", "trained Grantors", counts.grantors),
            where(Permission.ACHIEVEMENT_READ, "program:achievements"),
        ),
        (
            Permission.MEMBER_MANAGE,
            counts.people,
            ngettext("person with a role", "people with roles", counts.people),
            where(Permission.MEMBER_MANAGE, "program:people"),
        ),
        (
            Permission.UNIT_MANAGE,
            counts.units,
            ngettext("unit", "units", counts.units),
            where(Permission.UNIT_MANAGE, "program:units"),
        ),
    ]
    return [Figure(value, label, address) for needs, value, label, address in every if actor.may_somewhere(needs)]


def waiting(counts: Overview, actor: Actor, slug: str) -> list[Figure]:
    """What waits for somebody, without being wrong: only what there is."""
    where = _addresses(actor, slug)
    every = [
        Figure(
            counts.unconfirmed,
            ngettext(
                "roster was checked and not confirmed", "rosters were checked and not confirmed", counts.unconfirmed
            ),
            where(Permission.AWARD_GRANT, "issuing:batches"),
        ),
        Figure(
            counts.unclaimed,
            ngettext("badge waits for its earner", "badges wait for their earners", counts.unclaimed),
            where(Permission.AWARD_READ, "issuing:awards"),
        ),
        Figure(
            counts.drafts,
            ngettext("draft of a badge", "drafts of badges", counts.drafts),
            where(Permission.ACHIEVEMENT_READ, "program:achievements"),
        ),
        Figure(
            counts.untrained,
            ngettext("Grantor is not trained yet", "Grantors are not trained yet", counts.untrained),
            where(Permission.ACHIEVEMENT_READ, "program:achievements"),
        ),
    ]
    return [figure for figure in every if figure.value]


def troubles(counts: Overview, actor: Actor, slug: str) -> list[Figure]:
    """What went wrong and needs somebody."""
    where = _addresses(actor, slug)
    mail = where(Permission.MAIL_READ, "program:mail")
    every = [
        Figure(
            counts.refused,
            ngettext("mail was refused", "mails were refused", counts.refused),
            f"{mail}?state=refused" if mail else "",
            "bad",
        ),
        Figure(
            counts.uncertain,
            ngettext("mail is uncertain", "mails are uncertain", counts.uncertain),
            f"{mail}?state=uncertain" if mail else "",
            "wait",
        ),
        Figure(
            counts.unsignable,
            ngettext("award could not be signed", "awards could not be signed", counts.unsignable),
            where(Permission.AWARD_READ, "issuing:awards"),
            "bad",
        ),
        Figure(
            counts.failed,
            ngettext("task failed for good", "tasks failed for good", counts.failed),
            "#failed" if actor.may_somewhere(Permission.INSTITUTION_MANAGE) else "",
            "bad",
        ),
    ]
    return [figure for figure in every if figure.value]


def _addresses(actor: Actor, slug: str) -> Callable[[Permission, str], str]:
    def where(needs: Permission, name: str) -> str:
        if not actor.may_somewhere(needs):
            return ""
        try:
            return reverse(name, args=[slug])
        except NoReverseMatch:
            return ""

    return where
