"""From a rendered badge to PNG, by resvg: no system fonts, nothing from disk, nothing from the network."""

import re
from functools import lru_cache

import resvg_py

from insignia.core.errors import Rejected
from insignia.core.words import N_

SMALLEST, GREATEST = 16, 2048
# The only thing a badge may refer to is the picture that it carries.
_LINK = re.compile(rb"""href\s*=\s*["'](?!data:image/png;base64,)""")
_FOREIGN = re.compile(
    rb"<(?:!DOCTYPE|!ENTITY|(?:\w+:)?(?:text|style|script|use|foreignObject|feImage)\b)", re.IGNORECASE
)


@lru_cache(maxsize=64)
def to_png(svg: bytes, *, size: int) -> bytes:
    """The badge as a PNG of `size` x `size` pixels, transparent around its shape. The last ones drawn are remembered:
    a preview is often followed by the same drawing for good.

    Raises `Rejected` ("size_refused", "drawing_refused"). For below 120 px render the rendition "mark" first.
    """
    if not SMALLEST <= size <= GREATEST:
        raise Rejected(
            N_("A badge image can be %(least)s to %(most)s pixels wide."),
            code="size_refused",
            params={"least": SMALLEST, "most": GREATEST},
        )
    if _LINK.search(svg) or _FOREIGN.search(svg):
        raise Rejected(N_("This image refers to something outside of it."), code="drawing_refused")
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), width=size, height=size, skip_system_fonts=True))
    except ValueError as error:
        raise Rejected(N_("This image cannot be drawn."), code="drawing_refused") from error
