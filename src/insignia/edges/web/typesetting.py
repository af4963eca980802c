"""Documents on paper: a typst template and plain data become a PDF that screen readers can read too.

Data goes in as values, never as markup: whatever people wrote stands on the page as they wrote it.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from insignia.core.errors import Unavailable
from insignia.core.words import N_

Standards = list[Literal["ua-1"]]

log = logging.getLogger(__name__)

# For scripts that the fonts inside typst do not hold.
_FONTS = Path(__file__).parents[2] / "domain" / "catalog" / "images" / "fonts"
_ACCESSIBLE: Standards = ["ua-1"]


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """`template` filled with `data`, which it reads as `json(bytes(sys.inputs.data))`."""
    told = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compiled(template, told, _ACCESSIBLE)
    except RuntimeError as refused:
        # Text in a script for which there is no font: a page with gaps is better than none, but it is not PDF/UA.
        log.warning("A document could not be set as PDF/UA: %s", refused)
    try:
        return _compiled(template, told, [])
    except RuntimeError as broken:
        raise Unavailable(
            N_("The document could not be made. Print the page instead, and tell whoever runs this site."),
            code="not_typeset",
        ) from broken


def _compiled(template: Path, told: dict[str, str], standards: Standards) -> bytes:
    made: bytes = typst.compile(
        template, font_paths=[_FONTS], ignore_system_fonts=True, sys_inputs=told, pdf_standards=[*standards]
    )
    return made
