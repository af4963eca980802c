"""`pseudo_language`: the interface in a language nobody speaks, so that text which is not translated shows itself."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import allauth
import django
import pytest
from babel.messages.mofile import write_mo

from tools import strings

LANGUAGE = "en-xa"
SHOWN_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "aria-description")
SILENT = frozenset({"script", "style", "code", "pre", "template", "svg", "noscript"})
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@pytest.fixture(scope="session")
def pseudo_locale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locale folder with everything in the pseudo language: our words, Django's and allauth's."""
    folder = tmp_path_factory.mktemp("locale")
    compiled = folder / "en_XA" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    others = [
        place
        for package in (django, allauth)
        for place in Path(package.__file__ or "").parent.glob("**/locale/en/LC_MESSAGES/django.po")
    ]
    with compiled.open("wb") as out:
        write_mo(out, strings.pseudo_catalog(others))
    return folder


@pytest.fixture
def pseudo_language(pseudo_locale: Path, settings: Any) -> str:
    """The code of the pseudo language, which the application speaks to everybody during the test."""
    settings.LOCALE_PATHS = [str(pseudo_locale)]
    settings.LANGUAGES = [(LANGUAGE, "Pseudo")]
    settings.LANGUAGE_CODE = LANGUAGE
    return LANGUAGE


class _Text(HTMLParser):
    """What a reader of the page sees or hears: its text and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        # `translate="no"` is HTML's own word for what is somebody's name or data.
        silent = self._silent or tag in SILENT or named.get("translate") == "no"
        if not silent:
            self.found += [value for name in SHOWN_ATTRIBUTES if (value := named.get(name))]
            if tag == "input" and named.get("type") in ("submit", "button", "reset") and named.get("value"):
                self.found.append(named["value"] or "")
        if tag not in EMPTY:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def unbracketed(html: str, data: Iterable[str] = ()) -> list[str]:
    """The texts of a page with words outside any bracket, leaving out what stands in `data` or under translate="no"."""
    reader = _Text()
    reader.feed(html)
    # A message may be split by markup that was filled in, so brackets are matched over the page, not within one text.
    depth, left = 0, []
    longest_first = sorted(filter(None, data), key=len, reverse=True)
    for text in reader.found:
        outside = ""
        for letter in text:
            depth += (letter == "⟦") - (letter == "⟧")
            outside += letter if depth <= 0 and letter != "⟧" else " "
        for known in longest_first:
            outside = outside.replace(known, " ")
        if re.search(r"[^\W\d_]{2,}", outside):
            left.append(" ".join(outside.split()))
    return left
