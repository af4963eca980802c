"""What earners fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .shown import Shown

# Who may see a badge, and what that means: in the order in which it is offered, the safest first.
VISIBILITIES = {
    "private": (_("Only you"), _("Nobody else can open it. You can still download it.")),
    "link": (_("Whoever has the link"), _("For an application, say. It is in no list and no search engine.")),
    "public": (_("Everybody"), _("Search engines may find it.")),
}


class AccountForm(forms.Form):
    """Setting up an account by a claim link, which has proved the address already."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. Without one you sign in by a code that is mailed to you."),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = address

    def clean(self) -> dict[str, Any]:
        """A password may not be one that is guessed from the rest of the form."""
        values = super().clean() or {}
        if password := values.get("password"):
            somebody = get_user_model()(email=self._address, name=values.get("name", ""))
            try:
                validate_password(password, somebody)
            except ValidationError as refused:
                self.add_error("password", refused)
        return values


class VisibilityForm(forms.Form):
    """Who may see one badge."""

    visibility = forms.ChoiceField(label=_("Who may see it"), widget=forms.RadioSelect(attrs={"class": "cards"}))

    def __init__(self, *args: Any, of: Shown, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"visibility": of.award.visibility})
        super().__init__(*args, **kwargs)
        self.of = of
        allowed = [key for key in VISIBILITIES if key != "public" or of.may_be_public]
        field = self.fields["visibility"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands four lines above
        field.choices = [(key, _choice(*VISIBILITIES[key])) for key in allowed]
        if not of.may_be_public:
            field.help_text = _(
                "The badge of a person under 18, or of unknown age, can be shared by link but not published."
            )


def _choice(words: Any, meaning: Any) -> SafeString:
    return format_html('<b>{}</b><br><small class="muted">{}</small>', words, meaning)


class DeclineForm(forms.Form):
    """Not taking a badge."""

    reason = forms.CharField(
        label=_("Why not?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever awarded it reads this."),
    )


class ProfileForm(forms.Form):
    """How somebody is called, and how they like our pages."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("How this site calls you. The name on a badge is its institution’s to correct."),
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect(attrs={"class": "segment"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - as above
        language.choices = [("", _("As my browser asks for")), *settings.LANGUAGES]
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]


class TokenForm(forms.Form):
    """A token with which a program of ours acts as its owner, within limits."""

    LIFETIMES = [("7", _("A week")), ("30", _("30 days")), ("90", _("90 days")), ("365", _("A year"))]

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("So that you know it again, for example “Nightly import”."),
    )
    permissions = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than you may yourself, and no more than it needs."),
    )
    days = forms.ChoiceField(label=_("How long it works"), choices=LIFETIMES, initial="30")

    def __init__(self, *args: Any, permissions: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["permissions"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as above
        field.choices = list(permissions)
