"""Processes that share a run do not share a folder."""

import os
from pathlib import Path

from django.conf import settings


def test_settings_are_those_of_this_process() -> None:
    assert Path(os.environ["INSIGNIA_DATA"]).resolve() == settings.DATA_FOLDER
