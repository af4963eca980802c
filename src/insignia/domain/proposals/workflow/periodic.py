"""What time owes to proposals, in every institution."""

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.periodic import every

from . import actions


@every(600, name="workflow.tick")
def tick() -> int:
    """Remind and escalate, each run once a day; gives how often something was said."""
    said = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            said += actions.tick(institution)
    return said
