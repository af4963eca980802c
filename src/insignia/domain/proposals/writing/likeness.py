"""How much two achievements are alike, by what they say. Plain values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Words that nearly every title and outcome has.
_COMMON = frozenset(
    {"badge", "certificate", "digital", "how", "introduction", "level", "own", "skill", "skills", "work"}
    | {"and", "are", "can", "for", "from", "into", "the", "that", "their", "using", "with"}
)
_NAME, _OUTCOMES, _SKILLS = 0.5, 0.15, 0.35
_NAME_ALONE = 0.9
_WORD = re.compile(r"\w+")
_ENDINGS = ("ies", "es", "s", "ing")


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared: words of the name and of the outcomes, and skills by their addresses."""

    name: frozenset[str]
    outcomes: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are, from 0 to 1, and what they share."""

    score: float
    words: tuple[str, ...]
    skills: int


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words that tell something, folded and without their endings: "Planning events" is `plann`, `event`."""
    found = (_stem(word) for text in texts for word in _WORD.findall(text.casefold()))
    return frozenset(word for word in found if word not in _COMMON and len(word) > 2)


def likeness(one: Said, other: Said) -> Likeness:
    """How alike the two are. Two that are called nearly the same are, whatever else they say."""
    name = _share(one.name, other.name)
    whole = _NAME * name + _OUTCOMES * _share(one.outcomes, other.outcomes) + _SKILLS * _share(one.skills, other.skills)
    score = max(whole, _NAME_ALONE * name)
    return Likeness(score, tuple(sorted(one.name & other.name)), len(one.skills & other.skills))


def _share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """What they share, of the smaller one: a short name within a long one is as good as the same."""
    shared = len(mine & theirs)
    if not shared:
        return 0.0
    return (shared / min(len(mine), len(theirs)) + shared / len(mine | theirs)) / 2


def _stem(word: str) -> str:
    """Without plural and "-ing", one after the other; short words stay whole."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
    return word
