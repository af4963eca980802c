"""What a unit fills in when it asks the Registrar to issue: one learner, or a file. The domain judges; nothing typed is lost."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards import roster
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.roster import LIMITS, cleaning
from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.institutions.rules import EvidencePolicy

from . import request_rows
from .fields import CleanedField, DayField

_FIELDS: Mapping[str, tuple[Any, Any]] = {
    "name": (_("Name"), _("The full name as it will stand on the badge.")),
    "email": (_("Mail address"), _("Where the badge is offered.")),
    "external_id": (_("Student number"), _("If there is one: it helps the Registrar to find the learner.")),
    "awarded_on": (_("Completed on"), _("The day on which the requirements were completed.")),
    "evidence_url": (_("Link to the work"), _("If there is one, beginning with https://.")),
    "evidence_name": (_("Title of the work"), ""),
    "narrative": (_("What they did"), _("Shown on the badge to whoever sees it. Up to 2,000 characters.")),
    "attested_by": (_("Assessed by"), _("Who judged the work.")),
    "attested_where": (_("Assessed where"), _("Where the work is kept, such as a course in your learning system.")),
    "attested_on": (_("Assessed on"), ""),
    "share_consent_on": (
        _("Agreed to share on"),
        _("The day on which the learner agreed that this work is shown with the badge."),
    ),
}
_DAYS = ("awarded_on", "attested_on", "share_consent_on")
_WHO = ("name", "email", "external_id", "awarded_on")
_WORK = ("evidence_url", "evidence_name", "narrative")
_ASSESSED = ("attested_by", "attested_where", "attested_on")


class LearnerForm(forms.Form):
    """One row of a request, under the names of a roster's columns. Whatever is typed is kept; what is wrong is said beside it."""

    def __init__(self, *, achievement: Any, line: Mapping[str, Any], row: Any = None):
        typed = request_rows.typed(line)
        super().__init__(initial=typed)
        policy = achievement.level.policy
        columns = [*_WHO, *_WORK]
        columns += _ASSESSED if policy.assessed or policy.off_system_attestation else ()
        columns += ("share_consent_on",) if policy.evidence is EvidencePolicy.SHARED else ()
        needed = {"name", "email", "awarded_on", "share_consent_on", *(_ASSESSED if policy.assessed else ())}
        for column in columns:
            self.fields[column] = _field(column, typed.get(column, ""))
            # Said to the reader only: a draft keeps whatever there is, and the domain says what is missing.
            self.fields[column].required = column in needed
        if achievement.variants:
            self.fields["variant"] = _variant(achievement)
        self.shows_assessment = policy.assessed or policy.off_system_attestation
        if row is not None:
            self._say(row)

    def _say(self, row: Any) -> None:
        """Put what the domain found wrong beside the fields that it is about."""
        self.is_bound, self.data, self.cleaned_data = True, self.initial, {}
        self._errors = forms.utils.ErrorDict()
        for column, words in request_rows.problems_by_column(row):
            self.add_error(column if column in self.fields else None, words)

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in _WHO]

    @property
    def work(self) -> list[forms.BoundField]:
        return [self[name] for name in (*_WORK, "share_consent_on", "variant") if name in self.fields]

    @property
    def assessment(self) -> list[forms.BoundField]:
        return [self[name] for name in _ASSESSED if name in self.fields]


def values_of(data: QueryDict) -> dict[str, str]:
    """What was typed, by the columns of a roster."""
    given = {column: str(data.get(column, "")).strip() for column in roster.COLUMNS}
    return {column: value for column, value in given.items() if value}


def _field(column: str, value: str) -> forms.Field:
    label, help_text = _FIELDS[column]
    widget: forms.Widget
    if column in _DAYS and (not value or _is_day(value)):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif column in _DAYS:
        # A calendar field would show nothing for “31.12.26”: what was typed has to be seen to be corrected.
        widget, help_text = forms.TextInput(), _("As year-month-day: 2026-11-25.")
    elif column == "narrative":
        widget = forms.Textarea(attrs={"rows": 3})
    elif column == "evidence_url":
        widget = forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
    else:
        widget = forms.TextInput(attrs={"autocomplete": "off"} | ({"inputmode": "email"} if column == "email" else {}))
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=False, strip=False)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _variant(achievement: Any) -> forms.Field:
    names = [("", _("Standard")), *((v, _(VARIANT_NAMES.get(v, v))) for v in achievement.variants)]
    return forms.ChoiceField(label=_("Variant"), choices=names, required=False, widget=forms.RadioSelect)


class CohortForm(forms.Form):
    """A file of learners; and, for badges that are assessed, what holds for all rows that do not say it themselves."""

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
    attested_by = CleanedField(
        label=_("Assessed by"),
        help_text=_("Who judged the work."),
        required=False,
        clean_text=lambda given: cleaning.line(given, 200),
    )
    attested_where = CleanedField(
        label=_("Assessed where"),
        help_text=_("Where the work is kept, such as a course in your learning system."),
        required=False,
        clean_text=lambda given: cleaning.line(given, 200),
    )
    attested_on = DayField(label=_("Assessed on"), required=False)

    def __init__(self, *args: Any, achievement: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        policy = achievement.level.policy
        if not (policy.assessed or policy.off_system_attestation):
            for name in _ASSESSED:
                del self.fields[name]

    @property
    def assessment(self) -> list[forms.BoundField]:
        return [self[name] for name in _ASSESSED if name in self.fields]

    def assessed(self) -> Assessed:
        """What the valid form says of all rows."""
        given = self.cleaned_data
        return Assessed(
            by=given.get("attested_by", ""), where=given.get("attested_where", ""), on=given.get("attested_on")
        )
