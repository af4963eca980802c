"""Everything that a badge says, in one long form; and what is said when its state changes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.domain.catalog import images, keeping
from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.catalog.rules import MOST_MONTHS
from insignia.edges.web.achievement_words import ACTIVITIES, AUDIENCES, CREDITS, symbol
from insignia.edges.web.fields import indented
from insignia.edges.web.words import translated

from .clean_fields import address, one_line, several_lines
from .forms.fields import DayField, choose_from

MOST_ROWS = 30
_LANGUAGES = sorted((code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info)
# Where each refusal of the domain belongs.
_PLACES = {
    "artwork_broken": "artwork",
    "artwork_empty": "artwork",
    "artwork_has_tail": "artwork",
    "artwork_not_drawable": "artwork",
    "artwork_not_png": "artwork",
    "artwork_too_large": "artwork",
    "artwork_too_many_pixels": "artwork",
    "alt_missing": "artwork_alt",
    "missing_name": "name",
    "place_fixed": "level",
    "slug_taken": "slug",
    "symbol_unknown": "symbol",
    "variant_unknown": "variants",
}


class SymbolPicker(forms.RadioSelect):
    """Symbols with their names, to pick one."""

    template_name = "program/achievements/symbols.html"
    use_fieldset = True

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        """An option that knows the drawing of its symbol."""
        option = super().create_option(name, value, *rest, **more)
        return {**option, "drawing": mark_safe(images.icon_svg(str(value))) if value else ""}


class AchievementForm(forms.Form):
    """What a badge says. Only name, level and unit are asked for at once; the page of the badge tells what is missing."""

    name = one_line(
        200,
        label=_("Name"),
        help_text=_("What it certifies, in two to five words."),
        error_messages={"required": _("Give it a name; you can change it until it is active.")},
    )
    level = forms.ChoiceField(
        label=_("Level"),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": _("Choose a level.")},
    )
    unit = forms.ChoiceField(
        label=_("Unit"),
        help_text=_("It owns the badge and looks after its Grantors."),
        error_messages={"required": _("Choose the unit that owns it.")},
    )
    activity = forms.ChoiceField(label=_("Kind of activity"), required=False)
    activity_other = one_line(60, label=_("Or a kind of your own"), required=False)
    slug = forms.SlugField(
        label=_("Short name in addresses and files"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it is made from the name."),
    )
    description = several_lines(
        5_000, label=_("Description"), required=False, help_text=_("For someone who has never heard of your unit.")
    )
    outcomes = several_lines(
        5_000,
        label=_("After earning it, a person can…"),
        required=False,
        help_text=_("One outcome a line. Begin with something one can watch: plan, write, build, lead."),
    )
    criteria = several_lines(
        10_000,
        rows=7,
        label=_("Criteria"),
        required=False,
        help_text=_("What somebody must do to earn it. Lists and emphasis in Markdown: - item, **bold**."),
    )
    assessment = several_lines(
        2_000,
        rows=3,
        label=_("How it is assessed"),
        required=False,
        help_text=_("Who looks at what, and by which scale."),
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills from your frameworks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that an employer would recognise."),
    )
    demand = several_lines(
        2_000,
        rows=3,
        label=_("Demand at work"),
        required=False,
        help_text=_("A sentence or two, with a source: who looks for these skills, and how often."),
    )
    audience = forms.MultipleChoiceField(label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple)
    audience_other = one_line(200, label=_("Others"), required=False, help_text=_("With commas between them."))
    credit = forms.ChoiceField(
        label=_("Credit"),
        required=False,
        choices=[("", _("Not said")), *CREDITS.items()],
        widget=forms.RadioSelect(attrs={"class": "segment"}),
    )
    credits = forms.DecimalField(
        label=_("Number of credits"),
        help_text=_("Where it counts for credit."),
        required=False,
        min_value=0,
        max_value=999,
        decimal_places=2,
    )
    effort = one_line(120, label=_("Effort"), required=False, help_text=_("Such as “About 18 hours over six weeks”."))
    valid_months = forms.IntegerField(
        label=_("Months of validity"),
        required=False,
        min_value=0,
        max_value=MOST_MONTHS,
        help_text=_("0 or empty: as its level says, which mostly means that it does not expire."),
    )
    language = forms.ChoiceField(label=_("Language in which it is taught and assessed"), choices=_LANGUAGES)
    tags = one_line(500, label=_("Tags"), required=False, help_text=_("Words to find it by, with commas between them."))
    variants = forms.MultipleChoiceField(label=_("Variants"), required=False, widget=forms.CheckboxSelectMultiple)
    distinction_criteria = several_lines(
        5_000, label=_("What distinction asks for besides"), required=False, help_text=_("Markdown.")
    )
    image_title = one_line(
        60,
        label=_("Short title on the image"),
        required=False,
        help_text=_("Where the name is long. Left empty, the name stands there."),
    )
    symbol = forms.ChoiceField(label=_("Symbol"), required=False, widget=SymbolPicker)
    artwork = forms.FileField(
        label=_("Own artwork instead of a symbol"),
        required=False,
        allow_empty_file=True,  # the domain says what is wrong with it
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml"}),
        help_text=_("An SVG drawing, or a PNG best square and 1200 pixels wide; at most 2 MB."),
    )
    artwork_alt = one_line(
        300,
        label=_("What the artwork shows"),
        required=False,
        help_text=_("Read to people who cannot see it: “A diver holding a red bucket”."),
    )
    drop_artwork = forms.BooleanField(label=_("Take the artwork away and use the symbol"), required=False)
    # What was uploaded before and is kept while other things are put right, and what was there to begin with.
    artwork_kept = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    link_rows = forms.IntegerField(required=False, widget=forms.HiddenInput)
    skill_rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        levels: Sequence[Any],
        lines: Sequence[Any],
        skills: Iterable[Any],
        rows: tuple[int, int],
        placed_at: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.left_out: tuple[images.Note, ...] = ()  # of a drawing that was sent: what is not in the picture
        self.levels, self.placed_at = {level.key: level for level in levels}, placed_at
        choose_from(self, "level", [(level.key, _card(level)) for level in levels])
        choose_from(self, "unit", [("", _("Choose one")), *indented(lines)])
        self.units = {line.unit.public_id: line.unit for line in lines}
        self._offer_words()
        self._offer_skills(list(skills))
        self.links = _rows(self, "link", rows[0], _("Name"))
        self.own_skills = _rows(self, "own", rows[1], _("Skill"))
        if placed_at is not None:
            # What people hold names its level and its unit: neither changes any more.
            for name in ("level", "unit", "slug"):
                del self.fields[name]

    def _offer_words(self) -> None:
        known = [*ACTIVITIES.items()]
        choose_from(self, "activity", [("", _("Not said")), *known])
        choose_from(self, "audience", list(AUDIENCES.items()))
        variants = sorted({variant for level in self.levels.values() for variant in level.policy.variants})
        choose_from(self, "variants", [(v, gettext(VARIANT_NAMES.get(v, v))) for v in variants])
        choose_from(self, "symbol", [("", _("None")), *((name, symbol(name)) for name in images.icon_names())])
        language = str(self.initial.get("language", "en"))
        if language not in LANG_INFO:
            choose_from(self, "language", [(language, language), *_LANGUAGES])
        if not variants:
            del self.fields["variants"], self.fields["distinction_criteria"]

    def _offer_skills(self, skills: list[Any]) -> None:
        self.skills_by_id = {skill.public_id: skill for skill in skills}
        frameworks: dict[str, list[tuple[str, str]]] = {}
        for skill in skills:
            frameworks.setdefault(skill.framework.name, []).append((skill.public_id, skill.name))
        choose_from(self, "skills", list(frameworks.items()))
        if not skills:
            del self.fields["skills"]

    def clean_artwork(self) -> Any:
        """A picture that we can keep; the domain's own words say what is wrong with another."""
        file = self.cleaned_data["artwork"]
        if not file:
            return None
        data = file.read()
        try:
            self.left_out = images.own_artwork(data).left_out
            return keeping.pending_artwork(data, self.data.get("artwork_alt", "")), data
        except InsigniaError as refused:
            raise forms.ValidationError(translated(refused)) from None

    def clean(self) -> dict[str, Any]:
        """What belongs together must stand together."""
        given = super().clean() or {}
        if given.get("artwork") and not given.get("artwork_alt") and "artwork_alt" not in self.errors:
            self.add_error("artwork_alt", _("Say in words what the picture shows."))
        level = self.placed_at or self.levels.get(given.get("level", ""))
        for variant in given.get("variants", ()):
            if level is not None and variant not in level.policy.variants:
                said = _("The level “%(level)s” has no variant “%(variant)s”.")
                words = {"level": level.name, "variant": gettext(VARIANT_NAMES.get(variant, variant))}
                self.add_error("variants", said % words)
        for prefix in ("link", "own"):
            self._check_rows(prefix)
        return given

    def _check_rows(self, prefix: str) -> None:
        for _number, name, url in self.links if prefix == "link" else self.own_skills:
            has_name, has_url = self.cleaned_data.get(name.name), self.cleaned_data.get(url.name)
            if has_name and not has_url and not url.errors:
                self.add_error(url.name, _("An address belongs to it."))
            if has_url and not has_name and not name.errors:
                self.add_error(name.name, _("A name belongs to it."))

    def refuse(self, error: InsigniaError) -> None:
        """Show what the domain refused beside the field that it is about."""
        for reason in error.details or (error,):
            field = _PLACES.get(reason.code or "", "")
            self.add_error(field if field in self.fields else None, translated(reason))


def _card(level: Any) -> str:
    return format_html(
        '<b translate="no">{}</b><br><span class="muted" translate="no">{}</span>', level.name, level.purpose
    )


def _rows(form: forms.Form, prefix: str, count: int, label: Any) -> list[tuple[int, Any, Any]]:
    """`count` rows of a name and an address; gives number and the two bound fields of each."""
    count = min(max(count, 1), MOST_ROWS)
    for number in range(1, count + 1):
        form.fields[f"{prefix}_{number}_name"] = one_line(200, label=label, required=False)
        form.fields[f"{prefix}_{number}_url"] = address(label=_("Address"), required=False)
    return [(n, form[f"{prefix}_{n}_name"], form[f"{prefix}_{n}_url"]) for n in range(1, count + 1)]


class ActivateForm(forms.Form):
    """Who approved the badge before or elsewhere, and when."""

    approved_by = one_line(200, label=_("Approved by"), required=False)
    approved_on = DayField(label=_("Approved on"), required=False)


class MoveForm(forms.Form):
    """Why a badge is paused, retired or put away."""

    reason = several_lines(
        500, rows=3, label=_("Reason"), help_text=_("Kept in the journal, and shown to those who look after the badge.")
    )
