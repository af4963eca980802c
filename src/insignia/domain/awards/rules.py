"""What an award must rest on, how its life runs, and when it ends. Plain values."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from insignia.core.errors import InsigniaError, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.core.workflow.transitions import Lifecycle, Transition
from insignia.domain.institutions.rules import EvidencePolicy, LevelPolicy

# States of functional specification 3.7; `docs/guides/awards.md` tells them to people.
LIFECYCLE = Lifecycle(
    start="granted",
    transitions=(
        Transition("hold", "granted", "held"),
        Transition("undo", "granted", "cancelled"),
        Transition("undo", "held", "cancelled"),
        Transition("release", "held", "offered"),
        Transition("accept", "offered", "accepted"),
        Transition("accept", "lapsed_offer", "accepted"),
        Transition("decline", "offered", "declined"),
        Transition("reoffer", "declined", "offered"),
        Transition("lapse", "offered", "lapsed_offer"),
        Transition("reoffer", "lapsed_offer", "offered"),
        Transition("expire", "accepted", "expired"),
        Transition("expire", "offered", "expired"),
        Transition("suspend", "offered", "suspended"),
        Transition("suspend", "accepted", "suspended"),
        Transition("reinstate", "suspended", "accepted"),
        *(
            Transition("revoke", state, "revoked")
            for state in ("offered", "accepted", "declined", "lapsed_offer", "expired", "suspended")
        ),
        *(
            Transition("supersede", state, "superseded")
            for state in ("offered", "accepted", "declined", "lapsed_offer", "expired", "suspended")
        ),
    ),
)

# An award in one of these no longer stands in the way of another for the same person.
OVER = frozenset({"cancelled", "revoked", "superseded", "declined", "expired", "lapsed_offer"})
# In these its credential may be shown, to whom visibility allows.
SHOWABLE = frozenset({"offered", "accepted", "expired", "suspended", "revoked", "superseded", "lapsed_offer"})


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A piece of work behind an award (OB 3.0 `Evidence`). `shared` says whether it goes into the credential."""

    name: str = ""
    url: str = ""
    narrative: str = ""
    genre: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class AssessedElsewhere:
    """An attestation that an artifact was assessed outside of this system: where, when and by whom."""

    where: str
    on: date | None
    by: str

    @property
    def is_whole(self) -> bool:
        """Whether all three are said: an attestation of which one is missing attests nothing."""
        return bool(self.where.strip() and self.on and self.by.strip())


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says when granting one award."""

    awarded_on: date
    narrative: str = ""
    variant: str = "standard"
    evidence: tuple[EvidenceItem, ...] = ()
    attestation: AssessedElsewhere | None = None
    share_consent_on: date | None = None
    basis: str = ""
    period: str = ""


def why_not(policy: LevelPolicy, claim: Claim) -> list[InsigniaError]:
    """Every reason for which the level's policy refuses `claim`; empty when it is fine (R-030, R-031, R-034, R-035)."""
    reasons: list[InsigniaError] = []
    attested = policy.off_system_attestation and claim.attestation is not None
    enough = len(claim.evidence) >= max(policy.min_evidence, 1)
    if policy.evidence is EvidencePolicy.PRIVATE and not (enough or attested):
        reasons.append(
            Rejected(
                N_(
                    "A badge of this level needs an assessed artifact. Add evidence, or say where, when and by whom "
                    "it was assessed."
                ),
                code="evidence_missing",
            )
        )
    if policy.evidence is EvidencePolicy.SHARED and not enough:
        reasons.append(
            Rejected(
                N_("A badge of this level needs assessed evidence that can be shared: at least %(count)s."),
                code="shared_evidence_missing",
                params={"count": max(policy.min_evidence, 1)},
            )
        )
    if policy.evidence is EvidencePolicy.SHARED and claim.share_consent_on is None:
        reasons.append(
            Rejected(
                N_("A badge of this level shows its evidence. Give the day on which the earner agreed to that."),
                code="share_consent_missing",
            )
        )
    if claim.share_consent_on is not None and claim.share_consent_on > claim.awarded_on:
        reasons.append(Rejected(N_("The earner's consent is dated after the award."), code="share_consent_after_award"))
    if claim.attestation is not None and not claim.attestation.is_whole:
        reasons.append(
            Rejected(
                N_("An assessment elsewhere needs all three: where, when, and by whom."), code="attestation_incomplete"
            )
        )
    elif claim.attestation is not None and claim.attestation.on and claim.attestation.on > claim.awarded_on:
        reasons.append(Rejected(N_("The assessment elsewhere is dated after the award."), code="attested_after_award"))
    return reasons


