"""The fields of a form, of a section and of a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.domain.proposals.forms.rules import FIELDS

from . import words
from .conditions import ConditionFields
from .lenient import Lenient, select_field, text_field

OWN = "extra"  # a field of the achievement that has a name of the institution's own
Earlier = Sequence[tuple[str, str, Sequence[tuple[str, Any]]]]  # questions: name in the page, label, answers


def _number(label: Any, **options: Any) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, widget=forms.NumberInput(attrs={"step": "any"}), **options)


class FormForm(Lenient):
    """What holds for the whole form."""

    title = text_field(_("Title"), required=True)
    help = text_field(_("What is said first"), rows=3, most=2000)
    guide = text_field(
        _("Address of a guide"),
        most=500,
        help_text=_("Left empty, the guide that is made of the questions themselves."),
    )
    contact = text_field(_("Whom to ask"), help_text=_("A mail address. Left empty, that of the institution."))
    hints = forms.CharField(required=False, widget=forms.HiddenInput)


class _Asked(ConditionFields):
    def __init__(self, *args: Any, earlier: Earlier = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_rows({uid: label for uid, label, _answers in earlier}, {uid: found for uid, _label, found in earlier})


class SectionForm(_Asked):
    """A section: what it is called, what is said there, when it is asked."""

    label = text_field(_("Name of the section"), required=True)
    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    help = text_field(_("What is said below"), rows=2, most=2000)


class QuestionForm(_Asked):
    """A question: how it is asked and answered, within which limits, what it fills."""

    label = text_field(_("Question"), required=True, most=500)
    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    help = text_field(_("Help below the question"), rows=2, most=2000)
    kind = select_field(
        _("Answered with"), required=True, choices=[(kind.value, label) for kind, label in words.KINDS.items()]
    )
    required = forms.BooleanField(label=_("It has to be answered"), required=False)
    wanted = text_field(_("Said where the answer is missing"), help_text=_("Left empty, a general sentence."))
    options = text_field(
        _("Answers to choose from"),
        rows=4,
        most=20_000,
        help_text=_(
            "One a line. What explains an answer stands behind |. To keep a key of your own, write “key: answer”."
        ),
    )
    max_chars = forms.IntegerField(label=_("Most characters"), required=False, min_value=1)
    least = _number(_("At least"), help_text=_("Of a list the items, of a number its size."))
    most = _number(_("At most"))
    advised_least = _number(_("Advised at least"), help_text=_("What lies outside is remarked on, and may stay."))
    advised_most = _number(_("Advised at most"))
    whole = forms.BooleanField(label=_("Whole numbers only"), required=False)
    avoid = text_field(
        _("Words that are better avoided"), rows=3, most=10_000, help_text=_("One a line: word, another word = why.")
    )
    maps_to = select_field(_("What it fills in the badge"))
    maps_name = text_field(_("Name of its own"), most=60, help_text=_("Small letters, digits and _."))
    fact = text_field(
        _("Name under which routes ask for it"),
        most=60,
        help_text=_("So that a step can depend on the answer: for choices, and yes or no."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(((name, words.FILLS.get(name, name)) for name in FIELDS - {OWN}), key=lambda pair: str(pair[1]))
        self.keep("maps_to", [("", _("Nothing")), *known, (OWN, _("Something of its own"))])
        self.keep("kind", list(words.KINDS_BY_VALUE.items()))

    def clean(self) -> dict[str, Any]:
        """What is filled has a name."""
        values: Mapping[str, Any] = super().clean()
        if values.get("maps_to") == OWN and not values.get("maps_name"):
            self.add_error("maps_name", _("Say what it is called."))
        return dict(values)

    @property
    def limits(self) -> bool:
        """Whether limits are set, or something is wrong with one."""
        names = ("max_chars", "least", "most", "advised_least", "advised_most", "whole", "avoid")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def uses(self) -> bool:
        """The same of what becomes of the answer."""
        return any(self[name].value() or self[name].errors for name in ("maps_to", "maps_name", "fact"))

    @property
    def chooses(self) -> bool:
        """Whether it offers answers."""
        return bool(self["options"].value() or self["options"].errors or self["kind"].value() in ("choice", "choices"))
