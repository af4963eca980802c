"""The start: an institution's own front page, or the list of them, and its style sheet."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.catalog import directory
from insignia.domain.catalog import queries as catalog
from insignia.domain.institutions import queries as institutions
from insignia.edges.web import themes
from insignia.edges.web.desk import rail_for
from insignia.edges.web.http import indexable, render

from ..answers import FIVE_MINUTES, answer, listed
from ..cards import cards
from ..doors import enter_only_institution

# Side by side above the fold: the newest three.
_SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The front page of the installation, which is that of its institution where there is only one."""
    enter_only_institution(request)
    if getattr(request, "institution", None) is not None:
        return _front_page(request)
    return indexable(render(request, "public/home.html", {"institutions": institutions.all_institutions()}))


@require_safe
def landing(request: HttpRequest) -> HttpResponseBase:
    """The front page of one institution."""
    return _front_page(request)


def _front_page(request: HttpRequest) -> HttpResponseBase:
    institution = request.institution  # type: ignore[attr-defined]
    found = directory.look_up(catalog.directory(), directory.Wanted(), order="newest").entries
    # Two side by side look as if one were missing.
    shown = found[: _SHOWN if len(found) >= _SHOWN else 1]
    newest = catalog.achievements_in_order([entry.key for entry in shown])
    context = {
        "institution": institution,
        "newest": cards(newest),
        "count": len(found),
        "unit_count": len({entry.unit for entry in found}),
        "desk": next((group.items[0].url for group in rail_for(request)), ""),
    }
    return listed(institution, render(request, "public/landing.html", context))


@require_safe
def theme(request: HttpRequest) -> HttpResponseBase:
    """The institution's own layer of the style sheet."""
    css = themes.theme_css(request.institution.theme)  # type: ignore[attr-defined]
    return answer(request, css.encode(), "text/css; charset=utf-8", keep=FIVE_MINUTES)
