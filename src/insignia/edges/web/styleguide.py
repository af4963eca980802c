"""`/styleguide`: every component in the markup that the pages use, with invented values; no row is read."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from insignia.core.words import N_

from .http import render
from .qr import qr_code

COLOURS = "paper mount raised rule rule-strong ink-3 ink-2 ink accent-wash accent accent-deep good wait bad"


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), help_text=_("Two to five words."), initial="Lab Safety Practice")
    address = forms.EmailField(label=_("Mail address"), help_text=_("Where the badge is offered."))
    unit = forms.ChoiceField(label=_("Unit"), choices=[("1", "College of Computing"), ("2", "Library Services")])
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea, required=False)
    rating = forms.ChoiceField(
        label=_("Rating"),
        choices=[("0", _("No")), ("1", _("In part")), ("2", _("Yes"))],
        widget=forms.RadioSelect(attrs={"class": "segment"}),
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("1", _("Level I badge")), ("2", _("Level II badge"))],
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    audience = forms.MultipleChoiceField(
        label=_("Audience"),
        choices=[("students", _("Students")), ("staff", _("Staff"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("I have read the policy"))
    roster = forms.FileField(label=_("Drop a file here"), required=False)

    def clean_address(self) -> str:
        """Refuse whatever was entered, so that the page shows an error."""
        raise forms.ValidationError(_("A comma instead of a dot?"))


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a verification, as the core makes it."""

    name: str
    outcome: str
    message: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on a way."""

    name: object
    note: str
    state: str


CHECKS = (
    Check("proof", "passed", N_("Data Integrity proof"), {}),
    Check("not_revoked", "failed", N_("Revoked on %(day)s, by the issuer"), {"day": "3 September 2026"}),
    Check("recipient", "could_not_check", N_("The holder is a hashed address"), {}),
)
STEPS = (
    Step(_("Proposed"), "2 Oct", "done"),
    Step(_("Skill review"), "9 Oct", "done"),
    Step(_("Committee"), "24 Nov", "current"),
    Step(_("Executive"), "", "todo"),
)
SAMPLES = {
    "souvenir": _("White souvenir"),
    "level-1": _("Silver Level I badge"),
    "level-2": _("Gold Level II badge"),
    "level-2-distinction": _("Gold Level II badge with distinction"),
    "certificate-practiced": _("Silver certificate"),
    "certificate-expert": _("Gold certificate"),
}


def styleguide(request: HttpRequest) -> HttpResponse:
    """The living style guide."""
    values = {"title": "Lab Safety Practice", "address": "dov@mail.example", "unit": "1", "rating": "1", "level": "1"}
    form = ExampleForm({**values, "audience": ["students"], "agreed": "on"})
    form.is_valid()
    context = {
        "colours": COLOURS.split(),
        "form": form,
        "checks": CHECKS,
        "steps": STEPS,
        "page": Paginator(range(120), 10).page(3),
        "samples": [(static(f"img/samples/{name}.svg"), alt) for name, alt in SAMPLES.items()],
        "trail": ((_("Desk"), "/"), (_("Proposals"), "/"), ("Lab Safety Practice", "")),
        "tabs": ((_("Proposal"), "?", True), (_("Changes"), "?", False), (_("Discussion"), "?", False)),
        "sorted": "name",
        "qr": qr_code("https://badges.example/c/7kq2mvt9"),
    }
    return render(request, "styleguide.html", context)
