"""The library of badge templates: seen with a short and a long title, added to, and applied to badges."""

from typing import Any

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
from insignia.domain.institutions import queries

from ..doors import admit, institution
from ..forms.templates import ApplyForm, TemplateForm
from ..page import carried_out, done, page, status_of

_ACCENT_LENGTH = 7


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
    """One template: its versions, and the badges that are drawn with it."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    versions = library.versions(key)
    return page(request, "template.html", _about(versions, library.uses(key, by)))


def _about(versions: list[Any], uses: list[library.Use]) -> dict[str, Any]:
    newest = versions[0]
    return {
        "newest": newest,
        "versions": versions,
        "older": [use for use in uses if use.number < newest.number],
        "uses": uses,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, key: str) -> HttpResponseBase:
    """Draw badges with the newest version: each is shown as it is and as it will be, before anything happens."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    versions, uses = library.versions(key), library.uses(key, by)
    about = _about(versions, uses)
    chosen = [use.achievement.public_id for use in about["older"]]
    form = ApplyForm(request.POST or None, uses=uses, initial={"achievements": chosen})

    def plan() -> None:
        wanted = set(form.cleaned_data["achievements"])
        picked = [use.achievement for use in uses if use.achievement.public_id in wanted]
        library.plan_redrawing(by=by, institution=institution(request), achievements=picked, on=form.cleaned_data["on"])

    if carried_out(form, plan):
        count = len(form.cleaned_data["achievements"])
        said = ngettext("%(count)d badge is drawn anew.", "%(count)d badges are drawn anew.", count)
        return done(request, said % {"count": count}, "template", key)
    ticked = set(form["achievements"].value() or [])
    shown = [(use, use.achievement.public_id in ticked) for use in uses]
    return page(request, "template_apply.html", {**about, "form": form, "shown": shown}, status=status_of(form))


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
    """What a badge would look like with the newest version of a template."""
    by = admit(request, Permission.TEMPLATE_MANAGE)
    use = next((use for use in library.uses(key, by) if use.achievement.public_id == public_id), None)
    if use is None:
        raise NotFound(N_("There is no such badge here."))
    return _svg(library.drawn_anew(use.achievement, key))


def _svg(data: bytes) -> HttpResponse:
    # Shown as a picture only; opened by itself it may load and run nothing.
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'none'"}
    return HttpResponse(data, content_type="image/svg+xml", headers=headers)
