"""What an institution says of itself, how it wants things done, and its colours."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from insignia.domain.institutions.actions import known_zones
from insignia.domain.institutions.looks import HUES, STRENGTHS
from insignia.domain.institutions.rules import Awarding

from .fields import choose_from, names_only
from .proposal_policies import ProposalPolicies

MOST_REMINDERS = 5


class ProfileForm(forms.Form):
    """The institution, and the issuer that its credentials name."""

    INSTITUTION = ("name", "website", "contact_email", "zone", "language", "definition")
    ISSUER = ("issuer_name", "issuer_url", "issuer_email", "issuer_description")

    name = forms.CharField(label=_("Name of the institution"), max_length=200)
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    contact_email = forms.EmailField(
        label=_("Contact address"),
        required=False,
        help_text=_("Shown where somebody has no access, and as the address to which answers to mails go."),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        widget=names_only(),
        help_text=_("Days of awards begin and end here, and every time is shown in it."),
    )
    language = forms.ChoiceField(label=_("Language of mails"), widget=names_only())
    definition = forms.CharField(
        label=_("What a micro-credential is here"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands on the front page of your catalogue."),
    )
    issuer_name = forms.CharField(label=_("Name of the issuer"), max_length=200)
    issuer_url = forms.URLField(label=_("Website of the issuer"), max_length=200, required=False, assume_scheme="https")
    issuer_email = forms.EmailField(label=_("Address of the issuer"), required=False)
    issuer_description = forms.CharField(
        label=_("Description of the issuer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "zone", [(zone, zone.replace("_", " ")) for zone in sorted(known_zones())])
        choose_from(self, "language", list(settings.LANGUAGES))

    def institution_values(self) -> dict[str, str]:
        """What the valid form says of the institution."""
        return {name: self.cleaned_data[name] for name in self.INSTITUTION}

    def issuer_values(self) -> dict[str, str]:
        """What the valid form says of the issuer."""
        return {name.removeprefix("issuer_"): self.cleaned_data[name] for name in self.ISSUER}


class DaysField(forms.CharField):
    """Several numbers of days in growing order: “3, 10, 30”."""

    def to_python(self, value: Any) -> Any:
        """The numbers; raises `ValidationError` for anything else."""
        parts = [part for part in re.split(r"[\s,;]+", super().to_python(value) or "") if part]
        if not all(part.isascii() and part.isdigit() and 0 < int(part) <= 3650 for part in parts):
            raise ValidationError(_("Write days as numbers with commas between them, for example: 3, 10, 30."))
        return sorted({int(part) for part in parts})

    def prepare_value(self, value: Any) -> Any:
        """Numbers as people write them; what was typed stays as it was."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class PoliciesForm(ProposalPolicies):
    """How long things can be undone, who is reminded, what stands in credentials, how badges are proposed."""

    undo_minutes_batch = forms.IntegerField(
        label=_("Minutes in which a roster can be undone"),
        min_value=0,
        max_value=1440,
        help_text=_("Until then nothing is sent and nobody sees the badges. 0 sends at once."),
    )
    undo_minutes_single = forms.IntegerField(
        label=_("Minutes in which a single award can be undone"), min_value=0, max_value=1440
    )
    reminder_days = DaysField(
        label=_("Days after which an earner is reminded"),
        required=False,
        help_text=_("Days after the offer, with commas between them. Leave it empty to remind nobody."),
    )
    offer_lapses_after_days = forms.IntegerField(
        label=_("Days after which an offer lapses"),
        min_value=0,
        max_value=3650,
        help_text=_("A lapsed offer can still be accepted, but nobody is reminded of it. 0 means never."),
    )
    default_age_band = forms.ChoiceField(
        label=_("Age, where nothing is known of it"),
        choices=[
            ("adult", _("Adults, unless a record says otherwise")),
            ("13_to_17", _("13 to 17")),
            ("under_13", _("Under 13")),
            ("unknown", _("Not known: treated as minors")),
        ],
        widget=forms.RadioSelect,
        help_text=_("The badges of minors are never published and never carry a name."),
    )
    name_in_credential = forms.BooleanField(
        label=_("The earner’s name stands in the credential"),
        required=False,
        help_text=_("Beside the hash of the address, so that a person can be recognised. Never for minors."),
    )
    endorsement_in_credential = forms.BooleanField(
        label=_("The endorsement of a badge stands in its credentials"),
        required=False,
        help_text=_(
            "What was approved here is endorsed in the institution’s name, so that whoever checks a badge sees it."
        ),
    )
    awarding = forms.ChoiceField(
        label=_("Who makes awards"),
        choices=[
            (Awarding.GRANTOR, _("Whoever may award a badge: its Grantors, and those who hold the right")),
            (Awarding.REGISTRAR, _("The Registrar, upon requests that units file")),
        ],
        widget=forms.RadioSelect,
        help_text=_("With the Registrar, nobody awards directly: not on a page, by a file, a command or the API."),
    )
    noindex = forms.BooleanField(
        label=_("Ask search engines not to list our pages"),
        required=False,
        help_text=_("The catalogue and public badges stay open to whoever has the address."),
    )

    def clean(self) -> dict[str, Any]:
        """Reminders come while the offer stands, and not every other day."""
        values = super().clean() or {}
        days, lapse = values.get("reminder_days") or [], values.get("offer_lapses_after_days")
        if len(days) > MOST_REMINDERS:
            self.add_error("reminder_days", _("Five reminders are the most; more are taken for spam."))
        if lapse and days and days[-1] >= lapse:
            self.add_error("reminder_days", _("The last reminder must come before the offer lapses."))
        return values


class ThemeForm(forms.Form):
    """Two numbers and a typeface for pages, one colour for badges."""

    hue = forms.FloatField(
        label=_("Hue"),
        min_value=int(HUES[0]),
        max_value=int(HUES[1]),
        widget=forms.NumberInput(attrs={"step": "1"}),
        help_text=_("The angle on the colour wheel, 0 to 360: 25 is red, 150 green, 250 blue."),
    )
    strength = forms.FloatField(
        label=_("Strength"),
        min_value=STRENGTHS[0],
        max_value=STRENGTHS[1],
        widget=forms.NumberInput(attrs={"step": "0.005"}),
        help_text=_("From 0.05, quiet, to 0.115, vivid. Between these every text stays readable in both themes."),
    )
    font_display = forms.CharField(
        label=_("Typefaces of headings"),
        required=False,
        max_length=300,
        help_text=_("Names with commas between them; the first that a reader’s device has is used."),
    )
    font_text = forms.CharField(
        label=_("Typefaces of text"),
        required=False,
        max_length=300,
        help_text=_("The same; left empty, the reader’s own, which is quickest and mostly best."),
    )
    accent = forms.RegexField(
        label=_("Colour of badges"),
        regex=r"#[0-9A-Fa-f]{6}",
        required=False,
        help_text=_(
            "Plates, ribbons and medallions: written as #RRGGBB, for example #1F3A5F. Left empty, the templates’ own."
        ),
        error_messages={"invalid": _("Write the colour as #RRGGBB, for example #1F3A5F.")},
    )

    def page_values(self) -> dict[str, Any]:
        """What the valid form says of pages: only what is chosen."""
        chosen = {name: self.cleaned_data[name] for name in ("hue", "strength", "font_display", "font_text")}
        return {name: value for name, value in chosen.items() if value not in (None, "")}


class CompromiseForm(forms.Form):
    """Why a key is no longer trusted."""

    reason = forms.CharField(
        label=_("What happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept in the journal for good."),
    )
    understood = forms.BooleanField(label=_("I understand that this cannot be taken back"))
