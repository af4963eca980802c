"""The image: a brief, proofs in rounds, and a word for each until one is signed off (R-056)."""

from dataclasses import replace

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog import drawing
from insignia.domain.catalog.dressing import Dress, dressed
from insignia.domain.catalog.models import Artwork
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import authority, checks
from ..events import ProofMoved
from ..models import Production, ProductionTask, Proof
from ..rules import OPEN
from .creating import wear
from .holding import held_task, house_for
from .tasks import settle, started

State = Proof.State


@transaction.atomic
def write_brief(*, by: Actor, task: ProductionTask, brief: str) -> None:
    """Say what the image shall show, for whom, and what it must not be mistaken for."""
    now = held_task(task)
    authority.require(authority.may_work(by, now) or authority.may_sign_off(by, now))
    if not brief.strip():
        raise Rejected(N_("Say what the image shall show."), code="brief_empty")
    ProductionTask.objects.filter(pk=now.pk).update(brief=brief.strip()[:5000])
    started(by, now)


def add_proof(*, by: Actor, task: ProductionTask, picture: bytes = b"", alt: str = "", note: str = "") -> Proof:
    """Show the badge as its draft looks, or with another picture. `Rejected` for what cannot be drawn."""
    authority.require(authority.may_work(by, task))
    _check_open(task)
    production = task.production
    dress, drawn = _drawn(production, None)
    if picture:
        unit = production.proposal.unit
        dress, drawn = _drawn(production, catalog.add_artwork(by=house_for(by), unit=unit, data=picture, alt=alt))
    with transaction.atomic():
        now = held_task(task)
        _check_open(now)
        newest = now.proofs.order_by("-number").values_list("number", flat=True).first() or 0
        proof = Proof.objects.create(
            institution_id=now.institution_id,
            task=now,
            number=newest + 1,
            artwork=dress.artwork,
            template=dress.template,
            image_title=dress.image_title,
            symbol=dress.symbol,
            svg=drawn,
            note=note.strip()[:1000],
            made_by_id=by.user_pk,
        )
        started(by, now)
        if now.state == ProductionTask.State.DOING:
            settle(by, now, "hand_in", ProductionTask.State.IN_APPROVAL)
        _tell(by, now, proof, "show")
    return proof


@transaction.atomic
def sign_off(*, by: Actor, proof: Proof) -> None:
    """Approve a proof: the draft gets its picture, and the task is done. Nobody signs off a picture of their own."""
    now = held_task(proof.task)
    authority.require(authority.may_sign_off(by, now))
    if proof.made_by_id is not None and proof.made_by_id == by.user_pk and proof.artwork_id is not None:
        raise NotPermitted(N_("Somebody else signs off the picture that you made."), code="own_proof")
    _decide(by, proof, State.APPROVED, "")
    wear(by, now.production, proof)
    if now.state in OPEN:
        settle(by, now, "approve", ProductionTask.State.DONE)
    _tell(by, now, proof, "sign_off")


@transaction.atomic
def ask_for_changes(*, by: Actor, proof: Proof, answer: str) -> None:
    """Say what has to be otherwise; the next proof answers it."""
    now = held_task(proof.task)
    authority.require(authority.may_sign_off(by, now))
    if not answer.strip():
        raise Rejected(N_("Say what has to be otherwise."), code="answer_missing")
    _decide(by, proof, State.CHANGES, answer)
    if now.state in (ProductionTask.State.IN_APPROVAL, ProductionTask.State.TODO):
        settle(by, now, "send_back", ProductionTask.State.DOING, reason=answer)
    _tell(by, now, proof, "ask_for_changes")


def _drawn(production: Production, artwork: Artwork | None) -> tuple[Dress, bytes]:
    """How the badge looks now, or would with `artwork`, and the drawing of it."""
    draft = checks.draft_of(production)
    if draft is None or production.achievement is None:
        content, proposal = production.approved, production.proposal
        drawings = drawing.proposed(unit=proposal.unit, level=proposal.level, content=content, artwork=artwork)
        return Dress(content.image_title, content.symbol, artwork), drawings[0][1]
    worn = Dress.of(draft)
    dress = replace(worn, artwork=artwork) if artwork else worn
    return dress, drawing.sketch_all(dressed(draft, dress), production.achievement)[0][1]


def _decide(by: Actor, proof: Proof, state: str, answer: str) -> None:
    newer = Proof.objects.filter(task=proof.task_id, number__gt=proof.number).exists()
    moved = not newer and Proof.objects.filter(pk=proof.pk, state=State.SHOWN).update(
        state=state, answer=answer.strip()[:1000], decided_by_id=by.user_pk, decided_at=clock.now()
    )
    if not moved:
        raise Conflict(N_("There is a newer proof, or somebody answered this one a moment ago."), code="proof_over")


def _check_open(task: ProductionTask) -> None:
    if task.state not in OPEN or task.production.state != task.production.State.RUNNING:
        raise Rejected(N_("The image is settled. Reopen the task to change it."), code="image_settled")


def _tell(by: Actor, task: ProductionTask, proof: Proof, verb: str) -> None:
    event = ProofMoved(production=task.production.public_id, proof=proof.public_id, verb=verb)
    publish(event, by=by, subject=("production", task.production.public_id))
