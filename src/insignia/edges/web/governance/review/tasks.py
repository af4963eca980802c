"""What waits for me: tasks on proposals, talks about skills, and since when."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import NotFound, NotPermitted
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.workflow import channels, deadlines, queries, standing
from insignia.domain.proposals.writing import actions as writing_actions
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import http
from insignia.edges.web.desk import stamp
from insignia.edges.web.doors import institution, refusal

from ..answers import parts_of
from ..pages import carried_out, done, page, status_of
from .forms import OutcomeForm
from .showing import Holder, holder, waited

PAGE_SIZE = 50
ANY_RIGHT = (
    Permission.PROPOSAL_DECIDE,
    Permission.PROPOSAL_MANAGE,
    Permission.PROPOSAL_READ,
    Permission.PROPOSAL_START,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits for me: in which role, and in whose place."""

    item: Any
    holder: Holder
    role: str
    role_name: str
    instead_of: str
    waited: str


@require_safe
def tasks(request: HttpRequest) -> HttpResponseBase:
    """Everything that waits for the one who asks, the longest first, narrowed by role."""
    by, here = http.actor(request), institution(request)
    house = standing.house(here, stamp(request))
    days = deadlines.Days.of(here)
    mine = [_line(item, by.id, house, days) for item in queries.tasks_of_actor(by, house)]
    talks = standing.consultations_for(by, house)
    if not (mine or talks or any(by.may_somewhere(right) for right in ANY_RIGHT)):
        raise refusal(Permission.PROPOSAL_START)
    counts = Counter((line.role, line.role_name) for line in mine)
    role = request.GET.get("role", "")
    shown = [line for line in mine if role in ("", line.role)]
    context = {
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": len(mine) + len(talks),
        "late": sum(line.holder.is_late for line in mine),
        "talks": talks if not role else (),
        "tabs": _tabs(request.path, role, counts, len(mine)),
        "role": role,
        "reads": by.may_somewhere(Permission.PROPOSAL_READ) or by.may_somewhere(Permission.PROPOSAL_MANAGE),
        "starts": by.may_somewhere(Permission.PROPOSAL_START),
        "registers": channels.registers(by, house),
    }
    return page(request, "review/tasks.html", context)


def _line(item: Any, person: str, house: Any, days: deadlines.Days) -> Line:
    named = next(one for one in item.askees.named if one.person == person)
    role = named.role
    name = _("Proposer") if role == "proposer" else house.roles.get(role, role.replace("_", " ").capitalize())
    return Line(
        item, holder(item, house, days), role, name, house.names.get(named.instead_of, ""), waited(item.opened_at)
    )


def _tabs(path: str, role: str, counts: Counter[tuple[str, str]], total: int) -> list[tuple[str, str, bool]]:
    """By role, where there are several."""
    if len(counts) < 2:
        return []
    every = (_("All, %(count)d") % {"count": total}, path, not role)
    by_role = [
        (f"{name}, {count}", f"{path}?role={key}", key == role)
        for (key, name), count in sorted(counts.items(), key=lambda pair: pair[0][1])
    ]
    return [every, *by_role]


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A talk about skills: what is asked, what is written so far, and what came of it."""
    by, here = http.actor(request), institution(request)
    row = next((one for one in writing.open_consultations() if one.public_id == public_id), None)
    if row is None:
        raise NotFound(N_("This talk is not open any more, or there never was one."))
    house = standing.house(here, stamp(request))
    if by.id not in house.holding(row.role):
        raise NotPermitted(
            N_("This is asked of the role “%(role)s”."),
            code="not_yours",
            params={"role": house.roles.get(row.role, "")},
        )
    form = OutcomeForm(request.POST or None)

    def act() -> None:
        writing_actions.answer_consultation(by=by, consultation=row, outcome=form.cleaned_data["outcome"])

    if carried_out(form, act):
        return done(request, _("It stands beside the proposal for those who write it."), "tasks")
    proposal = writing.proposal(row.proposal.public_id)
    context = {"talk": row, "proposal": proposal, "form": form, "parts": parts_of(request, proposal)}
    return page(request, "review/consultation.html", context, status=status_of(form))
