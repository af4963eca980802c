"""Intents in the full world of tests/support/worlds.py: a draft, one in support, one declined, and invitations."""

from datetime import timedelta
from typing import Any

from insignia.domain.ground import clock
from insignia.domain.institutions.models import TaxonomyLevel
from insignia.domain.proposals.intents import actions, links
from insignia.domain.proposals.intents.models import Invitation
from tests.support import governance

LONG = (
    "A micro-credential for everybody who explains forecasts, hazards and uncertainty to communities and their councils"
)


def fill(place: Any, cast: governance.Cast) -> None:
    """What stands on the desk of the program office."""
    things, proposer, office = place.things, cast.actor("proposer"), cast.actor("program_manager")
    things.intent_draft = actions.begin_intent(by=proposer, unit=cast.unit)
    things.intent_supported = _sent(cast, LONG)
    today = clock.today_in(place.institution.zone)
    for kind, audience in (("call", "shared"), ("note", "office")):
        actions.log_contact(
            by=office, intent=things.intent_supported, kind=kind, audience=audience, on=today, text="We talked. " * 20
        )
    things.intent_declined = actions.decline(by=office, intent=_sent(cast, "Juggling"), reason="There is one like it.")
    things.invitation = _invitation(cast, "Public Speaking")
    things.old_invitation = _invitation(cast, "Careful Reading")
    revoked = links.invitation_of(things.old_invitation)
    Invitation.objects.filter(pk=revoked.pk).update(revoked_at=clock.now())


def _sent(cast: governance.Cast, title: str) -> Any:
    proposer = cast.actor("proposer")
    level = TaxonomyLevel.objects.get(key="level_1")
    intent = actions.begin_intent(by=proposer, unit=cast.unit, level=level)
    actions.write_intent(by=proposer, intent=intent, sent={}, title=title, note="What it is about. " * 12)
    return actions.submit_intent(by=proposer, intent=intent)


def _invitation(cast: governance.Cast, title: str) -> str:
    """A link that works whatever the institution's policy is now."""
    intent = _sent(cast, title)
    row = Invitation.objects.create(
        institution=intent.institution,
        intent=intent,
        address=intent.address,
        expires_at=clock.now() + timedelta(days=30),
    )
    type(intent).objects.filter(pk=intent.pk).update(state="invited")
    return links.token_of(row)
