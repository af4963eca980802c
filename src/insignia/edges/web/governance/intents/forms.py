"""What is typed about intents: by whoever has an idea, and by the office that looks after it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.domain.institutions import outline
from insignia.domain.proposals.intents import queries
from insignia.edges.web.fields import DayField, choose_from, indented


class BeginForm(forms.Form):
    """Where an intent begins."""

    unit = forms.ChoiceField(label=_("Unit"), help_text=_("The unit that will own the badge."))
    level = forms.ChoiceField(
        label=_("Kind of badge"),
        required=False,
        help_text=_("If you do not know yet, leave it open: the program office helps you to find out."),
    )

    def __init__(self, *args: Any, lines: list[outline.Line], levels: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", indented(lines))
        choose_from(self, "level", [("", _("Not decided yet")), *((level.key, level.name) for level in levels)])


class PlainForm(forms.Form):
    """An intent where the institution asks no questions of its own."""

    title = forms.CharField(label=_("Working title"), max_length=200)
    note = forms.CharField(
        label=_("What it should recognize"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_("What would somebody be able to do who has earned it, and how would they show it?"),
    )


class LogForm(BeginForm):
    """An intent that came by mail, or in a conversation."""

    title = forms.CharField(label=_("Working title"), max_length=200)
    contact_name = forms.CharField(label=_("Who has it in mind"), max_length=200)
    contact_email = forms.EmailField(label=_("E-mail address"))
    channel = forms.ChoiceField(label=_("How it came"), choices=queries.LOGGED_CHANNELS)
    received_on = DayField(label=_("Received on"), required=False, help_text=_("Left empty: today."))
    note = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000, required=False
    )

    field_order = ("title", "contact_name", "contact_email", "unit", "level", "channel", "received_on", "note")


class ContactForm(forms.Form):
    """One line of the support log."""

    kind = forms.ChoiceField(label=_("What it was"), choices=queries.CONTACT_KINDS)
    on = DayField(label=_("On"))
    text = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=queries.CONTACT_AUDIENCES, widget=forms.RadioSelect, initial="office"
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, PNG, JPEG, plain text or an office document; 10 MB at most.")
    )


class PlanForm(forms.Form):
    """Who looks after it, and what comes next."""

    level = forms.ChoiceField(label=_("Kind of badge"), required=False)
    assignee = forms.ChoiceField(label=_("Looked after by"), required=False)
    next_action = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_action_on = DayField(label=_("On"), required=False)

    def __init__(self, *args: Any, office: Iterable[Any], levels: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "assignee", [("", _("Nobody yet")), *((user.public_id, str(user)) for user in office)])
        choose_from(self, "level", [("", _("Not decided yet")), *((level.key, level.name) for level in levels)])


class ReasonForm(forms.Form):
    """Why it will not become a proposal."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class LevelForm(forms.Form):
    """Which kind of badge is to be proposed."""

    level = forms.ChoiceField(label=_("Kind of badge"))

    def __init__(self, *args: Any, levels: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "level", [(level.key, level.name) for level in levels])