class Appointment(Protocol):
    """What is known of an appointment as a Grantor."""

    @property
    def trained_on(self) -> date | None: ...

    def is_active_on(self, day: date) -> bool: ...


def not_active(name: str) -> InsigniaError:
    """The refusal to award what is not active (R-110, R-907)."""
    return Rejected(
        N_("“%(name)s” cannot be awarded now: it is not active."), code="achievement_not_active", params={"name": name}
    )


def check_qualified(grantor: Appointment | None, *, training_required: bool, today: date) -> None:
    """R-001, R-111, R-901: an assessed badge is verified by a qualified, trained Grantor whose appointment holds."""
    if grantor is None:
        raise NotPermitted(N_("Only a Grantor who was appointed for this badge may award it."), code="not_a_grantor")
    if not grantor.is_active_on(today):
        raise NotPermitted(
            N_("Your appointment as a Grantor of this badge is not in force today."), code="grantor_ended"
        )
    if training_required and (grantor.trained_on is None or grantor.trained_on > today):
        raise NotPermitted(
            N_("You can award this badge once your training as a Grantor is recorded."), code="grantor_untrained"
        )


def shown(policy: LevelPolicy, evidence: Iterable[EvidenceItem]) -> tuple[EvidenceItem, ...]:
    """The evidence with `shared` as the level says: only a level that shares puts evidence into credentials."""
    shares = policy.evidence is EvidencePolicy.SHARED
    return tuple(EvidenceItem(e.name, e.url, e.narrative, e.genre, shares) for e in evidence)


def check_day(awarded_on: date, *, today: date) -> None:
    """Raise `Rejected` for a day in the future, or before there were such badges."""
    if awarded_on > today:
        raise Rejected(N_("The day of the award is in the future."), code="awarded_in_future")
    if awarded_on.year < 1950:
        raise Rejected(N_("The day of the award is too long ago to be true."), code="awarded_too_early")


def check_not_over(last_day: date | None, *, today: date) -> None:
    """Raise `Rejected` for an award that would have expired before it is issued."""
    if last_day is not None and last_day < today:
        raise Rejected(
            N_("An award of that day would have expired on %(day)s already."),
            code="already_expired",
            params={"day": last_day.isoformat()},
        )


def awarded_moment(awarded_on: date, zone: str) -> datetime:
    """Midnight of the day in the institution's zone, in UTC: the credential's `awardedDate`."""
    return datetime.combine(awarded_on, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def expires_on(awarded_on: date, valid_months: int) -> date | None:
    """The last day on which the award is valid; None when it never ends. 31 January plus one month is 28 February."""
    if not valid_months:
        return None
    month = awarded_on.month - 1 + valid_months
    year, month = awarded_on.year + month // 12, month % 12 + 1
    return date(year, month, min(awarded_on.day, calendar.monthrange(year, month)[1]))


def next_reference(taken: Sequence[str]) -> str:
    """The award reference for one more award of the same achievement to the same person: "", "2", "3" ..."""
    numbers = [int(reference or 1) for reference in taken if (reference or "1").isdecimal()]
    return str(max(numbers) + 1) if numbers else ""


def is_adult(age_band: str) -> bool:
    """Whether nothing forbids publishing: an unknown age counts as a minor's."""
    return age_band == "adult"
