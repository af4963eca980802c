"""Fields of editors: made from raw words, and offering what is stored even where it is no longer to be had."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from insignia.edges.web.fields import choose_from

from .names import Value


def encoded(value: Value) -> str:
    """A value of a fact as a box to tick carries it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def with_stored(choices: Sequence[tuple[str, Any]], stored: Iterable[str], names: Mapping[str, str]) -> list[Any]:
    """The choices, and what is stored and no longer offered: saving something unchanged changes nothing."""
    offered = {key for key, _label in choices}
    more = [(one, names.get(one, one)) for one in dict.fromkeys(stored) if one and one not in offered]
    return [*choices, *more]


def select_field(label: Any, *, required: bool = False, **options: Any) -> forms.ChoiceField:
    """A choice of one."""
    return forms.ChoiceField(label=label, required=required, **options)


def ticks_field(label: Any, choices: Any = (), **options: Any) -> forms.MultipleChoiceField:
    """Boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


def text_field(label: Any, *, rows: int = 0, most: int = 200, **options: Any) -> forms.CharField:
    """One line, or several."""
    options.setdefault("required", False)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


def days_field(label: Any, **options: Any) -> forms.IntegerField:
    """A number of days."""
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=3650, **options)


class Ticks(forms.MultipleChoiceField):
    """Boxes of which some are meant to be ticked; that none is, others say in better words."""

    def validate(self, value: Any) -> None:
        """Only whether each can be ticked."""
        if value:
            super().validate(value)


class Lenient(forms.Form):
    """A form that is made from raw words: a choice that is gone is offered as it stands."""

    def keep(self, name: str, choices: Sequence[tuple[str, Any]], names: Mapping[str, str] | None = None) -> None:
        """Offer `choices` at the field `name`, and whatever stands there."""
        value = self[name].value()
        stored = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        choose_from(self, name, with_stored(choices, stored, names or {}))
