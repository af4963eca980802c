"""Files that a page hands out."""

from django.http import HttpResponse


def attachment(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """`data` as a file to be saved, never shown by the browser and never kept by anything on the way."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response
