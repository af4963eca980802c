"""What a level asks of whoever awards, in plain words: the instructions at the head of a form (R-105)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext, ngettext

from insignia.domain.institutions.rules import EvidencePolicy, LevelPolicy


def instructions(achievement: Any) -> list[str]:
    """Sentence by sentence, in the order in which somebody works through the form."""
    return list(_sentences(achievement.level.policy, achievement.current.content.valid_months))


def _sentences(policy: LevelPolicy, months: int) -> Iterator[str]:
    if policy.assessed:
        yield gettext("You vouch for it: your name and the day stand on the badge as the one who verified it.")
    yield from _evidence(policy)
    if policy.off_system_attestation:
        yield gettext("If the work was assessed elsewhere, say where, when and by whom instead of adding it here.")
    if not policy.repeatable:
        yield gettext("One person can have it once. Whoever has it already is not awarded again.")
    valid = months or policy.valid_months
    if valid:
        yield ngettext(
            "It is valid for %(count)d month from the day you enter.",
            "It is valid for %(count)d months from the day you enter.",
            valid,
        ) % {"count": valid}


def _evidence(policy: LevelPolicy) -> Iterator[str]:
    pieces = max(policy.min_evidence, 1)
    if policy.basis:
        yield gettext("Taking part is what counts: nobody shows or hands in anything for it.")
        return
    match policy.evidence:
        case EvidencePolicy.NONE:
            yield gettext("Nobody has to show work for it. What you add stays with the institution.")
        case EvidencePolicy.PRIVATE:
            yield ngettext(
                "Add at least one piece of work that you assessed as complete. It stays private.",
                "Add at least %(count)d pieces of work that you assessed as complete. They stay private.",
                pieces,
            ) % {"count": pieces}
        case EvidencePolicy.SHARED:
            yield ngettext(
                "Add at least one piece of work that you assessed as complete. It is shown with the badge.",
                "Add at least %(count)d pieces of work that you assessed as complete. They are shown with the badge.",
                pieces,
            ) % {"count": pieces}
            yield gettext("Enter the day on which the earner agreed that the work is shown.")
