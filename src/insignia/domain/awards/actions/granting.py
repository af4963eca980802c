"""Granting: the decision that people earned an achievement. Signing follows in the background."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from insignia.core.addresses import normalised
from insignia.core.errors import Conflict, InsigniaError, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import rules as catalog_rules
from insignia.domain.catalog.models import Achievement, AchievementVersion, BadgeImage
from insignia.domain.ground import clock, failpoints
from insignia.domain.journal.bus import publish

from .. import issuance, queries, rules
from ..events import AwardsGranted
from ..models import Attestation, Award, AwardBatch, AwardEvidence, Consent, Grantor, IssuanceRequest, Recipient
from ..participation import unsaid
from .authority import require_direct

# The text of the consent that a Grantor records for an earner; a change of words is a new version.
SHARE_CONSENT_TEXT = "share-evidence-1"


@dataclass(frozen=True, slots=True)
class Earner:
    """Who earned it, as the person who awards knows them."""

    email: str
    name: str
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One award that somebody wants to make."""

    earner: Earner
    claim: rules.Claim


Outcome = Award | InsigniaError


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all awards of one call stand on: checked once."""

    achievement: Achievement
    version: AchievementVersion
    images: Mapping[str, BadgeImage]
    grantor: Grantor | None
    by: Actor
    assessor: str  # public id of who answers for the work: who awards, or who asked for it

    @property
    def valid_months(self) -> int:
        """How long an award is valid: what the badge says, else its level; 0 for ever."""
        return self.version.content.valid_months or self.achievement.level.policy.valid_months


def grant_award(*, by: Actor, achievement: Achievement, earner: Earner, claim: rules.Claim) -> Award:
    """Record that `earner` earned `achievement`. Raises `NotPermitted`, `Rejected` with every reason, or `Conflict`."""
    require_direct(by, achievement)
    # A glance before the write lock is taken: a hundred clicks on one button wait for nobody.
    if _in_the_way(achievement, queries.standing_at(achievement, normalised(earner.email))):
        raise _duplicate(earner)
    (outcome,) = grant_awards(by=by, achievement=achievement, wishes=[Wish(earner, claim)])
    if isinstance(outcome, InsigniaError):
        raise outcome
    return outcome


@transaction.atomic
def grant_awards(
    *, by: Actor, achievement: Achievement, wishes: Sequence[Wish], batch: AwardBatch | None = None
) -> list[Outcome]:
    """Grant up to 200 awards of one achievement in one transaction; each wish has its award or the reason why not.

    Raises `NotPermitted` or `Rejected` where no award of it could be made at all by this actor. For a batch that a
    request asked for, whoever decides on requests stands in for the Grantor, and the unit's word for the assessment.
    """
    if batch is not None and batch.request is not None:
        by.require(Permission.ISSUANCE_DECIDE, on=achievement)
        ground = _upon_request(by, achievement, batch.request)
    else:
        require_direct(by, achievement)
        ground = _stand_on(by, achievement)
    outcomes: list[Outcome | None] = [_refusal(ground, wish) for wish in wishes]
    fine = [i for i, outcome in enumerate(outcomes) if outcome is None]
    recipients = _recipients(achievement, [wishes[i].earner for i in fine])
    standing = _standing(achievement, recipients)
    made: dict[int, Award] = {}
    for i in fine:
        recipient = recipients[normalised(wishes[i].earner.email)]
        if by.user_pk is not None and recipient.user_id == by.user_pk:
            outcomes[i] = to_oneself()
        elif _in_the_way(achievement, standing.get(recipient.pk, [])):
            outcomes[i] = _duplicate(wishes[i].earner)
        else:
            award = _award(ground, recipient, wishes[i].claim, standing.get(recipient.pk, []), batch)
            standing.setdefault(recipient.pk, []).append(award)
            made[i] = award
    kept = _insert(list(made.values()))
    for i, award in made.items():
        outcomes[i] = kept.get(award.public_id) or _duplicate(wishes[i].earner)
    _attach(ground, [(kept[a.public_id], wishes[i].claim) for i, a in made.items() if a.public_id in kept])
    if kept:
        publish(AwardsGranted(awards=tuple(kept)), by=by, subject=("achievement", achievement.public_id))
    failpoints.reach("awards.grant.before_commit")
    return [outcome for outcome in outcomes if outcome is not None]


def renew_award(*, by: Actor, award: Award, claim: rules.Claim) -> Award:
    """Grant an award anew that has ended or will end: a new award that names the old one."""
    require_direct(by, award.achievement)
    if award.expires_on is None:
        raise Rejected(N_("This award does not expire, so there is nothing to renew."), code="does_not_expire")
    with transaction.atomic():
        ground = _stand_on(by, award.achievement)
        earner = Earner(award.recipient.email, award.recipient.name)
        if refusal := _refusal(ground, Wish(earner, claim)):
            raise refusal
        standing = list(Award.objects.filter(achievement=award.achievement, recipient=award.recipient))
        if any(other.renewal_of_id == award.pk and other.state not in rules.OVER for other in standing):
            raise Conflict(N_("This award has been renewed already."), code="renewed")
        renewed = _award(ground, award.recipient, claim, standing, None)
        renewed.renewal_of = award
        kept = _insert([renewed])
        if not kept:
            raise _duplicate(earner)
        _attach(ground, [(kept[renewed.public_id], claim)])
        publish(AwardsGranted(awards=tuple(kept)), by=by, subject=("award", renewed.public_id))
        return kept[renewed.public_id]


def _stand_on(by: Actor, achievement: Achievement) -> _Ground:
    version = _current(achievement)
    policy = achievement.level.policy
    grantor = queries.appointment(by, achievement)
    if policy.assessed:
        today = clock.today_in(achievement.institution.zone)
        rules.check_qualified(grantor, training_required=policy.training_required, today=today)
    return _Ground(achievement, version, _images(version), grantor if policy.assessed else None, by, by.id)


def _upon_request(by: Actor, achievement: Achievement, request: IssuanceRequest) -> _Ground:
    version = _current(achievement)
    refusal = issuance.may_be_asked(achievement.institution.policy("awarding"), achievement.level.policy)
    if refusal is not None:
        raise refusal
    return _Ground(achievement, version, _images(version), None, by, request.requested_by.public_id)


def _current(achievement: Achievement) -> AchievementVersion:
    if achievement.current is None or achievement.state != Achievement.State.ACTIVE:
        raise rules.not_active(str(achievement))
    return achievement.current


def _images(version: AchievementVersion) -> dict[str, BadgeImage]:
    return {image.variant: image for image in BadgeImage.objects.filter(version=version, is_current=True)}


def _refusal(ground: _Ground, wish: Wish) -> InsigniaError | None:
    claim, achievement = wish.claim, ground.achievement
    if normalised(wish.earner.email) in ground.by.addresses:
        return to_oneself()
    if ground.grantor is None and (refusal := issuance.unassessed(achievement.level.policy, claim)):
        return refusal
    today = clock.today_in(achievement.institution.zone)
    try:
        rules.check_day(claim.awarded_on, today=today)
        rules.check_not_over(rules.expires_on(claim.awarded_on, ground.valid_months), today=today)
        catalog_rules.check_variant(claim.variant, tuple(achievement.variants))
    except Rejected as refusal:
        return refusal
    if claim.variant not in ground.images:
        return Rejected(N_("There is no image for this variant yet."), code="image_missing")
    policy = achievement.level.policy
    reasons = rules.why_not(policy, claim)
    if silent := unsaid(policy, ground.version.content, basis=claim.basis, period=claim.period):
        reasons.append(silent)
    if not reasons:
        return None
    if len(reasons) == 1:
        return reasons[0]
    return Rejected(reasons[0].message, code=reasons[0].code, params=reasons[0].params, details=reasons)


def to_oneself() -> InsigniaError:
    """The refusal to whoever would award to themselves."""
    return NotPermitted(N_("Nobody awards a badge to themselves. Ask another Grantor."), code="self_award")


def _duplicate(earner: Earner) -> InsigniaError:
    return Conflict(
        N_("%(name)s (%(email)s) has this badge already."),
        code="duplicate",
        params={"name": earner.name, "email": earner.email},
    )


def _recipients(achievement: Achievement, earners: Sequence[Earner]) -> dict[str, Recipient]:
    """The institution's record of each earner, by normalised address; made where there is none."""
    wanted = {normalised(earner.email): earner for earner in earners}
    known = {r.email: r for r in Recipient.objects.filter(email__in=wanted)}
    fresh = [address for address in wanted if address not in known]
    if fresh:
        band = achievement.institution.policy("default_age_band")
        Recipient.objects.bulk_create(
            [
                Recipient(
                    institution_id=achievement.institution_id,
                    email=address,
                    email_given=wanted[address].email.strip(),
                    name=wanted[address].name,
                    external_id=wanted[address].external_id,
                    age_band=band,
                )
                for address in fresh
            ],
            ignore_conflicts=True,
        )
        known |= {r.email: r for r in Recipient.objects.filter(email__in=fresh)}
    return known


