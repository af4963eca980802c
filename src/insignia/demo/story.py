"""The demonstration's story: two universities, made through the same actions that people use, from years ago to today."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db.models import F

from insignia.config import processes
from insignia.domain.awards import actions as awards
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import delivery
from insignia.domain.notifications.models import Message
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.production import actions as production
from insignia.domain.proposals.workflow import actions as workflow

from .alder.story import ALDER
from .pinecrest.story import PINECREST
from .stage import Stage, University
from .telling import Tale, tell

BEGINNING = timedelta(days=1030)
"""How long ago both universities began."""


def found() -> None:
    """Make the demonstration in an empty data folder."""
    processes.make_secrets()
    call_command("migrate", verbosity=0)
    make()


def make() -> None:
    """Make it in a database that is ready: first the past of both, then what happens today."""
    institutions.remember_public_url(settings.PUBLIC_URL)
    today = [(stage, _past(university, stage)) for university in (PINECREST, ALDER) for stage in [_founded(university)]]
    for stage, tales in today:
        with tenancy.of(stage.institution):
            for tale in tales:
                next(tale, None)


def _founded(university: University) -> Stage:
    """Founded and furnished long ago."""
    now = clock.now()
    with clock.frozen(now - BEGINNING):
        stage = university.found(today=now)
        with tenancy.of(stage.institution):
            university.furnish(stage)
            delivery.drain_loudly()
    return stage


def _past(university: University, stage: Stage) -> list[Tale]:
    """All that happened until today; gives the tales that go on."""
    with tenancy.of(stage.institution):
        today = tell(stage.institution, university.tales(stage))
        _keep_house(stage.institution)
    return today


def _keep_house(institution: Institution) -> None:
    """What the house does by itself was done day by day; what was mailed went out then and has long been read."""
    for _turn in range(3):
        awards.remind_due(institution)
    awards.lapse_due(institution)
    awards.expire_due(institution)
    intents.lapse_due(institution)
    workflow.tick(institution)
    production.remind_due(institution)
    delivery.drain_loudly()
    # All at once, and not by the action for one: there are hundreds, and nothing follows from it.
    waiting = Message.objects.filter(state=Message.State.PENDING)
    waiting.update(state=Message.State.SENT, sent_at=F("created_at"), first_tried_at=F("created_at"))
