"""What is asked of most tables of a preset, so that each section says the same things in the same words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


def keys_are_short(section: str, tables: Sequence[Mapping[str, Any]], *, limit: int = 40) -> Iterator[Rejected]:
    """A key stands in addresses and files: small letters, digits, hyphens and underscores."""
    for table in tables:
        if not _KEY.fullmatch(table["key"]) or len(table["key"]) > limit:
            yield Rejected(
                N_(
                    "“%(key)s” in the section “%(section)s” cannot be a key: use small letters, digits, hyphens and "
                    "underscores, at most %(limit)d."
                ),
                code="preset_key",
                params={"key": table["key"][:80], "section": section, "limit": limit},
            )


def texts(where: str, table: Mapping[str, Any], limits: Mapping[str, int], *, needed: str = "") -> Iterator[Rejected]:
    """The words of `table` that must be text, not longer than their limit; `needed` must be there as well."""
    for word, limit in limits.items():
        value = table.get(word, "")
        if not isinstance(value, str):
            yield _of(N_("%(where)s: “%(word)s” must be text."), where, word)
        elif len(value) > limit:
            yield _of(N_("%(where)s: “%(word)s” is longer than %(limit)d characters."), where, word, limit=limit)
        elif word == needed and not value.strip():
            yield _of(N_("%(where)s: “%(word)s” is missing."), where, word)


def only_words(where: str, table: Mapping[str, Any], known: Iterable[str]) -> Iterator[Rejected]:
    """A word that nobody reads is a mistake that nobody would notice."""
    for word in table:
        if word not in known:
            yield _of(N_("%(where)s: there is no “%(word)s” there."), where, word)


def names_known(where: str, word: str, names: Any, known: Iterable[str]) -> Iterator[Rejected]:
    """What `word` names must exist: in the institution, or in the preset."""
    known = set(known)
    for name in [names] if isinstance(names, str) else names:
        if name and name not in known:
            yield _of(N_("%(where)s: “%(word)s” names “%(name)s”, which does not exist."), where, word, name=str(name))


def keys_of(whole: Mapping[str, Any], section: str) -> list[str]:
    """The keys of the tables of a section of the whole preset."""
    return [table["key"] for table in whole.get(section, ())]


def list_of_words(where: str, table: Mapping[str, Any], word: str) -> Iterator[Rejected]:
    """`word` must be a list of words."""
    value = table.get(word, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield _of(N_("%(where)s: “%(word)s” must be a list of words."), where, word)


def list_of_tables(where: str, table: Mapping[str, Any], word: str) -> Iterator[Rejected]:
    """`word` must be a list of tables."""
    value = table.get(word, [])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        yield _of(N_("%(where)s: “%(word)s” must be a list of tables."), where, word)


def _of(message: str, where: str, word: str, **more: object) -> Rejected:
    return Rejected(message, code="preset_value", params={"where": where, "word": word[:60], **more})
