"""How a credential stands today, in words: the verdict over its checks, and what its issuer has done with it since."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.core.openbadges import Outcome, Verification

# What its issuer did with an award, as said above its page. Why, is between issuer and earner.
_NOTES = {
    "revoked": ("bad", _("The issuer has taken this credential back.")),
    "superseded": ("bad", _("The issuer has replaced this credential by a corrected one.")),
    "suspended": ("wait", _("The issuer has suspended this credential until a question is settled.")),
    "expired": ("wait", _("This credential was valid until the day named below. It was not taken back.")),
    "offered": ("", _("This badge waits for its earner to accept it.")),
    "lapsed_offer": ("", _("This badge was offered and has not been accepted.")),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict as a sentence, how it is drawn, and a note on the state of the award, where there is one."""

    verdict: str
    outcome: Outcome
    passed: int
    total: int
    tone: str = ""
    note: object = ""


def standing(award: Any, found: Verification) -> Standing:
    """How `award` stands, after `found`."""
    tone, note = _NOTES.get(award.state, ("", ""))
    passed = sum(check.outcome is Outcome.PASSED for check in found.checks)
    return Standing(_verdict(award.state, found), found.outcome, passed, len(found.checks), tone, note)


def standing_of_endorsement(found: Verification) -> Standing:
    """How an endorsement stands, after `found`."""
    passed = sum(check.outcome is Outcome.PASSED for check in found.checks)
    return Standing(_endorsement_verdict(found), found.outcome, passed, len(found.checks))


def _endorsement_verdict(found: Verification) -> str:
    if found.outcome is Outcome.PASSED:
        return gettext("This endorsement is genuine and in force today")
    if found.outcome is Outcome.COULD_NOT_CHECK:
        return gettext("This endorsement could not be checked fully")
    failed = {check.name for check in found.checks if check.outcome is Outcome.FAILED}
    if failed & {"proof", "issuer", "schema"}:
        return gettext("This endorsement is not genuine")
    return gettext("This endorsement is not in force any more")


def _verdict(state: str, found: Verification) -> str:
    if found.outcome is Outcome.PASSED:
        return gettext("This credential is genuine and valid today")
    if found.outcome is Outcome.COULD_NOT_CHECK:
        return gettext("This credential could not be checked fully")
    failed = {check.name for check in found.checks if check.outcome is Outcome.FAILED}
    if failed & {"proof", "issuer", "schema"}:
        return gettext("This credential is not genuine")
    if failed == {"not_expired"}:
        return gettext("This credential is genuine, and has expired")
    told = {
        "revoked": gettext("This credential was revoked"),
        "superseded": gettext("This credential was replaced"),
        "suspended": gettext("This credential is suspended"),
    }
    return told.get(state, gettext("This credential is not valid today"))
