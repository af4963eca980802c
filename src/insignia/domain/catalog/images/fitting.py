"""Text of any length in a box: the greatest size at which every line stays inside, and never a line outside.

Pure: a caller hands in how to measure. Sizes and boxes are in user units (a badge is 600 wide). The rules in words and
numbers stand beside the templates, in `presets/badges/FITTING.md`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from .text import Piece, clusters, join, pieces

LINE_PENALTY = 0.07  # a further line must buy at least 7 % of size
NOMINAL_DESCENT = 0.22  # of the size, below the baseline
RELIEF = 1.15  # a line beyond max_lines is allowed only up to 1.15 times the smallest size
SIZE_STEP = 1.0
MAX_PIECES = 18  # what lies behind is kept together, so that the search stays small
SEPARATION = 0.03  # of the size, between the ink of one line and that of the next
JOINING_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with", "&"})
ELLIPSIS = "…"
_ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a text may stand: a box [x, y, width, height], narrowed by rows of (y, width), and the sizes to try."""

    box: tuple[float, float, float, float]
    smallest: float
    greatest: float
    max_lines: int = 1
    relief_lines: int = 0
    line_height: float = 1.1
    widths: tuple[tuple[float, float], ...] = ()

    @property
    def centre(self) -> float:
        """The x on which lines are centred."""
        return self.box[0] + self.box[2] / 2

    def width_between(self, top: float, bottom: float) -> float:
        """The usable width for what reaches from `top` to `bottom`: the smallest in between."""
        inside = [width for y, width in self.widths if top < y < bottom]
        return min(self.box[2], self._width_at(top), self._width_at(bottom), *inside)

    def _width_at(self, y: float) -> float:
        rows = self.widths
        if not rows:
            return self.box[2]
        if y <= rows[0][0]:
            return rows[0][1]
        for (upper, wide), (lower, narrow) in pairwise(rows):
            if y <= lower:
                return wide + (narrow - wide) * (y - upper) / (lower - upper)
        return rows[-1][1]


@dataclass(frozen=True, slots=True)
class Extent:
    """What a text takes at size 1: width when centred, ink above and below its baseline."""

    width: float
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class Measure:
    """How a text is measured. `capitals` is their height; `of` gives the extent of one line; both at size 1."""

    of: Callable[[str], Extent]
    capitals: float
    hyphen: str = "-"


@dataclass(frozen=True, slots=True)
class Fit:
    """The chosen lines, their size and baselines. `ascent` and `descent` are what each line takes at that size."""

    lines: tuple[str, ...]
    size: float
    baselines: tuple[float, ...]
    ascent: float
    descent: float
    cut: bool = False
    broken: bool = False

    def moved(self, shift: float) -> "Fit":
        """The same, lower by `shift`."""
        return replace(self, baselines=tuple(y + shift for y in self.baselines))


@dataclass(frozen=True, slots=True)
class _Layout:
    baselines: tuple[float, ...]
    widths: tuple[float, ...]
    fits: bool


