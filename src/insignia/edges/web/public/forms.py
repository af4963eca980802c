"""What may be handed in to be verified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from insignia.core.errors import InsigniaError
from insignia.edges.web.words import translated

MAX_FILES = 10


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files; empty ones too, since they are an answer's matter and not the form's."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """All files that came."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(
                ngettext_lazy(
                    "That is more than %(count)d file. Check the rest after these.",
                    "Those are more than %(count)d files. Check the rest after these.",
                    MAX_FILES,
                ),
                params={"count": MAX_FILES},
            )
        return files


class VerifyForm(forms.Form):
    """Badges as files, as text or by their address; and whose they are said to be."""

    badges = ManyFiles(label=_("Drop badge images or files here"), required=False)
    url = forms.CharField(
        label=_("or give its address"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("or paste the text"),
        required=False,
        widget=forms.Textarea(
            attrs={"spellcheck": "false", "rows": 4, "placeholder": _("JSON, or a token that begins with eyJ")}
        ),
    )
    recipient = forms.EmailField(
        label=_("Whose is it?"),
        help_text=_(
            "Most badges hold their earner's mail address in scrambled form. Type the one you know to compare."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Something must have come."""
        given = super().clean() or {}
        if not self.errors and not (given.get("badges") or given.get("url") or given.get("text", "").strip()):
            raise forms.ValidationError(_("Choose a file, give an address or paste a text."), code="nothing_given")
        return given


class CheckInForm(forms.Form):
    """Who is there. The rules for names and addresses are those of rosters; the action knows them."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As it is to stand on the badge."),
        max_length=400,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
        error_messages={"required": _("Write down your name.")},
    )
    email = forms.CharField(
        label=_("Your mail address"),
        help_text=_("The badge is sent there."),
        max_length=400,
        strip=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write down your mail address.")},
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def refuse(self, error: InsigniaError) -> None:
        """Show what the action refused beside the field that it is about."""
        for reason in error.details or (error,):
            self.add_error(reason.code if reason.code in self.fields else None, translated(reason))
