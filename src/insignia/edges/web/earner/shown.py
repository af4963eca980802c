"""An award as its earner sees it: what it is called, where its picture and page are, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from insignia.domain.awards import rules
from insignia.domain.catalog.composition import VARIANT_NAMES

WAITING = ("offered", "lapsed_offer")
# An earner decides who sees these; the others show themselves as they are, or not at all.
DECIDED = ("accepted", "expired")
NO_LONGER = ("declined", "suspended", "revoked", "superseded")


@dataclass(frozen=True, slots=True)
class Shown:
    """One award; `page` is the credential's own page and `url` the whole address of it, for sharing."""

    award: Any
    variant: str
    image: str
    page: str
    url: str

    @property
    def waits(self) -> bool:
        """Whether its earner can accept it."""
        return self.award.state in WAITING

    @property
    def is_theirs_to_show(self) -> bool:
        """Whether its earner may choose who sees it now."""
        return self.award.state in DECIDED

    @property
    def is_open(self) -> bool:
        """Whether somebody beside the earner sees it by its address."""
        return self.is_theirs_to_show and self.award.visibility != "private"

    @property
    def may_be_public(self) -> bool:
        """Whether nothing forbids publishing: a minor's badge is shared by link only."""
        return rules.is_adult(self.award.recipient.age_band)


def shown(award: Any) -> Shown:
    """`award` with what its page needs."""
    credential = award.credential
    return Shown(
        award=award,
        variant=gettext(VARIANT_NAMES[award.variant]) if award.variant in VARIANT_NAMES else "",
        image=reverse("public:image_svg", args=[award.image.public_id]),
        page=reverse("public:credential", args=[credential.public_id]),
        url=credential.url,
    )


def all_shown(awards: Iterable[Any]) -> list[Shown]:
    """`shown` of each."""
    return [shown(award) for award in awards]


def masked(address: str) -> str:
    """An address as far as whoever holds a link may see it: “a•••@students.example”."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}"
