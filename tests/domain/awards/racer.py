"""One of the processes of test_races: grants the same person the same badge again and again, and counts the answers."""

import json
import sys

import django

django.setup()

from insignia.core.errors import Conflict  # noqa: E402
from insignia.domain.access.actor import Door  # noqa: E402
from insignia.domain.awards import actions as awards  # noqa: E402
from insignia.domain.awards.rules import Claim  # noqa: E402
from insignia.domain.catalog import queries as catalog  # noqa: E402
from insignia.domain.ground import clock, tenancy  # noqa: E402
from insignia.domain.institutions import queries as institutions  # noqa: E402
from insignia.domain.people.models import User  # noqa: E402

orders = json.loads(sys.argv[1])
institution = institutions.by_slug(orders["institution"])
counted = {"granted": 0, "duplicate": 0}
with tenancy.of(institution):
    by = institutions.actor_for(User.objects.get(pk=orders["user"]), institution, door=Door.COMMAND)
    achievement = catalog.achievement_for(by, orders["achievement"])
    earner = awards.Earner("one@students.example", "One Person")
    for _ in range(orders["times"]):
        try:
            claim = Claim(awarded_on=clock.today_in(institution.zone))
            awards.grant_award(by=by, achievement=achievement, earner=earner, claim=claim)
            counted["granted"] += 1
        except Conflict as refusal:
            counted[refusal.code] += 1
print(json.dumps(counted))
