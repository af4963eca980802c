"""For what a badge that documents participation is given (R-021): shown where the badge says it, asked where it does not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards.participation import MOST_PERIOD, unsaid
from insignia.domain.awards.roster import cleaning
from insignia.domain.catalog.basis import MEMBERSHIP, basis_of
from insignia.edges.web import achievement_words as words

from .fields import CleanedField, put_at_its_field

PLACES = {"basis_missing": "basis", "period_missing": "period"}


def given_for(achievement: Any) -> str:
    """What the badge says that it is given for, in words; empty where it says nothing, or is not such a badge."""
    stated = _stated(achievement)
    return words.basis(stated) if stated and achievement.level.policy.basis else ""


def basis_fields(achievement: Any) -> dict[str, forms.Field]:
    """The fields for what the badge leaves open: nothing at most badges."""
    allowed = achievement.level.policy.basis
    stated = _stated(achievement)
    if not allowed or (stated and not stated.lacks_period):
        return {}
    fields: dict[str, forms.Field] = {}
    if stated is None:
        fields["basis"] = forms.ChoiceField(
            label=_("What it is given for"),
            choices=[(kind, words.BASES.get(kind, kind)) for kind in allowed],
            widget=forms.RadioSelect(attrs={"class": "cards"}),
            error_messages={"required": _("Choose what it is given for.")},
        )
    if stated or MEMBERSHIP in allowed:
        fields["period"] = CleanedField(
            label=_("Period of membership"),
            help_text=_("Such as an academic year. It stands on the badge.")
            if stated
            else _("For a membership: such as an academic year. It stands on the badge."),
            required=False,  # the domain asks for it where it is a membership
            clean_text=lambda given: cleaning.line(given, MOST_PERIOD),
        )
    return fields


def said(form: forms.Form) -> dict[str, str]:
    """What a valid form with these fields says, for the actions."""
    return {name: form.cleaned_data.get(name, "") for name in ("basis", "period")}


def _stated(achievement: Any) -> Any:
    return basis_of(achievement.current.content) if achievement.current else None


def check_said(form: forms.Form, achievement: Any) -> None:
    """Put what is still to be said beside its field, by the rule by which awards are refused."""
    if form.errors or achievement.current is None:
        return
    if refusal := unsaid(achievement.level.policy, achievement.current.content, **said(form)):
        put_at_its_field(form, refusal, PLACES)
