"""What the ids in answers stand for: skills, badges, files. Asked for at once, however many answers are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from insignia.core.questions.definition import Form, Kind
from insignia.domain.catalog.models import Achievement
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.frameworks.models import Skill

from .models import Attachment, Proposal

_NAMED = (Kind.SKILLS, Kind.COMPONENTS, Kind.ATTACHMENT)


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of what answers name, by public id. What is gone is in none of them."""

    skills: Mapping[str, Skill] = field(default_factory=dict)
    components: Mapping[str, Achievement] = field(default_factory=dict)
    files: Mapping[str, Attachment] = field(default_factory=dict)


def names_in(proposal: Proposal, *written: tuple[Form, Mapping[str, Any]]) -> Names:
    """What the answers of `written` name: those of the proposal itself, or of versions of it."""
    return names_among([proposal], *written)


def names_among(proposals: Sequence[Proposal], *written: tuple[Form, Mapping[str, Any]]) -> Names:
    """`names_in` for several proposals at once."""
    ids: dict[Kind, set[str]] = {kind: set() for kind in _NAMED}
    for form, answers in written:
        for question in form.questions:
            if question.kind in ids:
                ids[question.kind] |= set(_texts(answers.get(question.key)))
    skills, components, files = (ids[kind] for kind in _NAMED)
    badges = Achievement.objects.select_related("level", "current")
    return Names(
        _by_id(frameworks.skills().filter(public_id__in=skills)) if skills else {},
        _by_id(badges.filter(public_id__in=components)) if components else {},
        _by_id(Attachment.objects.filter(proposal__in=proposals, public_id__in=files).defer("content"))
        if files
        else {},
    )


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _by_id(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.public_id: row for row in rows}
