"""All proposals, for those who read them: where each is, who has it, since when."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.workflow import finding, standing
from insignia.edges.web.desk import stamp
from insignia.edges.web.doors import admit_somewhere, institution

from ..pages import page
from ..writing.standing import tone
from .showing import Holder, holder, waited

PAGE_SIZE = 25
_ASKED = ("state", "step", "unit", "level", "kind", "body", "show", "sort")


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal of the list."""

    proposal: Any
    tone: str
    holders: tuple[Holder, ...]
    waited: str


@require_safe
def proposals(request: HttpRequest) -> HttpResponseBase:
    """Searched, narrowed and sorted by the address."""
    by = admit_somewhere(request, Permission.PROPOSAL_READ, Permission.PROPOSAL_MANAGE)
    here = institution(request)
    wanted = finding.Wanted(
        words=request.GET.get("q", "").strip(), **{name: request.GET.get(name, "").strip() for name in _ASKED}
    )
    house = standing.house(here, stamp(request))
    shown = Paginator(finding.proposals(by, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = finding.lines(list(shown), house)
    context = {
        "page": shown,
        "rows": [
            Row(
                line.proposal,
                tone(line.proposal),
                tuple(holder(item, house, None, is_insider=not item.row.body) for item in line.items),
                waited(line.since) if line.since and not line.proposal.ended_at else "",
            )
            for line in lines
        ],
        "wanted": wanted,
        "states": finding.STATES,
        "kinds": finding.KINDS,
        "steps": finding.steps(house),
        "bodies": sorted(house.bodies.items(), key=lambda pair: pair[1]),
        "units": institutions.units().order_by("name").values_list("public_id", "name"),
        "levels": institutions.levels().values_list("key", "name"),
        "reads_figures": by.may_somewhere(Permission.PROPOSAL_READ),
    }
    return page(request, "review/proposals.html", context)
