"""Mail and the journal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _


class TestMailForm(forms.Form):
    """Where a test mail goes."""

    to = forms.CharField(label=_("Mail address"), max_length=254, widget=forms.EmailInput)


def day_of(value: Any) -> date | None:
    """The day in a parameter of an address; None where there is none that can be."""
    try:
        return parse_date(str(value or ""))
    except ValueError:
        return None
