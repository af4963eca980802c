"""What the sender and the reactions ask: what is due, and who was told of what."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from insignia.domain.awards.models import Award
from insignia.domain.ground import clock

from . import rules
from .models import Message, MessageAward, NoReminders, SilentBatch

State = Message.State


def anything_to_do() -> bool:
    """Whether a mail is due, or one was left in the middle of being sent. Reads only: asked every second."""
    return next_due() is not None or Message.across_institutions.filter(state=State.SENDING).exists()


def next_due(after: int = 0) -> Message | None:
    """The mail to send next: institutions in turn, beginning behind the one with the key `after`, urgent ones first.

    A mail waits for an earlier one to the same address, so that nobody is reminded of what they have not heard of.
    """
    earlier = Message.across_institutions.filter(
        address=OuterRef("address"), pk__lt=OuterRef("pk"), state__in=rules.WAITING
    )
    due = (
        Message.across_institutions.filter(
            ~Exists(earlier), state__in=rules.WAITING, not_before__lte=clock.database_now()
        )
        .select_related("institution")
        .order_by("institution", "-is_urgent", "pk")
    )
    return due.filter(institution__gt=after).first() or due.first()


def awards_of(message: Message) -> list[Award]:
    """The awards that `message` tells of, in the order in which they came."""
    return list(
        Award.objects.filter(messages__message=message)
        .select_related(
            "recipient__user",
            "achievement__level",
            "achievement__institution",
            "version",
            "image",
            "credential",
            "corrects",
        )
        .order_by("messages__pk")
    )


def untold(kind: str, public_ids: Sequence[str], cause: str) -> list[Award]:
    """Those of the awards of which no mail of `kind` for `cause` tells yet."""
    told = MessageAward.objects.filter(award=OuterRef("pk"), kind=kind, cause=cause)
    return list(
        Award.objects.filter(~Exists(told), public_id__in=list(public_ids))
        .select_related("recipient__user", "institution", "batch")
        .order_by("pk")
    )


def announced(awards: Sequence[Award]) -> dict[int, str]:
    """How the latest mail that offered each award fares, by the award's key."""
    rows = (
        MessageAward.objects.filter(award__in=[award.pk for award in awards], kind__in=rules.ANNOUNCING)
        .order_by("pk")
        .values_list("award", "message__state")
    )
    return dict(rows)


def silent_batches(awards: Sequence[Award]) -> set[int]:
    """The keys of the silent batches among those of `awards`."""
    batches = {award.batch_id for award in awards if award.batch_id is not None}
    return set(SilentBatch.objects.filter(batch__in=batches).values_list("batch", flat=True))


def without_reminders(awards: Sequence[Award]) -> set[int]:
    """The keys of those recipients of `awards` who stopped reminders."""
    recipients = {award.recipient_id for award in awards}
    return set(NoReminders.objects.filter(recipient__in=recipients).values_list("recipient", flat=True))


def same_earner(public_ids: Sequence[str]) -> list[str]:
    """Of replaced awards those whose correction is for the same record: a wrong address is told nothing more."""
    found = Award.objects.filter(public_id__in=list(public_ids)).prefetch_related("corrections")
    return [
        award.public_id
        for award in found
        if any(correction.recipient_id == award.recipient_id for correction in award.corrections.all())
    ]


def ending_until(day: date) -> list[tuple[str, date, date]]:
    """Public id, day of award and last day of accepted awards that end by `day` and were not renewed."""
    found = Award.objects.filter(state=Award.State.ACCEPTED, expires_on__lte=day, renewals=None).order_by("pk")
    return [
        (i, awarded, ends) for i, awarded, ends in found.values_list("public_id", "awarded_on", "expires_on") if ends
    ]
