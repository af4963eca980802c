"""Addresses for the tests of the web base: the real site, and pages that go wrong in every way."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from insignia.core.errors import Conflict, NotFound, NotPermitted, Rejected, Unavailable
from insignia.edges.web.http import indexable, render


class Unforeseen(Exception):
    """An error of no known kind, for the page that answers such."""


GOES_WRONG = {
    "not_permitted": NotPermitted("You may not award %(badge)s.", params={"badge": "Lab Safety"}),
    "not_found": NotFound("There is no such badge here."),
    "rejected": Rejected("The file is refused.", details=[Rejected("Row 3 has no name."), Rejected("Row 9 is empty.")]),
    "conflict": Conflict("Someone else changed this award a moment ago."),
    "unavailable": Unavailable("The wallet did not answer."),
    "unavailable_for_good": Unavailable("There is no wallet at this address.", permanent=True),
    "permission_denied": PermissionDenied(),
    "http404": Http404(),
    "too_big": RequestDataTooBig(),
    "suspicious": SuspiciousOperation("odd"),
    "unforeseen": Unforeseen("nobody thought of this"),
}


class RosterForm(forms.Form):
    """A form whose every field may be wrong."""

    title = forms.CharField(label="Title", help_text="Two to five words.")
    level = forms.ChoiceField(label="Level", choices=[("1", "Level I"), ("2", "Level II")], widget=forms.RadioSelect)
    remark = forms.CharField(label="Remark", required=False)


def _page(request: HttpRequest, source: str, **context: object) -> HttpResponse:
    markup = CottonCompiler().process(source)  # files are compiled by the loader, strings by nobody
    return HttpResponse(engines["django"].from_string(markup).render(context, request))


def goes_wrong(request: HttpRequest, how: str) -> HttpResponse:
    raise GOES_WRONG[how]


def form(request: HttpRequest) -> HttpResponse:
    bound = RosterForm(request.POST or None)
    return _page(
        request,
        '{% extends "base.html" %}{% block title %}Form{% endblock %}{% block content %}<div class="wrap"><h1>Form</h1>'
        '<form method="post" novalidate>{% csrf_token %}{{ form }}<c-button busy="Sending">Send it</c-button></form>'
        "</div>{% endblock %}",
        form=bound,
    )


def desk(request: HttpRequest) -> HttpResponse:
    """A desk with everything that scripts enhance."""
    messages.success(request, "Saved.")
    return _page(
        request,
        '{% extends "desk.html" %}{% block title %}Desk{% endblock %}{% block content %}<h1>Desk</h1>'
        '<section id="work"><h2>Work</h2><div id="results">before</div>'
        '<button class="button" id="good" hx-get="/fragment" hx-target="#results">Load</button>'
        '<button class="button" id="bad" hx-get="/wrong/conflict" hx-target="#results">Break</button>'
        '<button class="button" id="post" hx-post="/fragment" hx-target="#results">Post</button></section>'
        '<form data-unsaved><label for="a">All</label><input id="a" type="checkbox" data-selects="row">'
        '<label for="b">One</label><input id="b" type="checkbox" name="row">'
        '<label for="c">Two</label><input id="c" type="checkbox" name="row"></form>'
        '<p><span data-count="row">0</span> chosen</p>'
        '<c-copy id="address" label="Address" value="https://badges.example/c/1" />'
        '<form><c-search label="Search everything" shortcut /></form>'
        '<c-button type="button" popovertarget="sure">Revoke</c-button>'
        '<c-dialog id="sure" title="Sure?"><p>It cannot be undone.</p><c-slot name="actions">'
        '<c-button type="button" popovertarget="sure" popovertargetaction="hide">Keep it</c-button></c-slot></c-dialog>'
        "{% endblock %}",
    )


def fragment(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<p id="came">after</p><script>document.title = "run"</script>')


def public(request: HttpRequest) -> HttpResponse:
    return indexable(render(request, "styleguide.html"))  # type: ignore[return-value]


def whoami(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user))


urlpatterns = [
    path("", include("insignia.edges.web.urls")),
    path("wrong/<how>", goes_wrong),
    path("form", form),
    path("desk", desk),
    path("fragment", fragment),
    path("public", public),
    path("whoami", whoami),
    path("", whoami, name="home"),
]

handler400 = "insignia.edges.web.http.bad_request"
handler403 = "insignia.edges.web.http.permission_denied"
handler404 = "insignia.edges.web.http.page_not_found"
handler500 = "insignia.edges.web.http.server_error"
