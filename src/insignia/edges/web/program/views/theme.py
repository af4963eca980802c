"""The institution's colours: tried on the page itself before they hold."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import branding
from insignia.domain.catalog import queries as catalog
from insignia.edges.web import themes, words

from ..doors import admit, institution
from ..forms.house import ThemeForm
from ..hues import SWATCHES
from ..page import address, carried_out, done, page

HOUSE_HUE, HOUSE_STRENGTH = 236, 0.085


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest) -> HttpResponseBase:
    """Choose colours, look at them (a GET with values tries them on), and keep them."""
    by = admit(request, Permission.INSTITUTION_MANAGE)
    here = institution(request)
    tried = request.POST if request.method == "POST" else request.GET
    form = ThemeForm(tried if "hue" in tried else None, initial=_as_it_is(here))
    if form.is_bound and form.is_valid():
        _check(form)
    if request.method == "POST" and carried_out(form, lambda: _keep(by, here, form)):
        return done(
            request, _("The colours are saved. Badges are drawn in them when you apply their templates."), "theme"
        )
    status = 422 if request.method == "POST" else 200
    return page(request, "theme.html", _context(request, form, here), status=status)


def _as_it_is(here: Any) -> dict[str, Any]:
    chosen = {"hue": HOUSE_HUE, "strength": HOUSE_STRENGTH, **here.theme}
    return {**chosen, "accent": here.theme.get("badge", {}).get("accent", "")}


def _check(form: ThemeForm) -> None:
    try:
        themes.theme_css(form.page_values())
    except Rejected as refused:
        form.add_error(None, words.translated(refused))
    if problem := branding.accent_problem(form.cleaned_data.get("accent", "")):
        form.add_error("accent", words.translated(problem))


def _keep(by: Any, here: Any, form: ThemeForm) -> None:
    branding.set_branding(by=by, institution=here, theme=form.page_values(), accent=form.cleaned_data["accent"])


def _context(request: HttpRequest, form: ThemeForm, here: Any) -> dict[str, Any]:
    tried = form.page_values() if form.is_bound and form.is_valid() else {}
    accent = form.cleaned_data["accent"] if tried else here.theme.get("badge", {}).get("accent", "")
    return {
        "form": form,
        "tried_css": f"{address(request, 'theme_css')}?{urlencode(tried)}" if tried else "",
        "is_tried": bool(tried),
        "swatches": SWATCHES,
        "themes": (("light", _("Light")), ("dark", _("Dark"))),
        "samples": catalog.templates()[:4],
        "accent_query": urlencode({"accent": accent}) if accent else "",
    }


@require_safe
def style_sheet(request: HttpRequest) -> HttpResponse:
    """The layer of the style sheet that the values in the address make; for the page that tries them on."""
    admit(request, Permission.INSTITUTION_MANAGE)
    form = ThemeForm(request.GET)
    css = themes.theme_css(form.page_values()) if form.is_valid() else ""
    return HttpResponse(css, content_type="text/css; charset=utf-8")
