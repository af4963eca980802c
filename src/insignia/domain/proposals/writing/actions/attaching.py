"""Files that belong to an answer."""

import hashlib

from django.db import transaction

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.questions.definition import Kind
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import rules
from ..events import AttachmentChanged
from ..models import Attachment, Proposal
from ..queries import is_writer
from .answering import check_editable


@transaction.atomic
def attach(*, by: Actor, proposal: Proposal, question: str, name: str, content: bytes) -> Attachment:
    """Add a file to the answer to `question`. What it is, is seen by its first bytes, not by its name."""
    now = _held(by, proposal)
    if question not in {q.key for q in now.form.form.questions if q.kind is Kind.ATTACHMENT}:
        raise Rejected(N_("The form asks for no file there."), code="no_file_wanted")
    if not content:
        raise Rejected(N_("The file is empty."), code="file_empty")
    if len(content) > rules.MOST_BYTES:
        raise Rejected(
            N_("The file is larger than %(most)s MB. Share a smaller one, or a link."),
            code="file_too_large",
            params={"most": rules.MOST_BYTES // 1024 // 1024},
        )
    kind = rules.media_type(content, name)
    if not kind:
        raise Rejected(
            N_("This kind of file is not taken. Possible are PDF, PNG, JPEG, plain text and office documents."),
            code="file_kind",
        )
    if now.attachments.count() >= rules.MOST_ATTACHMENTS:
        raise Rejected(N_("There are too many files. Take one away first."), code="too_many_files")
    row = Attachment.objects.create(
        institution_id=now.institution_id,
        proposal=now,
        question=question,
        name=name.replace("\\", "/").rpartition("/")[2][-200:] or "file",
        media_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        added_by_id=by.user_pk,
    )
    _answer(by, now, question, [*_files(now, question), row.public_id])
    _tell(by, now, row, "attach")
    return row


@transaction.atomic
def detach(*, by: Actor, proposal: Proposal, attachment: Attachment) -> None:
    """Take a file out of the answer. If an earlier version holds it, it stays there."""
    now = _held(by, proposal)
    left = [one for one in _files(now, attachment.question) if one != attachment.public_id]
    _answer(by, now, attachment.question, left)
    if not any(attachment.public_id in _files(version, attachment.question) for version in now.versions.all()):
        Attachment.objects.filter(pk=attachment.pk).delete()
    _tell(by, now, attachment, "detach")


def _held(by: Actor, proposal: Proposal) -> Proposal:
    if not is_writer(by, proposal):
        raise NotPermitted(N_("Only those who write this proposal can change it."), code="not_yours")
    now = Proposal.objects.select_for_update(of=("self",)).select_related("form", "institution").get(pk=proposal.pk)
    check_editable(now)
    return now


def _files(holder: object, question: str) -> list[str]:
    value = getattr(holder, "answers", {}).get(question, [])
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _answer(by: Actor, proposal: Proposal, question: str, files: list[str]) -> None:
    answers = {**proposal.answers, question: files}
    if not files:
        del answers[question]
    proposal.answers, proposal.revision, proposal.updated_at = answers, proposal.revision + 1, clock.now()
    proposal.touched = {**proposal.touched, question: [proposal.revision, by.id]}
    proposal.save(update_fields=["answers", "revision", "updated_at", "touched"])


def _tell(by: Actor, proposal: Proposal, attachment: Attachment, verb: str) -> None:
    event = AttachmentChanged(proposal=proposal.public_id, attachment=attachment.public_id, verb=verb)
    publish(event, by=by, subject=("proposal", proposal.public_id))
