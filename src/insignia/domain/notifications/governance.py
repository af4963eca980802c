"""Which news of intents and proposals becomes mail. Thin, and safe to run twice."""

from typing import Any

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import members
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry
from insignia.domain.people.models import User
from insignia.domain.proposals.intents.models import Intent, Invitation
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow.models import Delegation
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Consultation, Proposal, Remark
from insignia.domain.proposals.writing.rules import ENDED

from . import actions
from .models import Kind


@subscribe("workflow.proposal_moved", name="notifications.proposal")
def proposal(data: dict[str, Any], entry: Entry) -> None:
    """Ask whoever has a task now; tell those who write of changes that are requested, and of the end."""
    found = writing.proposal(data["proposal"])
    params = {"proposal": found.public_id}
    _ask(found, Kind.TASK_ASKED, data["opened"], cause=entry.public_id)
    if data["state"] == Proposal.State.CHANGES_REQUESTED and data["opened"]:
        _tell_writers(found, Kind.PROPOSAL_RETURNED, params, cause=entry.public_id)
    if data["state"] in ENDED:
        params["reason"] = entry.reason
        _tell_writers(found, Kind.PROPOSAL_ENDED, params, cause=entry.public_id)
        if data["state"] == Proposal.State.APPROVED:
            office = members.holders(Permission.PRODUCTION_MANAGE)
            actions.tell_people(Kind.PROPOSAL_ENDED, office, found.institution, params, cause=entry.public_id)


@subscribe("workflow.task_reminded", name="notifications.task_reminder")
def remind(data: dict[str, Any], entry: Entry) -> None:
    """Remind whoever has the task, or those who were asked for changes."""
    found = writing.proposal(data["proposal"])
    if data["task"]:
        open_tasks = workflow.open_tasks().filter(run__proposal=found, task=data["task"])
        _ask(found, Kind.TASK_REMINDER, open_tasks.values_list("public_id", flat=True), cause=entry.public_id)
    else:
        _tell_writers(found, Kind.PROPOSAL_RETURNED, {"proposal": found.public_id}, cause=entry.public_id)


@subscribe("workflow.task_escalated", name="notifications.task_escalated")
def escalate(data: dict[str, Any], entry: Entry) -> None:
    """Tell whoever holds the role to which it is escalated."""
    found = writing.proposal(data["proposal"])
    house = workflow.house_of(found.institution)
    holders = house.directory.holders(data["to"], "", on=house.day)
    task = workflow.open_tasks().filter(run__proposal=found, task=data["task"]).first()
    if task:
        people = list(workflow.people(holders).values())
        params = {"proposal": found.public_id, "task": task.public_id}
        actions.tell_people(Kind.TASK_ESCALATED, people, found.institution, params, cause=entry.public_id)


@subscribe("workflow.delegation_given", name="notifications.delegation")
def delegate(data: dict[str, Any], entry: Entry) -> None:
    """Tell somebody in whose place they act."""
    for row in Delegation.objects.select_related("to", "institution").filter(public_id=data["delegation"]):
        params = {"delegation": row.public_id}
        actions.tell_people(Kind.DELEGATION_GIVEN, [row.to], row.institution, params, cause=entry.public_id)


@subscribe("proposals.remark_made", name="notifications.remark")
def remark(data: dict[str, Any], entry: Entry) -> None:
    """Tell those who write of a remark, and whoever made the first one of an answer to it."""
    made = Remark.objects.select_related("author", "answer_to__author").filter(public_id=data["remark"]).first()
    if made is None:
        return
    found = writing.proposal(data["proposal"])
    ids = set(writing.writers_of(found)) if made.audience == Remark.Audience.ALL else set()
    if made.answer_to:
        ids.add(made.answer_to.author.public_id)
    people = list(workflow.people(ids - {made.author.public_id}).values())
    params = {"proposal": found.public_id, "remark": made.public_id}
    actions.tell_people(Kind.REMARK_MADE, people, found.institution, params, cause=entry.public_id)


@subscribe("proposals.participant_changed", name="notifications.participant")
def participant(data: dict[str, Any], entry: Entry) -> None:
    """Tell somebody that they write a proposal together with others."""
    if data["part"]:
        found = writing.proposal(data["proposal"])
        people = list(workflow.people([data["user"]]).values())
        params = {"proposal": found.public_id}
        actions.tell_people(Kind.PARTICIPANT_ADDED, people, found.institution, params, cause=entry.public_id)


@subscribe("proposals.consultation_asked", name="notifications.consultation_asked")
def ask_consultation(data: dict[str, Any], entry: Entry) -> None:
    """Ask whoever gives consultations."""
    found = writing.proposal(data["proposal"])
    today = workflow.house_of(found.institution).day
    held = institutions.memberships_on(today).filter(role__key=data["role"]).values("user")
    params = {"proposal": found.public_id, "consultation": data["consultation"]}
    people = User.objects.filter(pk__in=held)
    actions.tell_people(Kind.CONSULTATION_ASKED, people, found.institution, params, cause=entry.public_id)


@subscribe("proposals.consultation_answered", name="notifications.consultation_done")
def answer_consultation(data: dict[str, Any], entry: Entry) -> None:
    """Tell those who write what came of it."""
    for row in Consultation.objects.filter(public_id=data["consultation"]):
        found = writing.proposal(data["proposal"])
        params = {"proposal": found.public_id, "consultation": row.public_id}
        _tell_writers(found, Kind.CONSULTATION_DONE, params, cause=entry.public_id)


@subscribe("intents.moved", name="notifications.intent")
def intent(data: dict[str, Any], entry: Entry) -> None:
    """Tell the office of a new intent, and whoever stated it that it was declined."""
    found = Intent.objects.select_related("institution", "proposer").filter(public_id=data["intent"]).first()
    if found is None:
        return
    params = {"intent": found.public_id}
    if data["verb"] == "submit":
        office = members.holders(Permission.PROPOSAL_MANAGE)
        actions.tell_people(Kind.INTENT_RECEIVED, office, found.institution, params, cause=entry.public_id)
    elif data["verb"] == "decline" and found.address:
        actions.tell_address(Kind.INTENT_DECLINED, found.address, found.institution, params, cause=entry.public_id)


@subscribe("intents.invitation_sent", name="notifications.invitation")
def invite(data: dict[str, Any], entry: Entry) -> None:
    """Send the link that opens the proposal form."""
    for row in Invitation.objects.select_related("intent__institution").filter(public_id=data["invitation"]):
        params = {"invitation": row.public_id}
        actions.tell_address(Kind.PROPOSAL_INVITED, row.address, row.intent.institution, params, cause=entry.public_id)


def _ask(found: Proposal, kind: Kind, tasks: Any, *, cause: str) -> None:
    """Each task in a mail of its own to whoever is asked for it; the writers' own are told in other words."""
    rows = list(workflow.open_tasks().filter(public_id__in=list(tasks)))
    for item in workflow.asked_for(rows, workflow.house_of(found.institution)):
        if item.row.role == "proposer":
            continue
        people = list(workflow.people(one.person for one in item.askees.named).values())
        params = {"proposal": found.public_id, "task": item.row.public_id}
        actions.tell_people(kind, people, found.institution, params, cause=f"{cause}-{item.row.task}"[:60])


def _tell_writers(found: Proposal, kind: Kind, params: dict[str, str], *, cause: str) -> None:
    people = list(workflow.people(writing.writers_of(found)).values())
    actions.tell_people(kind, people, found.institution, params, cause=cause)
