"""From characters to placed glyphs: direction (Unicode bidirectional algorithm), font by font, shaped by HarfBuzz.

Everything is in em, with the baseline at 0 and y upwards, so that a line is shaped once and used at any size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from unicodedata import bidirectional

import uharfbuzz as hb
from bidi import algorithm, get_base_level
from fontTools.unicodedata import script

from .fonts import Face, chain
from .text import clusters

# Letters of these scripts are joined; space between them would break the stroke.
_JOINED_SCRIPTS = frozenset({"Arab", "Syrc", "Mong", "Nkoo", "Mand", "Rohg", "Adlm"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a face, its origin at (x, y)."""

    face: Face
    index: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A shaped line: glyphs from left to right, advance, and the box around all ink (left, bottom, right, top)."""

    glyphs: tuple[Glyph, ...]
    advance: float
    ink: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        """The room it needs when it is centred by its advance: ink that hangs out on one side counts on both."""
        left, _, right, _ = self.ink
        return self.advance + 2 * max(0.0, -left, right - self.advance)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of one direction, one face and one script."""

    text: str
    level: int
    face: Face
    script: str


@dataclass(frozen=True)
class TextStyle:
    """How the text of a slot is set: face (with the chain behind it) and tracking in em."""

    family: str
    weight: int
    tracking: float = 0.0

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The faces in the order in which they are asked for a character."""
        return chain(self.family, self.weight)

    @property
    def cap_height(self) -> float:
        """Height of the capitals of the named face: lines are placed by it, whatever face fills in."""
        return self.faces[0].cap_height

    def missing(self, text: str) -> list[str]:
        """The clusters that no shipped face can draw."""
        return [cluster for cluster in clusters(text) if not any(face.covers(cluster) for face in self.faces)]

    def shape(self, text: str, base_level: int) -> Line:
        """Set one line. `base_level` is that of the whole text (`direction`): a line broken off it keeps its side."""
        return _shape(self, text, base_level)


def direction(text: str) -> int:
    """0 if the text runs from left to right, 1 if from right to left (its first strong letter decides)."""
    return int(get_base_level(text))


@lru_cache(maxsize=4096)
def _shape(style: TextStyle, text: str, base_level: int) -> Line:
    glyphs: list[Glyph] = []
    x = 0.0
    left, bottom, right, top = float("inf"), float("inf"), float("-inf"), float("-inf")
    runs = _visual_order(list(_runs(style, text, base_level)))
    for number, run in enumerate(runs):
        scale = 1 / run.face.units_per_em
        tracking = 0.0 if run.script in _JOINED_SCRIPTS else style.tracking
        buffer = _shaped(run, tracking)
        count = len(buffer.glyph_infos)
        for i, (info, position) in enumerate(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)):
            glyph = Glyph(run.face, info.codepoint, x + position.x_offset * scale, position.y_offset * scale)
            extents = run.face.font.get_glyph_extents(info.codepoint)
            if extents is not None and extents.width:
                left = min(left, glyph.x + extents.x_bearing * scale)
                right = max(right, glyph.x + (extents.x_bearing + extents.width) * scale)
                top = max(top, glyph.y + extents.y_bearing * scale)
                bottom = min(bottom, glyph.y + (extents.y_bearing + extents.height) * scale)
                glyphs.append(glyph)
            x += position.x_advance * scale
            last_of_cluster = i + 1 == count or buffer.glyph_infos[i + 1].cluster != info.cluster
            last_of_line = i + 1 == count and number + 1 == len(runs)
            if last_of_cluster and not last_of_line:
                x += tracking
    ink = (left, bottom, right, top) if glyphs else (0.0, 0.0, 0.0, 0.0)
    return Line(tuple(glyphs), x, ink)


def _shaped(run: _Run, tracking: float) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    if run.script not in _NO_SCRIPT:
        buffer.script = run.script
    # Tracked letters stand apart; a ligature among them would not.
    hb.shape(run.face.font, buffer, {"liga": False, "clig": False} if tracking else {})
    return buffer


def _runs(style: TextStyle, text: str, base_level: int) -> Iterator[_Run]:
    """The text in logical order, cut wherever direction, face or script changes."""
    levels = _levels(text, base_level)
    marked = []
    at = 0
    face: Face | None = None
    script_now = "Zyyy"
    for cluster in clusters(text):
        level = levels[at]
        at += len(cluster)
        # A blank stays in the face of the word before it; what no face has (callers ask `missing`) goes to the first.
        if face is None or cluster not in (" ", "\u00a0"):
            face = next((f for f in style.faces if f.covers(cluster)), style.faces[0])
        own = script(cluster[0])
        script_now = script_now if own in _NO_SCRIPT else own
        marked.append((cluster, (level, face, script_now)))
    for (level, run_face, run_script), group in groupby(marked, key=lambda pair: pair[1]):
        yield _Run("".join(cluster for cluster, _ in group), level, run_face, run_script)


def _levels(text: str, base_level: int) -> list[int]:
    """The embedding level of every character (Unicode Standard Annex 9, rules X1 to I2)."""
    kinds = [bidirectional(char) for char in text]
    if base_level == 0 and _RIGHT_TO_LEFT.isdisjoint(kinds):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = base_level
    storage["base_dir"] = "R" if base_level else "L"
    # Boundary neutrals (joiners) are set aside by rule X9; they take the level of what they follow.
    algorithm.get_embedding_levels("".join(c for c, kind in zip(text, kinds, strict=True) if kind != "BN"), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved = iter([int(char["level"]) for char in storage["chars"]])
    levels: list[int] = []
    for kind in kinds:
        levels.append(next(resolved) if kind != "BN" else levels[-1] if levels else base_level)
    return levels


def _visual_order(runs: list[_Run]) -> list[_Run]:
    """Runs from left to right (rule L2: from the highest level down to 1, reverse what is at it or above)."""
    levels = [run.level for run in runs]
    ordered = list(range(len(runs)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and levels[ordered[end]] >= level:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = end + 1
    return [runs[i] for i in ordered]
