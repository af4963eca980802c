"""Appointing a Grantor, recording their training, ending the appointment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards.roster import addresses, cleaning

from .clean_fields import CleanField, several_lines
from .forms.fields import DayField


class AppointForm(forms.Form):
    """Who, on what ground, from when."""

    email = CleanField(
        label=_("Mail address"),
        clean_text=addresses.address,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Somebody new gets an account with it; the mail says how to sign in."),
    )
    name = CleanField(
        label=_("Name"),
        clean_text=lambda given: cleaning.person_name(given, 200),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Stands on every award that they verify. Whoever has an account keeps the name that it has."),
    )
    qualification = several_lines(
        2_000,
        rows=3,
        label=_("Qualification"),
        help_text=_("What makes them an expert who can judge the work: degree, years of practice, teaching."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Left empty, until somebody ends it."))
    trained_on = DayField(
        label=_("Trained on"), required=False, help_text=_("Left empty while the training is still to come.")
    )

    def clean(self) -> dict[str, Any]:
        """An appointment ends after it begins."""
        given = super().clean() or {}
        begins, ends = given.get("starts_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The appointment ends before it begins."))
        return given


class TrainingForm(forms.Form):
    """When somebody was trained."""

    trained_on = DayField(label=_("Trained on"), help_text=_("From that day on they may award."))


class EndForm(forms.Form):
    """The last day of an appointment."""

    ends_on = DayField(
        label=_("Last day"), help_text=_("They may award through that day. To end it at once, choose yesterday.")
    )
