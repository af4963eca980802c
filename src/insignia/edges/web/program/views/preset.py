"""How the programme is run, as one file: written, compared with another, and taken in section by section."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import presets
from insignia.edges.web import preset_words, words

from ..doors import admit, institution
from ..forms.preset import PresetFileForm, TakeForm
from ..page import address, done, page

Take = Callable[[Collection[str]], presets.Preview]
_CHANGED_MEANWHILE = N_("Something was changed since you looked. This is what the preset would do now.")


@require_http_methods(["GET", "HEAD", "POST"])
def preset(request: HttpRequest) -> HttpResponseBase:
    """Write the preset of this institution, choose a shipped one, or look at a file and take it in."""
    by = admit(request, Permission.INSTITUTION_MANAGE)
    if request.method != "POST":
        return _begin(request, PresetFileForm())
    if "text" in request.POST:
        text = request.POST["text"].encode()
    else:
        form = PresetFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return _begin(request, form)
        text = form.cleaned_data["file"].read()
    try:
        data = presets.parse(text)
    except Rejected as refused:
        return _begin(request, PresetFileForm(), problem=words.translated(refused))
    here = institution(request)
    if "text" not in request.POST:
        return _look(request, data, address(request, "preset"))
    return _decide(
        request,
        data,
        address(request, "preset"),
        lambda only: presets.take(by=by, institution=here, data=data, only=only),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def shipped(request: HttpRequest, name: str) -> HttpResponseBase:
    """What a preset of this release would change, and taking it in."""
    by: Actor = admit(request, Permission.INSTITUTION_MANAGE)
    data, here, back = presets.load(name), institution(request), address(request, "preset_shipped", name)
    if request.method != "POST":
        return _look(request, data, back)
    return _decide(request, data, back, lambda only: presets.apply(by=by, institution=here, name=name, only=only))


@require_safe
def preset_file(request: HttpRequest) -> HttpResponse:
    """The preset of this institution as a file."""
    admit(request, Permission.INSTITUTION_MANAGE)
    here = institution(request)
    headers = {"Content-Disposition": f'attachment; filename="{here.slug}-preset.toml"'}
    text = presets.as_toml(presets.export(here))
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)


def _begin(request: HttpRequest, form: PresetFileForm, *, problem: str = "") -> HttpResponse:
    here = institution(request)
    known = presets.names()
    context = {
        "form": form,
        "problem": problem,
        "own": here.preset if here.preset in known else "",
        "own_count": presets.preview(here, presets.load(here.preset)).count if here.preset in known else 0,
        "others": [(name, "roles" in presets.load(name)) for name in known if name != here.preset],
    }
    return page(request, "preset.html", context, status=422 if problem or form.is_bound else 200)


def _look(
    request: HttpRequest, data: Mapping[str, Any], action: str, *, said: str = "", reasons: Collection[str] = ()
) -> HttpResponse:
    here = institution(request)
    found = presets.preview(here, data)
    told = preset_words.told(found)
    is_file = action == address(request, "preset")
    chosen = request.POST.getlist("sections") if "fingerprint" in request.POST else [one.key for one in told]
    context = {
        "name": found.name,
        "action": action,
        "text": presets.as_toml(data) if is_file else "",
        "fingerprint": found.fingerprint,
        "changing": [(one, one.key in chosen) for one in told if one.count and not one.faults],
        "still": [one.title for one in told if not one.count and not one.faults],
        "wrong": [one for one in told if one.faults],
        "unknown": preset_words.faults_of(found.unknown),
        "count": found.count,
        "said": said,
        "reasons": reasons,
    }
    return page(request, "preset_preview.html", context, status=422 if said or found.faults else 200)


def _decide(request: HttpRequest, data: Mapping[str, Any], action: str, take: Take) -> HttpResponseBase:
    shown = presets.preview(institution(request), data)
    form = TakeForm(request.POST, sections=[one.section.name for one in shown.sections])
    if not form.is_valid():
        return _look(request, data, action, said=_("Choose at least one section."))
    if form.cleaned_data["fingerprint"] != shown.fingerprint:
        return _look(request, data, action, said=_(_CHANGED_MEANWHILE))
    try:
        found = take(form.cleaned_data["sections"])
    except Rejected as refused:
        reasons = preset_words.faults_of(refused.details)
        return _look(request, data, action, said=words.translated(refused), reasons=reasons)
    said = ngettext("%(count)d thing was added or changed.", "%(count)d things were added or changed.", found.count)
    return done(request, said % {"count": found.count}, "preset")
