"""An achievement as it stands in a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from insignia.domain.catalog import queries as catalog


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader sees of an achievement before opening it."""

    name: str
    address: str
    image: str
    level: str
    unit: str
    skills: tuple[str, ...]
    effort: str


def cards(achievements: Sequence[Any]) -> list[Card]:
    """The cards of `achievements`, in their order; their images are looked up once for all."""
    images = catalog.current_images([achievement.current_id for achievement in achievements])
    return [_card(achievement, images.get(achievement.current_id, "")) for achievement in achievements]


def _card(achievement: Any, image: str) -> Card:
    content = achievement.current.content
    return Card(
        name=content.name,
        address=reverse("public:achievement", args=[achievement.public_id]),
        image=reverse("public:image_svg", args=[image]) if image else "",
        level=achievement.level.name,
        unit=achievement.unit.name,
        skills=tuple(dict.fromkeys(skill.name for skill in content.skills)),
        effort=content.effort,
    )
