"""A version of an achievement in the standard's words."""

from django.conf import settings

from insignia.core.openbadges.model import Achievement as AchievementValue
from insignia.core.openbadges.model import Alignment, Criteria, Image, Profile, Related
from insignia.core.words import N_
from insignia.domain.institutions.models import IssuerProfile

from .models import AchievementVersion, BadgeImage
from .rules import STANDARD

# What a variant adds to the name of a badge.
VARIANT_NAMES = {"with_distinction": N_("with Distinction")}


def variant_name(name: str, variant: str) -> str:
    """The name of the badge in a variant: “Data Storytelling with Distinction”."""
    return f"{name} {VARIANT_NAMES[variant]}" if variant in VARIANT_NAMES else name


def profile(issuer: IssuerProfile) -> Profile:
    """The issuer as an Open Badges `Profile`."""
    return Profile(
        id=issuer.did,
        name=issuer.name,
        url=issuer.url or f"{settings.PUBLIC_URL}/issuers/{issuer.public_id}",
        email=issuer.email,
        description=issuer.description,
    )


def achievement_id(version: AchievementVersion, variant: str) -> str:
    """The Open Badges `achievement.id` of a version in one variant: what an endorsement of it is about."""
    return version.url if variant == STANDARD else f"{version.url}/{variant}"


def achievement(version: AchievementVersion, *, variant: str, image: BadgeImage) -> AchievementValue:
    """The Open Badges `Achievement` of a frozen version in one variant, with the image that belongs to it."""
    content = version.content
    standard = variant == STANDARD
    related = [Related(id=version.url, version=str(version.number))] if not standard else []
    if version.number > 1:
        previous = f"{version.achievement.url}/v/{version.number - 1}"
        related.append(Related(id=previous, version=str(version.number - 1)))
    narrative = content.criteria
    if not standard and content.distinction_criteria:
        narrative = f"{narrative}\n\n{content.distinction_criteria}"
    return AchievementValue(
        id=achievement_id(version, variant),
        name=variant_name(content.name, variant),
        description=content.description,
        criteria=Criteria(id=version.achievement.url, narrative=narrative),
        achievement_type=content.achievement_type,
        alignment=tuple(
            Alignment(
                target_name=skill.name,
                target_url=skill.url,
                target_code=skill.code,
                target_framework=skill.framework,
                target_description=skill.description,
                target_type=skill.target_type,
            )
            for skill in content.skills
        ),
        creator=profile(version.achievement.issuer),
        credits_available=content.credits or None,
        image=Image(id=image.png_url, caption=image.alt),
        in_language=content.language,
        tag=(version.achievement.level.name, *content.tags),
        version=str(version.number),
        related=tuple(related),
    )
