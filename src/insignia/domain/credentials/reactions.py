"""What is done about news of what may be earned: what was approved here is endorsed. Thin, and safe to run twice."""

from typing import Any

from insignia.domain.catalog import queries as catalog
from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry

from . import endorsing


@subscribe("catalog.version_frozen", name="credentials.endorse_version")
def endorse_version(data: dict[str, Any], entry: Entry) -> None:
    """Sign the institution's endorsement of a version that its bodies approved."""
    version = catalog.public_version(data["achievement"], data["number"])
    for lacking in endorsing.due([version.pk]):
        endorsing.endorse(lacking)
