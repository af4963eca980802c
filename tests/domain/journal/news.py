"""Somebody who makes news, and the news."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from insignia.domain.ground import tenancy
from insignia.domain.journal import bus
from insignia.domain.journal.events import DeliveriesReplayed
from insignia.domain.journal.models import Delivery, Entry

# An event of the journal's own: a name made up for the tests would have to be documented as if it were real.
NAME = DeliveriesReplayed.name


@dataclass(frozen=True)
class Somebody:
    id: str = "person".ljust(26, "a")
    name: str = "Ada Example"
    on_behalf_of: str = ""
    door: str = "page"
    institution: str = ""


def tell(institution: tenancy.Tenant, *ids: str, not_before: datetime | None = None) -> Entry:
    """Publish the news in `institution`, committed as far as the test's database is."""
    with tenancy.of(institution), transaction.atomic():
        by = Somebody(institution=institution.public_id)
        return bus.publish(DeliveriesReplayed(deliveries=ids), by=by, not_before=not_before)


def owed(entry: Entry) -> Delivery:
    """The one delivery of `entry`, as it stands now."""
    return Delivery.objects.get(entry=entry)
