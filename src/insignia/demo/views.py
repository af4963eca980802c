"""The pages of the demonstration: the walks, the people to be, and the mail that it caught."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.people import queries as people_queries
from insignia.edges.web.http import render

from . import cast
from . import inbox as mail
from .alder import people as alder
from .pinecrest import people as pinecrest
from .tour import WALKS

WALK = "walk"
"""The cookie that knows which walk somebody is on, whoever they are at the moment."""


@require_safe
def tour(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One of the walks, step by step, with what has been done."""
    wanted = slug or request.COOKIES.get(WALK, "")
    walk = next((one for one in WALKS if one.slug == wanted), None if slug else WALKS[0])
    if walk is None:
        raise NotFound(N_("There is no such walk through the demonstration."))
    with tenancy.of(institutions.by_slug(walk.university)):
        steps = walk.steps()
    known = [step.done for step in steps if step.done is not None]
    tabs = [(one.tab, reverse("demo:walk", args=[one.slug]), one is walk) for one in WALKS]
    context = {"walk": walk, "steps": steps, "tabs": tabs, "done": sum(known), "known": len(known)}
    response = render(request, "demo/tour.html", context)
    response.set_cookie(WALK, walk.slug, httponly=True, samesite="Lax")
    return response


@require_safe
def people(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Everybody one can be at a university."""
    found = next((one for one in cast.CASTS if one[0] == slug), None if slug else cast.CASTS[0])
    if found is None:
        raise NotFound(N_("There is no such university in the demonstration."))
    here, name, parts = found
    tabs = [(label, reverse("demo:people_of", args=[other]), other == here) for other, label, _parts in cast.CASTS]
    context = {"tabs": tabs, "here": here, "name": name, "parts": parts, "password": cast.PASSWORD}
    return render(request, "demo/people.html", context)


@require_POST
def be(request: HttpRequest, part: str) -> HttpResponse:
    """Sign in as somebody of the cast, and go where the step leads; there is nobody else that one could be here."""
    chosen = cast.PARTS.get(part)
    user = people_queries.by_address(chosen.email) if chosen else None
    if user is None or not user.is_demo:
        raise NotFound(N_("There is nobody of that name in the demonstration."))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    wanted = request.POST.get("next", "")
    return redirect(wanted if url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/") else "my_home")


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """A roster of twelve to try with: two rows have something wrong with them."""
    return _file(pinecrest.roster(), "roster.csv")


@require_safe
def cohort(request: HttpRequest) -> HttpResponse:
    """A list of learners for a request: one row has something wrong with it."""
    today = clock.today_in(institutions.by_slug("alder-ridge").zone)
    return _file(alder.example(today), "learners.csv")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The caught mail, the newest first."""
    words = request.GET.get("q", "")
    return render(request, "demo/inbox.html", {"mails": mail.messages(words), "query": words})


@require_safe
def message(request: HttpRequest, number: int) -> HttpResponse:
    """One mail: its words, its pictures and its links."""
    return render(request, "demo/message.html", {"mail": mail.message(number)})
