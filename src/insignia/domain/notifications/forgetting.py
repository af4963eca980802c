"""To whom a mail went, and what the server said of it, is forgotten after a year; that it was sent, and of what it told, stays."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Concat

from insignia.core.words import N_
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.retention import CHUNK, kept

from .models import Message
from .rules import FORGOTTEN

# Mails that are uncertain wait for a person, and so does what is not sent yet.
_OVER = (Message.State.SENT, Message.State.REFUSED, Message.State.SUPPRESSED)


@kept(
    365, name="notifications.mails", what=N_("to whom a mail went, and its subject"), since=N_("the day it was written")
)
def forget_addresses(before: datetime) -> int:
    """The place of an address keeps the mail's own id: one mail for one cause, also among the forgotten."""
    gone = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            old = Message.objects.filter(state__in=_OVER, created_at__lt=before).exclude(address__endswith=FORGOTTEN)
            while keys := list(old.values_list("pk", flat=True)[:CHUNK]):
                gone += Message.objects.filter(pk__in=keys).update(
                    address=Concat(F("public_id"), Value(FORGOTTEN)), subject="", smtp_text=""
                )
    return gone
