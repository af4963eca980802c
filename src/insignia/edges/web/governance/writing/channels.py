"""What is said where requests are made outside of the house too, or only there (R-026)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from insignia.domain.proposals.workflow import channels
from insignia.edges.web import achievement_words as words


@dataclass(frozen=True, slots=True)
class Outside:
    """An address outside, for whom it is, and whether the form here is a way in as well."""

    audience: str
    label: str
    url: str
    takes_forms: bool


def outside_of(levels: Iterable[Any]) -> list[tuple[str, list[Outside]]]:
    """The names of levels with what is asked for outside at each; those without are left out."""
    levels = list(levels)
    found = channels.outside(levels)
    return [
        (level.name, [_outside(audience, channel) for audience, channel in found[level.key]])
        for level in levels
        if level.key in found
    ]


def outside_for(proposal: Any) -> Outside | None:
    """Where else, or only, a request like this is made, by the audience that was answered."""
    channel = channels.channel_of(proposal)
    if channel is None or not channel.hands_over or proposal.via == "registered":
        return None
    answered: list[str] = list(proposal.answers.get("audience") or ())
    return _outside(answered[0] if len(answered) == 1 else "mixed", channel)


def _outside(audience: str, channel: Any) -> Outside:
    name = _("several audiences") if audience == "mixed" else words.audience(audience).lower()
    return Outside(name, channel.label or channel.channel, channel.url, channel.takes_forms)
