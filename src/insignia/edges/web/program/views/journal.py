"""What was done here, by whom and when; it can be read and not be changed."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.awards import roster
from insignia.domain.journal import bus
from insignia.domain.people import names as people

from ..doors import admit, institution
from ..forms.operation import day_of
from ..happenings import AREAS, told
from ..page import address, page

PAGE_SIZE = 50
MOST_ROWS = 20_000
_PARAMETERS = ("area", "who", "day")


@require_safe
def journal(request: HttpRequest) -> HttpResponseBase:
    """The entries, the newest first, narrowed by area, person and day."""
    admit(request, Permission.AUDIT_READ)
    asked = _asked(request)
    found = Paginator(_entries(request, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "happenings": told(found),
        "page": found,
        "asked": asked,
        "areas": list(AREAS.items()),
        "export": f"{address(request, 'journal_csv')}?{query.urlencode()}",
        "most": MOST_ROWS,
    }
    return page(request, "journal.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same entries as CSV: the newest twenty thousand."""
    admit(request, Permission.AUDIT_READ)
    head = (_("When"), _("Who"), _("What"), _("About"), _("How"), _("Reason"), _("Event"))
    rows = (
        (
            timezone.localtime(one.at).isoformat("T", "seconds"),
            one.who,
            one.what,
            one.thing,
            one.door,
            one.reason,
            one.kind,
        )
        for one in told(_entries(request, _asked(request))[:MOST_ROWS])
    )
    headers = {"Content-Disposition": 'attachment; filename="journal.csv"'}
    return HttpResponse(roster.csv_bytes([head, *rows]), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {name: request.GET.get(name, "").strip() for name in _PARAMETERS}
    asked["area"] = asked["area"] if asked["area"] in AREAS else ""
    asked["day"] = asked["day"] if day_of(asked["day"]) else ""
    return asked


def _entries(request: HttpRequest, asked: dict[str, str]) -> Any:
    entries = bus.read()
    if asked["area"]:
        entries = entries.filter(name__startswith=f"{asked['area']}.")
    if asked["who"]:
        entries = entries.filter(author__in=people.ids_of(asked["who"]))
    if day := day_of(asked["day"]):
        begins = datetime.combine(day, time(), ZoneInfo(institution(request).zone))
        # The day ends when the next one begins, which is not always 24 hours later.
        ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(institution(request).zone))
        entries = entries.filter(at__gte=begins, at__lt=ends)
    return entries
