"""How a badge looks, apart from what it says: chosen, tried on, and looked at before it is kept."""

from dataclasses import dataclass, replace

from insignia.domain.access.actor import Actor, Scoped
from insignia.domain.access.permissions import Permission

from . import drawing, pictures, queries
from .models import Achievement, AchievementVersion, Artwork, BadgeTemplate


@dataclass(frozen=True, slots=True)
class Dress:
    """What fills the places of a badge's template. Without a `template` the newest of its level is used."""

    image_title: str = ""
    symbol: str = ""
    artwork: Artwork | None = None
    template: BadgeTemplate | None = None

    @classmethod
    def of(cls, version: AchievementVersion) -> "Dress":
        """What `version` wears; of one that is frozen not the template, which the newest may have replaced."""
        template = version.template if version.frozen_at is None else None
        return cls(version.content.image_title, version.content.symbol, version.artwork, template)


def require_dresser(by: Actor, on: Scoped) -> None:
    """Raise `NotPermitted` unless `by` may choose how a badge looks: whoever writes it, or keeps the templates."""
    if not by.may(Permission.ACHIEVEMENT_EDIT, on=on):
        by.require(Permission.TEMPLATE_MANAGE, on=on)


def templates_of(achievement: Achievement) -> list[BadgeTemplate]:
    """Every version of the template of the achievement's level, the newest first."""
    return list(queries.template_versions(achievement.level.policy.template))


def dressed(version: AchievementVersion, dress: Dress) -> AchievementVersion:
    """`version` in `dress`, kept nowhere."""
    content = replace(version.content, image_title=dress.image_title, symbol=dress.symbol)
    return AchievementVersion(
        achievement=version.achievement,
        institution_id=version.institution_id,
        number=version.number,
        name=content.name,
        content_data=content.to_data(),
        artwork=dress.artwork,
        template=dress.template,
    )


def proofs(
    version: AchievementVersion, achievement: Achievement, *, title: str = ""
) -> list[tuple[str, pictures.Proof]]:
    """`version` to look at, by variant; with a `title` as if that were its name. Raises what `pictures.proof` raises."""
    palette = achievement.institution.theme.get("badge")
    return [
        (variant, pictures.proof(version, template, palette=palette, title=title))
        for variant, template in drawing.templates_for(version, achievement)
    ]
