"""Verbs of production as buttons say them, and what is said afterwards."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.edges.web import words

from ..pages import address


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done with a task: its button, whether it asks for a reason, what is said afterwards."""

    verb: str
    button: Any
    said: Any
    kind: str = ""
    asks: Any = ""


_ACTS = (
    Act("start", _("Begin"), _("The task is under way.")),
    Act("finish", _("Mark as done"), _("The task is done."), "primary"),
    Act("hand_in", _("Hand in for approval"), _("The program manager has it now."), "primary"),
    Act("approve", _("Approve"), _("The task is done."), "primary"),
    Act("unblock", _("Go on with it"), _("The task is under way again.")),
    Act("reopen", _("Reopen"), _("The task is open again.")),
    Act("send_back", _("Send back"), _("The task is sent back."), asks=_("What is missing")),
    Act("block", _("Say that it is blocked"), _("The task is marked as blocked."), asks=_("What it waits for")),
    Act(
        "waive",
        _("Waive it"),
        _("The task is waived; the reason stands on the checklist."),
        asks=_("Why it is not needed"),
    ),
)
ACTS = {act.verb: act for act in _ACTS}


def acts_of(verbs: list[str]) -> list[Act]:
    """These verbs as buttons, in the order in which they are shown."""
    return [act for act in _ACTS if act.verb in verbs]


def refused(request: HttpRequest, error: InsigniaError, name: str, *args: object) -> HttpResponseBase:
    """Say why nothing happened, each reason by itself, and go back to the page `name`."""
    for reason in error.details or (error,):
        messages.error(request, words.translated(reason))
    return redirect(address(request, name, *args))
