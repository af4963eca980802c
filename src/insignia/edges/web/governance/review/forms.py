"""What is filled in with a decision: the review form, a comment, what is attested, and what a rarer decision needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb, Vote
from insignia.domain.proposals.workflow import actions as workflow
from insignia.edges.web import words as said

from . import words

_MARKS = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]
_THEN = [
    (engine.Then.RETURN_HERE.value, _("Then it comes back to this step")),
    (engine.Then.ADVANCE.value, _("Then it goes on to the next step")),
]
_MOST = 5000


class DecisionForm(forms.Form):
    """One form for every decision on the page; the button says which. What a decision needs, the engine says."""

    comment = forms.CharField(
        label=_("Comment"),
        max_length=_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those who write the proposal read it. Whoever does not simply approve says why."),
    )

    def __init__(
        self,
        *args: Any,
        task: engine.Task | None,
        labels: Mapping[str, str],
        verbs: Iterable[Verb],
        levels: Sequence[tuple[str, str]] = (),
        roles: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        self.criteria = task.criteria if task else ()
        self.statements = task.attest if task else ()
        for key in self.criteria:
            self.fields[f"rate-{key}"] = forms.ChoiceField(
                label=words.criterion(key, labels),
                choices=_MARKS,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "segment"}),
            )
            self.fields[f"say-{key}"] = forms.CharField(
                label=_("Comment on “%(criterion)s”") % {"criterion": words.criterion(key, labels)},
                max_length=_MOST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for key in self.statements:
            self.fields[f"attest-{key}"] = forms.BooleanField(label=words.attestation(key, labels), required=False)
        if self.statements:
            self.fields["file"] = forms.FileField(
                label=_("Document"),
                required=False,
                allow_empty_file=True,
                help_text=_("Such as the minutes of your unit. It stays beside your decision."),
            )
        verbs = frozenset(verbs)
        if Verb.RECOMMEND_TYPE in verbs:
            self.fields["recommended"] = forms.ChoiceField(
                label=_("The type that fits better"),
                choices=[("", _("Choose a type")), *levels],
                required=False,
                widget=forms.Select(attrs={"translate": "no"}),
            )
        if Verb.CUSTOM_ROUTE in verbs:
            self._add_asking(roles)

    def _add_asking(self, roles: Sequence[tuple[str, str]]) -> None:
        self.fields["ask_role"] = forms.ChoiceField(
            label=_("Ask somebody in the role"), choices=[("", _("Choose a role")), *roles], required=False
        )
        self.fields["ask_email"] = forms.CharField(
            label=_("Or one person, by mail address"),
            required=False,
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        )
        self.fields["ask_then"] = forms.ChoiceField(
            label=_("After their answer"), choices=_THEN, required=False, widget=forms.RadioSelect
        )

    @property
    def reviews(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each criterion with its comment."""
        return [(self[f"rate-{key}"], self[f"say-{key}"]) for key in self.criteria]

    @property
    def attestations(self) -> list[forms.BoundField]:
        """Each statement to be attested."""
        return [self[f"attest-{key}"] for key in self.statements]

    def decision(self, verb: Verb, vote: Vote | None, *, step: engine.Step | None = None) -> engine.Decision:
        """What the button decides, with all that was filled in. A body's chair fills in nobody's form."""
        given = self.cleaned_data
        ratings = [
            engine.Rating(key, int(given[f"rate-{key}"]), given.get(f"say-{key}", ""))
            for key in self.criteria
            if given.get(f"rate-{key}")
        ]
        return engine.Decision(
            verb,
            comment=given.get("comment", "").strip(),
            ratings=tuple(ratings),
            attestations=frozenset(key for key in self.statements if given.get(f"attest-{key}")),
            recommended=given.get("recommended", ""),
            vote=vote,
            step=step,
            then=engine.Then(given.get("ask_then") or engine.Then.RETURN_HERE),
        )

    def enclosed(self) -> list[workflow.File]:
        """The document, where one was sent."""
        sent = self.cleaned_data.get("file")
        return [workflow.File(sent.name, sent.read())] if sent else []

    def refuse(self, refused: InsigniaError) -> None:
        """Let what the engine lacks stand at its field; all else at the head of the form."""
        for one in refused.details or (refused,):
            field, text = self._place(one)
            self.add_error(field, text or said.translated(one))

    def _place(self, one: InsigniaError) -> tuple[str | None, Any]:
        places: dict[str, tuple[str, Any]] = {
            "comment_missing": ("comment", _("Say why, in a sentence or two.")),
            "rating_missing": (f"rate-{one.params.get('criterion')}", _("Rate this from 1 to 4.")),
            "attestation_missing": (f"attest-{one.params.get('statement')}", _("Confirm this, or do not approve.")),
            "recommendation_missing": ("recommended", _("Say which type fits better.")),
            "custom_step_missing": ("ask_role", _("Say who is to be asked.")),
            "custom_route_evades": ("ask_then", None),
            "person_unknown": ("ask_email", None),
            "file_empty": ("file", None),
            "file_too_large": ("file", None),
            "file_kind": ("file", None),
        }
        field, text = places.get(one.code, (None, None))
        return (field, text) if field in self.fields else (None, text)


class DelegationForm(forms.Form):
    """Somebody acts in another's place."""

    email = forms.CharField(
        label=_("Who acts in your place"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The mail address of a colleague who has a role here."),
    )
    role = forms.ChoiceField(label=_("In which role"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("In which role"), choices=[("", _("All my roles")), *roles], required=False
        )


class OfficeDelegationForm(DelegationForm):
    """The office gives a delegation for somebody who did not think of it before leaving."""

    whose = forms.CharField(
        label=_("Who is away"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("whose", "email", "role", "starts_on", "ends_on")


class OutcomeForm(forms.Form):
    """What came of a talk about skills."""

    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Those who write the proposal read it beside their answers."),
    )