def _standing(achievement: Achievement, recipients: Mapping[str, Recipient]) -> dict[int, list[Award]]:
    standing: dict[int, list[Award]] = {}
    for award in Award.objects.filter(achievement=achievement, recipient__in=[r.pk for r in recipients.values()]):
        standing.setdefault(award.recipient_id, []).append(award)
    return standing


def _in_the_way(achievement: Achievement, standing: Sequence[Award]) -> bool:
    return not achievement.level.policy.repeatable and any(award.state not in rules.OVER for award in standing)


def _award(
    ground: _Ground, recipient: Recipient, claim: rules.Claim, standing: Sequence[Award], batch: AwardBatch | None
) -> Award:
    return Award(
        institution_id=ground.achievement.institution_id,
        achievement=ground.achievement,
        version=ground.version,
        image=ground.images[claim.variant],
        recipient=recipient,
        reference=rules.next_reference([award.reference for award in standing]),
        variant=claim.variant,
        awarded_on=claim.awarded_on,
        expires_on=rules.expires_on(claim.awarded_on, ground.valid_months),
        narrative=claim.narrative,
        basis=claim.basis,
        period=claim.period,
        verified_by=ground.grantor,
        verified_by_name=ground.by.name if ground.grantor else "",
        granted_by=ground.by.id,
        batch=batch,
        subject_id=uuid.uuid4().urn,
    )


