"""What tests/support/crashing.py asks of its installation, in a process inside it: `ground` makes it, `state` tells of it."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import Count  # noqa: E402

from insignia.domain.awards import invariants  # noqa: E402
from insignia.domain.awards.models import Award, AwardBatch, BatchRow  # noqa: E402
from insignia.domain.credentials import verification  # noqa: E402
from insignia.domain.ground import invariants as ground_invariants  # noqa: E402
from insignia.domain.institutions import actions as institutions  # noqa: E402
from insignia.domain.journal import seal  # noqa: E402
from insignia.domain.notifications.models import Message  # noqa: E402
from tests.support import builders  # noqa: E402
from tests.support.crashing import PASSWORD  # noqa: E402


def ground() -> dict[str, str]:
    """An institution with a Souvenir and somebody who may award it."""
    from insignia.config.processes import make_secrets

    make_secrets()
    institutions.remember_public_url(settings.PUBLIC_URL)
    with builders.an_institution() as institution:
        badge = builders.an_achievement(level="souvenir")
        user = builders.a_person("issuer@pinecrest.example", password=PASSWORD)
        builders.a_member("issuer", user=user)
        user.authenticator_set.all().delete()
        return {"institution": institution.slug, "badge": badge.public_id, "email": user.email}


def state() -> dict[str, object]:
    """How far the one batch is, and whether everything is as it must be."""
    rows = dict(BatchRow.across_institutions.values_list("state").annotate(n=Count("pk")))
    batch = AwardBatch.across_institutions.exclude(state="uploaded").first()
    awards = Award.across_institutions
    return {
        "batch": batch.public_id if batch else "",
        "batches": AwardBatch.across_institutions.count(),
        "rows": rows,
        "waiting": rows.get("waiting", 0),
        "unsigned": awards.filter(state__in=["granted", "held"]).count(),
        "awards": awards.count(),
        "offered": awards.filter(state="offered").count(),
        "people": awards.values("recipient").distinct().count(),
        "mails": dict(Message.across_institutions.filter(kind="offer").values_list("state").annotate(n=Count("pk"))),
        "uncertain": sorted(
            Message.across_institutions.filter(kind="offer", state="uncertain").values_list("address", flat=True)
        ),
    }


def verified() -> dict[str, object]:
    """Whether every credential verifies, and every invariant holds."""
    broken = [*invariants.broken(), *ground_invariants.broken()]
    if (chain := seal.verify_chain()) is not None:
        broken.append(str(chain))
    outcomes: dict[str, int] = {}
    for award in Award.across_institutions.select_related("credential"):
        found = verification.verify(bytes(award.credential.document)).outcome.value
        outcomes[found] = outcomes.get(found, 0) + 1
    return {"broken": broken, "outcomes": outcomes}


print(json.dumps({"ground": ground, "state": state, "verified": verified}[sys.argv[1]]()))
