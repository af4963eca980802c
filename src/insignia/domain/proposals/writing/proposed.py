"""What an achievement would say if a proposal were approved as it stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from insignia.core.questions.definition import Form
from insignia.core.questions.facts import fields_of
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.rules import Content

from .content import EXTRA, answers_from, content_of
from .models import Proposal


def proposed(proposal: Proposal, form: Form, answers: Mapping[str, Any], title: str) -> Content:
    """The content: for a revision what is awarded now, with what the proposal says instead."""
    policy = proposal.level.policy
    current = proposal.achievement.current if proposal.achievement else None
    if proposal.kind in (Proposal.Kind.RETIRE, Proposal.Kind.REACTIVATE):
        return current.content if current else Content()
    content = content_of(form, answers, title=title)
    if current is None:
        return replace(content, achievement_type=catalog.default_type(policy, content))
    before = current.content
    shown, answered = answers_from(form, before), fields_of(form, answers)
    # What the form asked counts as the proposal says, also where it was emptied; what it cannot show stays as it was.
    asked = {
        question.maps_to
        for question in form.questions
        if question.maps_to and (question.maps_to in answered or question.key in shown)
    }
    merged = replace(_merged(before, content, asked), achievement_type="")
    by_level = catalog.default_type(policy, replace(before, achievement_type=""))
    kept = before.achievement_type if before.achievement_type != by_level else catalog.default_type(policy, merged)
    return replace(merged, achievement_type=kept)


def _merged(before: Content, content: Content, asked: set[str]) -> Content:
    values: dict[str, Any] = {name: getattr(content, name) for name in asked if not name.startswith(EXTRA)}
    if "distinction_criteria" in values:
        values["variants"] = content.variants
    names = {name.removeprefix(EXTRA) for name in asked if name.startswith(EXTRA)}
    extra: Mapping[str, Any] = {
        **{name: value for name, value in before.extra.items() if name not in names},
        **{name: value for name, value in content.extra.items() if name in names},
    }
    return replace(before, **{**values, "extra": extra})
