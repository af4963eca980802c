"""A unit asks the Registrar to issue: one learner or a file, corrected until it is right, sent with its word (R-121, R-122)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from insignia.core.addresses import normalised
from insignia.core.errors import Conflict, InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import issuance, lines, roster, rules
from ..events import IssuanceRequested
from ..issuance import Assessed
from ..models import IssuanceRequest, IssuanceRow
from .batches import CHUNK, holders, person
from .settling import locked, move

# What a unit confirms when it sends a request; a change of the words on the page is a new version.
ATTESTATION_TEXT = "completed-1"
_JUDGED = ["line", "name", "email", "external_id", "code", "message", "params"]


@transaction.atomic
def draft_request(*, by: Actor, achievement: Achievement, values: Mapping[str, str]) -> IssuanceRequest:
    """Begin a request for one learner. `values` are kept as they were typed, right or wrong, until it is sent."""
    _require_askable(by, achievement)
    request = _begun(by, achievement)
    _write(by, request, [IssuanceRow(request=request, number=1, line=_typed(values))])
    return request


@transaction.atomic
def upload_request(
    *, by: Actor, achievement: Achievement, data: bytes, filename: str, assessed: Assessed
) -> IssuanceRequest:
    """Begin a request for everybody in a file; `assessed` holds for the rows that do not say it themselves.

    Raises `Rejected`, in words for whoever sent it, when the file is no list of learners.
    """
    _require_askable(by, achievement)
    sheet = roster.read(data, filename)
    mapping = roster.guess(sheet.headers)
    if mapping.missing_required:
        raise Rejected(
            N_(
                "The file needs a heading for the mail address (such as “email”) and one for the name (such as “name”, "
                "or “first_name” and “last_name”). Its headings are: %(headers)s."
            ),
            code="columns_missing",
            params={"headers": ", ".join(sheet.headers)},
        )
    parsed = roster.parse(sheet, mapping, today=_today(achievement), known_variants=achievement.variants)
    request = _begun(by, achievement, filename=filename[:200], notes=_notes(parsed))
    rows = [
        IssuanceRow(request=request, number=number, line=_assessed(line, assessed))
        for number, line in sorted(_lines(parsed, mapping).items())
    ]
    _write(by, request, rows)
    return request


@transaction.atomic
def add_row(*, by: Actor, request: IssuanceRequest, values: Mapping[str, str]) -> None:
    """Add a learner to a request that has not been sent, or is back; kept as typed."""
    request = _own(by, request)
    last = IssuanceRow.objects.filter(request=request).aggregate(last=Max("number"))["last"] or 0
    _write(by, request, [IssuanceRow(request=request, number=last + 1, line=_typed(values))])


@transaction.atomic
def correct_row(*, by: Actor, row: IssuanceRow, values: Mapping[str, str]) -> None:
    """Write a row anew that is with the unit; kept as typed, and judged again with all others of its request."""
    request = _own(by, row.request)
    moved = IssuanceRow.objects.filter(pk=row.pk, state__in=issuance.WITH_THE_UNIT).update(line=_typed(values))
    if not moved:
        raise _gone_on()
    _write(by, request, [])


@transaction.atomic
def withdraw_row(*, by: Actor, row: IssuanceRow) -> None:
    """Take a learner out of a request. A row that was never sent is dropped; one that came back stays as taken out."""
    request = _own(by, row.request)
    dropped, _each = IssuanceRow.objects.filter(pk=row.pk, state=IssuanceRow.State.OPEN).delete()
    returned = IssuanceRow.objects.filter(pk=row.pk, state=IssuanceRow.State.RETURNED)
    if not dropped and not returned.update(state=IssuanceRow.State.WITHDRAWN, code="", message="", params={}):
        raise _gone_on()
    _write(by, request, [])
    if request.state == IssuanceRequest.State.PARTLY_ISSUED:
        move(request, "settle")


@transaction.atomic
def send_request(*, by: Actor, request: IssuanceRequest, attested: str) -> int:
    """Send every row that is fine to the Registrar; gives how many. What is wrong stays with the unit until it is corrected.

    `attested` names the text by which the unit says that these learners completed the requirements.
    """
    request = _own(by, request)
    if attested != ATTESTATION_TEXT:
        raise Rejected(
            N_("Confirm that these learners completed the requirements: the Registrar issues on your word."),
            code="not_attested",
        )
    if request.achievement.state != Achievement.State.ACTIVE:
        raise rules.not_active(str(request.achievement))
    _write(by, request, [])  # what was fine when it was typed may not be any more
    sent = IssuanceRow.objects.filter(request=request, state__in=issuance.sources("send"), code="").update(
        state=IssuanceRow.State.WAITING, reason=""
    )
    if not sent:
        raise Rejected(N_("There is no row that could be sent. Correct the rows first."), code="nothing_to_send")
    request.attested_text = attested
    move(request, "send", attested_text=attested, requested_by=person(by), submitted_at=clock.now())
    event = IssuanceRequested(request=request.public_id, rows=sent)
    publish(event, by=by, subject=("issuance", request.public_id))
    return sent


@transaction.atomic
def discard_request(*, by: Actor, request: IssuanceRequest) -> None:
    """Throw away a draft."""
    by.require(Permission.ISSUANCE_REQUEST, on=request)
    gone, _each = IssuanceRequest.objects.filter(pk=request.pk, state=IssuanceRequest.State.DRAFT).delete()
    if not gone:
        raise _gone_on()


def _require_askable(by: Actor, achievement: Achievement) -> None:
    by.require(Permission.ISSUANCE_REQUEST, on=achievement)
    if achievement.current is None or achievement.state != Achievement.State.ACTIVE:
        raise rules.not_active(str(achievement))
    refusal = issuance.may_be_asked(achievement.institution.policy("awarding"), achievement.level.policy)
    if refusal is not None:
        raise refusal


def _own(by: Actor, request: IssuanceRequest) -> IssuanceRequest:
    by.require(Permission.ISSUANCE_REQUEST, on=request)
    found = locked(request)
    refusal = issuance.may_be_asked(found.achievement.institution.policy("awarding"), found.achievement.level.policy)
    if refusal is not None:
        raise refusal
    return found


def _begun(by: Actor, achievement: Achievement, **values: Any) -> IssuanceRequest:
    return IssuanceRequest.objects.create(
        institution_id=achievement.institution_id, achievement=achievement, requested_by_id=person(by), **values
    )


def _gone_on() -> InsigniaError:
    return Conflict(
        N_("This has been sent or taken out in the meantime, so it cannot be changed here. Look at it again."),
        code="state_moved",
    )


def _today(achievement: Achievement) -> date:
    return clock.today_in(achievement.institution.zone)


def _notes(parsed: roster.Parsed) -> list[dict[str, Any]]:
    return [{"message": note.message, "params": dict(note.params)} for note in parsed.notes]


def _typed(values: Mapping[str, str]) -> dict[str, Any]:
    return {column: str(values[column])[:4_000] for column in roster.COLUMNS if values.get(column)}


def _lines(parsed: roster.Parsed, mapping: roster.Mapping) -> dict[int, dict[str, Any]]:
    """What stands in each row. Cells that stand beside the columns make a row wrong until a person has looked at it."""
    found: dict[int, dict[str, Any]] = dict(lines.as_typed(parsed, mapping))
    for number, problems in parsed.problems().items():
        torn = [p for p in problems if not p.column]
        found.setdefault(number, {})
        if torn:
            found[number]["torn"] = _said(torn[0])
    return found | {line.row: lines.to_json(line) for line in parsed.lines}


def _said(problem: InsigniaError | roster.LineError) -> dict[str, Any]:
    column = problem.column if isinstance(problem, roster.LineError) else ""
    return {"code": problem.code, "message": problem.message, "params": dict(problem.params), "column": column}


def _assessed(line: dict[str, Any], assessed: Assessed) -> dict[str, Any]:
    told = {"attested_by": assessed.by, "attested_where": assessed.where}
    told["attested_on"] = assessed.on.isoformat() if assessed.on else ""
    if any(line.get(column) for column in told):
        return line
    return line | {column: value for column, value in told.items() if value}


# --- What is wrong: judged for the whole request at once, so that nobody stands in it twice
def _write(by: Actor, request: IssuanceRequest, fresh: Sequence[IssuanceRow]) -> None:
    """Judge all rows of the request with `fresh`, and store what is with the unit."""
    rows = list(IssuanceRow.objects.filter(request=request).exclude(state=IssuanceRow.State.WITHDRAWN))
    _judge(by, request, [*rows, *fresh])
    IssuanceRow.objects.bulk_create(fresh, batch_size=CHUNK)
    stored = [row for row in rows if row.state in issuance.WITH_THE_UNIT]
    IssuanceRow.objects.bulk_update(stored, _JUDGED, batch_size=CHUNK)
    request.changed_at = clock.now()
    IssuanceRequest.objects.filter(pk=request.pk).update(changed_at=request.changed_at)


def _judge(by: Actor, request: IssuanceRequest, rows: Sequence[IssuanceRow]) -> None:
    achievement, today = request.achievement, _today(request.achievement)
    # What is with the Registrar or issued comes first, so that of two rows for one person the one with the unit is wrong.
    ordered = sorted(rows, key=lambda row: (row.state in issuance.WITH_THE_UNIT, row.number))
    sheet = roster.Sheet(roster.COLUMNS, tuple(roster.Row(row.number, _cells(row.line)) for row in ordered))
    mapping = roster.Mapping({column: (column,) for column in roster.COLUMNS})
    parsed = roster.parse(sheet, mapping, today=today, known_variants=achievement.variants)
    fine, wrong = {line.row: line for line in parsed.lines}, parsed.problems()
    repeatable = achievement.level.policy.repeatable
    held = set() if repeatable else holders(achievement, [line.email for line in parsed.lines])
    for row in rows:
        if row.state not in issuance.WITH_THE_UNIT:
            continue
        problems: list[InsigniaError | roster.LineError] = list(wrong.get(row.number, ()))
        if line := fine.get(row.number):
            claim, own = lines.claim(line), normalised(line.email) in by.addresses
            problems += issuance.why_not(achievement.level.policy, claim, to_oneself=own, today=today)
            if line.email in held:
                problems.append(_holds_it(line))
        _note(row, line, problems)


def _holds_it(line: roster.AwardLine) -> InsigniaError:
    return Conflict(
        N_("%(name)s (%(email)s) has this badge already."),
        code="duplicate",
        params={"name": line.name, "email": line.email},
    )


def _cells(line: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        str(line.get("email_given") or line.get("email", "")) if column == "email" else str(line.get(column, ""))
        for column in roster.COLUMNS
    )


def _note(
    row: IssuanceRow, line: roster.AwardLine | None, problems: Sequence[InsigniaError | roster.LineError]
) -> None:
    torn = row.line.get("torn")
    if line is not None:
        row.line = lines.to_json(line) | ({"torn": torn} if torn else {})
        row.name, row.email, row.external_id = line.name, line.email, line.external_id
    else:
        row.line = {
            column: row.line[column] for column in (*roster.COLUMNS, "email_given", "torn") if column in row.line
        }
        row.name, row.email, row.external_id = str(row.line.get("name", ""))[:200], "", ""
    said = [*([torn] if torn else []), *map(_said, problems)]
    first = said[0] if said else {"code": "", "message": "", "params": {}, "column": ""}
    row.code, row.message, row.params = first["code"], first["message"], first["params"]
    if first["column"]:
        row.line["column"] = first["column"]
    if said[1:]:
        row.line["also"] = said[1:]
