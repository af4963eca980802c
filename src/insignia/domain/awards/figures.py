"""How many awards and Grantors achievements have: for lists of achievements, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from insignia.domain.catalog.models import Achievement

from .models import Award, Grantor


@dataclass(frozen=True, slots=True)
class Figures:
    """`awards` is what stands or stood, without what was taken back before anybody saw it.

    `grantors` may award today; `untrained` are appointed today and may not yet.
    """

    awards: int = 0
    grantors: int = 0
    untrained: int = 0


def of(achievements: Sequence[Achievement], *, today: date) -> dict[int, Figures]:
    """The figures of each achievement, by its key, in two queries whatever their number."""
    keys = [achievement.pk for achievement in achievements]
    standing = Award.objects.filter(achievement__in=keys).exclude(state=Award.State.CANCELLED)
    awards = dict(standing.values_list("achievement").order_by().annotate(number=Count("pk")))
    now = Grantor.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), achievement__in=keys, starts_on__lte=today)
    trained = Q(trained_on__lte=today)
    appointed = {
        row["achievement"]: (row["trained"], row["all"] - row["trained"])
        for row in now.values("achievement").order_by().annotate(all=Count("pk"), trained=Count("pk", filter=trained))
    }
    return {key: Figures(awards.get(key, 0), *appointed.get(key, (0, 0))) for key in keys}
