"""A preset from a file, and which of its sections are taken in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import choose_from


class PresetFileForm(forms.Form):
    """The file of a preset."""

    file = forms.FileField(
        label=_("Drop the file here, or choose it"),
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
        error_messages={"required": _("Choose a file first.")},
    )


class TakeForm(forms.Form):
    """The sections that are taken in, of what was looked at."""

    sections = forms.MultipleChoiceField()
    fingerprint = forms.CharField(max_length=64)

    def __init__(self, *args: Any, sections: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "sections", [(name, name) for name in sections])
