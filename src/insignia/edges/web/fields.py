"""Fields that forms of several desks have."""

from collections.abc import Iterable
from typing import Any

from django import forms

from insignia.domain.institutions import outline


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
        self.input_formats = ["%Y-%m-%d"]
        self.localize = False


def names_only() -> forms.Select:
    """A choice between names, which are in no language."""
    return forms.Select(attrs={"translate": "no"})


def choose_from(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Let the field `name` of `form` offer `choices`, which are known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = choices


def indented(lines: Iterable[outline.Line]) -> list[tuple[str, str]]:
    """Units as choices, each set in below its parent."""
    return [(line.unit.public_id, "\u2003" * line.depth + line.unit.name) for line in lines]
