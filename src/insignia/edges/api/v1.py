"""The REST API: one function an endpoint, each calling one action or query."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query

import insignia
from insignia.core.errors import InsigniaError, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import ANONYMOUS, Actor
from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries as award_queries
from insignia.domain.awards import roster
from insignia.domain.awards.rules import AssessedElsewhere, Claim, EvidenceItem
from insignia.domain.catalog import queries as catalog
from insignia.domain.credentials import endorsing, verification
from insignia.domain.ground import clock
from insignia.domain.ground.ids import is_public_id

from . import problems, schemas
from .auth import PersonalToken
from .idempotent import answer


class Api(NinjaAPI):
    """Describes its problems as what they are: `application/problem+json`."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The OpenAPI 3.1 description."""
        description = super().get_openapi_schema(**options)
        for path in description["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {problems.CONTENT_TYPE: response["content"]["application/json"]}
        return description


api = Api(
    title="Insignia",
    version=insignia.__version__,
    description="Award achievements, follow batches, verify badges. Errors are application/problem+json (RFC 9457).",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
)
problems.install(api)

_token = PersonalToken()
_REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 422, 429, 503), schemas.Problem)


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined]


def _achievement(by: Actor, name: str) -> Any:
    """The achievement with this short name or id, if the caller works with it."""
    if is_public_id(name):
        return catalog.achievement_for(by, name)
    found = catalog.visible_to(by).filter(slug=name).first()
    if found is None:
        raise NotFound(N_("There is no such badge here."))
    return found


@api.get("/achievements", auth=_token, response={200: schemas.AchievementsOut, **_REFUSALS})
def list_achievements(
    request: HttpRequest,
    limit: int = Query(100, ge=1, le=500),
    offset: int = Query(0, ge=0, le=1_000_000),
) -> Any:
    """Active achievements that the caller works with."""
    _refuse_unknown(request, {"limit", "offset"})
    found = catalog.visible_to(_actor(request)).filter(state="active").order_by("current__name", "pk")
    return {
        "total": found.count(),
        "items": [
            {
                "id": a.public_id,
                "slug": a.slug,
                "name": str(a),
                "level": a.level.key,
                "unit": a.unit.name,
                "variants": list(a.variants),
                "url": a.url,
            }
            for a in found[offset : offset + limit]
        ],
    }


def _refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """A misspelt parameter would be ignored in silence, and the answer taken for what was asked."""
    if unknown := sorted(set(request.GET) - known):
        raise Rejected(
            N_("There is no parameter “%(name)s”."), code="parameter_unknown", params={"name": unknown[0][:80]}
        )


@api.post("/awards", auth=_token, response={201: schemas.AwardOut, **_REFUSALS})
def grant_award(request: HttpRequest, body: schemas.AwardIn) -> HttpResponse:
    """Award one achievement to one person. Send an `Idempotency-Key`, so that a retry awards nobody twice."""
    by = _actor(request)
    achievement = _achievement(by, body.achievement)
    claim = Claim(
        awarded_on=body.awarded_on or clock.today_in(achievement.institution.zone),
        narrative=body.narrative,
        variant=body.variant,
        evidence=tuple(EvidenceItem(e.name, e.url, e.narrative, e.genre) for e in body.evidence),
        attestation=AssessedElsewhere(body.attested.where, body.attested.on, body.attested.by)
        if body.attested
        else None,
        share_consent_on=body.share_consent_on,
    )
    earner = _earner(body)
    return answer(
        request,
        by,
        status=201,
        make=lambda: _award_out(awards.grant_award(by=by, achievement=achievement, earner=earner, claim=claim)),
    )


def _earner(body: schemas.AwardIn) -> awards.Earner:
    """The person of one award, held to the same rules as a row of a roster."""
    cells = {"email": body.email, "name": body.name, "external_id": body.external_id}
    sheet = roster.Sheet(tuple(cells), (roster.Row(1, tuple(cells.values())),))
    mapping = roster.Mapping({column: (column,) for column in cells})
    today = clock.today_in("UTC")
    parsed = roster.parse(sheet, mapping, today=today, default_awarded_on=today)
    if parsed.errors:
        reasons = [Rejected(e.message, code=e.code, params=e.params) for e in parsed.errors]
        raise Rejected(reasons[0].message, code=reasons[0].code, params=reasons[0].params, details=reasons)
    (line,) = parsed.lines
    return awards.Earner(line.email_given, line.name, line.external_id)


