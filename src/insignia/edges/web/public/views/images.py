"""Badge images: never changed once made, and shown by any site."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.catalog import queries as catalog

from ..answers import FOR_EVER, answer

# Opened by itself, a drawing is a document: this one may load nothing and run nothing.
_INERT = "default-src 'none'; sandbox"


@require_safe
def png(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The image as a PNG; `?size=mark` gives the small form that is drawn for lists."""
    image = catalog.image(public_id)
    pixels = image.mark if request.GET.get("size") == "mark" else image.png
    return answer(request, bytes(pixels), "image/png", keep=FOR_EVER)


@require_safe
def mark(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The small form under an address of its own."""
    return answer(request, bytes(catalog.image(public_id).mark), "image/png", keep=FOR_EVER)


@require_safe
def svg(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The image as a drawing."""
    drawing = bytes(catalog.image(public_id).svg)
    return answer(request, drawing, "image/svg+xml", keep=FOR_EVER, Content_Security_Policy=_INERT)
