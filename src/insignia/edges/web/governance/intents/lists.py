"""Lists of intents: for the office all of them, for everybody else their own."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import outline
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.intents import actions, queries
from insignia.edges.web.doors import admit_somewhere, institution

from ..pages import carried_out, done, page, status_of
from .forms import LogForm

PAGE_SIZE = 50


@require_safe
def intents(request: HttpRequest) -> HttpResponseBase:
    """Searched by words, narrowed by state; those that have waited too long are flagged."""
    by = admit_somewhere(request, Permission.PROPOSAL_START, Permission.PROPOSAL_MANAGE)
    here = institution(request)
    words, state = request.GET.get("q", ""), request.GET.get("state", "")
    found = queries.searched(queries.visible_to(by), words=words, state=state, institution=here)
    paged = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.lines(list(paged), here),
        "page": paged,
        "words": words,
        "state": state,
        "states": queries.STATES,
        "overdue": queries.overdue(queries.visible_to(by), here).count(),
        "manages": by.may_somewhere(Permission.PROPOSAL_MANAGE),
        "may_start": by.may_somewhere(Permission.PROPOSAL_START),
    }
    return page(request, "intents/intents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponseBase:
    """Log an intent that reached the office by mail or in a conversation."""
    by = admit_somewhere(request, Permission.PROPOSAL_MANAGE)
    lines = outline.outline(by, permission=Permission.PROPOSAL_MANAGE)
    levels = [level for level in institutions.levels() if level.policy.workflow]
    form = LogForm(request.POST or None, lines=lines, levels=levels)

    def act() -> None:
        given = dict(form.cleaned_data)
        unit_id, level_key = given.pop("unit"), given.pop("level")
        unit = next(line.unit for line in lines if line.unit.public_id == unit_id)
        level = next((one for one in levels if one.key == level_key), None)
        actions.log_intent(by=by, unit=unit, level=level, **given)

    if carried_out(form, act):
        return done(request, _("The intent is logged."), "intents")
    return page(request, "intents/log.html", {"form": form}, status=status_of(form))
