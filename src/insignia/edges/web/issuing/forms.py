"""The forms of the desk that are more than one field."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from insignia.core.words import N_
from insignia.domain.awards.actions import REVOCATION_REASONS, Earner
from insignia.domain.awards.roster import LIMITS, addresses, cleaning

from .claim_form import ClaimForm
from .fields import CleanedField, DayField
from .given_for import basis_fields, check_said, given_for

_EARNER = ("name", "email", "external_id")


class AwardForm(ClaimForm):
    """One person, and what is claimed of them."""

    name = CleanedField(
        label=_("Name"),
        help_text=_("The full name as it will stand on the badge."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        clean_text=lambda given: cleaning.person_name(given, 200),
    )
    email = CleanedField(
        label=_("Mail address"),
        help_text=_("Where the badge is offered."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        clean_text=addresses.address,
    )
    external_id = CleanedField(
        label=_("Student or staff number"),
        help_text=_("Kept here, not put on the badge."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        clean_text=lambda given: cleaning.identifier(given, 80),
    )
    field_order = _EARNER

    def earner(self) -> Earner:
        """The person whom the valid form names."""
        given = self.cleaned_data
        return Earner(addresses.trimmed(self.data["email"]), given["name"], given["external_id"])


class PeopleForm(ClaimForm):
    """Several people, and what is claimed of all of them."""

    people = forms.CharField(
        label=_("People"),
        help_text=_(
            "One a line: Ana Núñez &lt;ana@mail.example&gt;, or name and address in two columns of a spreadsheet."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
        strip=False,  # without a maxlength, at which browsers cut off what is pasted; the reader says what is too long
    )
    field_order = ("people",)

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        if self.asks_for_work:
            # One piece of evidence, as a row of a roster has.
            del self.fields["evidence_1_narrative"]
            self.fields["evidence_1_url"].help_text = _("The same for everybody in the list.")

    @property
    def evidence(self) -> list[tuple[int, Any, Any, Any]]:
        if not self.asks_for_work:
            return []
        return [(1, self["evidence_1_name"], self["evidence_1_url"], None)]


class RosterForm(forms.Form):
    """A roster file, and the day for rows that have none."""

    roster = forms.FileField(
        label=_("Drop the file here, or choose it"),
        allow_empty_file=True,  # so that the reader of rosters says what is wrong with it
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".csv,.tsv,.txt,.xlsx",
                "data-most": LIMITS.file_bytes,
                "data-too-large": _("This file is larger than 5 MB. Divide it into several."),
            }
        ),
        error_messages={"required": _("Choose a file first.")},
    )
    awarded_on = DayField(
        label=_("Day for rows without one"),
        required=False,
        help_text=_("Left empty, such rows are refused."),
    )

    def __init__(self, *args: Any, achievement: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.achievement, self.given_for = achievement, given_for(achievement)
        self.fields.update(basis_fields(achievement))

    def clean(self) -> dict[str, Any]:
        """For what it is given has to be said, where the badge does not."""
        given = super().clean() or {}
        check_said(self, self.achievement)
        return given


class RevokeForm(forms.Form):
    """Why something is taken back for good."""

    code = forms.ChoiceField(
        label=_("Why"),
        choices=[(code, _(words)) for code, words in REVOCATION_REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )
    reason = CleanedField(
        label=_("Reason, in your words"),
        help_text=_("Kept for good, and the earner is told."),
        widget=forms.Textarea(attrs={"rows": 3}),
        clean_text=lambda given: _needed(cleaning.text(given, 500)),
    )


class ReasonForm(forms.Form):
    """Why something is changed."""

    reason = CleanedField(
        label=_("Reason"),
        help_text=_("Kept for good, and the earner is told."),
        widget=forms.Textarea(attrs={"rows": 3}),
        clean_text=lambda given: _needed(cleaning.text(given, 500)),
    )


class CorrectionForm(forms.Form):
    """What was wrong: name, address or day. What is left as it was stays."""

    name = CleanedField(label=_("Name"), clean_text=lambda given: cleaning.person_name(given, 200))
    email = CleanedField(label=_("Mail address"), widget=forms.EmailInput, clean_text=addresses.address)
    awarded_on = DayField(label=_("Day"))
    reason = CleanedField(
        label=_("Reason"),
        help_text=_("Kept for good, and the earner is told."),
        widget=forms.Textarea(attrs={"rows": 3}),
        clean_text=lambda given: _needed(cleaning.text(given, 500)),
    )

    def __init__(self, data: QueryDict | None = None, *, award: Any) -> None:
        self.award = award
        as_it_is = {"name": award.recipient.name, "email": award.recipient.email_given, "awarded_on": award.awarded_on}
        super().__init__(data, initial=as_it_is)
        if award.recipient.user_id is not None:
            del self.fields["email"]

    def changes(self) -> dict[str, Any]:
        """What the valid form wants otherwise than it is."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "reason"}


def _needed(text: str) -> str:
    if not text:
        raise cleaning.Unfit("reason_missing", N_("Say why: the reason is kept, and the earner is told."))
    return text
