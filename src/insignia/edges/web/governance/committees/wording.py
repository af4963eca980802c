"""What became of a matter, what may be voted and recorded, and the like: codes of the domain as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# What a body's decision is called once it is taken, and its tone.
OUTCOMES: dict[str, tuple[Any, str]] = {
    "approve": (gettext_lazy("Approved"), "good"),
    "request_changes": (gettext_lazy("Changes requested"), "wait"),
    "recommend_type": (gettext_lazy("Another type recommended"), "wait"),
    "ask": (gettext_lazy("Questions asked"), "wait"),
    "reject": (gettext_lazy("Rejected"), "bad"),
    "decline": (gettext_lazy("Declined"), "bad"),
    "feedback": (gettext_lazy("Feedback given"), "good"),
    "withdraw": (gettext_lazy("Withdrawn"), "bad"),
    "approve_cancel": (gettext_lazy("Cancelled"), "bad"),
    "skip": (gettext_lazy("Step skipped"), "wait"),
    "custom_route": (gettext_lazy("Somebody else is asked first"), "wait"),
    "moved": (gettext_lazy("Settled elsewhere"), "wait"),
    "accepted": (gettext_lazy("Accepted"), "good"),
    "agreed": (gettext_lazy("Agreed"), "good"),
    "noted": (gettext_lazy("Noted"), "good"),
    "declined": (gettext_lazy("Not agreed"), "bad"),
}
# What whoever presides can record here, in the order of the buttons; the rest is decided on the proposal's own page.
RECORDS: dict[str, Any] = {
    "approve": gettext_lazy("Record: approved"),
    "request_changes": gettext_lazy("Record: changes requested"),
    "reject": gettext_lazy("Record: rejected"),
    "decline": gettext_lazy("Record: declined"),
    "hold": gettext_lazy("Put on hold"),
}
FREE_RECORDS: dict[str, Any] = {
    "agreed": gettext_lazy("Agreed"),
    "noted": gettext_lazy("Noted"),
    "declined": gettext_lazy("Not agreed"),
}
MINUTES_RECORDS: dict[str, Any] = {
    "accepted": gettext_lazy("Accept the minutes"),
    "declined": gettext_lazy("Do not accept them"),
}
# The marks of a review form, as the review desk offers them.
SCALE = (1, 2, 3, 4)
VOTES: dict[str, Any] = {
    "approve": gettext_lazy("Approve"),
    "request_changes": gettext_lazy("Request changes"),
    "reject": gettext_lazy("Reject"),
    "abstain": gettext_lazy("Abstain"),
}


def outcome(code: str) -> str:
    """What became of it."""
    return str(OUTCOMES[code][0]) if code in OUTCOMES else code.replace("_", " ").capitalize()


def tone(code: str) -> str:
    """The tone of what became of it."""
    return OUTCOMES[code][1] if code in OUTCOMES else ""


def counted(counts: Mapping[str, int]) -> str:
    """ "4 approve, 1 request changes": how many voted what."""
    said = {
        "approve": ngettext("%(number)s approves", "%(number)s approve", counts.get("approve", 0)),
        "request_changes": ngettext(
            "%(number)s requests changes", "%(number)s request changes", counts.get("request_changes", 0)
        ),
        "reject": ngettext("%(number)s rejects", "%(number)s reject", counts.get("reject", 0)),
        "abstain": ngettext("%(number)s abstains", "%(number)s abstain", counts.get("abstain", 0)),
    }
    return joined(said[vote] % {"number": counts[vote]} for vote in VOTES if counts.get(vote))


def joined(parts: Iterable[str]) -> str:
    """Parts of a list in one line."""
    return _(", ").join(parts)
