"""Committees and boards: which there are, what each is charged with, who sits there."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import Conflict, NotFound
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.bodies import actions, queries
from insignia.domain.proposals.meetings import links
from insignia.domain.proposals.meetings import queries as meetings
from insignia.edges.web import doors as house

from ..pages import address, carried_out, done, page, status_of
from . import doors
from .forms import BodyForm

PAGE_SIZE = 20


@require_safe
def committees(request: HttpRequest) -> HttpResponseBase:
    """Each with who presides, how many of its seats are taken, and when it meets next."""
    by = doors.admit(request)
    found = queries.bodies()
    upcoming = meetings.next_of(found)
    context = {
        "cards": [(card, upcoming.get(card.body.pk)) for card in queries.cards(found)],
        "may_found": by.may(Permission.COMMITTEE_MANAGE, on=house.institution(request)),
    }
    return page(request, "committees/committees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponseBase:
    """A new body, without seats yet."""
    by = house.admit(request, Permission.COMMITTEE_MANAGE)
    form = BodyForm(request.POST or None)
    made: list[Any] = []

    def act() -> None:
        given = form.cleaned_data
        key = slugify(given["short_name"]) and given["short_name"].strip().replace(" ", "_")[:40]
        _refuse_twins(key)
        made.append(actions.set_body(by=by, institution=house.institution(request), key=key, **given))

    if carried_out(form, act):
        said = _("“%(name)s” is founded. Now give it seats.") % {"name": made[0].name}
        return done(request, said, "body", made[0].public_id)
    return page(request, "committees/body_edit.html", {"form": form}, status=status_of(form))


def _refuse_twins(key: str) -> None:
    try:
        queries.body(key)
    except NotFound:
        return
    raise Conflict(N_("There is a body with this short name already. Choose another."), code="body_exists")


@require_safe
def body(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """Its charge, its seats with terms and vacancies, its meetings."""
    by = doors.admit(request)
    one = queries.body(body_id)
    chair, deputy = queries.presiding(one)
    sittings = queries.sittings(one)
    reads = queries.may_read(by, one)
    behind = Paginator(meetings.behind(one), PAGE_SIZE).get_page(request.GET.get("page")) if reads else None
    context = {
        "body": one,
        "chair": chair,
        "deputy": deputy,
        "sittings": sittings,
        "vacant": sum(1 for sitting in sittings if sitting.is_vacant),
        "manages": doors.manages(by, one),
        "appoints": by.may(Permission.COMMITTEE_MANAGE, on=one.institution),
        "reads": reads,
        "ahead": meetings.ahead(one) if reads else (),
        "page": behind,
        "feed": _feed(request, by, one) if reads else "",
    }
    return page(request, "committees/body.html", context)


def _feed(request: HttpRequest, by: Any, one: Any) -> str:
    """The address of the calendar of this body, for this reader alone."""
    return request.build_absolute_uri(address(request, "body_feed", links.token_of(one, by)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """Describe a body anew."""
    by = house.admit(request, Permission.COMMITTEE_MANAGE)
    one = queries.body(body_id)
    initial = {name: getattr(one, name) for name in ("name", "short_name", "charge", "sponsor", "standards")}
    form = BodyForm(request.POST or None, initial=initial)
    if carried_out(
        form,
        lambda: actions.set_body(by=by, institution=house.institution(request), key=one.key, **form.cleaned_data),
    ):
        return done(request, _("The description is saved."), "body", one.public_id)
    return page(request, "committees/body_edit.html", {"form": form, "body": one}, status=status_of(form))
