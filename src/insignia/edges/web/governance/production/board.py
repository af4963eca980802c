"""Lists of production: everything that is going on, and what is one's own to do."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.proposals.production import queries
from insignia.edges.web.doors import admit_somewhere, institution

from ..pages import page

PAGE_SIZE = 25
# Whoever produces, proposes, reads proposals, draws badges or names Grantors may have something here.
_DOORS = (
    Permission.PRODUCTION_MANAGE,
    Permission.PROPOSAL_READ,
    Permission.PROPOSAL_START,
    Permission.TEMPLATE_MANAGE,
    Permission.GRANTOR_APPOINT,
)


def admitted(request: HttpRequest) -> Actor:
    """Who asks, if production can be their business at all; the lists then show each what is theirs."""
    return admit_somewhere(request, *_DOORS)


@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Searched by words, narrowed by state; what is late is flagged."""
    by, today = admitted(request), clock.today_in(institution(request).zone)
    given = {name: request.GET.get(name, "").strip() for name in ("state", "mine")}
    wanted = queries.Wanted(words=request.GET.get("q", "").strip(), **given)
    shown = Paginator(queries.listed(by, wanted, today=today), PAGE_SIZE).get_page(request.GET.get("page"))
    overdue = queries.listed(by, queries.Wanted(state="overdue"), today=today).count()
    context = {
        "lines": queries.lines(list(shown), today=today),
        "page": shown,
        "wanted": wanted,
        "states": queries.STATES,
        "overdue": overdue,
        "today": today,
    }
    return page(request, "production/board.html", context)


@require_safe
def tasks(request: HttpRequest) -> HttpResponseBase:
    """What is one's own to do, what is due first on top."""
    by, today = admitted(request), clock.today_in(institution(request).zone)
    shown = Paginator(queries.tasks_for(by), PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "production/tasks.html", {"page": shown, "today": today})
