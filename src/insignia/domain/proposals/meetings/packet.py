"""What members read before a meeting: each proposal as it was handed in last and before, and what reviewers said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from insignia.core.workflow import route as engine
from insignia.core.workflow.state import Entry
from insignia.core.workflow.verbs import APPROVING, RETURNING
from insignia.domain.access.actor import Actor
from insignia.domain.people.models import User
from insignia.domain.proposals.bodies.models import Meeting
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow.keeping import label_of
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import ProposalVersion

from . import queries
from .models import AgendaItem

_REVIEWING = APPROVING | RETURNING | {engine.Verb.FEEDBACK, engine.Verb.VOTE, engine.Verb.REJECT}


@dataclass(frozen=True, slots=True)
class Matter:
    """One item with the two newest versions of its proposal, the newest first, and what each reviewer said, by task."""

    item: AgendaItem
    versions: Sequence[ProposalVersion] = ()
    reviews: Sequence[tuple[str, Entry]] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # the institution's own words for criteria


@dataclass(frozen=True, slots=True)
class Packet:
    """All of it, and who the reviewers are."""

    matters: Sequence[Matter]
    people: Mapping[str, User]


def packet_for(actor: Actor, meeting: Meeting) -> Packet:
    """The packet of `meeting`. Of a proposal that `actor` writes it leaves out what reviewers say among themselves."""
    items = [one for one in queries.items(meeting) if one.state != AgendaItem.State.DROPPED]
    proposals = [one.proposal for one in items if one.proposal]
    versions = writing.newest_two(proposals) if proposals else {}
    writers = writing.writers(proposals) if proposals else {}
    rows = Run.objects.filter(proposal__in=[one.pk for one in proposals]).select_related("route") if proposals else ()
    runs = {row.proposal_id: row for row in rows}
    matters = []
    for item in items:
        row = runs.get(item.proposal_id or 0)
        own = actor.id in writers.get(item.proposal_id or 0, ())
        matters.append(
            Matter(
                item,
                versions.get(item.proposal_id or 0, ()),
                [] if own or row is None else _reviews(row),
                row.route.route.labels if row else {},
            )
        )
    said = {entry.by.person for matter in matters for _label, entry in matter.reviews}
    return Packet(matters, workflow.people(said) if said else {})


def _reviews(row: Run) -> list[tuple[str, Entry]]:
    """The last word of each reviewer on each task, of those who may still be heard; no secret vote."""
    route, run = row.route.route, row.run
    labels = {
        (step.key, task.key): (task, task.label or label_of(step))
        for step in engine.way(route, run)
        for task in step.tasks
    }
    last: dict[tuple[str, str], tuple[str, Entry]] = {}
    for entry in run.history:
        task, label = labels.get((entry.step, entry.task), (None, ""))
        secret = task is not None and task.rule is not None and task.rule.ballots is engine.Ballots.SECRET
        if task is None or secret or entry.verb not in _REVIEWING or entry.by.seat in run.recused:
            continue
        last[(entry.task, entry.by.seat)] = (label, entry)
    return list(last.values())
