"""Requests for issuance: how one lives, how each of its rows does, and what a row must say. Plain values (R-121 to R-124).

A unit files a request and never awards by it; the Registrar verifies, and issues row by row or returns with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from insignia.core.errors import InsigniaError, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.core.workflow.transitions import Lifecycle, Transition
from insignia.domain.institutions.rules import Awarding, LevelPolicy

from . import rules
from .rules import Claim

# States of functional specification 3.6. What a request comes to follows from its rows: `facts` says what holds of them,
# and of the rows here that share verb and source the first whose facts hold is taken.
LIFECYCLE = Lifecycle(
    start="draft",
    transitions=(
        Transition("send", "draft", "submitted", needs=frozenset({"attested", "something_waits"})),
        *(
            Transition("send", state, "submitted", needs=frozenset({"attested", "something_waits"}))
            for state in ("submitted", "returned", "partly_issued")
        ),
        *(
            Transition("send", state, state, needs=frozenset({"attested", "something_waits"}))
            for state in ("verifying", "approved")
        ),
        Transition("verify", "submitted", "verifying"),
        *(
            transition
            for state in ("verifying", "approved")
            for transition in (
                Transition("return", state, state, needs=frozenset({"something_waits"})),
                Transition("return", state, "approved", needs=frozenset({"being_issued"})),
                Transition("return", state, "partly_issued", needs=frozenset({"something_issued"})),
                Transition("return", state, "returned"),
            )
        ),
        *(
            Transition("approve", state, "approved", needs=frozenset({"being_issued"}))
            for state in ("verifying", "approved")
        ),
        # After each chunk that is awarded, and when awards are taken back within the undo window.
        *(
            transition
            for state in ("approved", "issued", "partly_issued", "verifying", "submitted", "returned")
            for transition in (
                Transition("settle", state, "approved", needs=frozenset({"being_issued"})),
                Transition("settle", state, "verifying", needs=frozenset({"something_waits"})),
                Transition(
                    "settle", state, "issued", needs=frozenset({"something_issued", "nothing_is_with_the_unit"})
                ),
                Transition("settle", state, "partly_issued", needs=frozenset({"something_issued"})),
                Transition("settle", state, "returned"),
            )
        ),
    ),
)

# A row is with the unit (`open`, `returned`), with the Registrar (`waiting`), under way (`approved`), or over.
ROW_LIFECYCLE = Lifecycle(
    start="open",
    transitions=(
        Transition("send", "open", "waiting", needs=frozenset({"fine"})),
        Transition("send", "returned", "waiting", needs=frozenset({"fine"})),
        Transition("withdraw", "open", "withdrawn"),
        Transition("withdraw", "returned", "withdrawn"),
        Transition("return", "waiting", "returned"),
        Transition("approve", "waiting", "approved"),
        Transition("issue", "approved", "issued"),
        Transition("refuse", "approved", "waiting"),
        Transition("undo", "issued", "waiting"),
        Transition("undo", "approved", "waiting"),
    ),
)
WITH_THE_UNIT = ("open", "returned")
# A row in one of these may still become an award: another one for the same person is a duplicate.
UNDER_WAY = ("waiting", "approved")


def sources(verb: str) -> list[str]:
    """The states of a row from which it may take `verb`."""
    return [t.source for t in ROW_LIFECYCLE.transitions if t.verb == verb]


def facts(counts: Mapping[str, int]) -> frozenset[str]:
    """What holds of a request whose rows are so many in each state."""
    found = {
        "something_waits": counts.get("waiting", 0),
        "being_issued": counts.get("approved", 0),
        "something_issued": counts.get("issued", 0),
        "nothing_is_with_the_unit": not sum(counts.get(state, 0) for state in WITH_THE_UNIT),
    }
    return frozenset(name for name, holds in found.items() if holds)


def may_be_asked(awarding: str, policy: LevelPolicy) -> InsigniaError | None:
    """Why no request can be filed for a badge of this level; None where it can.

    Where Grantors award, one who is appointed for the badge verifies what is assessed (R-901): no request goes round them.
    """
    if awarding == Awarding.REGISTRAR or not policy.assessed:
        return None
    return NotPermitted(
        N_("A badge of this level is awarded by its Grantors, who judge the work. No request can be filed for it."),
        code="grantors_award",
    )


def check_direct(awarding: str) -> None:
    """Raise `NotPermitted` where awards are made by the Registrar alone (R-121)."""
    if awarding == Awarding.REGISTRAR:
        raise NotPermitted(
            N_(
                "Badges are issued by the Registrar here, so nobody awards them directly. File an issuance request: "
                "the Registrar checks it and issues the badges."
            ),
            code="registrar_issues",
        )


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a unit says of the assessment of a whole request: for the rows that do not say it themselves."""

    by: str = ""
    where: str = ""
    on: date | None = None


def why_not(policy: LevelPolicy, claim: Claim, *, to_oneself: bool, today: date) -> list[InsigniaError]:
    """Every reason for which a row cannot go to the Registrar; empty when it is fine."""
    reasons: list[InsigniaError] = []
    try:
        rules.check_day(claim.awarded_on, today=today)
    except Rejected as refusal:
        reasons.append(refusal)
    if to_oneself:
        reasons.append(
            NotPermitted(
                N_("Nobody asks for a badge for themselves. Let a colleague file this row."), code="self_request"
            )
        )
    if missing := unassessed(policy, claim):
        reasons.append(missing)
    return [*reasons, *rules.why_not(policy, claim)]


def unassessed(policy: LevelPolicy, claim: Claim) -> InsigniaError | None:
    """Why a claim that no Grantor makes is not enough for an assessed level: somebody must be named who assessed it."""
    if not policy.assessed or claim.attestation is not None:
        return None
    return Rejected(
        N_("A badge of this level is assessed. Say who assessed the work, where and when."), code="assessment_missing"
    )
