"""Finding a person: who is known here by a name, an address or a number, and what is known of them beside their awards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from insignia.core.addresses import normalised
from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal import bus

from . import queries
from .events import RecipientClaimed
from .finding import anywhere
from .models import Award, BatchRow, ClaimLink, Recipient

MOST_AWARDS, MOST_ROWS = 100, 20
_LONGEST = 200
_HEAVY = (
    "image__svg", "image__png", "image__mark", "credential__document", "credential__unsigned", "credential__token",
)  # fmt: skip

_UNITS = ("achievement__unit__institution", "achievement__unit__parent__parent__parent")


def readable(actor: Actor) -> QuerySet[Recipient]:
    """The records that `actor` may know of: those of whoever earned something that they work with, or whose records they
    may read, in the whole institution or in their units."""
    if actor.places(Permission.RECIPIENT_READ, "institution"):
        return Recipient.objects.all()
    worked_with = queries.visible_to(actor).select_related(None).order_by().values("recipient")
    units = institutions.units_of(actor, Permission.RECIPIENT_READ)
    of_units = Award.objects.filter(achievement__unit__in=units).order_by().values("recipient")
    return Recipient.objects.filter(Q(pk__in=worked_with) | Q(pk__in=of_units))


def find(actor: Actor, words: str) -> QuerySet[Recipient]:
    """Those of `readable` with every one of `words` in their name, address or number; by name. `count` is of their awards
    that `actor` works with."""
    found = readable(actor)
    for word in words[:_LONGEST].split()[:10]:
        found = found.filter(anywhere(word, "name", "email", "external_id"))
    mine = queries.visible_to(actor).select_related(None).order_by().values("pk")
    return found.annotate(count=Count("awards", filter=Q(awards__in=mine))).order_by("name", "pk")


def earner_for(actor: Actor, public_id: str) -> Recipient:
    """One record that `actor` may know of; raises `NotFound`."""
    found = readable(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such person here, or nothing of theirs that you work with."))
    return found


def earner_at(actor: Actor, address: str) -> Recipient | None:
    """The record at `address`, if `actor` may know of it."""
    return readable(actor).filter(email=normalised(address)).first()


def reads_record(actor: Actor, recipient: Recipient) -> bool:
    """Whether `actor` may read the record itself, not only the awards."""
    if actor.may(Permission.RECIPIENT_READ, on=recipient):
        return True
    units = institutions.units_of(actor, Permission.RECIPIENT_READ)
    return bool(units) and Award.objects.filter(recipient=recipient, achievement__unit__in=units).exists()


def awards_of(actor: Actor, recipient: Recipient) -> list[Award]:
    """The newest awards of `recipient` that `actor` works with, without pictures and signed bytes."""
    found = queries.visible_to(actor).filter(recipient=recipient).defer(*_HEAVY)
    # The rights over each are looked up by its unit and all units above it.
    return list(found.select_related(*_UNITS)[:MOST_AWARDS])


@dataclass(frozen=True, slots=True)
class Claiming:
    """How far an earner came: links that were mailed, and the account that their record was joined to."""

    links: int = 0
    last_link_at: datetime | None = None
    opened_at: datetime | None = None
    used_at: datetime | None = None
    is_claimed: bool = False
    claimed_at: datetime | None = None


def claiming_of(recipient: Recipient) -> Claiming:
    """How `recipient` came to their badges, or has not yet."""
    links = list(ClaimLink.objects.filter(recipient=recipient).order_by("pk"))
    told = bus.read(subject=("recipient", recipient.public_id)).filter(name=RecipientClaimed.name)
    claimed = told.order_by("-id").values_list("at", flat=True).first()
    return Claiming(
        links=len(links),
        last_link_at=links[-1].created_at if links else None,
        opened_at=max((link.opened_at for link in links if link.opened_at), default=None),
        used_at=max((link.used_at for link in links if link.used_at), default=None),
        is_claimed=recipient.user_id is not None,
        claimed_at=claimed,
    )


def refused_rows(actor: Actor, address: str) -> list[BatchRow]:
    """The newest rows of rosters that `actor` works with in which `address` stood and which were refused."""
    return list(_refused(actor).filter(line__email__iexact=normalised(address))[:MOST_ROWS])


def refused_addresses(actor: Actor, words: str) -> list[str]:
    """Addresses that stood in refused rows only, found by parts of them or of the name beside them."""
    parts = words[:_LONGEST].split()[:10]
    if not parts:
        return []
    found = _refused(actor)
    for word in parts:
        found = found.filter(Q(line__email__icontains=word) | Q(line__name__icontains=word))
    said: Sequence[str] = [str(row.line.get("email", "")) for row in found[:MOST_ROWS]]
    return list(dict.fromkeys(normalised(address) for address in said if "@" in address))


def _refused(actor: Actor) -> QuerySet[BatchRow]:
    batches = queries.batches_for(actor).order_by().values("pk")
    found = BatchRow.objects.filter(state=BatchRow.State.REJECTED, batch__in=batches).order_by("-pk")
    return found.select_related("batch__achievement__current").defer("batch__file")
