"""QR codes as the path of a drawing: no markup is made here, and nothing has to be trusted."""

from dataclasses import dataclass
from itertools import groupby

import segno


@dataclass(frozen=True, slots=True)
class QrCode:
    """`size` modules each way; `path` draws the dark ones as lines of one module's height."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code for `text`, with enough redundancy for a print that has been folded."""
    code = segno.make(text, error="m", micro=False)
    lines = []
    for y, row in enumerate(code.matrix):
        x = 0
        for is_dark, modules in groupby(row):
            length = len(list(modules))
            if is_dark:
                lines.append(f"M{x} {y}.5h{length}")
            x += length
    return QrCode(len(code.matrix), "".join(lines))
