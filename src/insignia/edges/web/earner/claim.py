"""The page behind a claim link, and what can be done there (R-125). Looking writes nothing; only answers do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, InsigniaError
from insignia.domain.access.actor import Actor, Door
from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims
from insignia.domain.awards import queries as award_queries
from insignia.domain.institutions import queries as institutions
from insignia.domain.notifications import actions as notifications
from insignia.edges.web import tenant, words
from insignia.edges.web.http import actor, render

from .explaining import explanation
from .forms import AccountForm
from .shown import Shown, all_shown, masked
from .taking import chosen_by, to_choose
from .ways import Way, way_of

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Opened:
    """A claim link in the hands of a reader."""

    secret: str
    link: Any
    reader: Actor
    way: Way

    @property
    def page(self) -> str:
        """The address of the page behind the link."""
        return reverse("earner:claim", args=[self.secret])


def secretive(view: View) -> View:
    """The address itself is a secret: it goes into no cache, no index, and to no other site.

    Not `no-referrer`: browsers then send forms under `Origin: null`, which the check against forged forms refuses.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


def _open(request: HttpRequest, secret: str) -> Opened:
    link = claims.link_of(secret)
    tenant.enter(request, link.recipient.institution)
    reader = actor(request)
    return Opened(secret, link, reader, way_of(link, reader))


def _answered(request: HttpRequest, secret: str) -> Opened:
    """The link, when somebody does something about it: that counts as having opened it."""
    opened = _open(request, secret)
    awards.open_link(opened.link)
    return opened


@require_safe
@secretive
def claim(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What is offered, to whom, and the way to it."""
    return _page(request, _open(request, secret))


def _page(request: HttpRequest, opened: Opened, *, form: AccountForm | None = None) -> HttpResponse:
    recipient = opened.link.recipient
    told = all_shown(award_queries.told_to(recipient))
    offers = [one for one in told if one.waits]
    # What became of earlier badges is told to their earner, and to the first who opens the mail; not to later readers.
    may_know = opened.way is Way.OWN or (recipient.user_id is None and opened.link.used_at is None)
    context = {
        "opened": opened,
        "way": opened.way.value,
        "way_template": f"earner/way_{opened.way.value}.html",
        "institution": recipient.institution,
        "address": masked(recipient.email),
        "only": offers[0] if len(offers) == 1 else None,
        "offers": offers,
        "others": _explained(one for one in told if not one.waits) if may_know and not offers else [],
        "form": form or AccountForm(initial={"name": recipient.name}, address=recipient.email),
    }
    return render(request, "earner/claim.html", context, status=422 if form else 200)


def _explained(told: Any) -> list[tuple[Shown, Any]]:
    return [(one, explanation(one.award)) for one in told]


@require_POST
@secretive
def set_up(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Make the account that the link may make once, sign in, and accept what is offered unless that is to wait."""
    opened = _answered(request, secret)
    if opened.way is not Way.SET_UP:
        return redirect(opened.page)
    form = AccountForm(request.POST, address=opened.link.recipient.email)
    if not form.is_valid():
        return _page(request, opened, form=form)
    try:
        user = awards.claim_with_new_account(link=opened.link, **form.cleaned_data)
    except Conflict as faster:
        return _told(request, opened, faster)
    after = opened.page if request.POST.get("then") == "later" else _accepted(opened, user) or opened.page
    response: HttpResponseBase = perform_login(request, user, redirect_url=after, email=opened.link.recipient.email)
    return response


def _accepted(opened: Opened, user: Any) -> str:
    """Accept everything that is offered; where to choose who sees it, or "" when something came in between."""
    by = institutions.actor_for(user, opened.link.recipient.institution, door=Door.CLAIM_LINK)
    offers = list(award_queries.offers_to(opened.link.recipient))
    try:
        return to_choose(by, offers) if offers else ""
    except InsigniaError:
        return ""


@require_POST
@secretive
def add_address(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Give the account of whoever is signed in the address to which the link was mailed. They asked for it."""
    opened = _answered(request, secret)
    if opened.way is Way.ADD:
        try:
            awards.claim_with_own_account(link=opened.link, user=request.user)  # type: ignore[arg-type]
        except Conflict as faster:
            return _told(request, opened, faster)
        messages.success(request, _("The address was added to your account."))
    return redirect(opened.page)


@require_POST
@secretive
def accept(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Accept what was chosen, or everything; then who may see it is chosen."""
    opened = _answered(request, secret)
    if opened.way is not Way.OWN:
        return redirect(opened.page)
    awards.claim(link=opened.link, user=request.user)  # type: ignore[arg-type]
    offers = chosen_by(request, award_queries.offers_to(opened.link.recipient))
    return redirect(to_choose(opened.reader, offers) if offers else opened.page)


@require_POST
@secretive
def decline(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Go on to declining one badge, where a reason can be given."""
    opened = _answered(request, secret)
    if opened.way is not Way.OWN:
        return redirect(opened.page)
    awards.claim(link=opened.link, user=request.user)  # type: ignore[arg-type]
    offers = chosen_by(request, award_queries.offers_to(opened.link.recipient))
    return redirect("earner:decline", offers[0].public_id) if offers else redirect(opened.page)


@require_POST
@secretive
def stop_reminders(request: HttpRequest, secret: str) -> HttpResponseBase:
    """No more reminders of what waits here: whoever holds the link may say so."""
    opened = _answered(request, secret)
    recipient = opened.link.recipient
    by = Actor(recipient.public_id, recipient.name, Door.CLAIM_LINK, institution=recipient.institution.public_id)
    notifications.stop_reminders(by=by, recipient=recipient)
    messages.success(request, _("No more reminders will come. The badge waits as before."))
    return redirect(opened.page)


def _told(request: HttpRequest, opened: Opened, error: InsigniaError) -> HttpResponseBase:
    """Somebody was faster: say so on the page, which has the new state."""
    messages.error(request, words.translated(error))
    return redirect(opened.page)
