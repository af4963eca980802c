"""A badge in the sizes in which people meet it, in colour and in grey, beside the same frame with a long title."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.domain.catalog import dressing, library
from insignia.edges.web import achievement_words

from .achievement_sketch import data_address


@dataclass(frozen=True, slots=True)
class Proof:
    """One badge in all its sizes, as addresses that a page can hold, and what its maker should know."""

    name: str
    large: str
    middle: str
    small: str
    alt: str
    warnings: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Proofs:
    """The badge by variant under its own title, and under one that is as long as they get; each or why it is not there."""

    own: tuple[Proof, ...] = ()
    problem: InsigniaError | None = None
    long: tuple[Proof, ...] = ()
    long_problem: InsigniaError | None = None


def proofs_of(version: Any, achievement: Any) -> Proofs:
    """`version` to look at, whether or not it is kept."""
    own, problem = _tried(lambda: dressing.proofs(version, achievement))
    if problem is not None:
        return Proofs(problem=problem)
    long, long_problem = _tried(lambda: dressing.proofs(version, achievement, title=library.LONG_TITLE))
    return Proofs(own, None, long, long_problem)


def _tried(draw: Callable[[], Iterable[tuple[str, Any]]]) -> tuple[tuple[Proof, ...], InsigniaError | None]:
    try:
        return tuple(_shown(variant, proof) for variant, proof in draw()), None
    except InsigniaError as refused:
        return (), refused


def _shown(variant: str, proof: Any) -> Proof:
    large, middle, small = (data_address(data, "png") for data in (proof.large, proof.middle, proof.small))
    return Proof(achievement_words.variant(variant), large, middle, small, proof.alt, proof.warnings)
