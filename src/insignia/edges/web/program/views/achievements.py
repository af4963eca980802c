"""The badges of the institution: all that one works with, and one with everything about it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.core.errors import InsigniaError, NotFound
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import figures
from insignia.domain.awards import queries as awards
from insignia.domain.catalog import drawing, keeping
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.ground import clock
from insignia.domain.institutions import outline
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.production import queries as production
from insignia.edges.web.fields import indented

from .. import achievement_overview as overview
from ..achievement_doors import admit_somewhere, admit_to
from ..doors import institution
from ..forms_achievements import ActivateForm
from ..grantor_rows import rows_of
from ..page import page, status_of

_A_PAGE = 25
_SHOWN_GRANTORS = 5
# A drawing of what is not approved yet: nobody else keeps it, and opened by itself it can do nothing.
_INERT = "default-src 'none'; sandbox"
_UNDRAWN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><circle cx="200" cy="200" r="150" fill="none" '
    b'stroke="#8a8f98" stroke-width="10" stroke-dasharray="22 20" stroke-linecap="round"/></svg>'
)


@require_safe
def achievements(request: HttpRequest) -> HttpResponse:
    """The list, searched, narrowed and sorted by the address."""
    by = admit_somewhere(request, Permission.ACHIEVEMENT_READ)
    given = {name: request.GET.get(name, "").strip() for name in ("state", "level", "unit", "sort")}
    wanted = keeping.Wanted(words=request.GET.get("q", "").strip(), **given)
    shown = Paginator(keeping.listed(by, wanted), _A_PAGE).get_page(request.GET.get("page"))
    found = list(shown)
    today = clock.today_in(institution(request).zone)
    context = {
        "page": shown,
        "rows": overview.rows(found, figures.of(found, today=today)),
        "wanted": wanted,
        "states": keeping.STATES,
        "levels": institutions.levels(),
        "units": indented(outline.outline(by, permission=Permission.ACHIEVEMENT_READ)),
        "arriving": catalog.arriving_lately(since=overview.lately()).count(),
        "may_write": by.may_somewhere(Permission.ACHIEVEMENT_EDIT),
        "may_bring_in": by.may_somewhere(Permission.ACHIEVEMENT_EDIT)
        and by.may_somewhere(Permission.ACHIEVEMENT_ACTIVATE),
    }
    return page(request, "achievements/list.html", context)


@require_safe
def achievement(request: HttpRequest, public_id: str) -> HttpResponse:
    """One badge: how it stands, what it lacks, what may be done with it."""
    by, found = admit_to(request, public_id, Permission.ACHIEVEMENT_READ)
    return shown(request, by, found, ActivateForm())


def shown(request: HttpRequest, by: Any, found: Any, form: ActivateForm, *, status: int = 0) -> HttpResponse:
    """The page of one badge, with the form by which it is made active."""
    draft = catalog.draft_of(found)
    writing = draft or found.current
    today = clock.today_in(found.institution.zone)
    grantors = rows_of(awards.grantors_of(found), policy=found.level.policy, today=today)
    items = overview.items(found, draft)
    context = {
        "achievement": found,
        "draft": draft,
        "version": draft or found.current,
        "name": str(found.current or draft or found.slug),
        "content": writing.content if writing else None,
        "acts": keeping.open_to(by, found, draft=draft),
        "form": form,
        "items": items,
        "is_complete": not any(item.lacking for item in items),
        "changes": overview.changes(found, draft),
        "images": keeping.current_images(found.current) if found.current else [],
        "versions": [version for version in catalog.versions_of(found) if version.frozen_at],
        "figures": figures.of([found], today=today)[found.pk],
        "grantors": [row for row in grantors if row.is_current][:_SHOWN_GRANTORS],
        "history": overview.history(found),
        "productions": production.going_on_of(by, found),
    }
    return page(request, "achievements/achievement.html", context, status=status or status_of(form))


@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The image that the draft, or else the current version, would get now."""
    _by, found = admit_to(request, public_id, Permission.ACHIEVEMENT_READ)
    version = catalog.draft_of(found) or found.current
    try:
        drawings = dict(drawing.sketch_all(version, found))
    except InsigniaError:
        # What is missing, the page of the badge says; a list of badges shows that there is nothing to see yet.
        drawings = {STANDARD: _UNDRAWN}
    wanted = request.GET.get("variant", STANDARD)
    if wanted not in drawings:
        raise NotFound(N_("This badge has no variant “%(variant)s”."), params={"variant": wanted[:40]})
    headers = {"Content-Security-Policy": _INERT, "Cache-Control": "private, no-store"}
    return HttpResponse(drawings[wanted], content_type="image/svg+xml", headers=headers)
