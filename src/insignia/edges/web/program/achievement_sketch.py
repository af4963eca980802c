"""What a badge will look like, while it is written: drawings that are kept nowhere, as addresses that a page can hold."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.domain.catalog import drawing, images, keeping
from insignia.domain.catalog.rules import Content
from insignia.edges.web import achievement_words

from .forms_achievements import AchievementForm


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing, and which variant it is of."""

    src: str
    name: str


@dataclass(frozen=True, slots=True)
class Sketches:
    """The drawings, or the reason why there are none; neither where too little is said yet.

    `left_out` tells what of a drawing of their own is not in them.
    """

    drawings: tuple[Sketch, ...] = ()
    problem: InsigniaError | None = None
    left_out: tuple[images.Note, ...] = ()


def data_address(data: bytes, kind: str) -> str:
    """`data` as the address of an image."""
    return f"data:image/{kind};base64," + base64.b64encode(data).decode()


def of_version(version: Any, achievement: Any) -> Sketches:
    """What a version that is kept would be drawn like now."""
    return _drawn(lambda: drawing.sketch_all(version, achievement))


def of_form(form: AchievementForm, content: Content, *, unit: Any) -> Sketches:
    """What the words of a form would be drawn like; the form has been looked through, but may hold faults."""
    level = form.placed_at or form.levels.get(form.cleaned_data.get("level", ""))
    if level is None or unit is None or not content.name:
        return Sketches(left_out=form.left_out)
    drawn = _drawn(lambda: drawing.proposed(unit=unit, level=level, content=content, artwork=_artwork(form)))
    return replace(drawn, left_out=form.left_out)


def _drawn(draw: Callable[[], list[tuple[str, bytes]]]) -> Sketches:
    try:
        drawings = draw()
    except InsigniaError as refused:
        return Sketches(problem=refused)
    return Sketches(
        tuple(Sketch(data_address(svg, "svg+xml"), achievement_words.variant(variant)) for variant, svg in drawings)
    )


def _artwork(form: AchievementForm) -> Any:
    given = form.cleaned_data
    if given.get("artwork"):
        return given["artwork"][0]
    kept = given.get("artwork_kept")
    return keeping.artwork(kept) if kept and not given.get("drop_artwork") else None
