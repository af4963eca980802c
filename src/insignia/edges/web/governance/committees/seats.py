"""Seats of a body: added, taken, vacated; and who presides."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import members
from insignia.domain.proposals.bodies import actions, queries
from insignia.edges.web import doors as house

from ..pages import carried_out, done, page, status_of, undone
from . import doors
from .forms import PlaceForm, SeatForm

MOST_FOUND = 20
PLACES: tuple[Literal["member", "alternate"], ...] = ("member", "alternate")
OFFICES: tuple[Literal["chair", "deputy"], ...] = ("chair", "deputy")
Known = TypeVar("Known", bound=str)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """One more seat."""
    by, body = doors.manager_of(request, body_id)
    form = SeatForm(request.POST or None)
    if carried_out(form, lambda: actions.add_seat(by=by, body=body, constituency=form.cleaned_data["constituency"])):
        return done(request, _("The seat is added. Nobody sits there yet."), "body", body.public_id)
    return page(request, "committees/seat_add.html", {"form": form, "body": body}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, body_id: str, seat_id: str, place: str) -> HttpResponseBase:
    """Let somebody sit there, or stand in for the member: found among those who work here, or invited."""
    by, body = doors.manager_of(request, body_id)
    one, where = queries.seat(body, seat_id), _known(place, PLACES)

    def take(user: Any, given: dict[str, Any]) -> None:
        term = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
        if user is None:
            actions.invite_to_seat(by=by, seat=one, email=given["email"], name=given["name"], place=where, **term)
        else:
            actions.take_seat(by=by, seat=one, user=user, place=where, **term)

    held = one.member if place == "member" else one.alternate
    may_invite = by.may(Permission.MEMBER_MANAGE, on=body.institution)
    context = {"body": body, "seat": one, "place": place, "held": held}
    return _choose(request, body, context, take, may_invite=may_invite)


@require_http_methods(["GET", "HEAD", "POST"])
def preside(request: HttpRequest, body_id: str, place: str) -> HttpResponseBase:
    """Let somebody chair the body, or stand in for the chair."""
    by = house.admit(request, Permission.COMMITTEE_MANAGE)
    body = queries.body(body_id)
    office = _known(place, OFFICES)
    chair, deputy = queries.presiding(body)

    def take(user: Any, given: dict[str, Any]) -> None:
        actions.appoint_chair(
            by=by, body=body, user=user, starts_on=given["starts_on"], ends_on=given["ends_on"], place=office
        )

    held = chair if place == "chair" else deputy
    return _choose(request, body, {"body": body, "place": place, "held": held}, take, may_invite=False)


def _choose(
    request: HttpRequest,
    body: Any,
    context: dict[str, Any],
    take: Callable[[Any, dict[str, Any]], None],
    *,
    may_invite: object,
) -> HttpResponseBase:
    """The page on which a person is searched and chosen; search words stay while the form is sent again."""
    words = request.POST.get("q") or request.GET.get("q", "")
    matching = members.people(words=words) if words.strip() else members.people().none()
    people = {user.public_id: user for user in matching[:MOST_FOUND]}
    label = [(key, f"{user} · {user.email}" if str(user) != user.email else str(user)) for key, user in people.items()]
    form = PlaceForm(request.POST or None, people=label, may_invite=may_invite)

    def act() -> None:
        given = form.cleaned_data
        take(people.get(given.get("person", "")), given)

    if carried_out(form, act):
        return done(request, _said(context["place"]), "body", body.public_id)
    known = {"form": form, "words": words, "found": len(people), "most": MOST_FOUND, "may_invite": may_invite}
    return page(request, "committees/seat.html", {**context, **known}, status=status_of(form))


def _said(place: str) -> str:
    return {
        "member": _("The seat is taken."),
        "alternate": _("The seat has an alternate."),
        "chair": _("The body has a chair."),
        "deputy": _("The body has a deputy chair."),
    }[place]


@require_http_methods(["GET", "HEAD", "POST"])
def vacate(request: HttpRequest, body_id: str, seat_id: str, place: str) -> HttpResponseBase:
    """Nobody sits there any more: asks first."""
    by, body = doors.manager_of(request, body_id)
    one, where = queries.seat(body, seat_id), _known(place, PLACES)
    held = one.member if place == "member" else one.alternate
    if request.method != "POST":
        return page(request, "committees/vacate.html", {"body": body, "seat": one, "place": place, "held": held})
    actions.vacate_seat(by=by, seat=one, place=where)
    return done(request, _("The place is vacant."), "body", body.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, body_id: str, place: str) -> HttpResponseBase:
    """Whoever presides no longer does: asks first."""
    by = house.admit(request, Permission.COMMITTEE_MANAGE)
    body = queries.body(body_id)
    office = _known(place, OFFICES)
    chair, deputy = queries.presiding(body)
    held = chair if place == "chair" else deputy
    if request.method != "POST":
        return page(request, "committees/vacate.html", {"body": body, "place": place, "held": held})
    actions.release_chair(by=by, body=body, place=office)
    return done(request, _("The place is vacant."), "body", body.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, body_id: str, seat_id: str) -> HttpResponseBase:
    """Take an empty seat away: asks first."""
    by, body = doors.manager_of(request, body_id)
    one = queries.seat(body, seat_id)
    if request.method != "POST":
        return page(request, "committees/seat_drop.html", {"body": body, "seat": one})
    try:
        actions.drop_seat(by=by, seat=one)
    except Rejected as refused:
        return undone(request, refused, "body", body.public_id)
    return done(request, _("The seat is taken away."), "body", body.public_id)


def _known(place: str, places: tuple[Known, ...]) -> Known:
    for known in places:
        if known == place:
            return known
    raise NotFound(N_("There is no such place on this body."))
