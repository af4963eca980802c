"""What time owes to intents: invitations lapse."""

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.periodic import every

from . import actions


@every(3600, name="intents.lapse")
def lapse() -> int:
    """Let invitations lapse that nobody opened; gives how many."""
    lapsed = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            lapsed += actions.lapse_due(institution)
    return lapsed
