"""What is typed about bodies, seats, meetings and their agendas."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from insignia.edges.web.fields import DayField, choose_from

from ..review import words as review
from . import wording

WEEK = timedelta(days=7)


class LinesField(forms.CharField):
    """Several lines, each a point of its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=8000, **options)

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class ClockField(forms.TimeField):
    """A time of day, by the browser's own clock."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)
        self.input_formats = ["%H:%M", "%H:%M:%S"]
        self.localize = False


class BodyForm(forms.Form):
    """A body, as it is founded or described."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        help_text=_("As people say it, such as MCC. Routes name the body by it, so it stays."),
    )
    charge = LinesField(label=_("What it is charged with"), help_text=_("One point a line."))
    sponsor = forms.CharField(label=_("Sponsored by"), max_length=200, required=False)
    standards = LinesField(
        label=_("Standards that it reviews against"),
        help_text=_("One a line. Members see them as a checklist beside each proposal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "short_name" in (self.initial or {}):
            self.fields["short_name"].disabled = True


class SeatForm(forms.Form):
    """One more seat."""

    constituency = forms.CharField(
        label=_("Whom the seat represents"), max_length=120, help_text=_("Such as Faculty, Staff, or a college.")
    )


class PlaceForm(forms.Form):
    """Who takes a seat, stands in for it or presides, and for how long."""

    person = forms.ChoiceField(label=_("Who"), required=False, widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254, help_text=_("The invitation goes there.")
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    starts_on = DayField(label=_("Term from"), required=False, help_text=_("Left empty, from now on."))
    ends_on = DayField(label=_("Term until"), required=False, help_text=_("Left empty, until somebody ends it."))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], may_invite: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(people)
        choose_from(self, "person", found)
        if not may_invite:
            self.fields["person"].required = True
            self.fields["person"].error_messages["required"] = _("Search for a person and choose.")
            del self.fields["email"], self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """Somebody has to be named, in one of the two ways."""
        values = super().clean() or {}
        if not values.get("person") and not values.get("email") and not self.errors:
            self.add_error("person", _("Search for a person and choose, or invite somebody by mail."))
        if values.get("email") and not values.get("person") and not values.get("name"):
            self.add_error("name", _("Say who it is."))
        begins, ends = values.get("starts_on"), values.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The term ends before it begins."))
        return values


class MeetingForm(forms.Form):
    """When and where a body meets."""

    day = DayField(label=_("Day"))
    begins = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"), required=False)
    place = forms.CharField(
        label=_("Place"), max_length=300, required=False, help_text=_("A room, an address for a call, or both.")
    )
    cut_off_on = DayField(
        label=_("Proposals until"),
        required=False,
        help_text=_("What has come by then is on the agenda by itself. Left empty, a week before."),
    )

    def clean(self) -> dict[str, Any]:
        """Moments in the zone of the institution, which the request has set."""
        values = super().clean() or {}
        day, begins, ends = values.get("day"), values.get("begins"), values.get("ends")
        if day and begins:
            values["starts_at"] = timezone.make_aware(datetime.combine(day, begins))
            values["ends_at"] = _end(values["starts_at"], ends) if ends else None
            values["cut_off_on"] = values.get("cut_off_on") or day - WEEK
        return values

    @property
    def times(self) -> dict[str, Any]:
        """What the actions want to know."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "cut_off_on", "place")}


def _end(starts_at: datetime, ends: time) -> datetime:
    """The same evening, or past midnight."""
    ends_at = timezone.make_aware(datetime.combine(timezone.localtime(starts_at).date(), ends))
    return ends_at if ends_at > starts_at else ends_at + timedelta(days=1)


def times_of(meeting: Any) -> dict[str, Any]:
    """A meeting as `MeetingForm` begins."""
    begins = timezone.localtime(meeting.starts_at)
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": timezone.localtime(meeting.ends_at).time() if meeting.ends_at else None,
        "place": meeting.place,
        "cut_off_on": meeting.cut_off_on,
    }


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Why it is cancelled"), max_length=300, help_text=_("Members read it in their calendars.")
    )


class PresentForm(forms.Form):
    """Who is there."""

    present = forms.MultipleChoiceField(
        label=_("Who is present"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick who is there: without anybody there is no meeting.")},
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "present", list(people))


class ItemForm(forms.Form):
    """A free item on an agenda, and what is arranged for any."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000, required=False
    )
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes allotted"), min_value=1, max_value=240, initial=10)
    notes = forms.CharField(
        label=_("Notes of the discussion"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
        required=False,
        help_text=_("They go into the draft of the minutes."),
    )

    def __init__(self, *args: Any, item: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item is None:
            del self.fields["notes"]
        elif item.kind != "free":
            del self.fields["title"], self.fields["text"]


class VoteForm(forms.Form):
    """A member's voice on one proposal, with the review form that approving asks for."""

    vote = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect(attrs={"class": "segment"}))
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        required=False,
        help_text=_("Needed where you ask for changes or reject: the outcome may rest on it."),
    )

    def __init__(self, *args: Any, task: Any, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {verb.value for verb in task.decisions} | {"abstain"}
        choose_from(self, "vote", [(key, label) for key, label in wording.VOTES.items() if key in offered])
        self.criteria = task.criteria
        for key in task.criteria:
            self.fields[f"rate_{key}"] = forms.ChoiceField(
                label=review.criterion(key, labels),
                choices=[(str(value), str(value)) for value in wording.SCALE],
                widget=forms.RadioSelect(attrs={"class": "segment"}),
                required=False,
            )

    @property
    def ratings(self) -> Mapping[str, int]:
        """What was rated."""
        given = {key: self.cleaned_data.get(f"rate_{key}") for key in self.criteria}
        return {key: int(value) for key, value in given.items() if value}

    @property
    def rating_fields(self) -> list[Any]:
        """The lines of the review form."""
        return [self[f"rate_{key}"] for key in self.criteria]

    def clean(self) -> dict[str, Any]:
        """Who approves fills in the review form; who asks for something else says what."""
        values = super().clean() or {}
        vote = values.get("vote")
        if vote == "approve":
            for key in self.criteria:
                if not values.get(f"rate_{key}"):
                    self.add_error(f"rate_{key}", _("Rate this from 1 to 4: who approves fills in the review form."))
        if vote in ("request_changes", "reject") and not values.get("comment", "").strip():
            self.add_error("comment", _("Say why: the outcome may rest on this vote."))
        return values


class RecordForm(forms.Form):
    """What the body decided, as whoever presides records it."""

    comment = forms.CharField(
        label=_("Reason for the record"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000, required=False
    )

    def __init__(self, *args: Any, attest: Iterable[str], labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in attest:
            label = review.attestation(statement, labels)
            self.fields[f"attest_{statement}"] = forms.BooleanField(label=label, required=False)

    @property
    def attested(self) -> frozenset[str]:
        """The statements that were ticked."""
        return frozenset(
            name.removeprefix("attest_") for name, value in self.cleaned_data.items() if name[:7] == "attest_" and value
        )


class MinutesForm(forms.Form):
    """The minutes of a meeting."""

    text = forms.CharField(
        label=_("Minutes"),
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=100_000,
        help_text=_("Headings begin with #, lists with a hyphen."),
    )
