"""From a letter to its words: subject, text part and HTML part, from templates of our own and the institution's words.

Two small engines, apart from the pages': one escapes nothing, for text, one escapes everything. What an institution
words itself is never a template; its places in braces are filled in by `rules.filled`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.translation import get_language_bidi

from . import queries, rules
from .letters import Letter

FOLDER = Path(__file__).resolve().parent / "templates" / "mail"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Put `letter` into words, in the language that is active. The tenant must be set: its own wording is looked up."""
    own = queries.wording(letter.kind, letter.language)
    facts = {**letter.facts, "institution": letter.institution.name}
    places = _places(facts)
    subject = rules.filled(own.subject, places) if own and own.subject else _words(f"{letter.kind}.subject", facts)
    body = rules.filled(own.body, places) if own and own.body else _words(letter.kind, facts)
    frame = {
        "subject": rules.one_line(subject),
        "paragraphs": rules.paragraphs(body),
        "letter": letter,
        "institution": letter.institution,
        "language": letter.language,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return Rendered(
        subject=rules.one_line(subject)[:250],
        text=_engine(escaping=False).get_template("frame.txt").render(_context(frame, escaping=False)).strip() + "\n",
        html=_engine(escaping=True).get_template("frame.html").render(_context(frame, escaping=True)),
    )


def _words(name: str, facts: Mapping[str, object]) -> str:
    return _engine(escaping=False).get_template(f"{name}.txt").render(_context(facts, escaping=False))


def _places(facts: Mapping[str, Any]) -> dict[str, str]:
    """What the institution's own wording may name."""
    named = {place: str(facts.get(place, "")) for place in rules.PLACES if place != "badges"}
    return {**named, "badges": ", ".join(facts.get("badges", []))}


def _context(values: Mapping[str, object], *, escaping: bool) -> Context:
    return Context(dict(values), autoescape=escaping)


@cache
def _engine(*, escaping: bool) -> Engine:
    return Engine(dirs=[str(FOLDER)], autoescape=escaping, builtins=["django.templatetags.i18n"])
