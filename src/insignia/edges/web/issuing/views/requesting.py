"""A unit asks the Registrar to issue: its requests, and a new one for one learner or for a file (R-121, R-122)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from insignia.core.errors import InsigniaError
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, finding, roster
from insignia.domain.awards import issuance_queries as asked
from insignia.domain.ground import clock
from insignia.edges.web import http
from insignia.edges.web.words import translated

from .. import request_rows
from ..files import attachment
from ..guidance import instructions
from ..pages import page, require_somewhere
from ..request_forms import CohortForm, LearnerForm, values_of

_A_PAGE = 25


def requests(request: HttpRequest) -> HttpResponse:
    """Every request of one's units, searched and narrowed."""
    by = http.actor(request)
    require_somewhere(by, Permission.ISSUANCE_REQUEST)
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = asked.requests_of(by, words=words, state=state)
    context = {
        "page": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "states": asked.REQUEST_STATES,
        "is_narrowed": bool(words or state),
    }
    return page(request, "requests.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Choose the badge that is asked for."""
    by = http.actor(request)
    require_somewhere(by, Permission.ISSUANCE_REQUEST)
    words = request.GET.get("q", "").strip()
    achievements = asked.askable(by, words=words)
    images = finding.images_of(achievements)
    offers = [(achievement, images.get(achievement.pk, "")) for achievement in achievements]
    return page(request, "request_new.html", {"offers": offers, "words": words})


def one(request: HttpRequest, achievement: str) -> HttpResponse:
    """One learner. What is typed is kept as a draft, right or wrong; the next page sends it."""
    by = http.actor(request)
    wanted = asked.askable_one(by, achievement)
    if request.method != "POST":
        day = clock.today_in(wanted.institution.zone).isoformat()
        form = LearnerForm(achievement=wanted, line={"awarded_on": day})
        return _form_page(request, "request_one.html", wanted, form)
    made = actions.draft_request(by=by, achievement=wanted, values=values_of(request.POST))
    return to_row_or_request(made)


def to_row_or_request(found: Any) -> HttpResponse:
    """On to the request; back to its only row where that needs correcting."""
    slug = found.achievement.institution.slug
    rows = list(asked.rows(found)[:2])
    if len(rows) == 1 and rows[0].code:
        return redirect("issuing:request_row", slug, found.public_id, rows[0].public_id)
    return redirect("issuing:request", slug, found.public_id)


def cohort(request: HttpRequest, achievement: str) -> HttpResponse:
    """Many learners in a file, which is looked through before anything is sent."""
    by = http.actor(request)
    wanted = asked.askable_one(by, achievement)
    if request.method != "POST":
        return _form_page(request, "request_file.html", wanted, CohortForm(achievement=wanted))
    form = CohortForm(request.POST, request.FILES, achievement=wanted)
    if not form.is_valid():
        return _form_page(request, "request_file.html", wanted, form, status=422)
    file = form.cleaned_data["roster"]
    try:
        made = actions.upload_request(
            by=by, achievement=wanted, data=file.read(), filename=file.name or "", assessed=form.assessed()
        )
    except InsigniaError as error:
        form.add_error("roster", translated(error))
        return _form_page(request, "request_file.html", wanted, form, status=http.status_of(error) or 422)
    return redirect("issuing:request", wanted.institution.slug, made.public_id)


def _form_page(request: HttpRequest, template: str, wanted: Any, form: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "achievement": wanted,
        "images": finding.variant_images(wanted),
        "form": form,
        "headings": request_rows.headings(wanted),
        "limits": roster.LIMITS,
        "instructions": instructions(wanted),
    }
    return page(request, template, context, status=status)


def template_csv(request: HttpRequest, achievement: str) -> HttpResponse:
    """The headings for this badge and a row of help, for any spreadsheet program."""
    columns = request_rows.headings(asked.askable_one(http.actor(request), achievement))
    helps = [str(meaning) for _name, meaning, _needed in columns]
    helps[0] = f"{roster.HELP_MARK} {helps[0]}"
    data = roster.csv_bytes([[name for name, _meaning, _needed in columns], helps])
    return attachment(data, _("issuance-request") + ".csv", "text/csv; charset=utf-8")
