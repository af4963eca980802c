"""What may be done with an award now, and by whom: the buttons of a page. The actions decide by the same tables."""

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.rules import Awarding

from . import rules
from .models import Award, AwardBatch

# Each act with the verb of the lifecycle that it takes, and the right that it asks for; for AWARD_GRANT see `right_over`.
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


def right_over(thing: Award | AwardBatch) -> Permission:
    """The right to take back or send what was awarded: of whoever decides on requests, where a request asked for it."""
    batch = thing.batch if isinstance(thing, Award) else thing
    return Permission.ISSUANCE_DECIDE if batch is not None and batch.request_id else Permission.AWARD_GRANT


def open_to(actor: Actor, award: Award) -> frozenset[str]:
    """The acts that `actor` may take on `award` in the state it is in."""
    verbs = {transition.verb for transition in rules.LIFECYCLE.open_to(award.state, facts=frozenset())}
    if award.state == Award.State.OFFERED:
        verbs.add("reoffer")  # the mail can be sent again without a change of state
    over = right_over(award)
    rights = {act: over if right is Permission.AWARD_GRANT else right for act, (_verb, right) in _ACTS.items()}
    found = {act for act, (verb, _right) in _ACTS.items() if verb in verbs and actor.may(rights[act], on=award)}
    if award.expires_on and award.state in _RENEWABLE and _may_renew(actor, award):
        found.add("renew")
    return frozenset(found)


def _may_renew(actor: Actor, award: Award) -> bool:
    """Renewing is awarding: where the Registrar makes all awards, it takes a request."""
    by_grantors = award.achievement.institution.policy("awarding") != Awarding.REGISTRAR
    return by_grantors and actor.may(Permission.AWARD_GRANT, on=award)