class _Setter:
    """One text on its way into one frame."""

    def __init__(self, text: str, frame: Frame, measure: Measure) -> None:
        self.text, self.frame = text, frame
        self.hyphen = measure.hyphen
        self.capitals = measure.capitals
        self.extent = lru_cache(maxsize=None)(measure.of)
        whole = self.extent(text)
        # Accents on capitals and scripts with tall letters ask for more than capitals and nominal descenders do.
        self.ascent = max(measure.capitals, whole.ascent)
        self.descent = max(NOMINAL_DESCENT, whole.descent)

    def layout(self, count: int, size: float) -> _Layout:
        """Baselines of `count` lines in the middle of the box, and the width that each may take."""
        _, y, _, height = self.frame.box
        ascent, descent = self.ascent * size, self.descent * size
        capitals, tail = self.capitals * size, NOMINAL_DESCENT * size
        leading = size * max(self.frame.line_height, self.ascent + self.descent + SEPARATION)
        between = leading * (count - 1)
        # One line is centred by its capitals; a block counts half of its descenders as well.
        first = y + (height - capitals - between - (0 if count == 1 else tail / 2)) / 2 + capitals
        first = max(y + ascent, min(first, y + height - descent - between))
        baselines = tuple(first + leading * i for i in range(count))
        widths = tuple(self.frame.width_between(b - ascent, b + descent) for b in baselines)
        return _Layout(baselines, widths, ascent + between + descent <= height + _ROUNDING)

    def search(self, parts: list[Piece], counts: range, greatest: float) -> Fit | None:
        """The fit of highest score, `size x (1 - 0.07 x (lines - 1))`, or None if nothing fits."""
        best: tuple[float, Fit] | None = None
        for size in _sizes(greatest, self.frame.smallest):
            if best and size < best[0]:
                break  # no smaller size can score higher
            for count in counts:
                layout = self.layout(count, size)
                if not layout.fits or min(layout.widths) <= 0:
                    continue
                score = size * (1 - LINE_PENALTY * (count - 1))
                if best and score <= best[0]:
                    continue
                lines = self._best_break(parts, [width / size for width in layout.widths])
                if lines:
                    best = (score, Fit(tuple(lines), size, layout.baselines, self.ascent * size, self.descent * size))
        return best[1] if best else None

    def _best_break(self, parts: list[Piece], widths: list[float]) -> list[str] | None:
        """The way to break whose fullest line is least full, among those that fit."""
        best: tuple[float, list[str]] | None = None
        for lines, fill in self._breaks(parts, widths):
            charge = max(fill) + 0.1 * (max(fill) - min(fill)) + _awkwardness(lines)
            if best is None or charge < best[0]:
                best = (charge, lines)
        return best[1] if best else None

    def _breaks(self, parts: list[Piece], widths: list[float]) -> Iterator[tuple[list[str], list[float]]]:
        """Every way to set the parts on so many lines, each within its width: (lines, how full each is)."""
        if len(widths) == 1:
            line = join(parts)
            if (full := self.extent(line).width / widths[0]) <= 1:
                yield [line], [full]
            return
        for taken in range(1, len(parts) - len(widths) + 2):
            line = join(parts[:taken])
            if (full := self.extent(line).width / widths[0]) > 1:
                return
            for lines, fill in self._breaks(parts[taken:], widths[1:]):
                yield [line, *lines], [full, *fill]

    def cut(self) -> Fit:
        """The last resort: fill line by line at the smallest size; an ellipsis for the rest, a hyphen in a long word.

        Letters so large that not even this fits (a script taller than the box) become smaller than the smallest size.
        """
        size = self.frame.smallest
        while True:
            for count in range(max(1, self.frame.max_lines, self.frame.relief_lines), 0, -1):
                layout = self.layout(count, size)
                if layout.fits and (found := self._filled(layout, size)):
                    return found
            size *= 0.9

    def _filled(self, layout: _Layout, size: float) -> Fit | None:
        rest, lines, broken, cut = self.text, list[str](), False, False
        for number, room in enumerate(layout.widths):
            width = room / size
            if self.extent(rest).width <= width:
                lines.append(rest)
                break
            cut = number + 1 == len(layout.widths)
            head = self._head(rest, width, ELLIPSIS if cut else "")
            if head is None:
                return None
            line, rest, inside_word = head
            broken = broken or inside_word
            lines.append(line)
        settled = self.layout(len(lines), size)
        if len(lines) < len(layout.widths) and self._within(lines, settled, size):
            layout = settled  # fewer lines than allowed: back to the middle of the box
        baselines = layout.baselines[: len(lines)]
        return Fit(tuple(lines), size, baselines, self.ascent * size, self.descent * size, cut, broken)

    def _within(self, lines: list[str], layout: _Layout, size: float) -> bool:
        return all(self.extent(line).width * size <= width for line, width in zip(lines, layout.widths, strict=True))

    def _head(self, text: str, width: float, tail: str) -> tuple[str, str, bool] | None:
        """As much of the text as goes into the width: (line, rest, was a word broken); None if not one letter does."""
        taken, best = 0, ""
        parts = pieces(text)
        for number in range(1, len(parts) + 1):
            whole = join(parts[:number])
            line = whole.rstrip(" ,;:–-") + tail if tail else whole
            if self.extent(line).width > width:
                break
            best, taken = line, sum(len(part.text + part.glue) for part in parts[:number])
        if best and best != tail:
            return best, text[taken:], False
        letters = clusters(parts[0].text)
        end = tail or self.hyphen
        for kept in range(len(letters) - (0 if tail else 1), 0, -1):
            has_dash = not tail and letters[kept - 1] in "-/–—"
            line = "".join(letters[:kept]) + ("" if has_dash else end)
            if self.extent(line).width <= width:
                return line, text[len("".join(letters[:kept])) :], True
        return None


def fit(text: str, frame: Frame, measure: Measure) -> Fit:
    """The text in the frame. It fits always: where it must be cut or a word broken, the result says so."""
    setter = _Setter(text, frame, measure)
    parts = pieces(text)
    if len(parts) > MAX_PIECES:
        parts = [*parts[:MAX_PIECES], Piece(join(parts[MAX_PIECES:]), "")]
    lines = min(frame.max_lines, len(parts))
    found = setter.search(parts, range(1, lines + 1), frame.greatest)
    if found is None:
        relief = min(frame.relief_lines, len(parts))
        found = setter.search(parts, range(lines + 1, relief + 1), min(frame.greatest, frame.smallest * RELIEF))
    return found or setter.cut()


@dataclass(frozen=True, slots=True)
class Block:
    """A text that has found its place: what is needed to move it and see whether it still fits."""

    fit: Fit
    frame: Frame
    measure: Measure

    def has_room(self, shift: float) -> bool:
        """Would every line still be within its width, lower by `shift`?"""
        fit = self.fit
        baselines = [y + shift for y in fit.baselines]
        return all(
            self.measure.of(line).width * fit.size <= self.frame.width_between(y - fit.ascent, y + fit.descent)
            for line, y in zip(fit.lines, baselines, strict=True)
        )

    def moved(self, shift: float) -> "Block":
        """The same block, lower by `shift`."""
        return replace(self, fit=self.fit.moved(shift))


def drawn_together(upper: Block, lower: Block, max_gap: float) -> tuple[Block, Block]:
    """Title and issuer read as one group: both move towards each other while the gap is wide and the lines fit."""
    gap = lower.fit.baselines[0] - lower.fit.ascent - upper.fit.baselines[-1] - upper.fit.descent / 2
    excess = max(0.0, gap - max_gap) / 2
    return _moved(upper, excess), _moved(lower, -excess)


def _moved(block: Block, shift: float) -> Block:
    while abs(shift) > 0.5:
        if block.has_room(shift):
            return block.moved(shift)
        shift /= 2
    return block


def _sizes(greatest: float, smallest: float) -> Iterator[float]:
    size = greatest
    while size > smallest:
        yield size
        size -= SIZE_STEP
    yield smallest


def _awkwardness(lines: list[str]) -> float:
    """Charges for a lone short word on a later line (“II”), a joining word at an end, a compound taken apart."""
    short = sum(0.15 for line in lines[1:] if len(line) <= 3)
    joining = sum(0.04 for line in lines[:-1] if line.split(" ")[-1].lower() in JOINING_WORDS)
    apart = sum(0.15 for line in lines[:-1] if line.endswith(("-", "/")))
    return short + joining + apart
