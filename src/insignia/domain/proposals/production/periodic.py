"""What time owes to productions: evaluations are reminded of, and what was taught out is retired."""

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.periodic import every

from . import actions


@every(3600, name="production.keep")
def keep() -> int:
    """Remind and retire, in every institution; gives how often something was done."""
    done = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            done += actions.remind_due(institution) + actions.retire_due(institution)
    return done
