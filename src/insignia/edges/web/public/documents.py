"""Achievements and issuers as documents of the standard, for programs that ask."""

from typing import Any

from insignia.core.openbadges import to_document
from insignia.domain.catalog import composition


def achievement_document(version: Any, *, variant: str, image: Any) -> dict[str, Any]:
    """The Open Badges `Achievement` of a version in one variant."""
    return to_document(composition.achievement(version, variant=variant, image=image))


def profile_document(issuer: Any) -> dict[str, Any]:
    """The Open Badges `Profile` of an issuer."""
    return to_document(composition.profile(issuer))
