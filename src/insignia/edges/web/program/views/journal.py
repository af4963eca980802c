"""What was done here, by whom and when; it can be read and not be changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.awards import roster
from insignia.domain.journal import bus
from insignia.domain.people import names as people
from insignia.domain.proposals.production import story

from ..doors import admit, institution
from ..forms.operation import day_of
from ..happenings import AREAS, SENTENCES, Happening, sentence, told
from ..page import address, page

PAGE_SIZE = 50
MOST_ROWS = 20_000
_PARAMETERS = ("area", "who", "since", "until", "about")
_ITSELF = ("insignia", "insignia itself", "system")
_NO_STORY = ("", "institution")


@require_safe
def journal(request: HttpRequest) -> HttpResponseBase:
    """The entries, the newest first, narrowed by what happened, to what, by whom and when."""
    admit(request, Permission.AUDIT_READ)
    asked = _asked(request)
    found = Paginator(_entries(request, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    lines = list(_lines(found))
    context = {
        "lines": lines,
        "page": found,
        "asked": asked,
        "thing": next((one.thing for one, about in lines if one.thing and about == asked["about"]), ""),
        "areas": _areas(),
        "export": f"{address(request, 'journal_csv')}?{query.urlencode()}",
        "most": MOST_ROWS,
        "is_cut": found.paginator.count > MOST_ROWS,
    }
    return page(request, "journal.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same entries as CSV: the newest twenty thousand."""
    admit(request, Permission.AUDIT_READ)
    head = (_("When"), _("Who"), _("What"), _("About"), _("How"), _("Reason"), _("Event"), _("Subject"), _("Entry"))
    entries = list(_entries(request, _asked(request))[:MOST_ROWS])
    rows = (
        (
            timezone.localtime(one.at).isoformat("T", "seconds"),
            one.who,
            one.what,
            one.thing,
            one.door,
            one.reason,
            one.kind,
            f"{entry.subject_kind}:{entry.subject_id}",
            entry.public_id,
        )
        for entry, one in zip(entries, told(entries), strict=True)
    )
    headers = {"Content-Disposition": 'attachment; filename="journal.csv"'}
    return HttpResponse(roster.csv_bytes([head, *rows]), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(entries: Iterable[Any]) -> Iterator[tuple[Happening, str]]:
    """Each entry in words, and what to ask for to see the whole story of its subject."""
    entries = list(entries)
    for entry, one in zip(entries, told(entries), strict=True):
        yield one, "" if entry.subject_kind in _NO_STORY else f"{entry.subject_kind}:{entry.subject_id}"


def _areas() -> list[tuple[str, Any, list[tuple[str, str]]]]:
    """What can be chosen: each area, and in it each kind of event."""
    kinds = sorted((name, sentence(name, {})) for name in SENTENCES if ":" not in name)
    return [
        (area, words, [(name, said) for name, said in kinds if name.startswith(f"{area}.")])
        for area, words in AREAS.items()
    ]


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {name: request.GET.get(name, "").strip() for name in _PARAMETERS}
    asked["area"] = asked["area"] if asked["area"] in AREAS or asked["area"] in SENTENCES else ""
    # A single day is both: links to one are older than the two fields.
    for name in ("since", "until"):
        day = asked[name] or request.GET.get("day", "").strip()
        asked[name] = day if day_of(day) else ""
    return asked


def _entries(request: HttpRequest, asked: dict[str, str]) -> Any:
    entries = bus.read()
    if asked["area"] in AREAS:
        entries = entries.filter(name__startswith=f"{asked['area']}.")
    elif asked["area"]:
        entries = entries.filter(name=asked["area"])
    if asked["who"].casefold() in _ITSELF:
        entries = entries.filter(author="system")
    elif asked["who"]:
        who = people.ids_of(asked["who"])
        entries = entries.filter(Q(author__in=who) | Q(on_behalf_of__in=who))
    kind, _colon, public_id = asked["about"].partition(":")
    if public_id:
        entries = entries.filter(story.story_of(kind, public_id))
    zone = ZoneInfo(institution(request).zone)
    if since := day_of(asked["since"]):
        entries = entries.filter(at__gte=datetime.combine(since, time(), zone))
    if until := day_of(asked["until"]):
        # The day ends when the next one begins, which is not always 24 hours later.
        entries = entries.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return entries
