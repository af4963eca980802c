"""Setting one award right. What cannot be undone, or needs a reason, has a page that asks."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, InsigniaError, NotPermitted, Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, finding, queries
from insignia.domain.ground import clock
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..claim_form import ClaimForm, fresh, pieces_of
from ..forms import CorrectionForm, ReasonForm, RevokeForm
from ..guidance import instructions
from ..pages import attempt, page


def _address(award: Any) -> str:
    return reverse("issuing:award", args=[award.achievement.institution.slug, award.public_id])


def _do(request: HttpRequest, public_id: str, act: Callable[[Actor, Any], str]) -> HttpResponse:
    by = http.actor(request)
    award = queries.award_for(by, public_id)
    return attempt(request, lambda: act(by, award), back=_address(award))


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it back before anybody is told."""
    return _do(request, public_id, _undo)


def _undo(by: Actor, award: Any) -> str:
    actions.undo(by=by, awards=[award])
    return _("Taken back. Nobody was told of it.")


@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the mail now."""
    return _do(request, public_id, _release)


def _release(by: Actor, award: Any) -> str:
    sent = actions.release_now(by=by, awards=[award])
    return _("The mail is on its way.") if sent else _("It had been sent already.")


@require_POST
def reoffer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the offer again."""
    return _do(request, public_id, _reoffer)


def _reoffer(by: Actor, award: Any) -> str:
    actions.reoffer(by=by, award=award)
    return _("The offer goes out again.")


def _ask(
    request: HttpRequest,
    public_id: str,
    *,
    right: Permission,
    template: str,
    form: Callable[[Any], Any],
    act: Callable[[Actor, Any, Any], Any],
) -> HttpResponse:
    """A page that says what will happen and asks; then the act. What is refused is said in the form."""
    by = http.actor(request)
    award = queries.award_for(by, public_id)
    by.require(right, on=award)
    asked = form(award)
    if request.method == "POST" and asked.is_valid():
        try:
            after = act(by, award, asked)
            return redirect(_address(after or award))
        except (Conflict, Rejected) as error:
            _refuse(asked, error)
    context = {"award": award, "achievement": award.achievement, "form": asked}
    return page(request, template, context, status=422 if asked.is_bound else 200)


def _refuse(form: forms.Form, error: InsigniaError) -> None:
    for reason in error.details or (error,):
        form.add_error(None, translated(reason))


def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it back for good."""
    return _ask(
        request,
        public_id,
        right=Permission.AWARD_REVOKE,
        template="revoke.html",
        form=lambda award: RevokeForm(request.POST or None),
        act=lambda by, award, form: actions.revoke(by=by, awards=[award], **form.cleaned_data) and None,
    )


def suspend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set it aside until something was looked into."""
    return _ask(
        request,
        public_id,
        right=Permission.AWARD_REVOKE,
        template="suspend.html",
        form=lambda award: ReasonForm(request.POST or None),
        act=lambda by, award, form: actions.suspend(by=by, award=award, reason=form.cleaned_data["reason"]),
    )


def reinstate(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a suspension."""
    return _ask(
        request,
        public_id,
        right=Permission.AWARD_REVOKE,
        template="reinstate.html",
        form=lambda award: ReasonForm(request.POST or None),
        act=lambda by, award, form: actions.reinstate(by=by, award=award, reason=form.cleaned_data["reason"]),
    )


def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Replace it by a corrected one."""
    return _ask(
        request,
        public_id,
        right=Permission.AWARD_CORRECT,
        template="correct.html",
        form=lambda award: CorrectionForm(request.POST or None, award=award),
        act=lambda by, award, form: actions.correct_award(
            by=by, award=award, reason=form.cleaned_data["reason"], **form.changes()
        ),
    )


def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    """Award it anew, for another span of time."""
    by = http.actor(request)
    award = queries.award_for(by, public_id)
    if refusal := finding.hindrance(by, award.achievement):
        raise refusal
    pieces = pieces_of(request.POST)
    if request.method != "POST" or "more" in request.POST:
        begin = request.POST.dict() if request.POST else fresh(clock.today_in(award.achievement.institution.zone))
        return _renewal_page(request, award, ClaimForm(achievement=award.achievement, pieces=pieces, initial=begin))
    form = ClaimForm(request.POST, achievement=award.achievement, pieces=pieces)
    if not form.is_valid():
        return _renewal_page(request, award, form, status=422)
    try:
        renewed = actions.renew_award(by=by, award=award, claim=form.claim())
    except (Conflict, Rejected, NotPermitted) as error:
        form.refuse(error)
        return _renewal_page(request, award, form, status=http.status_of(error) or 422)
    return redirect(_address(renewed))


def _renewal_page(request: HttpRequest, award: Any, form: ClaimForm, *, status: int = 200) -> HttpResponse:
    context = {
        "award": award,
        "achievement": award.achievement,
        "form": form,
        "instructions": instructions(award.achievement),
    }
    return page(request, "renew.html", context, status=status)
