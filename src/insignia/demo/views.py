"""The pages of the demonstration: the tour, the people to be, and the mail that it caught."""

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.people import queries as people_queries
from insignia.edges.web.http import render

from . import cast
from . import inbox as mail


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tour: what to do, as whom, and where."""

    title: str
    text: str
    part: cast.Part | None
    url: str
    link: str


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """From a roster to a verified badge, in five steps that a newcomer can take in three minutes."""
    steps = [
        Step(
            _("Award a badge to a roster"),
            _("Be Gus, who is a trained Grantor. Choose Spreadsheet Basics, upload the example roster, look at what would happen, and award."),
            cast.GRANTOR,
            reverse("demo:roster"),
            _("Download the example roster"),
        ),
        Step(_("Send it"), _("Awards wait a while, so that mistakes can be undone. Choose “Send now”."), cast.GRANTOR, "", ""),
        Step(
            _("Read the mail"),
            _("Everything that is mailed here is caught and shown. Open the newest mail and follow its link."),
            None,
            reverse("demo:inbox"),
            _("Open the mail"),
        ),
        Step(
            _("Claim and show it"),
            _("Set up the learner's account, accept the badge, and choose who may see it. Or be Rowan, for whom two offers wait."),
            cast.ROWAN,
            "",
            "",
        ),
        Step(
            _("Verify it"),
            _("Download the badge as a picture and give it to the verifier, as an employer would. Then change a letter and try again."),
            None,
            reverse("public:verify"),
            _("Open the verifier"),
        ),
    ]  # fmt: skip
    return render(request, "demo/tour.html", {"steps": steps})


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody one can be."""
    return render(request, "demo/people.html", {"parts": cast.PARTS, "password": cast.PASSWORD})


@require_POST
def be(request: HttpRequest, part: str) -> HttpResponse:
    """Sign in as somebody of the cast; there is nobody else that one could be here."""
    chosen = next((p for p in cast.PARTS if p.slug == part), None)
    user = people_queries.by_address(chosen.email) if chosen else None
    if user is None or not user.is_demo:
        raise NotFound(N_("There is nobody of that name in the demonstration."))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("my_home")


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """A roster of twelve to try with: two rows have something wrong with them."""
    response = HttpResponse(cast.roster(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roster.csv"'
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
