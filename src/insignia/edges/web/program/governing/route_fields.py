"""The fields of a route, of a step and of a task."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.core.workflow.definition import CHANNEL_APPROVER, MIXED, PROPOSER
from insignia.core.workflow.route import Joining, Return
from insignia.edges.web.fields import choose_from

from ..forms.house import DaysField
from . import route_sheets, words
from .conditions import ConditionFields
from .lenient import Lenient, Ticks, days_field, encoded, select_field, text_field, ticks_field
from .names import Names


class RouteForm(Lenient):
    """What holds for the whole route."""

    label = text_field(_("Name"), required=True)
    manager = select_field(
        _("Office"),
        required=True,
        help_text=_("Keeps proposals going, and stands in where a role is vacant. Never has the last word for others."),
    )
    on_approved = ticks_field(_("After the approval"))
    on_rejected = ticks_field(_("After a rejection"))
    reminders = DaysField(
        label=_("Remind a proposer who was asked for changes, after days"),
        required=False,
        help_text=_("With commas between them: 14, 28. Leave it empty to remind nobody."),
    )
    escalate_after = days_field(_("Tell somebody else after days"))
    escalate_to = select_field(_("Who is told"))

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.keep("manager", list(names.roles.items()))
        self.keep("escalate_to", [("", _("Nobody")), *names.roles.items()])
        for name in ("on_approved", "on_rejected"):
            self.keep(name, list(words.AFTERWARDS.items()))
        self.audiences = self._audiences()
        for audience in self.audiences:
            self._add_channel(audience)

    def _audiences(self) -> list[str]:
        known = self.names.facts.get("audience")
        offered = [encoded(value) for value, _label in known.values] if known else []
        source = self.data if self.is_bound else self.initial
        prefix = f"{self.prefix}-" if self.is_bound else ""
        stored = [
            name.removeprefix(f"{prefix}channel:")
            for name in source
            if name.startswith(f"{prefix}channel:") and source.get(name)
        ]
        return list(dict.fromkeys([*offered, *([MIXED] if offered else []), *stored]))

    def _add_channel(self, audience: str) -> None:
        self.fields[f"channel:{audience}"] = text_field(_("Channel"), most=60)
        self.fields[f"channel_label:{audience}"] = text_field(_("What people call it"))
        self.fields[f"channel_mode:{audience}"] = text_field(_("How it is used"), most=60)
        self.fields[f"channel_url:{audience}"] = forms.URLField(
            label=_("Address"), required=False, max_length=500, assume_scheme="https"
        )
        self.fields[f"channel_approver:{audience}"] = select_field(_("Who approves there"))
        approvers = [("", _("As in the same channel of another audience")), *self.names.roles.items()]
        self.keep(f"channel_approver:{audience}", approvers)

    def channels(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each audience's channel, with what the audience is called."""
        parts = ("channel", "channel_label", "channel_mode", "channel_url", "channel_approver")
        return [
            (
                route_sheets.audience_name(audience, self.names),
                [self[f"{part}:{audience}"] for part in parts],
            )
            for audience in self.audiences
        ]


