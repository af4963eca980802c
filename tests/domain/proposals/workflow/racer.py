"""One of the processes of test_races: waits for the others, then takes one decision, and says how it went."""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from insignia.core.errors import InsigniaError  # noqa: E402
from insignia.core.workflow import route as engine  # noqa: E402
from insignia.domain.access.actor import Door  # noqa: E402
from insignia.domain.ground import tenancy  # noqa: E402
from insignia.domain.institutions import queries as institutions  # noqa: E402
from insignia.domain.people.models import User  # noqa: E402
from insignia.domain.proposals.workflow import actions as workflow  # noqa: E402
from insignia.domain.proposals.writing import queries as writing  # noqa: E402

orders = json.loads(sys.argv[1])
institution = institutions.by_slug(orders["institution"])
with tenancy.of(institution):
    by = institutions.actor_for(User.objects.get(pk=orders["user"]), institution, door=Door.COMMAND)
    proposal = writing.proposal(orders["proposal"])
    decision = engine.Decision(
        engine.Verb(orders["verb"]),
        comment=orders.get("comment", ""),
        vote=engine.Vote(orders["vote"]) if orders.get("vote") else None,
        ratings=tuple(engine.Rating(criterion, 4) for criterion in orders.get("criteria", ())),
    )
    Path(orders["ready"]).touch()
    while not Path(orders["go"]).exists():  # all of them begin at one moment
        time.sleep(0.001)
    try:
        workflow.decide(by=by, proposal=proposal, decision=decision, revision=orders["revision"], task=orders["task"])
        answer = "done"
    except InsigniaError as refused:
        answer = refused.code
print(json.dumps({"answer": answer}))
