"""The question guide as a file: a tagged PDF, set by typst from values, never from text that is read as markup."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).with_name("guide.typ")


def set_guide(guide: Mapping[str, Any]) -> bytes:
    """The PDF of `guide`: title, help, contact, institution, language and sections as `guide.typ` reads them."""
    return bytes(
        typst.compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"guide": json.dumps(guide, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    )
