"""Letters about intents and proposals, to those who work with them. Read at the moment of sending: what is not true any
more is not sent."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from insignia.domain.proposals.intents import links
from insignia.domain.proposals.intents.models import Intent, Invitation
from insignia.domain.proposals.workflow.models import Delegation, TaskRun
from insignia.domain.proposals.writing.models import Consultation, Proposal, Remark

from . import places
from .digests import happened
from .letter import Button, Letter
from .models import Kind, Message


def _task(message: Message) -> Letter | None:
    found = TaskRun.objects.select_related("run__proposal__institution", "run__proposal__unit", "run__proposal__level")
    task = found.filter(public_id=message.params.get("task", ""), closed_at=None).first()
    if task is None:
        return None
    proposal = task.run.proposal
    days = (clock.now() - task.opened_at).days
    facts = {"task": task.label, "days": days, "since": formats.date_format(task.opened_at, "DATE_FORMAT")}
    return _about(message, proposal, facts)


def _returned(message: Message) -> Letter | None:
    proposal = _proposal(message)
    if proposal is None or proposal.state != Proposal.State.CHANGES_REQUESTED:
        return None
    newest = proposal.versions.order_by("-number").values_list("number", flat=True).first() or 0
    asked = proposal.remarks.filter(is_required=True, version=newest).values_list("text", flat=True)
    return _about(message, proposal, {"reason": "\n\n".join(f"“{text}”" for text in asked)})


def _ended(message: Message) -> Letter | None:
    proposal = _proposal(message)
    if proposal is None or proposal.ended_at is None:
        return None
    facts = {
        "is_approved": proposal.state == Proposal.State.APPROVED,
        "state": proposal.get_state_display(),
        "reason": str(message.params.get("reason", "")),
    }
    return _about(message, proposal, facts)


def _remark(message: Message) -> Letter | None:
    remark = Remark.objects.select_related("author").filter(public_id=message.params.get("remark", "")).first()
    proposal = _proposal(message)
    if remark is None or proposal is None or remark.resolved_at is not None:
        return None
    return _about(message, proposal, {"author": str(remark.author), "reason": f"“{remark.text}”"})


def _participant(message: Message) -> Letter | None:
    proposal = _proposal(message)
    if proposal is None or not proposal.participants.filter(user__public_id=message.user).exists():
        return None
    return _about(message, proposal, {"author": str(proposal.proposer)})


def _consultation(message: Message) -> Letter | None:
    found = Consultation.objects.select_related("asked_by", "answered_by")
    one = found.filter(public_id=message.params.get("consultation", "")).first()
    proposal = _proposal(message)
    if one is None or proposal is None:
        return None
    if message.kind == Kind.CONSULTATION_ASKED:
        if one.answered_at is not None:
            return None
        return _about(message, proposal, {"author": str(one.asked_by), "reason": one.question})
    return _about(message, proposal, {"author": str(one.answered_by or ""), "reason": one.outcome})


def _intent(message: Message) -> Letter | None:
    intent = (
        Intent.objects.select_related("institution", "unit", "proposer")
        .filter(public_id=message.params.get("intent", ""))
        .first()
    )
    if intent is None or (message.kind == Kind.INTENT_DECLINED) != (intent.state == Intent.State.DECLINED):
        return None
    facts = {"title": intent.title, "unit": intent.unit.name, "author": intent.contact, "reason": intent.reason}
    page = places.intent(intent.institution.slug, intent.public_id)
    return _letter(message, intent.institution, facts, Button(_("Look at the intent"), page))


def _invitation(message: Message) -> Letter | None:
    found = Invitation.objects.select_related("intent__institution", "intent__unit", "intent__proposer")
    invitation = found.filter(public_id=message.params.get("invitation", "")).first()
    if invitation is None or invitation.revoked_at or invitation.expires_at <= clock.now():
        return None
    intent = invitation.intent
    until = formats.date_format(invitation.expires_at, "DATE_FORMAT")
    facts = {"title": intent.title, "unit": intent.unit.name, "until": until, "name": intent.contact}
    page = places.invitation(intent.institution.slug, links.token_of(invitation))
    return _letter(message, intent.institution, facts, Button(_("Begin the proposal"), page))


def _delegation(message: Message) -> Letter | None:
    found = Delegation.objects.select_related("institution", "user", "to")
    row = found.filter(public_id=message.params.get("delegation", "")).first()
    if row is None:
        return None
    facts = {
        "author": str(row.user),
        "from_day": formats.date_format(row.starts_on, "DATE_FORMAT") if row.starts_on else "",
        "until": formats.date_format(row.ends_on, "DATE_FORMAT") if row.ends_on else "",
    }
    page = places.tasks(row.institution.slug)
    return _letter(message, row.institution, facts, Button(_("See what waits"), page))


def _digest(message: Message) -> Letter | None:
    day = date.fromisoformat(str(message.params.get("day", "")))
    user = User.objects.filter(public_id=message.user).first()
    lines = happened(user, message.institution, day) if user else []
    if not lines:
        return None
    facts = {"day": formats.date_format(day, "DATE_FORMAT"), "lines": "\n".join(f"– {line}" for line in lines)}
    return _letter(
        message, message.institution, facts, Button(_("See what waits"), places.tasks(message.institution.slug))
    )


def _proposal(message: Message) -> Proposal | None:
    found = Proposal.objects.select_related("institution", "unit", "level", "proposer")
    return found.filter(public_id=message.params.get("proposal", "")).first()


def _about(message: Message, proposal: Proposal, facts: Mapping[str, object]) -> Letter:
    known = {"title": str(proposal), "unit": proposal.unit.name, "level": proposal.level.name}
    page = places.proposal(proposal.institution.slug, proposal.public_id)
    return _letter(message, proposal.institution, {**known, **facts}, Button(_("Look at the proposal"), page))


def _letter(message: Message, institution: Institution, facts: Mapping[str, object], button: Button) -> Letter:
    user = User.objects.filter(public_id=message.user).first() if message.user else None
    name = str(user) if user else str(facts.get("name", ""))
    return Letter(
        kind=message.kind,
        language=message.language,
        institution=institution,
        address=message.address,
        to=name,
        facts={"name": name, "badges": [], **facts},
        button=Button(button.label, places.sign_in_by_code(button.url)),
    )


WRITERS: Mapping[Kind, Callable[[Message], Letter | None]] = {
    Kind.TASK_ASKED: _task,
    Kind.TASK_REMINDER: _task,
    Kind.TASK_ESCALATED: _task,
    Kind.PROPOSAL_RETURNED: _returned,
    Kind.PROPOSAL_ENDED: _ended,
    Kind.REMARK_MADE: _remark,
    Kind.PARTICIPANT_ADDED: _participant,
    Kind.CONSULTATION_ASKED: _consultation,
    Kind.CONSULTATION_DONE: _consultation,
    Kind.INTENT_RECEIVED: _intent,
    Kind.INTENT_DECLINED: _intent,
    Kind.PROPOSAL_INVITED: _invitation,
    Kind.DELEGATION_GIVEN: _delegation,
    Kind.DIGEST: _digest,
}
