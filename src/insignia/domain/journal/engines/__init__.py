"""Who runs what is owed: the embedded worker, or Celery where one machine is outgrown (INSIGNIA_ENGINE=celery).

The database remembers, an engine only hurries: a hint that is lost costs a moment, never a delivery.
"""

from collections.abc import Sequence

from django.conf import settings

from insignia.domain.journal.engines import embedded


def hint(deliveries: Sequence[int]) -> None:
    """Say that these deliveries are committed. Called after the commit; must not raise for want of a broker."""
    if settings.ENGINE == "celery":
        from insignia.domain.journal.engines import celery  # an extra, absent from most

        celery.hint(deliveries)
    else:
        embedded.wake()
