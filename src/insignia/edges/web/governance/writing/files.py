"""Files that belong to answers: added, taken away, fetched."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import http


@require_safe
def fetch(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """One file, to be saved: what somebody else attached is never opened as a page of ours."""
    proposal = workflow.reads(http.actor(request), public_id)
    file = writing.attachment_of(proposal, file_id)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