def _award_out(award: Any) -> schemas.AwardOut:
    return schemas.AwardOut(
        id=award.public_id,
        state=award.state,
        achievement=award.achievement.slug,
        name=award.recipient.name,
        email=award.recipient.email,
        awarded_on=award.awarded_on,
        expires_on=award.expires_on,
        credential=award.credential.url if award.credential else None,
    )


@api.get("/awards/{award_id}", auth=_token, response={200: schemas.AwardOut, **_REFUSALS})
def get_award(request: HttpRequest, award_id: str) -> Any:
    """One award that the caller works with."""
    return _award_out(award_queries.award_for(_actor(request), award_id))


@api.post("/batches", auth=_token, response={202: schemas.BatchOut, **_REFUSALS})
def award_many(request: HttpRequest, body: schemas.BatchIn) -> HttpResponse:
    """Award one achievement to many people; rows that are not fine are told, the others go in the background."""
    by = _actor(request)
    achievement = _achievement(by, body.achievement)
    today = clock.today_in(achievement.institution.zone)
    columns = tuple(schemas.BatchRowIn.model_fields)
    sheet = roster.Sheet(
        columns,
        tuple(
            roster.Row(number, tuple(str(getattr(row, column)) for column in columns))
            for number, row in enumerate(body.rows, start=1)
        ),
    )
    mapping = roster.Mapping({column: (column,) for column in columns})
    parsed = roster.parse(sheet, mapping, today=today, default_awarded_on=today, known_variants=achievement.variants)

    def make() -> schemas.BatchOut:
        batch = awards.list_batch(by=by, achievement=achievement, parsed=parsed, source="api")
        return _batch_out(awards.confirm_batch(by=by, batch=batch, release=body.release))

    return answer(request, by, status=202, make=make)


@api.get("/batches/{batch_id}", auth=_token, response={200: schemas.BatchOut, **_REFUSALS})
def get_batch(request: HttpRequest, batch_id: str) -> Any:
    """How far a batch is, with every row that was not awarded."""
    return _batch_out(award_queries.batch_for(_actor(request), batch_id))


def _batch_out(batch: Any) -> schemas.BatchOut:
    counts = award_queries.batch_counts(batch)
    return schemas.BatchOut(
        id=batch.public_id,
        state=batch.state,
        achievement=batch.achievement.slug,
        total=counts["total"],
        waiting=counts["waiting"],
        issued=counts["signed"],
        duplicates=counts["duplicates"],
        unsigned=counts["unsigned"],
        release_at=batch.release_at,
        errors=[
            schemas.RowError(row=r.number, code=r.code, reason=r.message % r.params if r.params else r.message)
            for r in award_queries.problem_rows(batch)
            if r.state == "rejected"
        ],
    )


@api.post("/verify", auth=None, response={200: schemas.VerificationOut, **_REFUSALS})
def verify(request: HttpRequest, body: schemas.VerifyCredentialIn | schemas.VerifyTextIn | schemas.VerifyUrlIn) -> Any:
    """Check a badge of anybody. The answer is 200 whatever the outcome; nothing is kept."""
    try:
        found = verification.verify(_source(body), recipient=body.recipient)
    except InsigniaError as error:
        return {"outcome": "could_not_check", "checks": [_check("readable", "could_not_check", error)]}
    return {"outcome": found.outcome.value, "checks": [_check(c.name, c.outcome.value, c) for c in found.checks]}


def _check(name: str, outcome: str, said: Any) -> dict[str, str]:
    reason = said.message % said.params if said.params else said.message
    return {"name": name, "outcome": outcome, "code": said.code, "reason": reason}


def _source(body: schemas.VerifyCredentialIn | schemas.VerifyTextIn | schemas.VerifyUrlIn) -> bytes | str:
    if isinstance(body, schemas.VerifyCredentialIn):
        return json.dumps(body.credential)
    if isinstance(body, schemas.VerifyTextIn):
        return body.text
    if endorsement := verification.own_endorsement(body.url):
        return bytes(endorsing.by_public_id(endorsement).credential.document or b"")
    own = verification.own_credential(body.url)
    if own is None:
        return verification.fetch_badge(body.url)
    award = award_queries.shown_to(ANONYMOUS, own)
    return bytes(award.credential.document) if award.credential and award.credential.document else b""
