"""Setting right what was awarded: revoke, suspend, reinstate, replace. Signed bytes never change (R-908)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from insignia.core.addresses import normalised
from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials.models import IssuedCredential
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import rules
from ..events import AwardsGranted, AwardsReinstated, AwardsRevoked, AwardsSuperseded, AwardsSuspended
from ..models import Attestation, Award, AwardBatch, AwardEvidence, Recipient
from .granting import to_oneself

# Why an award may be revoked; the words are shown to the earner.
REVOCATION_REASONS = {
    "error": N_("It was awarded by mistake"),
    "misconduct": N_("The work was not the earner's own"),
    "criteria": N_("The criteria turned out not to be met"),
    "request": N_("The earner asked for it"),
    "other": N_("Another reason"),
}


@transaction.atomic
def revoke(*, by: Actor, awards: Sequence[Award], code: str, reason: str) -> int:
    """Take awards back for good, for a reason that their earners are told; visible in the status list at once."""
    for award in awards:
        by.require(Permission.AWARD_REVOKE, on=award)
    if code not in REVOCATION_REASONS:
        raise Rejected(N_("Choose why."), code="reason_code_missing")
    _require_reason(reason)
    rows = _move("revoke", awards, code=code, reason=reason)
    credentials.revoke(by=by, credentials=[_credential(row) for row in rows])
    publish(
        AwardsRevoked(awards=tuple(row.public_id for row in rows), code=code),
        by=by,
        subject=("award", rows[0].public_id),
        reason=reason,
    )
    return len(rows)


def revoke_batch(*, by: Actor, batch: AwardBatch, code: str, reason: str) -> int:
    """Revoke everything of a batch that was sent, in chunks, with one reason; gives how many."""
    by.require(Permission.AWARD_REVOKE, on=batch)
    sent = [t.source for t in rules.LIFECYCLE.transitions if t.verb == "revoke"]
    revoked = 0
    while awards := list(
        Award.objects.filter(batch=batch, state__in=sent).select_related("achievement", "credential")[:200]
    ):
        revoked += revoke(by=by, awards=awards, code=code, reason=reason)
    return revoked


@transaction.atomic
def suspend(*, by: Actor, award: Award, reason: str) -> None:
    """Set an award aside until somebody has looked into something."""
    by.require(Permission.AWARD_REVOKE, on=award)
    _require_reason(reason)
    (row,) = _move("suspend", [award], code="suspended", reason=reason)
    credentials.suspend(by=by, credentials=[_credential(row)])
    publish(AwardsSuspended(awards=(row.public_id,)), by=by, subject=("award", row.public_id), reason=reason)


@transaction.atomic
def reinstate(*, by: Actor, award: Award, reason: str) -> None:
    """End a suspension."""
    by.require(Permission.AWARD_REVOKE, on=award)
    _require_reason(reason)
    (row,) = _move("reinstate", [award], code="", reason="")
    if row.decided_at is None:
        Award.objects.filter(pk=row.pk).update(state=Award.State.OFFERED)
    credentials.reinstate(by=by, credentials=[_credential(row)])
    publish(AwardsReinstated(awards=(row.public_id,)), by=by, subject=("award", row.public_id), reason=reason)


@transaction.atomic
def correct_award(
    *,
    by: Actor,
    award: Award,
    reason: str,
    name: str = "",
    email: str = "",
    awarded_on: date | None = None,
) -> Award:
    """Replace an award by a corrected one: another name, address or day. The old credential explains itself at its URL.

    An address can be replaced only before the claim. What is left empty stays as it is.
    """
    by.require(Permission.AWARD_CORRECT, on=award)
    _require_reason(reason)
    if not (name or email or awarded_on):
        raise Rejected(N_("Nothing is corrected: give another name, address or day."), code="nothing_corrected")
    recipient = _corrected_recipient(by, award, name, email)
    if awarded_on:
        rules.check_day(awarded_on, today=clock.today_in(award.achievement.institution.zone))
    (old,) = _move("supersede", [award], code="corrected", reason=reason)
    standing = Award.objects.filter(achievement=award.achievement_id, recipient=recipient)
    if recipient.pk != award.recipient_id and standing.exclude(state__in=rules.OVER).exists():
        raise Conflict(N_("The person at that address has this badge already."), code="duplicate")
    fresh = Award.objects.create(
        institution_id=award.institution_id,
        achievement_id=award.achievement_id,
        version_id=award.version_id,
        image_id=award.image_id,
        recipient=recipient,
        reference=rules.next_reference(list(standing.values_list("reference", flat=True))),
        variant=award.variant,
        awarded_on=awarded_on or award.awarded_on,
        expires_on=award.expires_on,
        narrative=award.narrative,
        basis=award.basis,
        period=award.period,
        verified_by_id=award.verified_by_id,
        verified_by_name=award.verified_by_name,
        granted_by=by.id,
        subject_id=award.subject_id,
        corrects=award,
    )
    _copy_ground(award, fresh)
    credentials.revoke(by=by, credentials=[_credential(old)])
    subject = ("award", award.public_id)
    publish(AwardsSuperseded(awards=(award.public_id,), by=(fresh.public_id,)), by=by, subject=subject, reason=reason)
    publish(AwardsGranted(awards=(fresh.public_id,)), by=by, subject=("award", fresh.public_id))
    return fresh


def _corrected_recipient(by: Actor, award: Award, name: str, email: str) -> Recipient:
    recipient = award.recipient
    address = normalised(email)
    if address and address in by.addresses:
        raise to_oneself()
    if address and address != recipient.email:
        if recipient.user_id is not None:
            raise Conflict(
                N_(
                    "These badges have been claimed: the address is the earner's own now, and they change it themselves."
                ),
                code="already_claimed",
            )
        recipient, _made = Recipient.objects.get_or_create(
            institution_id=award.institution_id,
            email=address,
            defaults={
                "email_given": email.strip(),
                "name": name or recipient.name,
                "external_id": recipient.external_id,
                "age_band": recipient.age_band,
            },
        )
    if name and recipient.name != name:
        Recipient.objects.filter(pk=recipient.pk).update(name=name)
        recipient.name = name
    return recipient


def _copy_ground(old: Award, new: Award) -> None:
    """Evidence and attestation stand behind the corrected award as they did behind the old one."""
    evidence = list(AwardEvidence.objects.filter(award=old))
    AwardEvidence.objects.bulk_create(
        AwardEvidence(
            institution_id=new.institution_id,
            award=new,
            position=item.position,
            name=item.name,
            url=item.url,
            narrative=item.narrative,
            genre=item.genre,
            shared=item.shared,
            assessed_by=item.assessed_by,
            assessed_on=item.assessed_on,
        )
        for item in evidence
    )
    if told := Attestation.objects.filter(award=old).first():
        Attestation.objects.create(
            institution_id=new.institution_id, award=new, where=told.where, on=told.on, by=told.by
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Rejected(N_("Say why: the reason is kept, and the earner is told."), code="reason_missing")


def _credential(award: Award) -> IssuedCredential:
    if award.credential is None:
        raise Conflict(N_("This award has not been signed yet."), code="not_signed")
    return award.credential


def _move(verb: str, awards: Sequence[Award], *, code: str, reason: str) -> list[Award]:
    """Lock the rows, take `verb` from the state that each is in now, and give them back as they are afterwards."""
    rows = list(
        Award.objects.filter(pk__in=[a.pk for a in awards])
        .select_for_update(of=("self",))
        .select_related("credential")
        .order_by("pk")
    )
    for row in rows:
        target = rules.LIFECYCLE.take(verb, row.state, facts=frozenset()).target
        Award.objects.filter(pk=row.pk).update(state=target, state_code=code, state_reason=reason[:500])
        row.state = target
    return rows
