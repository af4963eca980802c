"""Badge templates: two files in, and badges to draw anew."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import DayField, choose_from


class TemplateForm(forms.Form):
    """The two files of a template."""

    svg = forms.FileField(label=_("The drawing (SVG)"), widget=forms.FileInput(attrs={"accept": ".svg"}))
    sidecar = forms.FileField(label=_("Its sidecar (TOML)"), widget=forms.FileInput(attrs={"accept": ".toml"}))


class ApplyForm(forms.Form):
    """Which badges get new images, and from which day on."""

    achievements = forms.MultipleChoiceField(
        label=_("Badges"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    everything = forms.BooleanField(required=False)
    on = DayField(
        label=_("From this day on"),
        required=False,
        help_text=_("Left empty, now. Otherwise at the beginning of that day, in your time zone."),
    )

    def __init__(self, *args: Any, uses: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "achievements", [(use.achievement.public_id, use.achievement) for use in uses])

    def clean(self) -> dict[str, Any]:
        """Some must be chosen, unless all that are found are meant."""
        given = super().clean() or {}
        if not given.get("everything") and not given.get("achievements") and "achievements" not in self.errors:
            self.add_error("achievements", _("Choose at least one badge."))
        return given

    def picked(self, uses: Sequence[Any]) -> list[Any]:
        """Those of `uses` that the valid form means."""
        if self.cleaned_data["everything"]:
            return list(uses)
        wanted = set(self.cleaned_data["achievements"])
        return [use for use in uses if use.achievement.public_id in wanted]
