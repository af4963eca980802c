"""Which mails went out, how they fared, and what can be done about those that did not."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.notifications import actions as notifications
from insignia.domain.notifications import finding, queries

from ..doors import admit
from ..letters import lines, open_to, shown
from ..page import done, page, undone

PAGE_SIZE = 50


@require_safe
def mail(request: HttpRequest) -> HttpResponseBase:
    """The mails of the institution, the newest first."""
    by = admit(request, Permission.MAIL_READ)
    asked = {name: request.GET.get(name, "") for name in ("q", "state", "kind")}
    found = finding.find(by, words=asked["q"], state=asked["state"], kind=asked["kind"])
    shown_page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "lines": lines(shown_page),
        "page": shown_page,
        "asked": asked,
        "states": finding.STATES,
        "kinds": finding.KINDS,
        "counts": queries.counts(),
        "sender": queries.sender_state(),
    }
    return page(request, "mail.html", context)


@require_safe
def message(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One mail: what it told of, what the server said, and what can be done."""
    by = admit(request, Permission.MAIL_READ)
    found = queries.message_for(by, public_id)
    return page(request, "message.html", {"line": shown(found), "verbs": open_to(found)})


@require_POST
def again(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send a mail again that did not go."""
    return _move(request, public_id, notifications.send_again, _("It is sent again."))


@require_POST
def mark_sent(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Say that an uncertain mail did go."""
    return _move(request, public_id, notifications.mark_sent, _("It counts as sent."))


@require_POST
def stop(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Stop a mail that waits."""
    return _move(request, public_id, notifications.suppress, _("It is not sent."))


def _move(request: HttpRequest, public_id: str, act: Callable[..., Any], said: str) -> HttpResponseBase:
    by = admit(request, Permission.MAIL_READ)
    found = queries.message_for(by, public_id)
    try:
        act(by=by, message=found)
    except (Conflict, Rejected) as refused:
        return undone(request, refused, "message", public_id)
    return done(request, said, "message", public_id)
