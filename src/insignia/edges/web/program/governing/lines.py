"""Fields in which people write several things: criteria one a line, days with commas, answers with their keys."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.text import slugify

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST = 60


def key_of(label: str, fallback: str) -> str:
    """A key made from what people call it."""
    made = slugify(label).replace("-", "_")[:_LONGEST].strip("_")
    if made and not made[0].isalpha():
        made = f"{fallback}_{made}"
    return made or fallback


def keyed(text: str, fallback: str) -> list[tuple[str, str]]:
    """Pairs of key and label, one a line: “key: label”, a label, whose key is made, or a key alone."""
    found: list[tuple[str, str]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        key, colon, label = (part.strip() for part in line.partition(":"))
        if _KEY.fullmatch(line):
            pair = (line, "")
        elif colon and _KEY.fullmatch(key):
            pair = (key, label)
        else:
            pair = (key_of(line, f"{fallback}_{len(found) + 1}"), line)
        if pair[0] not in {known for known, _label in found}:
            found.append(pair)
    return found


def as_lines(keys: Iterable[str], labels: Mapping[str, str], fallback: str) -> str:
    """The same the other way round."""
    lines: list[str] = []
    for number, key in enumerate(keys, 1):
        label = labels.get(key, "")
        plain = label and ":" not in label and key_of(label, f"{fallback}_{number}") == key
        lines.append(label if plain else f"{key}: {label}" if label else key)
    return "\n".join(lines)


def days(values: Sequence[int]) -> str:
    """Numbers of days as people write them."""
    return ", ".join(map(str, values))