class StepForm(ConditionFields):
    """A step: what it is called, when it is on the way, when it is done, where it returns."""

    label = text_field(_("Name of the step"))
    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    joined = select_field(_("The step is done when"), required=True, choices=list(words.JOINS.items()))
    needed = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=50)
    returns = select_field(
        _("What it sends back to the proposer returns"),
        required=True,
        help_text=_("Where the proposal goes on once it was handed in again."),
    )
    agenda = forms.BooleanField(
        label=_("It comes on the agenda of a meeting"),
        required=False,
        help_text=_("Reminders wait for the meeting."),
    )
    skippable = forms.BooleanField(label=_("The office may skip it, with a reason"), required=False)
    final = forms.BooleanField(
        label=_("It has the last word"),
        required=False,
        help_text=_("Who approves here approves for good; nobody stands in."),
    )

    def __init__(self, *args: Any, names: Names, earlier: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = {key: one.label for key, one in names.facts.items()}
        self.add_rows(
            facts,
            {key: [(encoded(value), label) for value, label in one.values] for key, one in names.facts.items()},
        )
        self.keep(
            "returns",
            [
                (Return.SAME.value, _("to this step")),
                (Return.FIRST.value, _("to the first step that reviews")),
                *((uid, _("to “%(step)s”") % {"step": title}) for uid, title in earlier),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """A new step has a name, and a number stands where a number of tasks is meant."""
        values = super().clean()
        if not values.get("label") and not values.get("key"):
            self.add_error("label", _("Give the step a name."))
        if values.get("joined") == Joining.AT_LEAST and not values.get("needed"):
            self.add_error("needed", _("Say how many tasks have to be done."))
        return values


class TaskForm(Lenient):
    """A task: who is asked, what they may decide and must fill in, how a body decides, when somebody is reminded."""

    label = text_field(_("Name of the task"), help_text=_("Where a step asks several for something, each has a name."))
    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    person = forms.CharField(required=False, widget=forms.HiddenInput, max_length=26)
    who = select_field(_("Who is asked"), required=True)
    scope = select_field(_("Where the role is looked for"), required=True, choices=list(words.SCOPES.items()))
    decisions = Ticks(
        label=_("What they may do"), choices=list(words.VERBS.items()), widget=forms.CheckboxSelectMultiple
    )
    criteria = text_field(
        _("Criteria that they rate"),
        rows=3,
        most=5000,
        help_text=_("One a line, as a reviewer reads it. To keep a key of your own, write “key: text”."),
    )
    attest = text_field(
        _("What they attest when they approve"), rows=2, most=5000, help_text=_("One statement a line.")
    )
    mode = select_field(_("How a body decides"), required=True, choices=list(words.MODES.items()))
    quorum = forms.FloatField(
        label=_("Quorum, in percent of those who may vote"), required=False, min_value=0, max_value=100
    )
    threshold = forms.FloatField(
        label=_("Carried with, in percent of the votes"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("And always more than half."),
    )
    ballots = select_field(_("Ballots"), required=True, choices=list(words.BALLOTS.items()))
    ties = select_field(_("In a tie"), required=True, choices=list(words.TIES.items()))
    chair = select_field(_("Who presides"), required=True)
    deputy = select_field(_("Who presides instead"))
    reminders = DaysField(label=_("Remind after days"), required=False, help_text=_("With commas between them: 7, 12."))
    escalate_after = days_field(_("Tell somebody else after days"))
    escalate_to = select_field(_("Who is told"))
    edits = ticks_field(_("Answers that they may amend"))
    comments = ticks_field(
        _("What they must explain"),
        list(words.REVIEWERS.items()),
        help_text=_("Requests for changes, rejections and the like are always explained."),
    )
    via = text_field(
        _("Only by way of"), most=60, help_text=_("Such as signed_link: the link that an invitation sends.")
    )
    output = text_field(_("What comes into being"), most=60, help_text=_("Such as signed_link."))

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = list(names.roles.items())
        bodies = [(f"{one.role}@{one.key}", one.name) for one in names.bodies]
        proposer = [(PROPOSER, _("Whoever proposes it"))]
        channel = [(CHANNEL_APPROVER, _("Whoever approves in the channel of the audience"))]
        stored = str(self["who"].value() or "")
        known = {key for key, _label in (*roles, *bodies, *proposer, *channel)}
        gone = [(stored, stored.partition("@")[2] or stored)] if stored and stored not in known else []
        choose_from(
            self,
            "who",
            [
                ("", _("Choose who is asked")),
                *proposer,
                *channel,
                *([(_("Bodies"), bodies)] if bodies else []),
                (_("Roles"), roles),
                *gone,
            ],
        )
        for name in ("chair", "deputy"):
            self.keep(name, [("", _("Nobody")), *roles] if name == "deputy" else roles)
        self.keep("escalate_to", [("", _("Nobody")), *roles])
        self._asked = list(names.questions.items())
        self.keep("edits", self._asked)

    @property
    def reviews(self) -> bool:
        """Whether the review form says something, or something is wrong with it."""
        return self._says("criteria", "attest")

    @property
    def votes(self) -> bool:
        """The same of how a body decides."""
        return self["mode"].value() != words.ALONE or self._is_wrong("quorum", "threshold", "chair", "deputy")

    @property
    def reminds(self) -> bool:
        """The same of the timer."""
        return self._says("reminders", "escalate_after", "escalate_to")

    @property
    def says_more(self) -> bool:
        """The same of what is rare."""
        return self._says("comments", "via", "output")

    @property
    def amended(self) -> str:
        """The answers that may be amended, in one line: the boxes are many."""
        chosen = self["edits"].value() or ()
        return ", ".join(str(label) for key, label in self._asked if key in chosen)

    def _says(self, *names: str) -> bool:
        return any(self[name].value() for name in names) or self._is_wrong(*names)

    def _is_wrong(self, *names: str) -> bool:
        return any(self[name].errors for name in names)
