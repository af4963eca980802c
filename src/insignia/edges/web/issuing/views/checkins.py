"""Check-ins: all of them, one that fills itself, its code on a wall, and what ends it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, InsigniaError, Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, check_ins, finding
from insignia.domain.awards import check_in_queries as queries
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock
from insignia.edges.web import http
from insignia.edges.web.qr import qr_code
from insignia.edges.web.words import translated

from ..checkin_forms import CheckInForm, PresentForm
from ..pages import attempt, page, require_somewhere
from .one import hindered

_A_PAGE = 25
_PEOPLE = 50


def checkins(request: HttpRequest) -> HttpResponse:
    """Every check-in of the badges that one awards, searched and narrowed."""
    by = http.actor(request)
    require_somewhere(by, Permission.AWARD_GRANT)
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = Paginator(queries.check_ins(by, words=words, state=state), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "rows": _with_phase(found),
        "words": words,
        "state": state,
        "states": queries.STATES,
        "is_narrowed": bool(words or state),
    }
    return page(request, "checkins.html", context)


def new(request: HttpRequest, achievement: str) -> HttpResponse:
    """The form that opens a check-in, beside those that the badge has had."""
    by, wanted = http.actor(request), catalog.achievement_for(http.actor(request), achievement)
    if refusal := finding.hindrance(by, wanted) or check_ins.hindrance(wanted):
        return hindered(request, wanted, refusal)
    form = CheckInForm(request.POST or None, achievement=wanted, initial=_this_hour())
    if form.is_valid():
        try:
            made = actions.open_check_in(by=by, achievement=wanted, **form.values())
            return redirect("issuing:checkin", wanted.institution.slug, made.public_id)
        except (Rejected, Conflict) as error:
            form.refuse(error)
    context = {
        "achievement": wanted,
        "images": finding.variant_images(wanted),
        "form": form,
        "zone": wanted.institution.zone,
        "rows": _with_phase(queries.of_achievement(wanted)[:10]),
    }
    return page(request, "checkin_new.html", context, status=422 if form.errors else 200)


def _with_phase(found: Iterable[Any]) -> list[tuple[Any, str]]:
    now = clock.now()
    return [(one, check_ins.phase(one, now).value) for one in found]


def _this_hour() -> dict[str, Any]:
    begin = timezone.localtime(clock.now()).replace(minute=0, second=0, microsecond=0)
    return {"opens_at": begin, "closes_at": begin + timedelta(hours=3)}


def check_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """One check-in: its code, and who is there. The list asks for itself while it is open."""
    by = http.actor(request)
    return checkin_page(request, queries.check_in_for(by, public_id), PresentForm())


def checkin_page(request: HttpRequest, found: Any, form: PresentForm, *, status: int = 200) -> HttpResponse:
    """The page of one check-in, with the form for one more person as it stands."""
    words = request.GET.get("q", "").strip()
    people = Paginator(queries.entries(found, words=words), _PEOPLE).get_page(request.GET.get("page"))
    needed = check_ins.events_needed(found)
    # How often each has come, where more than one event counts.
    times = queries.attendance(found, [entry.email for entry in people]) if needed > 1 else {}
    context = {
        "check_in": found,
        "achievement": found.achievement,
        "phase": check_ins.phase(found, clock.now()).value,
        "page": people,
        "rows": [(entry, times.get(entry.email)) for entry in people],
        "counts": needed > 1,
        "needed": needed,
        "words": words,
        "came": queries.people_of(found),
        "is_fixed": check_ins.is_fixed(found),
        "may_award": check_ins.may_be_listed(found, clock.now()),
        "form": form,
        "link": link_of(found),
        "qr": qr_code(link_of(found)),
        "zone": found.achievement.institution.zone,
    }
    return page(request, "checkin.html", context, status=status)


def link_of(found: Any) -> str:
    """What the code holds."""
    return settings.PUBLIC_URL + reverse("public:check_in", args=[check_ins.token_of(found)])


def screen(request: HttpRequest, public_id: str) -> HttpResponse:
    """The code as large as the screen or the sheet of paper is: to project, or to print and put on a door."""
    found = queries.check_in_for(http.actor(request), public_id)
    context = {
        "check_in": found,
        "achievement": found.achievement,
        "phase": check_ins.phase(found, clock.now()).value,
        "link": link_of(found),
        "qr": qr_code(link_of(found)),
    }
    return page(request, "checkin_screen.html", context)


def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another name, place or time; one that was closed takes names again."""
    by = http.actor(request)
    found = queries.check_in_for(by, public_id)
    as_it_is = {name: getattr(found, name) for name in ("title", "place", "opens_at", "closes_at")}
    form = CheckInForm(request.POST or None, initial=as_it_is)
    if form.is_valid():
        try:
            actions.change_check_in(by=by, check_in=found, **form.values())
            messages.success(request, _("The check-in is changed. Its code stays the same."))
            return redirect(_address(found))
        except (Rejected, Conflict) as error:
            form.refuse(error)
    context = {"check_in": found, "achievement": found.achievement, "form": form, "zone": _zone(found)}
    return page(request, "checkin_edit.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take no more names."""
    by = http.actor(request)
    found = queries.check_in_for(by, public_id)

    def act() -> str:
        actions.close_check_in(by=by, check_in=found)
        return _("The check-in is closed. Look through the list, then award.")

    return attempt(request, act, back=_address(found))


@require_POST
def award(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand everybody on the list to awarding, where it is looked through once more."""
    by = http.actor(request)
    found = queries.check_in_for(by, public_id)
    try:
        batch = actions.list_check_in(by=by, check_in=found)
    except (Rejected, Conflict) as error:
        return _refused(request, found, error)
    return redirect("issuing:batch", found.achievement.institution.slug, batch.public_id)


def _refused(request: HttpRequest, found: Any, error: InsigniaError) -> HttpResponse:
    messages.error(request, translated(error))
    return redirect(_address(found))


def _address(found: Any) -> str:
    return reverse("issuing:checkin", args=[found.achievement.institution.slug, found.public_id])


def _zone(found: Any) -> str:
    return str(found.achievement.institution.zone)
