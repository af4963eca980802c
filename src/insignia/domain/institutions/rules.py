"""What an institution's level asks of an award: read from data, judged on plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_


class EvidencePolicy(StrEnum):
    """What must be known of the work behind an award."""

    NONE = "none"
    PRIVATE = "private"
    SHARED = "shared"


class Awarding(StrEnum):
    """Who makes awards in an institution (R-121): whoever may award a badge, or the Registrar upon a request."""

    GRANTOR = "grantor"
    REGISTRAR = "registrar"


def policy_faults(policies: Mapping[str, Any], defaults: Mapping[str, Any]) -> Iterator[Rejected]:
    """What is wrong with an institution's policies: words that the house does not know, and values that cannot be."""
    for word, value in policies.items():
        if word not in defaults:
            yield Rejected(N_("There is no policy “%(name)s”."), code="policy_unknown", params={"name": word})
        elif not _is_like(value, defaults[word]):
            yield Rejected(
                N_("The policy “%(name)s” must be written like this: %(example)s."),
                code="policy_value",
                params={"name": word, "example": str(defaults[word]).lower()},
            )
        elif word.startswith("undo_minutes") and not 0 <= value <= 24 * 60:
            yield Rejected(N_("The undo window is between 0 minutes and 24 hours."), code="undo_window")
        elif word == "blackouts" and any(not _is_span(one) for one in value):
            yield Rejected(
                N_("Days that do not count are written like this: 2026-12-20/2027-01-02."), code="policy_blackouts"
            )
        elif word == "awarding" and value not in list(Awarding):
            yield Rejected(
                N_("Awarding is done by “grantor” or by “registrar”, not by “%(word)s”."),
                code="policy_awarding",
                params={"word": value},
            )


def _is_like(value: Any, default: Any) -> bool:
    """Whether `value` is of the kind of `default`; a truth value is a number to Python, and never meant as one."""
    if isinstance(default, list):
        return isinstance(value, list) and (
            all(type(one) is int and one > 0 for one in value) if default else all(type(one) is str for one in value)
        )
    return type(value) is type(default) and (not isinstance(value, int) or value >= 0)


def _is_span(text: str) -> bool:
    """Whether `text` is two days in order, as ISO 8601 writes an interval."""
    first, _slash, last = text.partition("/")
    try:
        return date.fromisoformat(first) <= date.fromisoformat(last)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class LevelPolicy:
    """One rung of a taxonomy, as data (functional specification 4.1, `types`).

    `evidence`: none asked; assessed but not shared by default; assessed and shared with the award.
    `min_evidence`: how many pieces. `off_system_attestation`: whether "assessed elsewhere" satisfies the rule.
    `assessed`: whether a qualified Grantor must have verified it. `variants`: names beside "standard".
    `single_skill_type`: the achievement type where exactly one skill is named; empty where it makes no difference.
    `components_of`: keys of the levels that a stack at this level is made of; empty where it is no stack.
    `repeatable`: whether a person may hold the same achievement twice. `valid_months`: 0 = does not expire.
    `workflow` and `form`: keys of the route that a proposal of this level takes and of the form that it fills in; empty
    where nothing is proposed. `propose`: keys of the roles whose holders may propose it; empty for everyone who may propose.
    `basis`: for what a badge that documents participation may be given (R-021); empty where it documents a skill.
    `environment` ("simulated", "professional") and `proficiency` ("introductory", "practised", "mastery"): what it is
    meant to show.
    `guidance`: the rules of the level in words, for proposers and reviewers.
    """

    achievement_type: str = "Badge"
    single_skill_type: str = ""
    template: str = "level-1"
    evidence: EvidencePolicy = EvidencePolicy.NONE
    min_evidence: int = 0
    off_system_attestation: bool = False
    assessed: bool = False
    skills_required: bool = False
    variants: tuple[str, ...] = ()
    components_of: tuple[str, ...] = ()
    repeatable: bool = False
    valid_months: int = 0
    training_required: bool = True
    workflow: str = ""
    form: str = ""
    propose: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    environment: str = ""
    proficiency: str = ""
    guidance: str = ""

    @property
    def rests_on_taking_part(self) -> bool:
        """Whether having been there is enough: nothing is handed in, nothing assessed, nothing else held before."""
        return self.evidence is EvidencePolicy.NONE and not self.assessed and not self.components_of

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "LevelPolicy":
        """The policy written in `data`; raises `Rejected` naming a word that it does not know."""
        known = {f.name for f in fields(cls)}
        if unknown := sorted(set(data) - known):
            raise Rejected(
                N_("A level's policy does not know “%(word)s”. It knows: %(known)s."),
                code="policy_unknown",
                params={"word": unknown[0], "known": ", ".join(sorted(known))},
            )
        values = dict(data)
        try:
            values["evidence"] = EvidencePolicy(values.get("evidence", EvidencePolicy.NONE))
        except ValueError:
            raise Rejected(
                N_("Evidence is “none”, “private” or “shared”, not “%(word)s”."),
                code="policy_evidence",
                params={"word": values["evidence"]},
            ) from None
        for name in _LISTS:
            values[name] = tuple(values.get(name, ()))
        return cls(**values)

    def to_data(self) -> dict[str, Any]:
        """The policy as JSON and TOML keep it."""
        data = asdict(self)
        data["evidence"] = self.evidence.value
        for name in _LISTS:
            data[name] = list(data[name])
        return data


_LISTS = ("variants", "components_of", "propose", "basis")


def aliases_after(*, old: str, new: str, aliases: Iterable[str]) -> list[str]:
    """The other names of what is now called `new` and was called `old`: each once, with the old name, without the new."""
    known: dict[str, str] = {}
    for name in [*aliases, old]:
        if name.strip():
            known.setdefault(name.strip().casefold(), name.strip())
    known.pop(new.strip().casefold(), None)
    return list(known.values())
