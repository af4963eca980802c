"""One proposal, read: where it is, who has it, what was said, what is answered, what its writers may do with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.people import queries as people
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.impact import impact_of
from insignia.edges.web.doors import institution

from ..answers import changes_of, parts_of
from ..pages import page
from ..remarks import talk_about
from .doors import admit_reader
from .ending import acts_on
from .form_page import help_for
from .standing import Ahead, is_editable, next_of, places_of, steps_ahead, tone


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of a proposal."""
    by, proposal = admit_reader(request, public_id)
    writes = writing.is_writer(by, proposal)
    talk = talk_about(request, by, proposal)
    items = workflow.waiting(proposal, workflow.house_of(institution(request))) if proposal.submitted_at else []
    asked = {named.person for item in items for named in item.askees.named}
    names = people.names_of(asked) if asked else {}
    context = {
        "proposal": proposal,
        "tone": tone(proposal),
        "writes": writes,
        "may_write": writes and is_editable(proposal),
        "may_clone": by.may(Permission.PROPOSAL_START, on=proposal.unit),
        "acts": acts_on(by, proposal) if writes else frozenset(),
        "steps": _steps(proposal, items),
        "places": places_of(items, names) if not is_editable(proposal) else [],
        "next": next_of(proposal) if writes else "",
        "talk": talk,
        "parts": parts_of(request, proposal, remarks=talk.by_question),
        "versions": writing.versions_of(proposal),
        "people": writing.people_writing(proposal),
        "consultations": list(writing.consultations_of(proposal)),
        "impact": impact_of(proposal),
        **help_for(request, proposal.form.form),
    }
    return page(request, "writing/proposal.html", context)


def _steps(proposal: Any, items: list[Any]) -> list[Ahead]:
    """The whole way: as it went, or as it would go."""
    run = workflow.run_of(proposal)
    if run is None:
        return steps_ahead(proposal)
    found = []
    for stage in workflow.stages(run, items):
        if stage.step.is_proposers or stage.state == "skipped":
            continue
        label = stage.step.label or ", ".join(task.label for task in stage.step.tasks if task.label)
        found.append(Ahead(label or stage.step.key.capitalize(), _told(stage), stage.state))
    return found


def _told(stage: Any) -> str:
    if stage.state == "current" and stage.items:
        return ", ".join(item.row.label for item in stage.items if item.row.label)
    tasks = [task.label for task in stage.step.tasks if task.label]
    return _(" and ").join(tasks) if len(tasks) > 1 else ""


@require_safe
def versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was handed in, and what changed between two versions."""
    by, proposal = admit_reader(request, public_id)
    found = writing.versions_of(proposal)
    numbers = [one.number for one in found]
    new = _number(request, "to", numbers, numbers[0] if numbers else 0)
    old = _number(request, "from", numbers, max((n for n in numbers if n < new), default=new))
    picked = {one.number: one for one in found}
    context = {
        "proposal": proposal,
        "here": _("Versions"),
        "versions": found,
        "old": old,
        "new": new,
        "comparison": changes_of(request, proposal, picked[old], picked[new]) if old != new else None,
        "writes": writing.is_writer(by, proposal),
    }
    return page(request, "writing/versions.html", context)


def _number(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 6 and int(given) in numbers else otherwise
