"""Writing a badge: begun, or its draft changed. Nothing that was typed is lost by what is wrong elsewhere."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import Conflict, InsigniaError
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import actions, keeping
from insignia.domain.catalog import queries as catalog
from insignia.domain.institutions import outline
from insignia.edges.web import http, words

from .. import achievement_sketch as sketch
from ..achievement_content import content_of
from ..achievement_doors import admit_to, admit_writer
from ..achievement_writing import Writing, begun, half_done, sent
from ..forms_achievements import AchievementForm
from ..page import done, page, status_of

# What a button asks for instead of saving.
_ASKS = ("draw", "read", "more_links", "more_skills")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """A new badge."""
    return _write(request, Writing(*admit_writer(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The draft of a badge; where there is none, one is begun with what is awarded now."""
    by, achievement = admit_to(request, public_id, Permission.ACHIEVEMENT_EDIT)
    lines = outline.outline(by, permission=Permission.ACHIEVEMENT_EDIT)
    return _write(request, Writing(by, lines, achievement, catalog.draft_of(achievement)))


def _write(request: HttpRequest, writing: Writing) -> HttpResponseBase:
    if request.method != "POST":
        first = sketch.of_version(writing.version, writing.achievement) if writing.version else sketch.Sketches()
        return _shown(request, begun(request, writing), writing, first)
    form = sent(request, writing)
    is_sound = form.is_valid()
    if any(ask in request.POST for ask in _ASKS):
        drawn = _sketched(writing, form)
        kept = "" if http.wants_fragment(request) else _keep_artwork(writing, form)
        return _shown(request, half_done(request, writing, artwork=kept), writing, drawn)
    try:
        if is_sound:
            achievement = _save(writing, form)
            if form.left_out:
                messages.info(request, " ".join(words.translated(note) for note in form.left_out))
            return done(request, _("The draft is saved."), "achievement", achievement.public_id)
    except InsigniaError as refused:
        form.refuse(refused)
    drawn = _sketched(writing, form)
    _hold(form, "artwork_kept", _keep_artwork(writing, form))
    return _shown(request, form, writing, drawn)


def _sketched(writing: Writing, form: AchievementForm) -> sketch.Sketches:
    return sketch.of_form(form, content_of(form, before=writing.before), unit=writing.unit_in(form))


def _shown(request: HttpRequest, form: AchievementForm, writing: Writing, drawn: sketch.Sketches) -> HttpResponseBase:
    kept = form["artwork_kept"].value()
    context = {
        "form": form,
        "achievement": writing.achievement,
        "draft": writing.draft,
        "drawn": drawn,
        "criteria": request.POST.get("criteria", "") if "read" in request.POST else "",
        "artwork": sketch.data_address(bytes(keeping.artwork(kept).png), "png") if kept else "",
    }
    return page(request, "achievements/edit.html", context, status=status_of(form))


# --- Saving
def _save(writing: Writing, form: AchievementForm) -> Any:
    by, given = writing.by, form.cleaned_data
    content = content_of(form, before=writing.before)
    unit, level = writing.unit_in(form), form.placed_at or form.levels[given["level"]]
    if writing.achievement is None:
        artwork = _artwork(writing, form)
        return actions.draft_achievement(
            by=by, unit=unit, level=level, content=content, slug=given["slug"], artwork=artwork
        )
    _check_unmoved(writing, form)
    artwork = _artwork(writing, form)
    with transaction.atomic():
        actions.place_achievement(by=by, achievement=writing.achievement, unit=unit, level=level)
        actions.write_draft(by=by, achievement=writing.achievement, content=content, artwork=artwork)
        if artwork is None:
            actions.drop_artwork(by=by, achievement=writing.achievement)
    return writing.achievement


def _check_unmoved(writing: Writing, form: AchievementForm) -> None:
    """Of two people who write one draft, the second is told; what they typed stays, and may be saved over the other's."""
    if form.cleaned_data["seen"] == writing.seen:
        return
    _hold(form, "seen", writing.seen)
    raise Conflict(
        N_(
            "Somebody else saved this draft while you were writing. Open it beside this page and compare; if you save "
            "again, yours takes its place."
        ),
        code="draft_moved",
    )


def _artwork(writing: Writing, form: AchievementForm) -> Any:
    """The picture that the draft shall have: the one that was sent, the one that was kept, or none."""
    given = form.cleaned_data
    unit = writing.unit_in(form)
    if given["artwork"]:
        return actions.add_artwork(by=writing.by, unit=unit, data=given["artwork"][1], alt=given["artwork_alt"])
    if not given["artwork_kept"] or given["drop_artwork"]:
        return None
    kept = keeping.artwork(given["artwork_kept"])
    if kept.alt == given["artwork_alt"]:
        return kept
    # Other words for a picture are another picture: what was drawn with the old words keeps them.
    return actions.add_artwork(by=writing.by, unit=unit, data=bytes(kept.png), alt=given["artwork_alt"])


def _keep_artwork(writing: Writing, form: AchievementForm) -> str:
    """A browser does not send a file twice: a sound picture is kept while other things are put right. Gives its id."""
    given = form.cleaned_data
    unit = writing.unit_in(form)
    if not given.get("artwork") or not given.get("artwork_alt") or unit is None:
        return ""
    data = given["artwork"][1]
    return str(actions.add_artwork(by=writing.by, unit=unit, data=data, alt=given["artwork_alt"]).public_id)


def _hold(form: AchievementForm, name: str, value: str) -> None:
    """Let the form that is shown again carry `value`."""
    if value and isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data[name] = value
