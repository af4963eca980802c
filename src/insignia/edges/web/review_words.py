"""What criteria and attestations ask: an institution's own words, the sentences of the presets, or the key made readable."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

CRITERIA: dict[str, Any] = {
    "consistency": _("Consistent with what we call a micro-credential"),
    "evidence_types": _("Evidence shows what the title promises"),
    "issuer_expertise": _("Issuer has the expertise"),
    "meaningfulness": _("Means something to those who earn it and read it"),
    "skill_assessment_alignment": _("Skills are assessed, not only mentioned"),
    "taxonomy_fit": _("Fits the taxonomy"),
    "workforce_alignment": _("Aligned with workforce skills and competencies"),
    "workforce_skill_alignment": _("Aligned with skills that are wanted at work"),
    "worthiness_of_endorsement": _("Worthy of the institution’s endorsement"),
}
ATTESTATIONS: dict[str, Any] = {
    "campus_standards": _("It keeps to the campus standards for micro-credentials."),
    "local_governance_completed": _("The governance process of our unit or division is completed."),
}
_NONE: Mapping[str, str] = {}


def readable(key: str) -> str:
    """A key as words: “issuer_expertise” is “Issuer expertise”."""
    return key.replace("_", " ").strip().capitalize()


def criterion(key: str, labels: Mapping[str, str] = _NONE) -> str:
    """What a criterion of the review form asks; `labels` are those of the route."""
    return str(labels.get(key) or CRITERIA.get(key) or readable(key))


def attestation(key: str, labels: Mapping[str, str] = _NONE) -> str:
    """What is attested; `labels` are those of the route."""
    return str(labels.get(key) or ATTESTATIONS.get(key) or readable(key))
