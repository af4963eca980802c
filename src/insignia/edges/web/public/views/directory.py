"""An institution's directory (R-113): searched, filtered, in order, in pages; for programs a list of achievements."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.directory import look_up
from insignia.domain.catalog.rules import STANDARD
from insignia.edges.web.http import render, wants_fragment

from .. import answers
from ..cards import cards
from ..documents import achievement_document
from ..filters import chosen, facets, order_of, wanted_of

PAGE_SIZE = 24
# A program is given more at a time than a reader.
LIST_SIZE = 100


@require_safe
def directory(request: HttpRequest) -> HttpResponseBase:
    """What can be earned here."""
    if answers.wanted(request, answers.PAGE, *answers.LINKED_DATA) != answers.PAGE:
        return answers.varied(_as_data(request))
    wanted, order = wanted_of(request.GET), order_of(request.GET)
    found = look_up(catalog.directory(), wanted, order=order)
    page = Paginator(found.entries, PAGE_SIZE).get_page(request.GET.get("page"))
    narrowing = facets(request.GET, found.counts)
    context = {
        "cards": cards(catalog.achievements_in_order([entry.key for entry in page])),
        "page": page,
        "facets": narrowing,
        "chosen": chosen(request.GET, narrowing),
        "words": wanted.words,
        "order": order,
        "piece": wants_fragment(request),
        "address": reverse("public:directory", args=[request.institution.slug]),  # type: ignore[attr-defined]
    }
    response = render(request, "public/directory.html", context)
    return answers.listed(request.institution, answers.varied(response))  # type: ignore[attr-defined]


def _as_data(request: HttpRequest) -> HttpResponseBase:
    found = look_up(catalog.directory(), wanted_of(request.GET), order=order_of(request.GET))
    page = Paginator(found.entries, LIST_SIZE).get_page(request.GET.get("page"))
    achievements = catalog.achievements_in_order([entry.key for entry in page])
    # Each row knows its achievement, of which it was reached: nothing has to be looked up again.
    versions = [_version_of(achievement) for achievement in achievements]
    images = catalog.first_images([version.pk for version in versions])
    documents = [
        achievement_document(version, variant=STANDARD, image=images[version.pk])
        for version in versions
        if version.pk in images
    ]
    headers = {"Link": _link_to_next(request, page)} if page.has_next() else {}
    return answers.answer(request, answers.json_bytes(documents), "application/json", keep=answers.A_MINUTE, **headers)


def _version_of(achievement: Any) -> Any:
    achievement.current.achievement = achievement
    return achievement.current


def _link_to_next(request: HttpRequest, page: Page) -> str:
    query = request.GET.copy()
    query["page"] = str(page.next_page_number())
    return f'<{request.path}?{query.urlencode()}>; rel="next"'
