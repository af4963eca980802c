"""My proposals: how each stands, who has it, what to do next."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.rules import searchable
from insignia.domain.people import queries as people
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web.doors import institution

from ..pages import page
from .doors import admit_proposers
from .standing import Place, is_editable, next_of, places_of, tone

_A_PAGE = 20
_SORTS = {"changed": "-updated_at", "title": "title", "-title": "-title"}


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in the list."""

    proposal: Any
    tone: str
    places: tuple[Place, ...]
    next: str
    is_editable: bool


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What the person who asks writes, searched and narrowed by the address."""
    by = admit_proposers(request)
    given = {name: request.GET.get(name, "").strip() for name in ("q", "state", "sort")}
    found = writing.own(by)
    for word in searchable(given["q"]).split()[:8]:
        found = found.filter(search_text__contains=word)
    if given["state"]:
        found = found.filter(state=given["state"])
    order = _SORTS.get(given["sort"], _SORTS["changed"])
    shown = Paginator(found.order_by(order, "-pk"), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": _rows(request, list(shown)),
        "given": given,
        "states": writing.STATES,
        "is_narrowed": bool(given["q"] or given["state"]),
        "may_begin": by.may_somewhere(Permission.PROPOSAL_START),
    }
    return page(request, "writing/list.html", context)


def _rows(request: HttpRequest, found: list[Any]) -> list[Row]:
    moving = [one for one in found if one.submitted_at and not is_editable(one)]
    waiting = workflow.tasks_of(moving, workflow.house_of(institution(request))) if moving else {}
    asked = {named.person for items in waiting.values() for item in items for named in item.askees.named}
    names = people.names_of(asked) if asked else {}
    return [
        Row(one, tone(one), tuple(places_of(waiting.get(one.pk, ()), names)), next_of(one), is_editable(one))
        for one in found
    ]
