"""Units, people and their roles, and files of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.core.words import N_
from insignia.domain.awards.roster import addresses, cleaning
from insignia.domain.institutions import outline
from insignia.edges.web import words

from .fields import DayField, choose_from, indented, names_only


class UnitForm(forms.Form):
    """One more unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("A short name for files and addresses, such as “computing”. Left empty, it is made from the name."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=outline.KINDS)
    parent = forms.ChoiceField(label=_("Part of"), required=False)

    def __init__(self, *args: Any, lines: list[outline.Line], may_stand_on_top: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        top = [("", _("The institution itself"))] if may_stand_on_top else []
        choose_from(self, "parent", [*top, *indented(lines)])
        self.fields["parent"].required = not may_stand_on_top


class RenameForm(forms.Form):
    """Another name for a unit."""

    name = forms.CharField(label=_("Name"), max_length=200)


class PersonForm(forms.Form):
    """Somebody who is given a role."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.CharField(
        label=_("Mail address"), max_length=254, widget=forms.EmailInput, help_text=_("The invitation goes there.")
    )
    role = forms.ChoiceField(label=_("Role"), widget=names_only())
    unit = forms.ChoiceField(
        label=_("Where"), required=False, help_text=_("A role in a unit holds in all units below it as well.")
    )
    starts_on = DayField(label=_("From"), required=False, help_text=_("Left empty, from now on."))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Left empty, until somebody ends it."))

    def __init__(self, *args: Any, roles: Iterable[Any], lines: list[outline.Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "role", [(role.key, role.name) for role in roles])
        choose_from(self, "unit", [("", _("The whole institution")), *indented(lines)])

    def clean_email(self) -> str:
        """An address to which a mail can go, checked as in a roster."""
        try:
            return addresses.address(self.cleaned_data["email"])
        except cleaning.Unfit as unfit:
            raise forms.ValidationError(words.translated(Said(unfit))) from None

    def clean(self) -> dict[str, Any]:
        """A role ends after it begins."""
        values = super().clean() or {}
        begins, ends = values.get("starts_on"), values.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The role ends before it begins."))
        return values


class Said:
    """What a cleaner refuses, as `words.translated` takes it."""

    def __init__(self, unfit: cleaning.Unfit) -> None:
        self.message: str = unfit.message
        self.params: dict[str, object] = dict(unfit.params)


class FileForm(forms.Form):
    """A file of units or people."""

    file = forms.FileField(
        label=_("Drop the file here, or choose it"),
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": _("Choose a file first.")},
    )


class RowsForm(forms.Form):
    """The rows of a file that was looked at, on their way back: read again as the file was."""

    rows = forms.CharField(widget=forms.HiddenInput, strip=False)


STALE = N_("The page no longer holds the rows. Send the file again.")
