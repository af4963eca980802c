"""The forms of a check-in: when and where, and one person on its list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.domain.awards.roster import addresses, cleaning

from .fields import CleanedField, put_at_its_field
from .given_for import PLACES, basis_fields, check_said, given_for, said

_PLACES = {
    **PLACES,
    "title_missing": "title",
    "hours_turned": "closes_at",
    "hours_over": "closes_at",
    "hours_too_long": "closes_at",
}


class MomentField(forms.DateTimeField):
    """A day and a time in the institution's zone, by the browser's own calendar and clock."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)
        self.input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        self.localize = False


class CheckInForm(forms.Form):
    """An event, and within which hours people write themselves down. `achievement` is given for a new one."""

    title = forms.CharField(
        label=_("Event"), max_length=120, help_text=_("As people there call it. It stands above the code.")
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"))

    def __init__(self, *args: Any, achievement: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.achievement = achievement
        if achievement is not None:
            self.given_for = given_for(achievement)
            self.fields.update(basis_fields(achievement))

    def clean(self) -> dict[str, Any]:
        """For what it is given has to be said, where the badge does not."""
        given = super().clean() or {}
        if self.achievement is not None:
            check_said(self, self.achievement)
        return given

    def values(self) -> dict[str, Any]:
        """What the valid form says, for the actions."""
        given = {name: self.cleaned_data[name] for name in ("title", "place", "opens_at", "closes_at")}
        return {**given, **said(self)} if self.achievement is not None else given

    def refuse(self, error: InsigniaError) -> None:
        """Show what the action refused beside the field that it is about."""
        put_at_its_field(self, error, _PLACES)


class PresentForm(forms.Form):
    """Somebody who was there, written down by staff."""

    name = CleanedField(
        label=_("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        clean_text=lambda given: cleaning.person_name(given, 200),
    )
    email = CleanedField(
        label=_("Mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        clean_text=addresses.address,
    )

    def refuse(self, error: InsigniaError) -> None:
        """Show what the action refused beside the field that it is about."""
        put_at_its_field(self, error, {"name": "name", "email": "email", "on_the_list": "email"})
