"""What time owes: reminders, lapsed offers, expired awards, in every institution."""

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.periodic import every

from . import actions


@every(600, name="awards.keep")
def keep() -> int:
    """Look after offers and awards; gives how many moved. What is left over is taken up the next time round."""
    moved = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            moved += actions.remind_due(institution)
            moved += actions.lapse_due(institution)
            moved += actions.expire_due(institution)
    return moved
