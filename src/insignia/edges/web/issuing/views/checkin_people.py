"""People on the list of a check-in: written down by hand, taken off it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from insignia.core.errors import Conflict, Rejected
from insignia.domain.awards import actions
from insignia.domain.awards import check_in_queries as queries
from insignia.edges.web import http

from ..checkin_forms import PresentForm
from ..pages import attempt, page
from .checkins import checkin_page


@require_POST
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down somebody who was there and could not do it themselves."""
    by = http.actor(request)
    found = queries.check_in_for(by, public_id)
    form = PresentForm(request.POST)
    if not form.is_valid():
        return checkin_page(request, found, form, status=422)
    try:
        # As it was typed: the action cleans it, and keeps the spelling of the address.
        entry = actions.add_to_check_in(by=by, check_in=found, name=form.data["name"], email=form.data["email"])
    except (Rejected, Conflict) as error:
        form.refuse(error)
        return checkin_page(request, found, form, status=http.status_of(error) or 422)
    messages.success(request, _("%(name)s is on the list.") % {"name": entry.name})
    return redirect("issuing:checkin", found.achievement.institution.slug, found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: str, entry: str) -> HttpResponse:
    """Ask, then take somebody off the list."""
    by = http.actor(request)
    found = queries.check_in_for(by, public_id)
    who = queries.entry_of(found, entry)
    if request.method != "POST":
        return page(request, "checkin_remove.html", {"check_in": found, "achievement": found.achievement, "entry": who})

    def act() -> str:
        actions.remove_from_check_in(by=by, check_in=found, entry=who)
        return _("%(name)s is off the list.") % {"name": who.name}

    slug = found.achievement.institution.slug
    return attempt(request, act, back=redirect("issuing:checkin", slug, found.public_id).url)
