"""What somebody says when awarding: the day, the work, the variant. Shared by one, many and renewal."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.domain.awards.roster import cleaning
from insignia.domain.awards.rules import AssessedElsewhere, Claim, EvidenceItem
from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.institutions.rules import EvidencePolicy

from .fields import CleanedField, DayField, put_at_its_field
from .given_for import PLACES, basis_fields, check_said, given_for

MOST_PIECES = 10
# Where each refusal of the domain belongs.
_PLACES = {
    "already_expired": "awarded_on",
    "attestation_incomplete": "attested_where",
    "attested_after_award": "attested_on",
    "awarded_in_future": "awarded_on",
    "awarded_too_early": "awarded_on",
    "duplicate": "email",
    "evidence_missing": "evidence_1_name",
    "image_missing": "variant",
    "self_award": "email",
    "share_consent_after_award": "share_consent_on",
    "share_consent_missing": "share_consent_on",
    "shared_evidence_missing": "evidence_1_name",
    "variant_unknown": "variant",
}


class ClaimForm(forms.Form):
    """The day, what the person did, the work behind it, and what the badge's level asks for besides."""

    awarded_on = DayField(label=_("Day"), help_text=_("The day on which it was earned."))
    narrative = CleanedField(
        label=_("What they did"),
        help_text=_("Shown on the badge to whoever sees it. Up to 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        clean_text=lambda given: cleaning.text(given, 2_000),
    )

    def __init__(self, data: QueryDict | None = None, *, achievement: Any, pieces: int = 1, **options: Any) -> None:
        super().__init__(data, **options)
        self.achievement = achievement
        self.policy = achievement.level.policy
        self.pieces = min(max(pieces, 1), MOST_PIECES)
        if achievement.variants:
            self.fields["variant"] = _variant(achievement)
        if not self.asks_for_work:
            self.pieces = 0
        for number in range(1, self.pieces + 1):
            self.fields.update(_piece(number))
        self.given_for = given_for(achievement)
        self.fields.update(basis_fields(achievement))
        if self.policy.off_system_attestation:
            self.fields.update(_attestation())
        if self.policy.evidence is EvidencePolicy.SHARED:
            self.fields["share_consent_on"] = _consent()

    def clean(self) -> dict[str, Any]:
        """For what it is given has to be said, where the badge does not."""
        given = super().clean() or {}
        check_said(self, self.achievement)
        return given

    @property
    def evidence(self) -> list[tuple[int, Any, Any, Any]]:
        """The number and the three fields of each piece of evidence, for the template."""
        return [
            (n, self[f"evidence_{n}_name"], self[f"evidence_{n}_url"], self[f"evidence_{n}_narrative"])
            for n in range(1, self.pieces + 1)
        ]

    @property
    def may_have_more(self) -> bool:
        """Whether another piece of evidence fits."""
        return self.pieces < MOST_PIECES

    @property
    def says_elsewhere(self) -> bool:
        """Whether something about an assessment elsewhere was entered: then it is not folded away."""
        names = ("attested_where", "attested_on", "attested_by")
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)

    @property
    def asks_for_work(self) -> bool:
        """Whether there is a place for work at all: what documents participation has none (R-023)."""
        return not self.policy.basis

    def claim(self) -> Claim:
        """What the valid form claims."""
        given = self.cleaned_data
        attested = (given.get("attested_where", ""), given.get("attested_on"), given.get("attested_by", ""))
        return Claim(
            awarded_on=given["awarded_on"],
            narrative=given["narrative"],
            variant=given.get("variant") or STANDARD,
            evidence=tuple(self._items()),
            attestation=AssessedElsewhere(*attested) if any(attested) else None,
            share_consent_on=given.get("share_consent_on"),
            basis=given.get("basis", ""),
            period=given.get("period", ""),
        )

    def _items(self) -> list[EvidenceItem]:
        given = self.cleaned_data
        items = [
            EvidenceItem(
                name=given[f"evidence_{n}_name"],
                url=given[f"evidence_{n}_url"],
                narrative=given.get(f"evidence_{n}_narrative", ""),
            )
            for n in range(1, self.pieces + 1)
        ]
        return [item for item in items if item.name or item.url or item.narrative]

    def refuse(self, error: InsigniaError) -> None:
        """Show what the action refused beside the field that it is about."""
        put_at_its_field(self, error, {**_PLACES, **PLACES})


def fresh(day: date) -> dict[str, str]:
    """What a new form begins with."""
    return {"awarded_on": day.isoformat(), "variant": STANDARD}


def pieces_of(data: QueryDict) -> int:
    """How many pieces of evidence the form that was sent had room for, and one more where that was asked."""
    given = data.get("pieces", "1")
    number = int(given) if given.isdecimal() and len(given) < 4 else 1
    return number + ("more" in data)


def _variant(achievement: Any) -> forms.ChoiceField:
    names = [(STANDARD, _("Standard"))]
    names += [(variant, _(VARIANT_NAMES.get(variant, variant))) for variant in achievement.variants]
    return forms.ChoiceField(label=_("Variant"), choices=names, widget=forms.RadioSelect(attrs={"class": "cards"}))


def _piece(number: int) -> dict[str, forms.Field]:
    return {
        f"evidence_{number}_name": CleanedField(
            label=_("Title of the work"), required=False, clean_text=lambda given: cleaning.line(given, 200)
        ),
        f"evidence_{number}_url": CleanedField(
            label=_("Link to it"),
            required=False,
            widget=forms.URLInput(attrs={"placeholder": "https://"}),
            # The column holds 500 characters; longer ones are nearly always sessions of some other site.
            clean_text=lambda given: cleaning.web_address(given, 500),
        ),
        f"evidence_{number}_narrative": CleanedField(
            label=_("What it shows"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            clean_text=lambda given: cleaning.text(given, 2_000),
        ),
    }


def _attestation() -> dict[str, forms.Field]:
    return {
        "attested_where": CleanedField(
            label=_("Where"),
            help_text=_("Where the work is kept, such as a course in your learning system."),
            required=False,
            clean_text=lambda given: cleaning.line(given, 200),
        ),
        "attested_on": DayField(label=_("When"), required=False),
        "attested_by": CleanedField(
            label=_("By whom"), required=False, clean_text=lambda given: cleaning.line(given, 200)
        ),
    }


def _consent() -> forms.Field:
    return DayField(
        label=_("Agreed to share on"),
        help_text=_("The day on which the earner agreed that this evidence is shown with the badge."),
        required=False,
    )
