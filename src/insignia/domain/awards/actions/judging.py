"""What is wrong with the rows of a request: judged for all of them at once, so that nobody stands in it twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from insignia.core.addresses import normalised
from insignia.core.errors import Conflict, InsigniaError
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock

from .. import issuance, lines, roster
from ..models import IssuanceRequest, IssuanceRow
from .batches import CHUNK, holders

_JUDGED = ["line", "name", "email", "external_id", "code", "message", "params"]


def keep(by: Actor, request: IssuanceRequest, fresh: Sequence[IssuanceRow]) -> None:
    """Judge all rows of the request with `fresh`, and store what is with the unit."""
    rows = list(IssuanceRow.objects.filter(request=request).exclude(state=IssuanceRow.State.WITHDRAWN))
    _judge(by, request, [*rows, *fresh])
    IssuanceRow.objects.bulk_create(fresh, batch_size=CHUNK)
    stored = [row for row in rows if row.state in issuance.WITH_THE_UNIT]
    IssuanceRow.objects.bulk_update(stored, _JUDGED, batch_size=CHUNK)
    request.changed_at = clock.now()
    IssuanceRequest.objects.filter(pk=request.pk).update(changed_at=request.changed_at)


def _judge(by: Actor, request: IssuanceRequest, rows: Sequence[IssuanceRow]) -> None:
    achievement, today = request.achievement, clock.today_in(request.achievement.institution.zone)
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
    told: list[dict[str, Any]] = [*([torn] if torn else []), *map(said, problems)]
    first: dict[str, Any] = told[0] if told else {"code": "", "message": "", "params": {}, "column": ""}
    row.code, row.message, row.params = first["code"], first["message"], first["params"]
    if first["column"]:
        row.line["column"] = first["column"]
    if told[1:]:
        row.line["also"] = told[1:]


def said(problem: InsigniaError | roster.LineError) -> dict[str, Any]:
    """A problem as a row keeps it."""
    column = problem.column if isinstance(problem, roster.LineError) else ""
    return {"code": problem.code, "message": problem.message, "params": dict(problem.params), "column": column}
