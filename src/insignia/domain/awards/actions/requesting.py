"""A unit asks the Registrar to issue: one learner or a file, corrected until it is right, sent with its word (R-121, R-122)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

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
from .batches import person
from .judging import keep, said
from .settling import locked, move

# What a unit confirms when it sends a request; a change of the words on the page is a new version.
ATTESTATION_TEXT = "completed-1"


@transaction.atomic
def draft_request(*, by: Actor, achievement: Achievement, values: Mapping[str, str]) -> IssuanceRequest:
    """Begin a request for one learner. `values` are kept as they were typed, right or wrong, until it is sent."""
    _require_askable(by, achievement)
    request = _begun(by, achievement)
    keep(by, request, [IssuanceRow(request=request, number=1, line=_typed(values))])
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
    keep(by, request, rows)
    return request


@transaction.atomic
def add_row(*, by: Actor, request: IssuanceRequest, values: Mapping[str, str]) -> None:
    """Add a learner to a request that has not been sent, or is back; kept as typed."""
    request = _own(by, request)
    last = IssuanceRow.objects.filter(request=request).aggregate(last=Max("number"))["last"] or 0
    keep(by, request, [IssuanceRow(request=request, number=last + 1, line=_typed(values))])


@transaction.atomic
def correct_row(*, by: Actor, row: IssuanceRow, values: Mapping[str, str]) -> None:
    """Write a row anew that is with the unit; kept as typed, and judged again with all others of its request."""
    request = _own(by, row.request)
    moved = IssuanceRow.objects.filter(pk=row.pk, state__in=issuance.WITH_THE_UNIT).update(line=_typed(values))
    if not moved:
        raise _gone_on()
    keep(by, request, [])


@transaction.atomic
def withdraw_row(*, by: Actor, row: IssuanceRow) -> None:
    """Take a learner out of a request. A row that was never sent is dropped; one that came back stays as taken out."""
    request = _own(by, row.request)
    dropped, _each = IssuanceRow.objects.filter(pk=row.pk, state=IssuanceRow.State.OPEN).delete()
    returned = IssuanceRow.objects.filter(pk=row.pk, state=IssuanceRow.State.RETURNED)
    if not dropped and not returned.update(state=IssuanceRow.State.WITHDRAWN, code="", message="", params={}):
        raise _gone_on()
    keep(by, request, [])
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
    keep(by, request, [])  # what was fine when it was typed may not be any more
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
            found[number]["torn"] = said(torn[0])
    return found | {line.row: lines.to_json(line) for line in parsed.lines}


def _assessed(line: dict[str, Any], assessed: Assessed) -> dict[str, Any]:
    told = {"attested_by": assessed.by, "attested_where": assessed.where}
    told["attested_on"] = assessed.on.isoformat() if assessed.on else ""
    if any(line.get(column) for column in told):
        return line
    return line | {column: value for column, value in told.items() if value}
