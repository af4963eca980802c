"""Who issues: a page for people; for programs the profile, the keys, their history, and the status lists."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.credentials import queries as credentials
from insignia.domain.institutions import queries as institutions
from insignia.edges.web import tenant
from insignia.edges.web.http import render

from .. import answers
from ..documents import profile_document


@require_safe
def issuer(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """An issuer: the page, or its Open Badges `Profile`."""
    found = institutions.issuer_profile(public_id)
    kind = answers.wanted(request, answers.PAGE, *answers.LINKED_DATA)
    if kind != answers.PAGE:
        body = answers.json_bytes(profile_document(found))
        return answers.varied(answers.answer(request, body, kind, keep=answers.FIVE_MINUTES))
    tenant.enter(request, found.institution)
    context = {"issuer": found, "keys": credentials.keys_of(found)}
    return answers.listed(found.institution, answers.varied(render(request, "public/issuer.html", context)))


@require_safe
def did_document(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Where did:web finds the issuer's keys."""
    document = credentials.controller_document(institutions.issuer_profile(public_id))
    return answers.answer(request, answers.json_bytes(document), "application/did+json", keep=answers.FIVE_MINUTES)


@require_safe
def key_history(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Every key that the issuer ever had, signed: what did:web does not remember."""
    history = credentials.signed_key_history(institutions.issuer_profile(public_id))
    return answers.answer(request, answers.json_bytes(history), "application/json", keep=answers.FIVE_MINUTES)


@require_safe
def json_web_keys(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The keys of the JWT form."""
    keys = credentials.json_web_keys(institutions.issuer_profile(public_id))
    return answers.answer(request, answers.json_bytes(keys), "application/jwk-set+json", keep=answers.FIVE_MINUTES)


@require_safe
def status_list(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Which credentials were taken back, as a signed list. Kept for a minute at most, since it must be true now."""
    signed = credentials.signed_status_list(credentials.status_list(public_id))
    kind = answers.wanted(request, *answers.CREDENTIAL)
    return answers.varied(answers.answer(request, signed, kind, keep=answers.A_MINUTE))
