"""What fills the places of a badge's image, as its designer chooses it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.domain.catalog import images, keeping
from insignia.domain.catalog.dressing import Dress
from insignia.edges.web.achievement_words import symbol
from insignia.edges.web.words import translated

from .forms.fields import choose_from
from .forms_achievements import AchievementForm

# The same places as in the form of everything that a badge says, with the same words.
_FIELDS = AchievementForm.base_fields


class DesignForm(forms.Form):
    """The template's version, and what stands in its places."""

    template = forms.ChoiceField(label=_("Version of the template"), required=False)
    image_title = _FIELDS["image_title"]
    symbol = _FIELDS["symbol"]
    artwork = _FIELDS["artwork"]
    artwork_alt = _FIELDS["artwork_alt"]
    drop_artwork = _FIELDS["drop_artwork"]
    artwork_kept = _FIELDS["artwork_kept"]

    def __init__(self, *args: Any, templates: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.left_out: tuple[images.Note, ...] = ()  # of a drawing that was sent: what is not in the picture
        self._templates = {template.public_id: template for template in templates}
        newest = [("", gettext("The newest, whenever it is drawn"))]
        choose_from(self, "template", [*newest, *((one.public_id, str(one)) for one in templates)])
        choose_from(self, "symbol", [("", _("None")), *((name, symbol(name)) for name in images.icon_names())])

    def clean_artwork(self) -> Any:
        """A picture that we can keep, and its bytes; the domain's own words say what is wrong with another."""
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
        """A picture comes with the words for those who cannot see it."""
        given = super().clean() or {}
        if given.get("artwork") and not given.get("artwork_alt") and "artwork_alt" not in self.errors:
            self.add_error("artwork_alt", _("Say in words what the picture shows."))
        return given

    def dress(self, artwork: Any) -> Dress:
        """What the form says, as far as it is sound, with `artwork` in its place."""
        given = self.cleaned_data
        template = self._templates.get(given.get("template", ""))
        return Dress(given.get("image_title", ""), given.get("symbol", ""), artwork, template)

    def worn(self) -> Any:
        """The picture that the form asks for: the one that was sent, kept nowhere yet; the one that was kept; or none."""
        given = self.cleaned_data
        if given.get("artwork"):
            return given["artwork"][0]
        kept = given.get("artwork_kept")
        return keeping.artwork(kept) if kept and not given.get("drop_artwork") else None
