"""`Idempotency-Key`: one effect for one request, however often it is sent."""

import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from insignia.domain.access.actor import Actor
from insignia.domain.journal import idempotency


def answer(request: HttpRequest, by: Actor, *, status: int, make: Callable[[], Schema]) -> HttpResponse:
    """What `make` gives, as JSON with `status`; under a key that came before, the answer that it was given then."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return _json(make(), status)
    asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    outcome = idempotency.once(
        key, actor_id=by.id, request_hash=hashlib.sha256(asked).hexdigest(), institution=by.institution
    )
    if isinstance(outcome, idempotency.Stored):
        return HttpResponse(outcome.body, status=outcome.status, content_type=outcome.content_type)
    try:
        with transaction.atomic():
            response = _json(make(), status)
            outcome.finish(status=status, content_type="application/json", body=response.content)
    except BaseException:
        outcome.abandon()
        raise
    return response


def _json(value: Schema, status: int) -> HttpResponse:
    body = json.dumps(value.model_dump(mode="json"), ensure_ascii=False).encode()
    return HttpResponse(body, status=status, content_type="application/json")