def _insert(awards: Sequence[Award]) -> dict[str, Award]:
    """Insert what no other process has inserted; gives the awards that are ours, by public id.

    Two processes that award the same person at once meet at the unique constraint, and one of them gets the row.
    """
    if not awards:
        return {}
    Award.objects.bulk_create(awards, ignore_conflicts=True)
    return {award.public_id: award for award in Award.objects.filter(public_id__in=[a.public_id for a in awards])}


def _attach(ground: _Ground, granted: Sequence[tuple[Award, rules.Claim]]) -> None:
    evidence, attestations, consents = [], [], []
    for award, claim in granted:
        policy = award.achievement.level.policy
        for position, item in enumerate(rules.shown(policy, claim.evidence)):
            evidence.append(
                AwardEvidence(
                    institution_id=award.institution_id,
                    award=award,
                    position=position,
                    name=item.name,
                    url=item.url,
                    narrative=item.narrative,
                    genre=item.genre,
                    shared=item.shared,
                    assessed_by=ground.assessor,
                    assessed_on=award.awarded_on,
                )
            )
        if claim.attestation and claim.attestation.on:
            told = claim.attestation
            attestations.append(
                Attestation(
                    institution_id=award.institution_id,
                    award=award,
                    where=told.where,
                    on=claim.attestation.on,
                    by=told.by,
                )
            )
        if claim.share_consent_on:
            consents.append(
                Consent(
                    institution_id=award.institution_id,
                    recipient_id=award.recipient_id,
                    purpose="share_evidence",
                    subject=award.public_id,
                    basis="recorded by grantor",
                    text_version=SHARE_CONSENT_TEXT,
                    recorded_by=ground.assessor,
                    given_on=claim.share_consent_on,
                )
            )
    AwardEvidence.objects.bulk_create(evidence)
    Attestation.objects.bulk_create(attestations)
    Consent.objects.bulk_create(consents)
