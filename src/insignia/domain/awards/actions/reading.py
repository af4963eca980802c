"""Who looked at the records of people who are, or may be, minors (decisions: minors, consent, retention)."""

from collections.abc import Iterable

from django.db import transaction

from insignia.domain.access.actor import Actor
from insignia.domain.journal.bus import publish

from .. import rules
from ..events import MinorsRecordRead
from ..models import Recipient

# An entry of the journal is read as a whole; a long export is written down in several.
CHUNK = 500


def note_reading(*, by: Actor, recipients: Iterable[Recipient]) -> None:
    """Write down that `by` is shown these records, as far as they may be minors'; nothing where none of them is."""
    minors = list(dict.fromkeys(r.public_id for r in recipients if not rules.is_adult(r.age_band)))
    if not minors:
        return
    with transaction.atomic():
        for i in range(0, len(minors), CHUNK):
            some = tuple(minors[i : i + CHUNK])
            subject = ("recipient", some[0]) if len(some) == 1 else ("institution", by.institution)
            publish(MinorsRecordRead(recipients=some), by=by, subject=subject)
