"""What a line of text is made of, before any font is asked: clean characters, clusters, pieces."""

import re
from dataclasses import dataclass
from unicodedata import category, normalize

# Explicit embeddings, overrides and isolates can make a title read differently from what it says.
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # a no-break space stays: it was put there on purpose
_PIECE = re.compile(r"[^ \-/–—]+[\-/–—]*|[\-/–—]+")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stays whole, and what joins it to the next: a blank, or nothing after a hyphen, slash or dash."""

    text: str
    glue: str


def clean(value: str) -> str:
    """Composed (NFC), blanks folded, without control characters, direction overrides and what XML cannot hold."""
    folded = _BLANKS.sub(" ", value)
    kept = "".join(c for c in folded if c not in _DIRECTION_CONTROLS and category(c) not in _DROPPED_CATEGORIES)
    return normalize("NFC", kept).strip(" \u00a0\u202f")


def clusters(text: str) -> list[str]:
    """Characters together with the marks, joiners and selectors that belong to them: a line is never cut inside one."""
    found: list[str] = []
    for char in text:
        follows = category(char).startswith("M") or char in _JOINERS or "\U0001f3fb" <= char <= "\U0001f3ff"
        if found and (follows or found[-1][-1] == "\u200d") and found[-1] != " ":
            found[-1] += char
        else:
            found.append(char)
    return found


def pieces(text: str) -> list[Piece]:
    """The text in stretches between which a line may break: at a blank, and after `-`, `/`, an en or em dash."""
    found = list(_PIECE.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)] if found else []
    return [Piece(match[0], " " if end > match.end() else "") for match, end in zip(found, ends, strict=True)]


def join(parts: list[Piece]) -> str:
    """The parts as one line."""
    return "".join(part.text + part.glue for part in parts).rstrip(" ")


def is_sign(cluster: str) -> bool:
    """Is this an ornament (emoji, pictograph, stray mark) without which the words still say the same?"""
    kind = category(cluster[0])
    return kind[0] in "CM" or kind in ("So", "Sk")
