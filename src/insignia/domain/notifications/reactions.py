"""Which news becomes mail. Thin, and safe to run twice."""

from typing import Any

from insignia.domain.awards import issuance_queries as requests
from insignia.domain.awards import queries as awards
from insignia.domain.awards.models import Grantor
from insignia.domain.institutions.models import Membership
from insignia.domain.journal import bus
from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry
from insignia.domain.people.models import User

from . import actions, owed
from .models import Kind

# The kinds of mail that news of awards becomes, one for one.
_TELLING = {
    "awards.reoffered": Kind.REOFFER,
    "awards.reminded": Kind.REMINDER,
    "awards.revoked": Kind.REVOKED,
    "awards.suspended": Kind.SUSPENDED,
    "awards.reinstated": Kind.REINSTATED,
}


@subscribe("awards.released", name="notifications.offer")
def offer(data: dict[str, Any], entry: Entry) -> None:
    """Tell earners of badges that they can claim: once an award, whatever is published again."""
    actions.tell_earners(Kind.OFFER, data["awards"], cause="")


@subscribe("awards.reoffered", name="notifications.reoffer")
@subscribe("awards.reminded", name="notifications.remind")
@subscribe("awards.revoked", name="notifications.revoke")
@subscribe("awards.suspended", name="notifications.suspend")
@subscribe("awards.reinstated", name="notifications.reinstate")
def tell(data: dict[str, Any], entry: Entry) -> None:
    """Tell earners what became of their badges."""
    actions.tell_earners(_TELLING[entry.name], data["awards"], cause=entry.public_id)


@subscribe("awards.superseded", name="notifications.supersede")
def supersede(data: dict[str, Any], entry: Entry) -> None:
    """Tell earners that a badge was corrected; nobody at an address that was wrong."""
    actions.tell_earners(Kind.SUPERSEDED, owed.same_earner(data["awards"]), cause=entry.public_id)


@subscribe("awards.ended", name="notifications.expire")
def expire(data: dict[str, Any], entry: Entry) -> None:
    """Tell holders that a badge has expired. A lapsed offer is told to nobody: it was not wanted."""
    if data["verb"] == "expire":
        actions.tell_earners(Kind.EXPIRED, data["awards"], cause=entry.public_id)


@subscribe("awards.grantor_appointed", name="notifications.grantor")
def appoint(data: dict[str, Any], entry: Entry) -> None:
    """Tell somebody that they may award."""
    found = Grantor.objects.select_related("user", "achievement__institution").filter(public_id=data["grantor"])
    for grantor in found:
        actions.tell_grantor(grantor, cause=entry.public_id)


@subscribe("institutions.roles_given", name="notifications.role")
def give_roles(data: dict[str, Any], entry: Entry) -> None:
    """Invite people to their roles."""
    found = Membership.objects.select_related("user", "institution").filter(public_id__in=data["memberships"])
    for membership in found:
        actions.tell_member(membership, cause=entry.public_id)


@subscribe("awards.batch_finished", name="notifications.batch")
def finish_batch(data: dict[str, Any], entry: Entry) -> None:
    """Tell whoever confirmed a roster how it ended."""
    batch = awards.batch_by_id(data["batch"])
    confirmed = bus.read(subject=("batch", batch.public_id), name="awards.batch_confirmed").first()
    author = User.objects.filter(public_id=confirmed.author).first() if confirmed else None
    actions.tell_of_batch(batch, author or batch.created_by, cause=entry.public_id)


@subscribe("awards.issuance_returned", name="notifications.request_returned")
def return_request(data: dict[str, Any], entry: Entry) -> None:
    """Tell whoever sent a request that rows of it came back, and why."""
    request = requests.request_by_id(data["request"])
    actions.tell_of_request(Kind.REQUEST_RETURNED, request, cause=entry.public_id, rows=data["rows"])


@subscribe("awards.issuance_settled", name="notifications.request_issued")
def issue_request(data: dict[str, Any], entry: Entry) -> None:
    """Tell whoever sent a request that the Registrar has issued it, once the undo window is over."""
    if data["state"] in ("issued", "partly_issued"):
        request = requests.request_by_id(data["request"])
        actions.tell_of_request(Kind.REQUEST_ISSUED, request, cause=entry.public_id)
