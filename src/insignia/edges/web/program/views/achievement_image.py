"""The designer's page of a badge: its template, symbol or picture and short title, looked at in every size before saving."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import InsigniaError
from insignia.domain.catalog import actions, dressing, keeping
from insignia.domain.catalog import queries as catalog
from insignia.edges.web import http, words

from ..achievement_doors import admit_designer
from ..achievement_proofs import Proofs, proofs_of
from ..achievement_sketch import data_address
from ..forms_images import DesignForm
from ..page import done, page, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def image(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """How the draft looks, or else what is awarded now; "draw" shows what is chosen and keeps nothing."""
    by, achievement = admit_designer(request, public_id)
    version = catalog.draft_of(achievement) or achievement.current
    templates = dressing.templates_of(achievement)
    if request.method != "POST":
        form = DesignForm(initial=_initial(version), templates=templates)
        return _shown(request, achievement, form, proofs_of(version, achievement))
    form = DesignForm(request.POST, request.FILES, templates=templates)
    is_sound = form.is_valid()
    drawn = proofs_of(dressing.dressed(version, form.dress(form.worn())), achievement)
    if is_sound and "draw" not in request.POST:
        try:
            actions.dress_draft(by=by, achievement=achievement, dress=form.dress(_artwork(by, achievement, form)))
        except InsigniaError as refused:
            form.add_error(None, words.translated(refused))
        else:
            if form.left_out:
                messages.info(request, " ".join(words.translated(note) for note in form.left_out))
            return done(request, _("The image of the draft is saved."), "achievement", achievement.public_id)
    kept = "" if http.wants_fragment(request) else _keep(by, achievement, form)
    if "draw" in request.POST:
        form = _half_done(request, form, templates, kept)
    else:
        _hold(form, kept)
    return _shown(request, achievement, form, drawn)


def _half_done(request: HttpRequest, sent: DesignForm, templates: Any, kept: str) -> DesignForm:
    """The form as it stands: nobody has been asked to judge it yet, so nothing is said against it."""
    initial = {**request.POST.dict(), "artwork_kept": kept or request.POST.get("artwork_kept", "")}
    form = DesignForm(initial=initial, templates=templates)
    form.left_out = sent.left_out
    return form


def _initial(version: Any) -> dict[str, Any]:
    worn = dressing.Dress.of(version)
    return {
        "template": worn.template.public_id if worn.template else "",
        "image_title": worn.image_title,
        "symbol": worn.symbol,
        "artwork_kept": worn.artwork.public_id if worn.artwork else "",
        "artwork_alt": worn.artwork.alt if worn.artwork else "",
    }


def _shown(request: HttpRequest, achievement: Any, form: DesignForm, drawn: Proofs) -> HttpResponseBase:
    kept = form["artwork_kept"].value()
    context = {
        "achievement": achievement,
        "name": str(achievement.current or catalog.draft_of(achievement) or achievement.slug),
        "is_draft": catalog.draft_of(achievement) is not None,
        "form": form,
        "drawn": drawn,
        "left_out": form.left_out,
        "artwork": data_address(bytes(keeping.artwork(kept).png), "png") if kept else "",
    }
    return page(request, "achievements/image.html", context, status=status_of(form))


def _artwork(by: Any, achievement: Any, form: DesignForm) -> Any:
    """The picture that the draft shall have; other words for a picture are another picture."""
    given, worn = form.cleaned_data, form.worn()
    if given["artwork"]:
        data = given["artwork"][1]
    elif worn is None or worn.alt == given["artwork_alt"]:
        return worn
    else:
        data = bytes(worn.png)
    return actions.add_artwork(by=by, unit=achievement.unit, data=data, alt=given["artwork_alt"])


def _keep(by: Any, achievement: Any, form: DesignForm) -> str:
    """A browser does not send a file twice: a sound picture is kept while other things are put right. Gives its id."""
    given = form.cleaned_data
    if not given.get("artwork") or not given.get("artwork_alt"):
        return ""
    return str(_artwork(by, achievement, form).public_id)


def _hold(form: DesignForm, artwork: str) -> None:
    if artwork and isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["artwork_kept"] = artwork
