"""Say yes to a roster or throw it away; afterwards send it at once, take it back, or revoke it with one reason."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, queries
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..forms import RevokeForm
from ..pages import attempt, page


def _decide(request: HttpRequest, public_id: str, act: Callable[[Actor, Any], str]) -> HttpResponse:
    by = http.actor(request)
    batch = queries.batch_for(by, public_id)
    here = reverse("issuing:batch", args=[batch.achievement.institution.slug, batch.public_id])
    return attempt(request, lambda: act(by, batch), back=here)


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Award everybody whose row is fine."""
    release = "now" if request.POST.get("release") == "now" else "held"
    return _decide(request, public_id, lambda by, batch: _confirm(by, batch, release))


def _confirm(by: Actor, batch: Any, release: str) -> str:
    actions.confirm_batch(by=by, batch=batch, release=release)
    return _("The badges are being signed. You can leave this page; it goes on.")


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw away a roster that nobody was awarded from."""
    return _decide(request, public_id, _cancel)


def _cancel(by: Actor, batch: Any) -> str:
    actions.cancel_batch(by=by, batch=batch)
    return _("The list was thrown away. Nobody was awarded.")


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back everything that has not been sent."""
    return _decide(request, public_id, _undo)


def _undo(by: Actor, batch: Any) -> str:
    count = actions.undo_batch(by=by, batch=batch)
    if not count:
        return _("The list was stopped before anybody was awarded.")
    return ngettext(
        "%(count)s badge was taken back. Nobody was told of it.",
        "%(count)s badges were taken back. Nobody was told of them.",
        count,
    ) % {"count": count}


@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the mails now instead of when the undo window ends."""
    return _decide(request, public_id, _release)


def _release(by: Actor, batch: Any) -> str:
    count = actions.release_batch(by=by, batch=batch)
    return ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count) % {"count": count}


def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for one reason, and revoke everything of a roster that was sent."""
    by = http.actor(request)
    batch = queries.batch_for(by, public_id)
    by.require(Permission.AWARD_REVOKE, on=batch)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_batch(by=by, batch=batch, **form.cleaned_data)
            return redirect("issuing:batch", batch.achievement.institution.slug, batch.public_id)
        except (Conflict, Rejected) as error:
            form.add_error(None, translated(error))
    context = {
        "batch": batch,
        "achievement": batch.achievement,
        "form": form,
        "counts": queries.batch_counts(batch),
    }
    return page(request, "revoke_batch.html", context, status=422 if form.is_bound else 200)
