"""What is handed in stays as it is: versions, and the state that the route gives. Called by the floor above."""

from typing import Any

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.questions.answers import cleaned
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.bodies.models import Body

from .. import rules
from ..events import VersionHandedIn
from ..models import Docket, Participant, Proposal, ProposalVersion
from ..queries import newest_version
from .answering import take_from_answers


@transaction.atomic
def freeze_version(*, by: Actor, proposal: Proposal, note: str = "") -> ProposalVersion:
    """Freeze what is written as the next version. The caller holds the proposal and has checked the rest."""
    before = newest_version(proposal)
    version = ProposalVersion.objects.create(
        institution_id=proposal.institution_id,
        proposal=proposal,
        number=before.number + 1 if before else 1,
        form=proposal.form,
        title=proposal.title,
        answers=proposal.answers,
        content_hash=rules.fingerprint(proposal.title, (proposal.form.key, proposal.form.number), proposal.answers),
        made_by_id=by.user_pk,
        note=note.strip()[:500],
    )
    event = VersionHandedIn(proposal=proposal.public_id, number=version.number, content_hash=version.content_hash)
    publish(event, by=by, subject=("proposal", proposal.public_id))
    return version


@transaction.atomic
def amend(*, by: Actor, proposal: Proposal, sent: dict[str, Any], note: str) -> ProposalVersion | None:
    """Change answers while a proposal is in review, as the caller found that `by` may; the next version shows it."""
    now = Proposal.objects.select_for_update(of=("self",)).select_related("form", "level", "unit").get(pk=proposal.pk)
    answers, problems = cleaned(now.form.form, {**now.answers, **sent})
    wrong = [problem for problem in problems if problem.question in sent]
    if wrong:
        raise Rejected(
            N_("Something in it is not right yet."),
            code="wrong_answer",
            details=[Rejected(p.message, code=p.code, params=p.params) for p in wrong],
        )
    if answers == now.answers:
        return None
    now.answers, now.revision, now.updated_at = dict(answers), now.revision + 1, clock.now()
    now.touched = {**now.touched, **{key: [now.revision, by.id] for key in sent}}
    take_from_answers(now)
    now.save(update_fields=["answers", "touched", "revision", "updated_at", "title", "level", "search_text"])
    return freeze_version(by=by, proposal=now, note=note)


def mark(*, proposal: Proposal, state: str) -> None:
    """Keep in the proposal's own row where its run is, for lists."""
    now = clock.now()
    proposal.state, proposal.updated_at = state, now
    proposal.submitted_at = proposal.submitted_at or now
    proposal.ended_at = now if state in rules.ENDED else None
    proposal.save(update_fields=["state", "updated_at", "submitted_at", "ended_at"])


def put_before(*, proposal: Proposal, body: Body) -> None:
    """Let a body's members read it from now on."""
    Docket.objects.get_or_create(institution_id=proposal.institution_id, proposal=proposal, body=body)


def lay_down_pen(*, by: Actor, proposal: Proposal) -> None:
    """Whoever wrote down somebody else's request reads it from now on: it never was theirs."""
    Participant.objects.filter(proposal=proposal, user=by.user_pk).update(part=Participant.Part.READS)
