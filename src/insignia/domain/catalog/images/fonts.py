"""The shipped fonts: files, coverage, outlines, and the chain of faces for a text.

All are under the SIL Open Font License; `fonts/SOURCES.toml` says where each comes from and its digest. System fonts
are never used: an image is the same on every machine.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen

from insignia.core.errors import Rejected
from insignia.core.words import N_

FOLDER = Path(__file__).parent / "fonts"
Outline: TypeAlias = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]

# HarfBuzz hides these (Unicode: Default_Ignorable_Code_Point); no font needs a glyph for them.
_IGNORABLE = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {
    chr(selector) for selector in range(0xFE00, 0xFE10)
}


@dataclass(frozen=True)
class Face:
    """One font file. All measures are in em, so that they hold for every size."""

    file: str
    family: str
    weight: int
    style: str

    @cached_property
    def font(self) -> hb.Font:
        """The file as HarfBuzz reads it; opened when the face is first used."""
        return hb.Font(hb.Face(hb.Blob.from_file_path(str(FOLDER / self.file))))

    @cached_property
    def units_per_em(self) -> int:
        """Font units to one em."""
        return int(self.font.face.upem)

    @cached_property
    def cap_height(self) -> float:
        """Height of the capitals."""
        return float(self.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)) / self.units_per_em

    @cached_property
    def _characters(self) -> frozenset[int]:
        return frozenset(self.font.face.unicodes)

    def covers(self, cluster: str) -> bool:
        """Has this face a glyph for every visible character of the cluster?"""
        return all(ord(char) in self._characters or char in _IGNORABLE for char in cluster)

    @cached_property
    def _outlines(self) -> dict[int, Outline]:
        return {}

    def outline(self, glyph: int) -> Outline:
        """The glyph's drawing commands in font units, y upwards."""
        if glyph not in self._outlines:
            pen = RecordingPen()
            self.font.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = tuple((command, tuple(points)) for command, points in pen.value)
        return self._outlines[glyph]


@cache
def shipped_faces() -> tuple[Face, ...]:
    """All shipped faces in the order in which they are tried."""
    table = tomllib.loads((FOLDER / "SOURCES.toml").read_text("utf-8"))
    return tuple(Face(row["file"], row["family"], row["weight"], row["style"]) for row in table["font"])


@cache
def chain(family: str, weight: int) -> tuple[Face, ...]:
    """The face itself, then those of its style, then the rest; within a family the nearest weight only."""
    first = next((face for face in shipped_faces() if (face.family, face.weight) == (family, weight)), None)
    if first is None:
        raise Rejected(
            N_("The font “%(family)s” in weight %(weight)s is not among the shipped fonts."),
            code="font_unknown",
            params={"family": family, "weight": weight},
        )
    nearest: dict[str, Face] = {}
    for face in shipped_faces():
        best = nearest.get(face.family)
        if best is None or abs(face.weight - weight) < abs(best.weight - weight):
            nearest[face.family] = face
    rest = [face for face in nearest.values() if face.family != family]
    return (first, *(f for f in rest if f.style == first.style), *(f for f in rest if f.style != first.style))
