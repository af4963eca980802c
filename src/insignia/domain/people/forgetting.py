"""Sign-ins that have ended."""

from datetime import datetime

from django.contrib.sessions.models import Session

from insignia.core.words import N_
from insignia.domain.journal.retention import kept


@kept(1, name="people.sessions", what=N_("sign-ins"), since=N_("their end"))
def forget_sessions(before: datetime) -> int:
    """How many went."""
    return int(Session.objects.filter(expire_date__lt=before).delete()[0])
