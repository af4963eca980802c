"""How much a form may bring. Django's own limit leaves files out, so it is held here, before anything is parsed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .http import error_response

# A browser that is still sending hears no answer, only that the line was cut. So what a person may send by mistake is
# taken in and thrown away first; whoever sends more than this does not do it by mistake.
_HEARD_OUT = 100 * 1024 * 1024
_CHUNK = 256 * 1024


class BodyLimit:
    """Answers a request that is too large with the page that says so. The API has its own answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        if size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or request.path.startswith("/api/"):
            return self.get_response(request)
        if size <= _HEARD_OUT:
            while request.read(_CHUNK):
                pass
        return error_response(request, 413)
