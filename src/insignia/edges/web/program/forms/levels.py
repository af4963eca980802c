"""A level and its policy."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.core.openbadges.model.vocabulary import AchievementType
from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.institutions.rules import EvidencePolicy, LevelPolicy

from .fields import choose_from, names_only

# The names of the standard, which programs read; for people they stand beside what they mean here.
_TYPES = [(kind.value, kind.value) for kind in AchievementType]


class LevelForm(forms.Form):
    """A rung of the ladder: what it is called, and what an award at it asks for."""

    name = forms.CharField(label=_("Name"), max_length=80)
    aliases = forms.CharField(
        label=_("Other names"),
        max_length=300,
        required=False,
        help_text=_("Names from before, with commas between them; files and searches find the level by them."),
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = forms.ChoiceField(
        label=_("Evidence"),
        choices=[
            (EvidencePolicy.NONE.value, _("None is asked for")),
            (EvidencePolicy.PRIVATE.value, _("Assessed, and kept between earner and assessor")),
            (EvidencePolicy.SHARED.value, _("Assessed, and shown with the badge if the earner agrees")),
        ],
        widget=forms.RadioSelect,
    )
    min_evidence = forms.IntegerField(
        label=_("Pieces of evidence at least"), min_value=0, max_value=20, required=False, initial=0
    )
    off_system_attestation = forms.BooleanField(
        label=_("“Assessed elsewhere” is enough"),
        required=False,
        help_text=_("The Grantor vouches for where, when and by whom, instead of handing in the evidence."),
    )
    assessed = forms.BooleanField(
        label=_("A qualified Grantor must verify each award"),
        required=False,
        help_text=_("Only people who are appointed for the badge may award it, and the award names them."),
    )
    training_required = forms.BooleanField(label=_("Grantors must be trained before they award"), required=False)
    skills_required = forms.BooleanField(
        label=_("A badge must name its skills before it becomes active"), required=False
    )
    variants = forms.MultipleChoiceField(
        label=_("Variants beside the standard one"), required=False, widget=forms.CheckboxSelectMultiple
    )
    achievement_type = forms.ChoiceField(
        label=_("Achievement type"),
        choices=_TYPES,
        widget=names_only(),
        help_text=_("The word of the Open Badges standard that stands in the credential."),
    )
    single_skill_type = forms.ChoiceField(
        label=_("Achievement type where a badge names one skill only"),
        choices=[("", _("The same")), *_TYPES],
        required=False,
    )
    template = forms.ChoiceField(
        label=_("Badge template"), widget=names_only(), help_text=_("New badges at this level are drawn with it.")
    )
    components_of = forms.MultipleChoiceField(
        label=_("Made of badges at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For levels that stack: which levels its parts are at."),
    )
    repeatable = forms.BooleanField(
        label=_("A person may earn the same badge more than once"),
        required=False,
    )
    valid_months = forms.IntegerField(
        label=_("Months for which an award is valid"),
        min_value=0,
        max_value=600,
        required=False,
        initial=0,
        help_text=_("0 means that it does not expire. A badge may say otherwise."),
    )

    environment = forms.ChoiceField(
        label=_("Where it takes place"),
        required=False,
        choices=[("", _("It does not matter")), ("simulated", _("Simulated")), ("professional", _("Professional"))],
    )
    proficiency = forms.ChoiceField(
        label=_("How far an earner comes"),
        required=False,
        choices=[
            ("", _("It does not matter")),
            ("introductory", _("Introductory: learning, not mastery")),
            ("practised", _("Practised")),
            ("mastery", _("Mastery")),
        ],
    )
    guidance = forms.CharField(
        label=_("Its rules in words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown to whoever proposes a badge at this level, and to those who review it."),
    )
    propose = forms.MultipleChoiceField(
        label=_("Roles that may propose it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With none ticked, everybody who may propose at all."),
    )
    workflow = forms.ChoiceField(
        label=_("Route of its proposals"),
        required=False,
        help_text=_("Without one, nothing is proposed at this level."),
    )
    form = forms.ChoiceField(label=_("Form of its proposals"), required=False)

    PLAIN = (
        "evidence",
        "off_system_attestation",
        "assessed",
        "training_required",
        "skills_required",
        "achievement_type",
        "single_skill_type",
        "template",
        "repeatable",
        "environment",
        "proficiency",
        "guidance",
        "propose",
        "workflow",
        "form",
    )

    def __init__(
        self,
        *args: Any,
        templates: Iterable[Any],
        levels: Iterable[Any],
        known: LevelPolicy,
        choices: Mapping[str, Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        """`known` is the policy as it is; what the form cannot show of it stays. `choices`: of `propose`, `workflow`, `form`."""
        super().__init__(*args, **kwargs)
        self.known = known
        for name, named in choices.items():
            none = [("", _("None"))] if name != "propose" else []
            choose_from(self, name, [*none, *named.items()])
        for name in ("environment", "proficiency", *choices):
            _keep(self, name, getattr(known, name))
        choose_from(self, "template", [(template.key, template.name) for template in templates])
        choose_from(self, "components_of", [(level.key, level.name) for level in levels])
        choose_from(self, "variants", [(key, gettext(name)) for key, name in VARIANT_NAMES.items()])
        for name in ("components_of", "template"):
            if not getattr(self.fields[name], "choices", None):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What contradicts itself is asked about."""
        values = super().clean() or {}
        asks = values.get("evidence") != EvidencePolicy.NONE.value
        if asks and not values.get("min_evidence"):
            self.add_error("min_evidence", _("Where evidence is asked for, at least one piece is needed."))
        if values.get("min_evidence") and not asks:
            self.add_error("min_evidence", _("No evidence is asked for; leave this at 0."))
        return values

    def policy(self) -> LevelPolicy:
        """The policy that the valid form describes."""
        given = self.cleaned_data
        return LevelPolicy.from_data(
            {
                **self.known.to_data(),
                **{name: given[name] for name in self.PLAIN if name in given},
                "min_evidence": given["min_evidence"] or 0,
                "valid_months": given["valid_months"] or 0,
                "variants": given["variants"],
                "components_of": given.get("components_of", self.known.components_of),
            }
        )

    def aliases_given(self) -> list[str]:
        """The other names, one by one."""
        return [alias for part in self.cleaned_data["aliases"].split(",") if (alias := part.strip())]


def _keep(form: forms.Form, name: str, stored: str | tuple[str, ...]) -> None:
    """Let the field offer what is stored even where nothing is known of it: saving a form unchanged changes nothing."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        offered = list(cast(Iterable[tuple[str, Any]], field.choices))
        known = {str(value) for value, _label in offered}
        values = [stored] if isinstance(stored, str) else stored
        choose_from(form, name, [*offered, *((one, one) for one in values if one and one not in known)])


def as_initial(level: Any) -> dict[str, Any]:
    """A level as its form shows it."""
    data = level.policy.to_data()
    return {**data, "name": level.name, "purpose": level.purpose, "aliases": ", ".join(level.aliases)}
