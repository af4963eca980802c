"""Badges of another system: where they come from, and what of them is taken."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.domain.catalog import borrowing, importing
from insignia.domain.institutions import outline
from insignia.edges.web.fields import indented

from ..clean_fields import one_line
from .fields import choose_from, names_only


class SourceForm(forms.Form):
    """A file, an address or a pasted text; and where the drafts shall stand."""

    file = forms.FileField(
        label=_("Drop the file here, or choose it"),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json,application/ld+json"}),
    )
    url = forms.CharField(
        label=_("or give its address"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"spellcheck": "false", "translate": "no", "rows": 5, "placeholder": '{"type": "BadgeClass", …}'}
        ),
    )
    unit = forms.ChoiceField(label=_("Unit"), help_text=_("It will own the badges."), widget=names_only())
    level = forms.ChoiceField(
        label=_("Level"), help_text=_("You can choose another for each badge afterwards."), widget=names_only()
    )

    def __init__(self, *args: Any, lines: Sequence[outline.Line], levels: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "unit", indented(lines))
        choose_from(self, "level", [(level.key, level.name) for level in levels])

    def clean(self) -> dict[str, Any]:
        """Something must have come."""
        given = super().clean() or {}
        if not self.errors and not (given.get("file") or given.get("url") or given.get("text", "").strip()):
            raise forms.ValidationError(_("Choose a file, give an address or paste a text."), code="nothing_given")
        return given


class ForeignBadgesForm(forms.Form):
    """Which badges are taken, each at which level, and with which words for its picture."""

    unit = forms.ChoiceField(label=_("Unit"), widget=names_only())
    document = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=importing.MAX_JSON)

    def __init__(
        self,
        *args: Any,
        badges: Sequence[importing.ForeignBadge],
        pictures: Mapping[int, borrowing.Borrowed],
        lines: Sequence[outline.Line],
        levels: Sequence[Any],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        choose_from(self, "unit", indented(lines))
        offered = [(level.key, level.name) for level in levels]
        for badge in badges:
            n = badge.number
            self.fields[f"take_{n}"] = forms.BooleanField(label=_("Bring it in as a draft"), required=False)
            self.fields[f"level_{n}"] = forms.ChoiceField(label=_("Level"), choices=offered, widget=names_only())
            if n in pictures and pictures[n].png:
                self.fields[f"alt_{n}"] = one_line(
                    300,
                    label=_("What the picture shows"),
                    required=False,
                    help_text=_("Left empty, the draft comes without the picture."),
                )
                self.fields[f"picture_{n}"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def taken(self, badges: Iterable[importing.ForeignBadge]) -> list[importing.ForeignBadge]:
        """The badges that were ticked."""
        return [badge for badge in badges if self.cleaned_data.get(f"take_{badge.number}")]
