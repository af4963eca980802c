"""Answers are saved as they are written, by several people at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.questions.answers import cleaned
from insignia.core.questions.definition import Form, Kind
from insignia.core.questions.facts import facts_of
from insignia.core.questions.problems import Problem
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import TaxonomyLevel
from insignia.domain.people.models import User

from .. import rules
from ..content import presets_of
from ..models import Proposal
from ..queries import is_writer


@dataclass(frozen=True, slots=True)
class Written:
    """How far the writing came: what is wrong with what was typed, and what somebody else wrote meanwhile."""

    proposal: Proposal
    problems: tuple[Problem, ...]
    overtaken: tuple[tuple[str, str], ...]  # question, who


@transaction.atomic
def write_answers(*, by: Actor, proposal: Proposal, sent: Mapping[str, Any], revision: int) -> Written:
    """Keep the answers that were sent; questions that were not stay as they are.

    `revision` is the one that `by` had before the eyes: an answer that somebody else changed since is not overwritten
    but told in `overtaken`. Everything that was typed is kept, also what is wrong with it.
    """
    if not is_writer(by, proposal):
        raise NotPermitted(N_("Only those who write this proposal can change it."), code="not_yours")
    now = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("form", "level", "unit", "institution")
        .get(pk=proposal.pk)
    )
    check_editable(now)
    form = now.form.form
    # Files come and go on their own, and what a form does not ask is nobody's to send.
    mine = {q.key for q in form.questions if q.kind is not Kind.ATTACHMENT}
    fresh = {key: value for key, value in sent.items() if key in mine}
    answers, problems = cleaned(form, {**now.answers, **fresh})
    changed = [key for key in fresh if answers.get(key) != now.answers.get(key)]
    lost = [key for key in changed if _touched_since(now, key, revision, by)]
    for key in lost:
        answers = (
            {**answers, key: now.answers[key]} if key in now.answers else {k: v for k, v in answers.items() if k != key}
        )
    kept = [key for key in changed if key not in lost]
    overtaken = tuple((key, now.touched[key][1]) for key in lost)
    if kept:
        number = now.revision + 1
        now.answers = dict(answers)
        now.touched = {**now.touched, **{key: [number, by.id] for key in kept}}
        now.revision, now.updated_at = number, clock.now()
        take_from_answers(now)
        now.save(update_fields=["answers", "touched", "revision", "updated_at", "title", "level", "search_text"])
        _, problems = cleaned(form, now.answers)
    return Written(now, problems, tuple((key, _name(who)) for key, who in overtaken))


def check_editable(proposal: Proposal) -> None:
    """Refuse to change what is in other hands."""
    if proposal.state not in rules.EDITABLE:
        raise Rejected(
            N_("It was handed in and can only be read now. Withdraw it, or wait for what the reviewers say."),
            code="not_editable",
        )


def take_from_answers(proposal: Proposal) -> None:
    """Let the title and the level follow what is answered; the caller saves."""
    form = proposal.form.form
    named = next((q.key for q in form.questions if q.maps_to == "name"), "")
    title = proposal.answers.get(named)
    if isinstance(title, str) and title:
        proposal.title = title[:200]
    key = facts_of(form, proposal.answers).get("type")
    if isinstance(key, str) and key != proposal.level.key:
        other = institutions.levels().filter(key=key).first()
        if other is not None and other.policy.form == proposal.level.policy.form:
            proposal.answers = _with_presets(form, proposal.answers, proposal.level, other)
            proposal.level = other
    proposal.search_text = searchable(proposal.title, proposal.unit.name, proposal.level.name)


def _with_presets(
    form: Form, answers: Mapping[str, Any], before: TaxonomyLevel, after: TaxonomyLevel
) -> dict[str, Any]:
    """What the former level had answered beforehand, the new one answers anew; what somebody chose stays."""
    old, new = presets_of(form, before), presets_of(form, after)
    return {**answers, **{key: value for key, value in new.items() if answers.get(key) in (None, old.get(key))}}


def _touched_since(proposal: Proposal, key: str, revision: int, by: Actor) -> bool:
    at, who = proposal.touched.get(key, [0, ""])
    return bool(at > revision and who != by.id)


def _name(public_id: str) -> str:
    user = User.objects.filter(public_id=public_id).first()
    return str(user) if user else ""
