"""Background tasks in words: for those that failed and are to be tried again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .happenings import sentence

TASKS: dict[str, Any] = {
    "awards.begin_batch": _("Begin to award a roster"),
    "awards.check_batch": _("Check an uploaded roster"),
    "awards.continue_batch": _("Award the next rows of a roster"),
    "awards.issue_chunk": _("Sign credentials"),
    "awards.release_chunk": _("Offer badges to their earners"),
    "awards.settle_undone": _("Give rows of requests back to the Registrar"),
    "notifications.request_issued": _("Tell a unit that its request was issued"),
    "notifications.request_returned": _("Tell a unit that rows of its request came back"),
    "catalog.complete_arrivals": _("Make badges active that came in from a file"),
    "catalog.redraw": _("Draw badges anew"),
    "credentials.endorse_version": _("Sign the endorsement of a badge"),
    "notifications.batch": _("Tell how a roster ended"),
    "notifications.expire": _("Tell earners that badges expired"),
    "notifications.grantor": _("Tell a Grantor of the appointment"),
    "notifications.offer": _("Tell earners of their badges"),
    "notifications.reinstate": _("Tell earners that badges are valid again"),
    "notifications.remind": _("Remind earners of their badges"),
    "notifications.reoffer": _("Tell earners of their badges again"),
    "notifications.revoke": _("Tell earners that badges were revoked"),
    "notifications.role": _("Invite somebody to a role"),
    "notifications.supersede": _("Tell earners that badges were corrected"),
    "notifications.suspend": _("Tell earners that badges were suspended"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A task that failed in all its tries."""

    public_id: str
    what: str
    after: str
    at: Any
    tries: int
    error: str


def tasks(deliveries: Iterable[Any]) -> list[Task]:
    """`deliveries`, with their entries, in words."""
    return [
        Task(
            public_id=one.public_id,
            what=str(TASKS.get(one.reaction, one.reaction)),
            after=sentence(one.entry.name, one.entry.data),
            at=one.finished_at,
            tries=one.attempts,
            error=one.last_error,
        )
        for one in deliveries
    ]
