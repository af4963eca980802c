"""How an institution wants intents and proposals: the part of its policies that governance goes by."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .fields import choose_from

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class SpansField(forms.CharField):
    """Days or spans of days, one a line: “2026-12-20 to 2027-01-02”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **options)

    def to_python(self, value: Any) -> Any:
        """The spans as `first/last`; raises `ValidationError` for anything else."""
        spans = []
        for line in filter(None, (line.strip() for line in (super().to_python(value) or "").splitlines())):
            days = _DAY.findall(line)
            try:
                first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
            except (IndexError, ValueError):
                first, last = date.max, date.min
            if first > last or len(days) > 2:
                raise ValidationError(
                    _("“%(line)s” is no span of days. Write the first and the last day: 2026-12-20 to 2027-01-02."),
                    params={"line": line},
                )
            spans.append(f"{first.isoformat()}/{last.isoformat()}")
        return spans

    def prepare_value(self, value: Any) -> Any:
        """Spans as people write them; what was typed stays as it was."""
        if not isinstance(value, list):
            return value
        pairs = (span.split("/") for span in value)
        said = pgettext("a span of days", "%(first)s to %(last)s")
        return "\n".join(said % {"first": first, "last": last} for first, last in pairs)


class ProposalPolicies(forms.Form):
    """Intents, invitations, consultations, and days that do not count."""

    intent_form = forms.ChoiceField(
        label=_("Form with which an intent is stated"),
        required=False,
        help_text=_("Without one: a title and a few sentences."),
    )
    first_contact_days = forms.IntegerField(
        label=_("Days until somebody should have got in touch"),
        min_value=0,
        max_value=365,
        help_text=_("An intent that waits longer is flagged."),
    )
    proposal_by_invitation = forms.BooleanField(
        label=_("A proposal begins only by invitation"),
        required=False,
        help_text=_("Through the link that the office sends once an intent was talked over."),
    )
    invitation_days = forms.IntegerField(label=_("Days for which such a link works"), min_value=1, max_value=365)
    consultation_role = forms.ChoiceField(
        label=_("Role that proposers can ask for a talk about skills"), required=False
    )
    changes_lapse_after_days = forms.IntegerField(
        label=_("Days after which a proposal is withdrawn whose proposer was asked for changes and did nothing"),
        required=False,
        min_value=0,
        max_value=3650,
        help_text=_("0, or nothing, means never."),
    )
    blackouts = SpansField(
        label=_("Days on which reviewers are not expected to act"),
        required=False,
        help_text=_("One span a line, for example: 2026-12-20 to 2027-01-02. Reminders wait as long."),
    )

    def __init__(
        self, *args: Any, roles: Iterable[tuple[str, str]], forms_known: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("consultation_role", [("", _("Nobody")), *roles])
        self._offer("intent_form", [("", _("None")), *forms_known])

    def clean_changes_lapse_after_days(self) -> int:
        """Nothing is never."""
        return self.cleaned_data["changes_lapse_after_days"] or 0

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """The choices, and what is stored though it is gone: saving the policies unchanged changes nothing."""
        stored = self.initial.get(name, "")
        gone = [(stored, stored)] if stored and stored not in {key for key, _label in choices} else []
        choose_from(self, name, [*choices, *gone])
