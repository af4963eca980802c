"""What is typed in production."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.edges.web.fields import DayField, choose_from


def _text(
    label: Any, *, rows: int = 3, most: int = 4000, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=most,
        required=required,
        help_text=help_text,
    )


class PersonForm(forms.Form):
    """Somebody: from those whom it concerns, or by address."""

    person = forms.ChoiceField(label=_("Who"), required=False)
    email = forms.EmailField(
        label=_("Or somebody else"), required=False, help_text=_("The address by which they sign in here.")
    )

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", [("", _("Nobody yet")), *((one.public_id, str(one)) for one in people)])


class AssignForm(PersonForm):
    """Who does a task, and until when."""

    due_on = DayField(label=_("Due on"), required=False)


class ReasonForm(forms.Form):
    """Why something is blocked, waived or sent back."""

    reason = _text(_("Why"), rows=2, most=500)


class RemarkForm(forms.Form):
    """Something said about a task."""

    text = _text(_("Your remark"), most=5000)


class BriefForm(forms.Form):
    """What an image shall show."""

    brief = _text(
        _("What the image shall show"),
        rows=5,
        most=5000,
        help_text=_("What stands for it, what it must not be mistaken for, and what has to be avoided."),
    )


class ProofForm(forms.Form):
    """One round of the image."""

    picture = forms.FileField(
        label=_("Artwork"),
        required=False,
        help_text=_("PNG or SVG. Left empty, the badge is shown as its draft looks now."),
    )
    alt = forms.CharField(
        label=_("What the artwork shows"),
        max_length=300,
        required=False,
        help_text=_("For people who cannot see it."),
    )
    note = _text(_("Note"), rows=2, most=1000, required=False)


class AnswerForm(forms.Form):
    """What has to be otherwise."""

    answer = _text(_("What has to be otherwise"), rows=2, most=1000)


class IssuingForm(forms.Form):
    """How the unit will issue."""

    assessors = _text(_("Who assesses"), help_text=_("The people or the office, and what makes them fit to judge."))
    method = _text(_("How it is assessed"))
    evidence = _text(_("On which evidence"))
    cadence = forms.CharField(
        label=_("How often badges are issued"),
        max_length=300,
        help_text=_("At the end of each term, every week, on request …"),
    )
    contact = forms.CharField(label=_("Whom to ask"), max_length=300)


class TrainingForm(PersonForm):
    """Who was trained in what."""

    items = forms.MultipleChoiceField(label=_("Trained in"), widget=forms.CheckboxSelectMultiple)
    trained_on = DayField(label=_("On"))

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "items", list(items))

    def clean(self) -> dict[str, Any]:
        """A record is about somebody."""
        given = super().clean() or {}
        if not given.get("person") and not given.get("email") and "email" not in self.errors:
            self.add_error("person", _("Say who was trained."))
        return given


class NominationForm(forms.Form):
    """Who is to award the badge, and why they can judge the work."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    qualification = _text(
        _("Qualification"), help_text=_("What makes them an expert who can judge the work: degree, practice, teaching.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Left empty, until somebody ends it."))


class EvaluationPlanForm(PersonForm):
    """How it is kept relevant."""

    interval_months = forms.IntegerField(label=_("Every so many months"), min_value=1, max_value=120)
    measures = _text(
        _("What is looked at"),
        help_text=_("Figures and questions: how many earn it, who asks for it, what has changed."),
    )
    next_due_on = DayField(label=_("First evaluation due on"))

    field_order = ("interval_months", "measures", "person", "email", "next_due_on")

    def clean(self) -> dict[str, Any]:
        """Somebody has to do it."""
        given = super().clean() or {}
        if not given.get("person") and not given.get("email") and "email" not in self.errors:
            self.add_error("person", _("Say who evaluates it."))
        return given


class EvaluationForm(forms.Form):
    """What was found, and what follows."""

    report = _text(_("What was found"), rows=8, most=20_000)
    outcome = forms.ChoiceField(label=_("What should become of it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, outcomes: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "outcome", list(outcomes))


class StacksForm(forms.Form):
    """What becomes of certificates that contain a badge which ends."""

    choice = forms.ChoiceField(label=_("What becomes of them"), widget=forms.RadioSelect)
    note = _text(_("Note"), rows=2, most=500, required=False)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "choice", list(choices))
