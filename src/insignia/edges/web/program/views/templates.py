"""The library of badge templates: seen with a short and a long title, added to, and applied to badges."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import library
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.redrawing import plan_redrawing
from insignia.domain.institutions import queries

from ..doors import admit, institution
from ..forms.templates import ApplyForm, TemplateForm
from ..page import carried_out, done, page, status_of
from ..redrawn import redrawn

_ACCENT_LENGTH = 7
_A_PAGE = 24


@require_safe
def templates(request: HttpRequest) -> HttpResponseBase:
    """The newest version of each, and the levels that are drawn with it."""
    admit(request, Permission.TEMPLATE_MANAGE)
    used: dict[str, list[str]] = {}
    for level in queries.levels():
        used.setdefault(level.policy.template, []).append(level.name)
    context = {"templates": [(one, used.get(one.key, [])) for one in catalog.templates()]}
    return page(request, "templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Take in a template, or a new version of one."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    form = TemplateForm(request.POST or None, request.FILES or None)
    kept: list[Any] = []

    def take_in() -> None:
        files = {name: form.cleaned_data[name].read() for name in ("svg", "sidecar")}
        kept.append(library.receive_template(by=by, institution=institution(request), **files))

    if carried_out(form, take_in):
        said = _("“%(name)s” is here in version %(number)d.") % {"name": kept[0].name, "number": kept[0].number}
        return done(request, said, "template", kept[0].key)
    return page(request, "template_add.html", {"form": form}, status=status_of(form))


@require_safe
def template(request: HttpRequest, key: str) -> HttpResponseBase:
    """One template: its versions, the badges that are drawn with it, and what was drawn anew."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    versions = library.versions(key)
    uses = library.uses(key, by)
    context = {
        "newest": versions[0],
        "versions": versions,
        "older": [use for use in uses if use.number < versions[0].number],
        "uses": uses,
        "redrawn": redrawn(versions),
    }
    return page(request, "template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, key: str) -> HttpResponseBase:
    """Draw badges with one version: each is shown as it is and as it will be, before anything happens."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    versions = library.versions(key)
    chosen, words = _chosen(versions, request.GET.get("version", "")), request.GET.get("q", "").strip()
    uses = library.uses(key, by, words=words)
    other = [use.achievement.public_id for use in uses if use.number != chosen.number]
    form = ApplyForm(request.POST or None, uses=uses, initial={"achievements": other})
    if carried_out(form, lambda: _plan(request, by, form, uses, chosen)):
        count = len(form.picked(uses))
        said = ngettext("%(count)d badge is drawn anew.", "%(count)d badges are drawn anew.", count)
        return done(request, said % {"count": count}, "template", key)
    shown = Paginator(uses, _A_PAGE).get_page(request.GET.get("page"))
    ticked = set(form["achievements"].value() or [])
    context = {
        "newest": versions[0],
        "versions": versions,
        "chosen": chosen,
        "words": words,
        "form": form,
        "count": len(uses),
        "page": shown,
        "shown": [(use, use.achievement.public_id in ticked) for use in shown],
    }
    return page(request, "template_apply.html", context, status=status_of(form))


def _chosen(versions: list[Any], number: str) -> Any:
    return next((one for one in versions if str(one.number) == number), versions[0])


def _plan(request: HttpRequest, by: Any, form: ApplyForm, uses: list[library.Use], chosen: Any) -> None:
    picked = [use.achievement for use in form.picked(uses)]
    day = form.cleaned_data["on"]
    plan_redrawing(by=by, institution=institution(request), achievements=picked, template=chosen, on=day)


@require_safe
def sample(request: HttpRequest, public_id: str) -> HttpResponse:
    """A badge that nobody can earn, drawn with one version of a template."""
    admit(request, Permission.TEMPLATE_MANAGE)
    here = institution(request)
    found = library.template(public_id)
    title = library.LONG_TITLE if request.GET.get("title") == "long" else library.SHORT_TITLE
    accent = request.GET.get("accent", "")[:_ACCENT_LENGTH]
    return _svg(library.sample(found, title=title, issuer=here.name, palette=_palette(here, found, accent)))


def _palette(here: Any, found: Any, accent: str) -> dict[str, str]:
    own = dict(here.theme.get("badge", {}))
    wanted = {"accent": accent} if accent else own
    return library.fitting(found, wanted)


@require_safe
def drawn(request: HttpRequest, key: str, public_id: str) -> HttpResponse:
    """What a badge would look like with one version of a template, the newest unless another is asked for."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    use = next((use for use in library.uses(key, by) if use.achievement.public_id == public_id), None)
    if use is None:
        raise NotFound(N_("There is no such badge here."))
    chosen = _chosen(library.versions(key), request.GET.get("version", ""))
    return _svg(library.drawn_anew(use.achievement, chosen))


def _svg(data: bytes) -> HttpResponse:
    # Shown as a picture only; opened by itself it may load and run nothing.
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'none'"}
    return HttpResponse(data, content_type="image/svg+xml", headers=headers)
