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
    "catalog.complete_arrivals": _("Make badges active that came in from a file"),
    "catalog.redraw": _("Draw badges anew"),
    "credentials.endorse_version": _("Sign the endorsement of a badge"),
    "meetings.follow_proposal": _("Let agenda items follow what was decided"),
    "notifications.batch": _("Tell how a roster ended"),
    "notifications.consultation_asked": _("Ask somebody for a consultation"),
    "notifications.consultation_done": _("Tell what came of a consultation"),
    "notifications.delegation": _("Tell somebody that they act in another’s place"),
    "notifications.expire": _("Tell earners that badges expired"),
    "notifications.grantor": _("Tell a Grantor of the appointment"),
    "notifications.intent": _("Tell of an intent"),
    "notifications.invitation": _("Invite somebody to propose"),
    "notifications.offer": _("Tell earners of their badges"),
    "notifications.participant": _("Tell somebody that they take part in a proposal"),
    "notifications.proposal": _("Tell whoever a decision on a proposal concerns"),
    "notifications.reinstate": _("Tell earners that badges are valid again"),
    "notifications.remark": _("Tell of a remark on a proposal"),
    "notifications.remind": _("Remind earners of their badges"),
    "notifications.reoffer": _("Tell earners of their badges again"),
    "notifications.request_issued": _("Tell a unit that its request was issued"),
    "notifications.request_returned": _("Tell a unit that rows of its request came back"),
    "notifications.revoke": _("Tell earners that badges were revoked"),
    "notifications.role": _("Invite somebody to a role"),
    "notifications.supersede": _("Tell earners that badges were corrected"),
    "notifications.suspend": _("Tell earners that badges were suspended"),
    "notifications.task_escalated": _("Tell that a task waits too long"),
    "notifications.task_reminder": _("Remind of a task"),
    "production.begin": _("Begin the production of an approved badge"),
    "production.finish": _("Close the production of a badge that became active"),
    "production.note_again": _("Note approvals on a badge again"),
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
