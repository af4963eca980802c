"""What happened to one award, told by the journal."""

from django.db.models import Q, QuerySet

from insignia.domain.journal import bus
from insignia.domain.journal.models import Entry

from .models import Award

_MOST = 200


def of(award: Award) -> QuerySet[Entry]:
    """The entries that tell of `award`, the oldest first.

    An entry tells of a chunk and has one subject: the award itself, its achievement, its institution, or the first award
    of a chunk, which is of the same batch. So these are looked through, each by the index on the subject.
    """
    about = Q(subject_kind="award", subject_id=award.public_id)
    chunks = Q(subject_kind="achievement", subject_id=award.achievement.public_id)
    chunks |= Q(subject_kind="institution", subject_id=award.institution.public_id)
    if award.batch_id is not None:
        siblings = Award.objects.filter(batch=award.batch_id).values("public_id")
        chunks |= Q(subject_kind="award", subject_id__in=siblings)
    named = Q(name__startswith="awards.", data__awards__icontains=award.public_id)
    return bus.read().filter(about | (chunks & named)).order_by("id")[:_MOST]
