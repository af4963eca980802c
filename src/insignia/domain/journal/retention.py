"""What is forgotten, and how long after what: the table that docs/operate/retention.md publishes, and the job that carries it out.

Each app registers the terms of its own rows. Entries of the journal hold ids only, and stay.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from insignia.core.words import N_
from insignia.domain.ground import clock
from insignia.domain.journal import periodic
from insignia.domain.journal.models import Delivery, DeliveryState, IdempotencyKey

log = logging.getLogger(__name__)

CHUNK = 500

Forget = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Term:
    """`what` is kept for `days` days from `since` on; `forget` drops what began before a moment, and says how many."""

    name: str
    what: str
    since: str
    days: int
    forget: Forget


_terms: dict[str, Term] = {}


def kept(days: int, *, name: str, what: str, since: str) -> Callable[[Forget], Forget]:
    """Register the decorated function as the one that forgets `what`, `days` days after `since` (both for people)."""

    def register(forget: Forget) -> Forget:
        known = _terms.get(name)
        if known is not None and known.forget.__qualname__ != forget.__qualname__:
            raise TypeError(f"Two terms are called {name!r}.")
        _terms[name] = Term(name, what, since, days, forget)
        return forget

    return register


def terms() -> list[Term]:
    """The whole table, the shortest term first."""
    return sorted(_terms.values(), key=lambda term: (term.days, term.name))


@periodic.every(3600, name="journal.sweep", patience=3600)
def carry_out() -> int:
    """Forget what has served its time; how many rows. One term that fails does not keep the others from being carried out."""
    gone, failure = 0, None
    for term in terms():
        try:
            gone += term.forget(clock.now() - timedelta(days=term.days))
        except Exception as error:
            log.exception("What is kept under “%s” could not be forgotten.", term.name)
            failure = error
    if failure is not None:
        raise failure
    return gone


@kept(14, name="journal.deliveries", what=N_("work in the background that is done"), since=N_("its end"))
def forget_deliveries(before: datetime) -> int:
    """Dead letters wait for an operator."""
    return drop(Delivery.objects.filter(state=DeliveryState.DONE, finished_at__lt=before))


@kept(30, name="journal.replies", what=N_("answers kept for repeated requests to the API"), since=N_("the request"))
def forget_replies(before: datetime) -> int:
    """After that, a request under the same `Idempotency-Key` is a new one."""
    return drop(IdempotencyKey.objects.filter(created_at__lt=before))


def drop(rows: "QuerySet[Delivery] | QuerySet[IdempotencyKey]") -> int:
    """Delete `rows`, a few hundred a transaction; how many went."""
    gone = 0
    while ids := list(rows.values_list("pk", flat=True)[:CHUNK]):
        gone += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return gone
