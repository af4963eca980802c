"""What may be done with an award now, and by whom: the buttons of a page. The actions decide by the same tables."""

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission

from . import rules
from .models import Award

# Each act with the verb of the lifecycle that it takes, and the right that it asks for.
_ACTS = {
    "undo": ("undo", Permission.AWARD_GRANT),
    "release": ("release", Permission.AWARD_GRANT),
    "reoffer": ("reoffer", Permission.AWARD_GRANT),
    "suspend": ("suspend", Permission.AWARD_REVOKE),
    "reinstate": ("reinstate", Permission.AWARD_REVOKE),
    "revoke": ("revoke", Permission.AWARD_REVOKE),
    "correct": ("supersede", Permission.AWARD_CORRECT),
}
# An award that was never shown to anybody, or was replaced, is not renewed: its successor is.
_RENEWABLE = frozenset({"offered", "accepted", "expired"})


def open_to(actor: Actor, award: Award) -> frozenset[str]:
    """The acts that `actor` may take on `award` in the state it is in."""
    verbs = {transition.verb for transition in rules.LIFECYCLE.open_to(award.state, facts=frozenset())}
    if award.state == Award.State.OFFERED:
        verbs.add("reoffer")  # the mail can be sent again without a change of state
    found = {act for act, (verb, right) in _ACTS.items() if verb in verbs and actor.may(right, on=award)}
    if award.expires_on and award.state in _RENEWABLE and actor.may(Permission.AWARD_GRANT, on=award):
        found.add("renew")
    return frozenset(found)
