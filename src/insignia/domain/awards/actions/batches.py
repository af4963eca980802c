"""Many at once: a roster comes in, is checked row by row, confirmed, granted in chunks, and may be undone as one."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from insignia.core.errors import Conflict, InsigniaError, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor, Door
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock, failpoints
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.bus import publish

from .. import lines, roster, rules
from ..events import BatchConfirmed, BatchContinued, BatchFinished, BatchUploaded
from ..models import Award, AwardBatch, BatchRow, ColumnMapping
from ..participation import unsaid
from .authority import require_direct, require_over
from .granting import Earner, Wish, grant_awards
from .issuing import release_now, undo
from .settling import settle_request

CHUNK = 200


def upload_batch(
    *,
    by: Actor,
    achievement: Achievement,
    data: bytes,
    filename: str,
    source: str,
    basis: str = "",
    period: str = "",
) -> AwardBatch:
    """Take in a roster file. It is kept as it came until it is confirmed, so that nothing typed or chosen is lost.

    Raises `Rejected`, in words for whoever sent it, when the file is no roster.
    """
    require_direct(by, achievement)
    sheet = roster.read(data, filename)
    mapping = _remembered(by, sheet.headers) or roster.guess(sheet.headers)
    with transaction.atomic():
        batch = AwardBatch.objects.create(
            achievement=achievement,
            source=source,
            filename=filename[:200],
            file=data,
            file_sha256=hashlib.sha256(data).hexdigest(),
            headers=list(sheet.headers),
            mapping=mapping.to_json(),
            basis=basis,
            period=period,
            created_by_id=person(by),
        )
        publish(BatchUploaded(batch=batch.public_id), by=by, subject=("batch", batch.public_id))
    failpoints.reach("awards.parse.after_upload")
    return batch


def list_batch(
    *,
    by: Actor,
    achievement: Achievement,
    parsed: roster.Parsed,
    source: str,
    filename: str = "",
    basis: str = "",
    period: str = "",
) -> AwardBatch:
    """Take in lines that were read elsewhere: pasted, ticked, or sent to the API. They are checked at once."""
    require_direct(by, achievement)
    if not parsed.lines and not parsed.errors and not parsed.duplicates:
        raise Rejected(N_("There is nobody in the list."), code="batch_empty")
    with transaction.atomic():
        batch = AwardBatch.objects.create(
            achievement=achievement,
            state=AwardBatch.State.CHECKED,
            source=source,
            filename=filename[:200],
            basis=basis,
            period=period,
            created_by_id=person(by),
        )
        _write_rows(batch, parsed, roster.guess(parsed.headers))
        publish(BatchUploaded(batch=batch.public_id), by=by, subject=("batch", batch.public_id))
    return batch


def check_batch(batch: AwardBatch) -> AwardBatch:
    """Read every row of an uploaded roster and say what would happen to it. Safe to run again; a second run is a no-op."""
    if batch.state != AwardBatch.State.UPLOADED or batch.file is None:
        return batch
    achievement = batch.achievement
    sheet = roster.read(bytes(batch.file), batch.filename)
    mapping = roster.Mapping.from_json(batch.mapping)
    if mapping.missing_required:
        return batch
    parsed = roster.parse(
        sheet,
        mapping,
        today=clock.today_in(achievement.institution.zone),
        default_awarded_on=batch.awarded_on,
        known_variants=achievement.variants,
    )
    with transaction.atomic():
        moved = AwardBatch.objects.filter(pk=batch.pk, state=AwardBatch.State.UPLOADED).update(
            state=AwardBatch.State.CHECKED,
            notes=[{"message": n.message, "params": dict(n.params)} for n in parsed.notes],
        )
        if moved:
            _write_rows(batch, parsed, mapping)
        failpoints.reach("awards.parse.before_commit")
    batch.refresh_from_db()
    return batch


def remap_batch(*, by: Actor, batch: AwardBatch, mapping: roster.Mapping, awarded_on: object = None) -> AwardBatch:
    """Read the columns of a roster in another way; the choice is remembered for files with the same headings."""
    require_direct(by, batch.achievement)
    with transaction.atomic():
        moved = AwardBatch.objects.filter(
            pk=batch.pk, state__in=[AwardBatch.State.UPLOADED, AwardBatch.State.CHECKED]
        ).update(state=AwardBatch.State.UPLOADED, mapping=mapping.to_json(), awarded_on=awarded_on)
        if not moved:
            raise _moved_on()
        BatchRow.objects.filter(batch=batch).delete()
        ColumnMapping.objects.update_or_create(
            institution_id=batch.institution_id,
            user_id=person(by),
            headers_hash=_headers_hash(batch.headers),
            defaults={"mapping": mapping.to_json(), "updated_at": clock.now()},
        )
    batch.refresh_from_db()
    return check_batch(batch)


def confirm_batch(*, by: Actor, batch: AwardBatch, release: str = "held") -> AwardBatch:
    """Say yes: the rows that are fine are awarded in the background. `release` is "held" (undo window) or "now"."""
    require_direct(by, batch.achievement)
    minutes = 0 if release == "now" else batch.achievement.institution.policy("undo_minutes_batch")
    with transaction.atomic():
        if not BatchRow.objects.filter(batch=batch, state=BatchRow.State.WAITING).exists():
            raise Rejected(
                N_("There is no row that could be awarded. Mend the rows and upload again."), code="batch_empty"
            )
        moved = AwardBatch.objects.filter(pk=batch.pk, state=AwardBatch.State.CHECKED).update(
            state=AwardBatch.State.GRANTING,
            release_now=release == "now",
            release_at=clock.now() + timedelta(minutes=minutes),
            file=None,
        )
        if not moved:
            raise _moved_on()
        publish(BatchConfirmed(batch=batch.public_id), by=by, subject=("batch", batch.public_id))
    failpoints.reach("awards.batch.after_confirm")
    batch.refresh_from_db()
    return batch


@transaction.atomic
def grant_next_rows(public_id: str) -> None:
    """Award the next rows of a confirmed batch, and owe the rest. The rights of whoever confirmed are looked at anew."""
    batch = (
        AwardBatch.objects.select_for_update(of=("self",))
        .select_related(
            "created_by",
            "achievement__current",
            "achievement__level",
            "achievement__institution",
            "achievement__unit",
            "request__requested_by",
        )
        .get(public_id=public_id)
    )
    if batch.state != AwardBatch.State.GRANTING:
        return
    rows = list(BatchRow.objects.filter(batch=batch, state=BatchRow.State.WAITING).order_by("number")[:CHUNK])
    by = institutions.actor_for(batch.created_by, batch.achievement.institution, door=Door.SYSTEM)
    wishes = [_wish(row, batch) for row in rows]
    try:
        outcomes = grant_awards(by=by, achievement=batch.achievement, wishes=wishes, batch=batch) if rows else []
    except InsigniaError as refusal:
        outcomes = [refusal] * len(rows)
    for row, outcome in zip(rows, outcomes, strict=True):
        _end_row(row, outcome)
    BatchRow.objects.bulk_update(rows, ["state", "code", "message", "params", "award"])
    if BatchRow.objects.filter(batch=batch, state=BatchRow.State.WAITING).exists():
        event: BatchContinued | BatchFinished = BatchContinued(batch=batch.public_id, after=rows[-1].number)
    else:
        AwardBatch.objects.filter(pk=batch.pk).update(state=AwardBatch.State.GRANTED)
        event = BatchFinished(batch=batch.public_id)
    settle_request(batch)
    publish(event, by=SYSTEM, subject=("batch", batch.public_id))


def cancel_batch(*, by: Actor, batch: AwardBatch) -> None:
    """Throw away a roster that was not confirmed."""
    by.require(Permission.AWARD_GRANT, on=batch)
    moved = AwardBatch.objects.filter(
        pk=batch.pk, state__in=[AwardBatch.State.UPLOADED, AwardBatch.State.CHECKED]
    ).update(state=AwardBatch.State.CANCELLED, file=None)
    if not moved:
        raise _moved_on()


def undo_batch(*, by: Actor, batch: AwardBatch) -> int:
    """Take back everything of a batch that has not been sent, and stop what is still going on; gives how many awards.

    Raises `Conflict` when all of it has been sent: then it can only be revoked.
    """
    require_over(by, batch)
    stopped = AwardBatch.objects.filter(
        pk=batch.pk, state__in=[AwardBatch.State.GRANTING, AwardBatch.State.GRANTED]
    ).update(state=AwardBatch.State.UNDONE)
    if stopped:
        BatchRow.objects.filter(batch=batch, state=BatchRow.State.WAITING).update(state=BatchRow.State.CANCELLED)
    undone = 0
    before = (Award.State.GRANTED, Award.State.HELD)
    while awards := list(
        Award.objects.filter(batch=batch, state__in=before).select_related("achievement", "batch")[:CHUNK]
    ):
        undone += undo(by=by, awards=awards)
    settle_request(batch)
    sent = Award.objects.filter(batch=batch).exclude(state=Award.State.CANCELLED).exists()
    if undone or (stopped and not sent):
        return undone
    if stopped:
        AwardBatch.objects.filter(pk=batch.pk, state=AwardBatch.State.UNDONE).update(state=AwardBatch.State.GRANTED)
    raise Conflict(
        N_("All of these have been sent already and can only be revoked, with a reason."), code="already_released"
    )


def release_batch(*, by: Actor, batch: AwardBatch) -> int:
    """Send the offers of a batch now instead of at the end of the undo window; gives how many."""
    require_over(by, batch)
    AwardBatch.objects.filter(pk=batch.pk).update(release_now=True, release_at=clock.now())
    sent = 0
    while awards := list(
        Award.objects.filter(batch=batch, state=Award.State.HELD).select_related("achievement", "batch")[:CHUNK]
    ):
        sent += release_now(by=by, awards=awards)
    return sent


def person(by: Actor) -> int:
    """The key of the person behind `by`: a batch belongs to somebody who can be asked. Raises `NotPermitted`."""
    if by.user_pk is None:
        raise NotPermitted(N_("A roster is awarded by a person."), code="not_a_person")
    return by.user_pk


def _moved_on() -> InsigniaError:
    return Conflict(
        N_("This roster has moved on: it was confirmed or cancelled before. Look at it again."), code="batch_moved"
    )


def _headers_hash(headers: Iterable[str]) -> str:
    return hashlib.sha256("\x00".join(headers).encode()).hexdigest()


def _remembered(by: Actor, headers: Sequence[str]) -> roster.Mapping | None:
    row = ColumnMapping.objects.filter(user=by.user_pk, headers_hash=_headers_hash(headers)).first()
    return roster.Mapping.from_json(row.mapping) if row else None


def _write_rows(batch: AwardBatch, parsed: roster.Parsed, mapping: roster.Mapping) -> None:
    policy = batch.achievement.level.policy
    held = holders(batch.achievement, [line.email for line in parsed.lines])
    current = batch.achievement.current
    silent = unsaid(policy, current.content, basis=batch.basis, period=batch.period) if current else None
    rows = []
    for line in parsed.lines:
        row = BatchRow(institution_id=batch.institution_id, batch=batch, number=line.row, line=lines.to_json(line))
        if reasons := [*rules.why_not(policy, lines.claim(line)), *([silent] if silent else [])]:
            _end_row(row, reasons[0])
            row.line["also"] = [{"message": r.message, "params": r.params} for r in reasons[1:]]
        elif line.email in held and not policy.repeatable:
            row.state, row.code = BatchRow.State.DUPLICATE, "duplicate"
            row.message = N_("%(name)s (%(email)s) has this badge already.")
            row.params = {"name": line.name, "email": line.email}
        rows.append(row)
    typed = lines.as_typed(parsed, mapping)
    for number, problems in parsed.problems().items():
        first = problems[0]
        also = [{"message": p.message, "params": dict(p.params)} for p in problems[1:]]
        rows.append(
            BatchRow(
                institution_id=batch.institution_id,
                batch=batch,
                number=number,
                line={**typed.get(number, {}), "also": also},
                state=BatchRow.State.DUPLICATE if first in parsed.duplicates else BatchRow.State.REJECTED,
                code=first.code,
                message=first.message,
                params=dict(first.params),
            )
        )
    for i in range(0, len(rows), CHUNK):
        BatchRow.objects.bulk_create(rows[i : i + CHUNK])


def holders(achievement: Achievement, addresses: Sequence[str]) -> set[str]:
    """Those of `addresses` at which somebody has `achievement` already."""
    held: set[str] = set()
    for i in range(0, len(addresses), CHUNK):
        held.update(
            Award.objects.filter(achievement=achievement, recipient__email__in=addresses[i : i + CHUNK])
            .exclude(state__in=rules.OVER)
            .values_list("recipient__email", flat=True)
        )
    return held


def _wish(row: BatchRow, batch: AwardBatch) -> Wish:
    line = lines.from_json(row.line)
    claim = replace(lines.claim(line), basis=batch.basis, period=batch.period)
    return Wish(Earner(line.email_given or line.email, line.name, line.external_id), claim)


def _end_row(row: BatchRow, outcome: Award | InsigniaError) -> None:
    if isinstance(outcome, Award):
        row.state, row.award = BatchRow.State.GRANTED, outcome
        return
    row.state = BatchRow.State.DUPLICATE if outcome.code == "duplicate" else BatchRow.State.REJECTED
    row.code, row.message, row.params = outcome.code, outcome.message, outcome.params
