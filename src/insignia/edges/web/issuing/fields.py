"""Fields that clean by the same rules as the rows of a roster, so that a form and a file refuse the same things."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

from insignia.core.errors import InsigniaError
from insignia.domain.awards.roster.cleaning import Unfit
from insignia.edges.web.words import translated


class CleanedField(forms.CharField):
    """Text that `clean_text` checks; what it refuses is said in its own words."""

    def __init__(self, *, clean_text: Callable[[str], str], **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.clean_text = clean_text

    def clean(self, value: Any) -> str:
        """The clean text; an empty value of a field that is needed is refused by the text's own rule."""
        given = self.to_python(value) or ""
        if not given.strip() and not self.required:
            return ""
        try:
            return self.clean_text(given)
        except Unfit as unfit:
            text = gettext(unfit.message)
            raise forms.ValidationError(text % unfit.params if unfit.params else text, code=unfit.code) from None


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
        self.input_formats = ["%Y-%m-%d"]
        self.localize = False


def put_at_its_field(form: forms.Form, error: InsigniaError, places: Mapping[str, str]) -> None:
    """Say what the domain refused beside the field that it is about: `places` has the field of each code."""
    for reason in error.details or (error,):
        field = places.get(reason.code, "")
        form.add_error(field if field in form.fields else None, translated(reason))


def iso(day: date | None) -> str:
    """A day as a calendar field takes it."""
    return day.isoformat() if day else ""
