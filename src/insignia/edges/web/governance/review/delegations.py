"""Who acts in whose place while somebody is away."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.people import queries as people
from insignia.domain.proposals.workflow import actions, queries, standing
from insignia.edges.web import http
from insignia.edges.web.desk import stamp
from insignia.edges.web.doors import institution, refusal

from ..pages import carried_out, done, page, status_of
from .forms import DelegationForm, OfficeDelegationForm
from .tasks import ANY_RIGHT


@dataclass(frozen=True, slots=True)
class Given:
    """A delegation, and what its role is called."""

    given: Any
    role_name: str


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponseBase:
    """One's own, in both directions; everybody's, for those who look after members. A form to give one."""
    by, here = http.actor(request), institution(request)
    manages = by.may(Permission.MEMBER_MANAGE, on=here)
    rows = list(queries.delegations())
    mine = [row for row in rows if by.user_pk in (row.user_id, row.to_id)]
    if not (manages or mine or any(by.may_somewhere(right) for right in ANY_RIGHT)):
        raise refusal(ANY_RIGHT[0])
    house = standing.house(here, stamp(request))
    kind = OfficeDelegationForm if manages else DelegationForm
    initial = {"whose": getattr(request.user, "email", "")}
    roles = sorted(house.roles.items(), key=lambda pair: pair[1]) if manages else _own_roles(by.id, house)
    form = kind(request.POST or None, roles=roles, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        actions.delegate(
            by=by,
            institution=here,
            user=_somebody(given["whose"]) if given.get("whose") else _oneself(request),
            to=_somebody(given["email"]),
            role=given["role"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )

    if carried_out(form, act):
        return done(request, _("It is given, and ends by itself."), "delegations")
    context = {
        "form": form,
        "mine": [Given(row, house.roles.get(row.role, row.role)) for row in mine],
        "others": [Given(row, house.roles.get(row.role, row.role)) for row in rows if row not in mine and manages],
        "today": house.day,
    }
    return page(request, "review/delegations.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """End one before its time: asks first."""
    by = http.actor(request)
    row = queries.delegation(public_id)
    if by.user_pk not in (row.user_id, row.to_id):
        by.require(Permission.MEMBER_MANAGE, on=institution(request))
    if request.method != "POST":
        return page(request, "review/delegation_end.html", {"row": row})
    actions.end_delegation(by=by, delegation=row)
    return done(request, _("It is ended. What was decided meanwhile stands."), "delegations")


def _own_roles(person: str, house: Any) -> list[tuple[str, str]]:
    """The roles of this person that proposals may ask for."""
    held = {one.role for one in house.directory.holdings if one.person == person}
    return sorted(((key, house.roles.get(key, key)) for key in held), key=lambda pair: pair[1])


def _oneself(request: HttpRequest) -> Any:
    return request.user


def _somebody(email: str) -> Any:
    found = people.by_address(email) or people.known_at(email)
    if found is None:
        raise Rejected(
            N_("Nobody here has the address %(email)s."), code="person_unknown", params={"email": email.strip()}
        )
    return found
