"""The way from an empty institution to its first award."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from insignia.domain.credentials import keyring
from insignia.domain.notifications import readiness

from ..doors import admit_staff, institution
from ..page import page
from ..steps import chapters


@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """The checklist, read from what is there."""
    by = admit_staff(request)
    here = institution(request)
    steps = readiness.checklist(here)
    context = {
        "chapters": chapters(steps, by, here),
        "done": sum(step.is_done for step in steps),
        "all": len(steps),
        "keys_open": keyring.keys_open(),
    }
    return page(request, "setup.html", context)
