"""The standards' own schemas and samples, read from the folder that INSIGNIA_VECTORS names.

They may not be copied into the project (1EdTech's licence), so where the folder is missing these tests say so and are
left out.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = os.environ.get("INSIGNIA_VECTORS", "")
NEEDED = pytest.mark.skipif(
    not FOLDER, reason="INSIGNIA_VECTORS is not set: the published schemas and samples were NOT tried"
)
# Parametrised tests ask for the samples while being collected, when nothing may be skipped yet.
OB3_SAMPLES = (
    sorted(Path(FOLDER, "open-badges-3.0/examples-validator").rglob("*.json")) if FOLDER else [Path("none.json")]
)


def file(name: str) -> Path:
    """A file of the folder; its absence is an error, not a reason to skip."""
    return Path(FOLDER, name)


def document(name: str | Path) -> Any:
    """The parsed JSON of a file of the folder."""
    return json.loads(Path(FOLDER, name).read_text(encoding="utf-8"))
