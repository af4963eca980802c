"""Fields that clean by the same rules as the files that are imported: nothing unseen, nothing that turns text around."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext

from insignia.domain.awards.roster.cleaning import Unfit, line, text, web_address


class CleanField(forms.CharField):
    """Text that `clean_text` checks; what it refuses is said in its own words."""

    def __init__(self, *, clean_text: Callable[[str], str], **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.clean_text = clean_text

    def clean(self, value: Any) -> str:
        """The clean text."""
        given = self.to_python(value) or ""
        if not given.strip():
            self.validate("")
            return ""
        try:
            return self.clean_text(given)
        except Unfit as unfit:
            said = gettext(unfit.message)
            raise forms.ValidationError(said % unfit.params if unfit.params else said, code=unfit.code) from None


def one_line(limit: int, **options: Any) -> CleanField:
    """A field of one line."""
    return CleanField(clean_text=lambda given: line(given, limit), **options)


def several_lines(limit: int, *, rows: int = 4, **options: Any) -> CleanField:
    """A field of several lines."""
    options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
    return CleanField(clean_text=lambda given: text(given, limit), **options)


def address(**options: Any) -> CleanField:
    """A field for the address of a page."""
    options.setdefault("widget", forms.URLInput(attrs={"placeholder": "https://"}))
    return CleanField(clean_text=lambda given: web_address(given, 500), **options)
