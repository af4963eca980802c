"""Shaped lines as SVG path data: relative commands in whole tenths of a unit, so that rounding errors do not add up."""

from functools import cache

from .shaping import Line

_LETTERS = {"moveTo": "M", "lineTo": "l", "qCurveTo": "q", "curveTo": "c", "closePath": "z", "endPath": ""}


def path_data(line: Line, size: float, x: float, y: float) -> str:
    """The line as one path, its left end at x and its baseline at y."""
    parts: list[str] = []
    for glyph in line.glyphs:
        scale = 10 * size / glyph.face.units_per_em
        left, baseline = 10 * (x + glyph.x * size), 10 * (y - glyph.y * size)
        at_x = at_y = 0
        for command, points in glyph.face.outline(glyph.index):
            parts.append(_LETTERS[command])
            if command == "moveTo":  # the one absolute command
                at_x = at_y = 0
            glue = False
            for px, py in points:
                point_x, point_y = round(left + px * scale), round(baseline - py * scale)
                step_x, step_y = point_x - at_x, point_y - at_y
                if glue and step_x >= 0:
                    parts.append(" ")
                parts.append(_tenths(step_x))
                if step_y >= 0:
                    parts.append(" ")
                parts.append(_tenths(step_y))
                glue = True
            if points:
                at_x, at_y = point_x, point_y
    return "".join(parts)


@cache
def _tenths(count: int) -> str:
    """So many tenths, as short as SVG allows: 12 is `1.2`, -5 is `-.5`, 30 is `3`."""
    whole, tenth = divmod(abs(count), 10)
    text = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{text}" if count < 0 else text
