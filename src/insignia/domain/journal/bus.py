"""Tell upwards: write an event down and owe its reactions, inside the caller's transaction.

A rollback leaves neither the fact nor its consequences; a commit leaves both, whatever dies next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from insignia.domain.ground import clock, failpoints, tenancy, tracing
from insignia.domain.journal import engines
from insignia.domain.journal.events import REGISTERED, Author, Event
from insignia.domain.journal.models import Delivery, Entry

Run = Callable[[dict[str, Any], Entry], None]

TRIES = 5
# One number for the whole installation: publishers hold it shared, the sealer takes it alone for a moment.
PUBLISHING_LOCK = 0x696E7369676E6961


@dataclass(frozen=True, slots=True)
class Reaction:
    """What someone above does about an event. `tries` = how often it is begun before it goes to the dead letters."""

    name: str
    event: str
    run: Run
    tries: int


_reactions: dict[str, Reaction] = {}


def subscribe(event: str, *, name: str, tries: int = TRIES) -> Callable[[Run], Run]:
    """Owe the decorated function to every event called `event` that is published from now on.

    The function gets the event's data and its entry. It must be safe to run twice: it reads, calls one action, and the
    action's conditional update or unique constraint makes the second run a no-op. It is called outside any transaction.
    """

    def register(run: Run) -> Run:
        known = _reactions.get(name)
        if known is not None and known.run.__qualname__ != run.__qualname__:
            raise TypeError(f"Two reactions are called {name!r}.")
        _reactions[name] = Reaction(name=name, event=event, run=run, tries=tries)
        return run

    return register


def reactions() -> dict[str, Reaction]:
    """Every reaction known to this process, by name."""
    return dict(_reactions)


def publish(
    event: Event,
    *,
    by: Author,
    subject: tuple[str, str] = ("", ""),
    reason: str = "",
    not_before: datetime | None = None,
) -> Entry:
    """Write `event` down and owe its reactions, in the caller's transaction (which must be open).

    `subject` is the kind and public id of the thing it is about; `reason` the words a person gave for doing it;
    `not_before` holds the reactions (not the fact) back until then.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Publish inside the transaction that changes the world, or the news may be lost.")
    if REGISTERED.get(event.name) is not type(event):
        raise TypeError(f"{type(event).__name__} is not a registered event.")
    tenant = _tenant(by)
    _enter_the_order()
    entry = Entry.objects.create(
        name=event.name,
        version=event.version,
        institution=tenant.public_id if tenant else "",
        institution_pk=tenant.pk if tenant else None,
        subject_kind=subject[0],
        subject_id=subject[1],
        author=by.id,
        on_behalf_of=by.on_behalf_of,
        door=by.door,
        request_id=tracing.request_id(),
        reason=reason,
        data=event.data(),
    )
    owed = [
        Delivery(
            entry=entry,
            reaction=reaction.name,
            institution_pk=tenant.pk if tenant else 0,
            due_at=not_before or clock.database_now(),
        )
        for reaction in _reactions.values()
        if reaction.event == event.name
    ]
    if owed:
        Delivery.objects.bulk_create(owed)
        ids = tuple(delivery.pk for delivery in owed)
        transaction.on_commit(lambda: engines.hint(ids), robust=True)  # the rows are the truth, this is a hint
    failpoints.reach("journal.publish.before_return")
    return entry


def read(*, subject: tuple[str, str] | None = None, name: str = "") -> QuerySet[Entry]:
    """Entries of the current institution, newest first; of one subject, or of one event's name."""
    entries = Entry.objects.filter(institution=tenancy.current().public_id).order_by("-id")
    if subject is not None:
        entries = entries.filter(subject_kind=subject[0], subject_id=subject[1])
    return entries.filter(name=name) if name else entries


def _tenant(by: Author) -> tenancy.Tenant | None:
    tenant = tenancy.current_or_none()
    if by.institution and tenant is None:
        raise tenancy.NoTenant("The author acts in an institution, but none is set.")
    if by.institution and tenant is not None and by.institution != tenant.public_id:
        raise tenancy.WrongTenant("The author acts in another institution than the one that is set.")
    return tenant


def _enter_the_order() -> None:
    """On PostgreSQL ids are given before they are committed; the sealer waits for all who hold this lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [PUBLISHING_LOCK])
