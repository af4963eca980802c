"""From a granted award to an offered one: reserve, compute, settle, and the wait in which it can be undone."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from insignia.core.errors import Conflict, Unavailable
from insignia.core.openbadges.errors import OpenBadgesError
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.catalog import composition as catalog
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import endorsing, keys, signing
from insignia.domain.credentials.models import IssuedCredential
from insignia.domain.ground import clock, failpoints
from insignia.domain.journal.bus import publish

from ..composition import compose
from ..events import AwardsHeld, AwardsReleased, AwardsUndone
from ..models import Award
from .authority import require_over

_WITH = (
    "recipient",
    "version__achievement__level",
    "version__achievement__issuer",
    "image",
    "achievement__institution",
    "achievement__level",
    "achievement__issuer__institution",
    "verified_by",
    "batch",
    "corrects__credential",
)


def issue(public_ids: Sequence[str]) -> None:
    """Sign the credentials of granted awards and hold them. Safe to run again: every step takes up what is left.

    An award whose document nobody could read is not signed: it stays granted and says why in `issue_error`.
    """
    _endorse(public_ids)
    _reserve(public_ids)
    failpoints.reach("awards.reserve.after_commit")
    signed = _compute(public_ids)
    failpoints.reach("awards.compute.before_settle")
    _settle(signed)


def _granted(public_ids: Iterable[str]) -> QuerySet[Award]:
    return Award.objects.filter(public_id__in=list(public_ids), state=Award.State.GRANTED)


def _endorse(public_ids: Sequence[str]) -> None:
    """See that the endorsements exist that will stand in these credentials.

    Nobody waits for a badge because an endorsement cannot be signed now: whoever tries that again says so.
    """
    versions = _granted(public_ids).filter(credential=None).order_by().values_list("version", flat=True).distinct()
    for version in endorsing.due(list(versions)):
        with suppress(Unavailable, OpenBadgesError):
            endorsing.endorse(version)


@transaction.atomic
def _reserve(public_ids: Sequence[str]) -> None:
    waiting = list(
        _granted(public_ids)
        .filter(credential=None)
        .select_for_update(of=("self",))
        .select_related(*_WITH)
        .prefetch_related("evidence")
        .order_by("pk")
    )
    by_issuer: dict[int, list[Award]] = {}
    for award in waiting:
        by_issuer.setdefault(award.achievement.issuer_id, []).append(award)
    for awards in by_issuer.values():
        _reserve_for(awards)
    failpoints.reach("awards.reserve.before_commit")


def _reserve_for(awards: Sequence[Award]) -> None:
    """Write down the unsigned documents of awards of one issuer. One that cannot be composed says why and is left out."""
    slots = credentials.reserve(issuer=awards[0].achievement.issuer, count=len(awards))
    endorsements = _endorsements(awards)
    composed, documents, replaced = [], [], {}
    for award, slot in zip(awards, slots, strict=True):
        try:
            documents.append((slot, compose(award, slot, public_url=settings.PUBLIC_URL, endorsements=endorsements)))
        except OpenBadgesError as error:
            Award.objects.filter(pk=award.pk).update(issue_error=str(error)[:500])
            continue
        composed.append(award)
        if award.corrects is not None and award.corrects.credential is not None:
            replaced[slot.public_id] = award.corrects.credential
    for award, row in zip(composed, credentials.record(documents, replaces=replaced), strict=True):
        Award.objects.filter(pk=award.pk).update(credential=row)


def _endorsements(awards: Sequence[Award]) -> dict[str, Mapping[str, Any]]:
    if not awards[0].achievement.institution.policy("endorsement_in_credential"):
        return {}
    return endorsing.documents_about({catalog.achievement_id(award.version, award.variant) for award in awards})


def _compute(public_ids: Sequence[str]) -> dict[int, bytes]:
    signed: dict[int, bytes] = {}
    opened: dict[int, keys.PrivateKey] = {}
    waiting = _granted(public_ids).filter(credential__state=IssuedCredential.State.RESERVED)
    for award in waiting.select_related("credential__key__issuer"):
        credential = award.credential
        if credential is None:
            continue
        key = credential.key
        private = opened.get(key.pk) or opened.setdefault(key.pk, keys.unseal(key))
        try:
            signed[credential.pk] = signing.sign(credential, key, private=private)
        except OpenBadgesError as error:
            Award.objects.filter(pk=award.pk).update(issue_error=str(error)[:500])
    return signed


@transaction.atomic
def _settle(signed: dict[int, bytes]) -> None:
    settled = credentials.settle(signed)
    awards = list(
        Award.objects.filter(credential__in=settled, state=Award.State.GRANTED)
        .select_related("batch", "achievement__institution")
        .order_by("pk")
    )
    for release_at, group in _by_release(awards).items():
        Award.objects.filter(pk__in=[a.pk for a in group], state=Award.State.GRANTED).update(
            state=Award.State.HELD, release_at=release_at, issue_error=""
        )
        publish(
            AwardsHeld(awards=tuple(a.public_id for a in group)),
            by=SYSTEM,
            subject=("achievement", group[0].achievement.public_id),
            not_before=release_at,
        )
    failpoints.reach("awards.settle.before_commit")


def _by_release(awards: Sequence[Award]) -> dict[datetime, list[Award]]:
    """The awards by the moment at which they go out: that of their batch, or a short while after now."""
    now = clock.now()
    groups: dict[datetime, list[Award]] = {}
    for award in awards:
        if award.batch is not None and award.batch.release_at is not None:
            moment = award.batch.release_at
        else:
            moment = now + timedelta(minutes=award.achievement.institution.policy("undo_minutes_single"))
        groups.setdefault(moment, []).append(award)
    return groups


@transaction.atomic
def release(public_ids: Sequence[str], *, by: Actor = SYSTEM) -> int:
    """Offer awards whose undo window is over; gives how many went out now."""
    held = Award.objects.filter(public_id__in=list(public_ids), state=Award.State.HELD).select_for_update(of=("self",))
    going = list(held.values_list("pk", "public_id"))
    if not going:
        return 0
    Award.objects.filter(pk__in=[pk for pk, _id in going], state=Award.State.HELD).update(
        state=Award.State.OFFERED, released_at=clock.now()
    )
    publish(AwardsReleased(awards=tuple(i for _pk, i in going)), by=by, subject=("award", going[0][1]))
    return len(going)


def release_now(*, by: Actor, awards: Sequence[Award]) -> int:
    """Offer held awards without waiting for the end of the undo window; gives how many went out now."""
    for award in awards:
        require_over(by, award)
    return release([award.public_id for award in awards], by=by)


@transaction.atomic
def undo(*, by: Actor, awards: Sequence[Award]) -> int:
    """Take back awards that nobody has been told of. Their bytes are dropped, their status places burned; the journal stays.

    Raises `Conflict` when one has gone out in the meantime: then it can only be revoked.
    """
    for award in awards:
        require_over(by, award)
    ids = [award.pk for award in awards]
    before = (Award.State.GRANTED, Award.State.HELD)
    rows = list(
        Award.objects.filter(pk__in=ids, state__in=before).select_for_update(of=("self",)).select_related("credential")
    )
    if len(rows) != len(ids):
        raise Conflict(
            N_("%(count)s of these have been sent already and can only be revoked, with a reason."),
            code="already_released",
            params={"count": len(ids) - len(rows)},
        )
    Award.objects.filter(pk__in=ids).update(state=Award.State.CANCELLED)
    if drop := [row.credential for row in rows if row.credential is not None]:
        credentials.drop(drop)
    publish(AwardsUndone(awards=tuple(row.public_id for row in rows)), by=by, subject=("award", rows[0].public_id))
    return len(rows)
