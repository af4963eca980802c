"""Which column of a roster means what, chosen by a person where the headings do not say it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards import roster
from insignia.domain.awards.roster import COLUMNS, REQUIRED, DateOrder

from .fields import DayField

NAMES = {
    "email": _("Mail address"),
    "name": _("Name"),
    "awarded_on": _("Day of the award"),
    "narrative": _("What they did"),
    "evidence_url": _("Link to the work"),
    "evidence_name": _("Title of the work"),
    "variant": _("Variant"),
    "external_id": _("Student or staff number"),
    "attested_where": _("Assessed elsewhere: where"),
    "attested_on": _("Assessed elsewhere: when"),
    "attested_by": _("Assessed elsewhere: by whom"),
    "share_consent_on": _("Agreed to share on"),
}
_ORDERS = [
    (DateOrder.UNSAID, _("As the file makes certain")),
    (DateOrder.DAY_FIRST, _("Day first: 31/12/2026")),
    (DateOrder.MONTH_FIRST, _("Month first: 12/31/2026")),
]
SECOND = "name_second"


class MappingForm(forms.Form):
    """One choice of a heading for each of our columns."""

    def __init__(
        self, data: QueryDict | None = None, *, headings: Sequence[tuple[str, str]], batch: Any, **options: Any
    ) -> None:
        super().__init__(data, initial=_as_it_is(batch), **options)
        choices = [("", gettext("None")), *((heading, _shown(heading, sample)) for heading, sample in headings)]
        for column in COLUMNS:
            self.fields[column] = _choice(NAMES[column], choices, needed=column in REQUIRED)
            if column == "name":
                self.fields[SECOND] = _choice(_("and, where it stands in two columns"), choices, needed=False)
        self.fields["date_order"] = forms.ChoiceField(
            label=_("Days such as 03/04/2026"), choices=_ORDERS, widget=forms.RadioSelect
        )
        self.fields["awarded_on"].help_text = _("Where a row has none, the day below counts.")
        self.fields["default_day"] = DayField(label=_("Day for rows without one"), required=False)

    def mapping(self) -> roster.Mapping:
        """The mapping that the valid form describes."""
        given = self.cleaned_data
        columns: dict[str, tuple[str, ...]] = {column: (given[column],) for column in COLUMNS if given[column]}
        if given[SECOND] and given[SECOND] != given["name"]:
            columns["name"] = (given["name"], given[SECOND])
        return roster.Mapping(columns, DateOrder(given["date_order"]))

    @property
    def needed(self) -> list[Any]:
        """The fields without which no row can be awarded."""
        return [self["name"], self[SECOND], self["email"]]

    @property
    def others(self) -> list[Any]:
        """The fields that a roster may leave out."""
        return [self[column] for column in COLUMNS if column not in REQUIRED]


def _as_it_is(batch: Any) -> dict[str, Any]:
    mapping = roster.Mapping.from_json(batch.mapping)
    values: dict[str, Any] = {column: headings[0] for column, headings in mapping.columns.items()}
    values[SECOND] = mapping.columns.get("name", ("", ""))[1:2]
    values[SECOND] = values[SECOND][0] if values[SECOND] else ""
    return {**values, "date_order": mapping.date_order, "default_day": batch.awarded_on}


def _shown(heading: str, sample: str) -> str:
    return gettext("%(heading)s, such as “%(sample)s”") % {"heading": heading, "sample": sample} if sample else heading


def _choice(label: Any, choices: Sequence[tuple[str, str]], *, needed: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=needed,
        error_messages={"required": _("Every roster needs this. Choose its column.")},
    )
