"""Who may award a badge: appointed with their qualification, trained, and one day no longer (R-111, R-901)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions
from insignia.domain.awards import queries as awards
from insignia.domain.catalog import keeping
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock

from ..achievement_doors import admit_to
from ..forms_grantors import AppointForm, EndForm, TrainingForm
from ..grantor_rows import rows_of
from ..page import carried_out, done, page, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def grantors(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Everybody who is or was appointed, and one more."""
    right = Permission.GRANTOR_APPOINT if request.method == "POST" else Permission.ACHIEVEMENT_READ
    by, achievement = admit_to(request, public_id, right)
    today = clock.today_in(achievement.institution.zone)
    form = AppointForm(request.POST or None, initial={"starts_on": today.isoformat()})
    if request.method == "POST" and carried_out(
        form, lambda: actions.invite_grantor(by=by, achievement=achievement, **form.cleaned_data)
    ):
        said = _("%(name)s is appointed, and told by mail.") % {"name": form.cleaned_data["name"]}
        return done(request, said, "grantors", public_id)
    context = {
        "achievement": achievement,
        "name": _name(achievement),
        "rows": rows_of(awards.grantors_of(achievement), policy=achievement.level.policy, today=today),
        "may_appoint": "appoint" in keeping.open_to(by, achievement, draft=None),
        "form": form,
    }
    return page(request, "achievements/grantors.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def train(request: HttpRequest, public_id: str, grantor: str) -> HttpResponseBase:
    """Record that a Grantor was trained."""
    by, achievement, found = _appointment(request, public_id, grantor)
    today = clock.today_in(achievement.institution.zone)
    form = TrainingForm(request.POST or None, initial={"trained_on": (found.trained_on or today).isoformat()})
    if request.method == "POST" and carried_out(
        form, lambda: actions.record_training(by=by, grantor=found, **form.cleaned_data)
    ):
        return done(request, _("The training of %(name)s is recorded.") % {"name": found.user}, "grantors", public_id)
    return _asked(request, "achievements/grantor_training.html", achievement, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: str, grantor: str) -> HttpResponseBase:
    """End an appointment; the role ends with it."""
    by, achievement, found = _appointment(request, public_id, grantor)
    today = clock.today_in(achievement.institution.zone)
    form = EndForm(request.POST or None, initial={"ends_on": today.isoformat()})
    if request.method == "POST" and carried_out(
        form, lambda: actions.end_appointment(by=by, grantor=found, **form.cleaned_data)
    ):
        return done(request, _("The appointment of %(name)s ends.") % {"name": found.user}, "grantors", public_id)
    return _asked(request, "achievements/grantor_end.html", achievement, found, form)


def _appointment(request: HttpRequest, public_id: str, grantor: str) -> tuple[Actor, Any, Any]:
    by, achievement = admit_to(request, public_id, Permission.GRANTOR_APPOINT)
    found = awards.grantor_for(by, grantor)
    if found.achievement_id != achievement.pk:
        raise NotFound(N_("There is no such appointment here."))
    return by, achievement, found


def _asked(request: HttpRequest, template: str, achievement: Any, found: Any, form: Any) -> HttpResponse:
    context = {"achievement": achievement, "name": _name(achievement), "grantor": found, "form": form}
    return page(request, template, context, status=status_of(form))


def _name(achievement: Any) -> str:
    return str(achievement.current or catalog.draft_of(achievement))
