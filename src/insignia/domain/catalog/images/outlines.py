"""Shaped lines as SVG path data: relative commands, rounded to a tenth of a unit; rounding errors do not add up."""

from .shaping import Line

_LETTERS = {"moveTo": "M", "lineTo": "l", "qCurveTo": "q", "curveTo": "c", "closePath": "z", "endPath": ""}


def path_data(line: Line, size: float, x: float, y: float) -> str:
    """The line as one path, its left end at x and its baseline at y."""
    parts: list[str] = []
    for glyph in line.glyphs:
        scale = size / glyph.face.units_per_em
        left, baseline = x + glyph.x * size, y - glyph.y * size
        # Where the reader of the path stands: the sum of what was written, not of what was meant.
        at = (0.0, 0.0)
        for command, points in glyph.face.outline(glyph.index):
            placed = [(left + px * scale, baseline - py * scale) for px, py in points]
            if command == "moveTo":
                at = (0.0, 0.0)
            steps = [(round(px - at[0], 1), round(py - at[1], 1)) for px, py in placed]
            if steps:
                at = (round(at[0] + steps[-1][0], 1), round(at[1] + steps[-1][1], 1))
            parts.append(_LETTERS[command] + _written(steps))
    return "".join(parts)


def _written(steps: list[tuple[float, float]]) -> str:
    text = ""
    for value in (value for step in steps for value in step):
        part = _short(value)
        text += part if not text or part.startswith("-") else f" {part}"
    return text


def _short(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    if text == "-0":
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
