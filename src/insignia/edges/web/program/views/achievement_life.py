"""The life of a badge: made active, paused, resumed, retired, put away. Each is asked about before it is done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from insignia.core.errors import Conflict, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import figures
from insignia.domain.catalog import actions, keeping
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..achievement_doors import admit_to
from ..forms_achievements import ActivateForm, MoveForm
from ..page import carried_out, done, page, status_of
from .achievements import shown


@require_POST
def activate(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Freeze the draft and let it be awarded from now on."""
    by, achievement = admit_to(request, public_id, Permission.ACHIEVEMENT_ACTIVATE)
    form = ActivateForm(request.POST)
    if not form.is_valid():
        return shown(request, by, achievement, form)
    try:
        actions.activate(by=by, achievement=achievement, **form.cleaned_data)
    except (Rejected, Conflict, NotFound) as refused:
        for reason in refused.details or (refused,):
            form.add_error(_PLACES.get(reason.code or ""), translated(reason))
        return shown(request, by, achievement, form, status=http.status_of(refused) or 422)
    if achievement.state == "paused":
        return done(request, _("The new version is in place. The badge is still paused."), "achievement", public_id)
    return done(request, _("The badge is active: it can be found and awarded now."), "achievement", public_id)


_PLACES = {
    "approved_by_missing": "approved_by",
    "approved_on_missing": "approved_on",
    "approved_in_future": "approved_on",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state in words: the question, what will happen, the button, and what is said afterwards."""

    question: Any
    happens: tuple[Any, ...]
    button: Any
    said: Any
    kind: str = "primary"


_MOVES = {
    "pause": Move(
        gettext_lazy("Pause this badge?"),
        (
            gettext_lazy(
                "Nobody can award it until it is resumed. Rosters that are under way stop with a reason by row."
            ),
            gettext_lazy("Its page stays, and says that it is paused; it is no longer listed in the catalogue."),
            gettext_lazy("Whoever holds it keeps it, and it verifies as before."),
        ),
        gettext_lazy("Pause the badge"),
        gettext_lazy("The badge is paused."),
    ),
    "resume": Move(
        gettext_lazy("Resume this badge?"),
        (
            gettext_lazy("Its Grantors can award it again at once."),
            gettext_lazy("It is listed in the catalogue again."),
        ),
        gettext_lazy("Resume the badge"),
        gettext_lazy("The badge can be awarded again."),
    ),
    "retire": Move(
        gettext_lazy("Retire this badge?"),
        (
            gettext_lazy("It can never be awarded again. This cannot be undone; a successor is a new badge."),
            gettext_lazy("Its page stays under the same address for those who follow a link to it, marked as retired."),
            gettext_lazy("Whoever holds it keeps it, and it verifies as before."),
        ),
        gettext_lazy("Retire the badge"),
        gettext_lazy("The badge is retired."),
        "danger",
    ),
    "archive": Move(
        gettext_lazy("Archive this badge?"),
        (
            gettext_lazy("Its page stays under the same address, marked as archived. This cannot be undone."),
            gettext_lazy("The credentials that were issued stay, show what they are for, and verify as before."),
        ),
        gettext_lazy("Archive the badge"),
        gettext_lazy("The badge is archived."),
        "danger",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, public_id: str, verb: str) -> HttpResponseBase:
    """Ask for the reason, say what will happen, and do it."""
    by, achievement = admit_to(request, public_id, Permission.ACHIEVEMENT_RETIRE)
    words = _MOVES.get(verb)
    if words is None:
        raise NotFound(N_("There is no such page here."))
    form = MoveForm(request.POST or None)
    form.fields["reason"].required = verb != "resume"
    if verb not in keeping.open_to(by, achievement, draft=catalog.draft_of(achievement)):
        # Somebody was faster, or the address was typed: the page of the badge shows how it stands.
        raise Conflict(N_("This cannot be done with the badge as it stands now."), code="not_possible_in_this_state")
    if request.method == "POST" and carried_out(
        form,
        lambda: actions.move(by=by, achievement=achievement, verb=verb, reason=form.cleaned_data["reason"]),
    ):
        return done(request, words.said, "achievement", public_id)
    today = clock.today_in(achievement.institution.zone)
    context = {
        "achievement": achievement,
        "words": words,
        "form": form,
        "figures": figures.of([achievement], today=today)[achievement.pk],
    }
    return page(request, "achievements/move.html", context, status=status_of(form))
