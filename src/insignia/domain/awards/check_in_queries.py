"""What may be asked about check-ins: by those who award the badge, never by those who checked in."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement

from . import queries
from .models import CheckIn, CheckInEntry

_WITH = (
    "achievement__current",
    "achievement__institution",
    "achievement__level",
    "achievement__unit__parent__parent__parent",
    "batch",
    "made_by",
)
STATES = CheckIn.State.choices


def check_ins(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[CheckIn]:
    """Check-ins of badges that `actor` awards, each with how many `people` are on it; the next or last first."""
    found = (
        CheckIn.objects.filter(achievement__in=queries.awardable(actor).order_by().values("pk"))
        .select_related(*_WITH)
        .annotate(people=Count("entries"))
        .order_by("-opens_at", "-pk")
    )
    for word in words[:200].split()[:5]:
        found = found.filter(
            Q(title__icontains=word) | Q(place__icontains=word) | Q(achievement__current__name__icontains=word)
        )
    return found.filter(state=state) if state in CheckIn.State.values else found


def of_achievement(achievement: Achievement) -> QuerySet[CheckIn]:
    """The check-ins of one badge."""
    found = CheckIn.objects.filter(achievement=achievement).select_related(*_WITH)
    return found.annotate(people=Count("entries")).order_by("-opens_at", "-pk")


def check_in_for(actor: Actor, public_id: str) -> CheckIn:
    """One check-in of a badge that `actor` awards; raises `NotFound`."""
    found = CheckIn.objects.filter(public_id=public_id).select_related(*_WITH).first()
    if found is None or not actor.may(Permission.AWARD_GRANT, on=found):
        raise NotFound(N_("There is no such check-in here."))
    return found


def entries(check_in: CheckIn, *, words: str = "") -> QuerySet[CheckInEntry]:
    """Who is on it, the latest first."""
    found = CheckInEntry.objects.filter(check_in=check_in)
    for word in words[:200].split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found


def entry_of(check_in: CheckIn, public_id: str) -> CheckInEntry:
    """One entry of a check-in; raises `NotFound`."""
    found = CheckInEntry.objects.filter(check_in=check_in, public_id=public_id).first()
    if found is None:
        raise NotFound(N_("This entry is not on the list any more."))
    return found


def people_of(check_in: CheckIn) -> int:
    """How many came, whether or not they are remembered still."""
    return CheckInEntry.objects.filter(check_in=check_in).count() + check_in.forgotten


def attendance(check_in: CheckIn, addresses: Collection[str]) -> dict[str, int]:
    """At how many check-ins of the same badge each of `addresses` was."""
    rows = CheckInEntry.objects.filter(check_in__achievement=check_in.achievement_id, email__in=addresses)
    return dict(rows.order_by().values_list("email").annotate(n=Count("check_in", distinct=True)))
