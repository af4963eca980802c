"""What goes into the slots: values from outside, checked against the template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .artwork import SHARP_SIDE, Embedded, embedded
from .notes import Note
from .shaping import TextStyle
from .shipped import icon_names
from .slots import ArtworkSlot, ChoiceSlot, CountSlot, TextSlot
from .template import Template
from .text import clean, clusters, is_sign

MAX_CHARACTERS = 400
_SYMBOL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A shipped symbol, by name."""

    name: str


Artwork: TypeAlias = Symbol | Embedded | None


@dataclass(frozen=True, slots=True)
class Filling:
    """Checked values. `texts` are drawn; `words` are what the alt pattern may name; `title` is the whole title."""

    title: str
    texts: Mapping[str, str]
    choices: Mapping[str, str]
    choice_words: Mapping[str, str]
    counts: Mapping[str, int]
    artwork: Artwork
    words: Mapping[str, str]
    notes: tuple[Note, ...]

    def has(self, key: str) -> bool:
        """Is this slot filled?"""
        if key == "artwork":
            return self.artwork is not None
        return bool(self.texts.get(key) or self.choices.get(key) or self.counts.get(key))


def fill(template: Template, values: Mapping[str, Any]) -> Filling:
    """Check `values` against the slots of the template; every refusal is a `Rejected` that names the slot.

    A text slot `title` also takes `short_title`, which is drawn in its place while title and alt text stay whole; a
    choice `level` also takes `level_text`, an institution's own word for it; `artwork` is a symbol's name or the bytes
    of a PNG and takes `artwork_alt`.
    """
    _check_keys(template, values)
    texts: dict[str, str] = {}
    choices: dict[str, str] = {}
    choice_words: dict[str, str] = {}
    counts: dict[str, int] = {}
    artwork: Artwork = None
    words: dict[str, str] = {}
    notes: list[Note] = []
    for key, slot in template.slots.items():
        value = values.get(key)
        if isinstance(slot, TextSlot):
            whole = _text(key, value)
            drawn = _text(f"short_{key}", values.get(f"short_{key}")) or whole
            texts[key] = _drawable(key, drawn, slot.style, notes)
            words[key] = whole
            is_empty = not whole
        elif isinstance(slot, ChoiceSlot):
            choices[key] = _choice(slot, value)
            own_word = _text(f"{key}_text", values.get(f"{key}_text"))
            choice_words[key] = _drawable(key, own_word, slot.text.style, notes) if own_word else ""
            words[key] = words[f"{key}_text"] = own_word or slot.options[choices[key]]
            is_empty = False
        elif isinstance(slot, CountSlot):
            counts[key] = _count(slot, value)
            words[key] = str(counts[key] or "")
            is_empty = not counts[key]
        else:
            artwork, words[f"{key}_text"] = _artwork(value, _text("artwork_alt", values.get("artwork_alt")), notes)
            is_empty = artwork is None
        if is_empty and not isinstance(slot, ChoiceSlot) and slot.required:
            raise _empty(slot)
    return Filling(words["title"], texts, choices, choice_words, counts, artwork, words, tuple(notes))


def _check_keys(template: Template, values: Mapping[str, Any]) -> None:
    known = {"artwork_alt"}
    for key, slot in template.slots.items():
        known |= {key, f"short_{key}"} if isinstance(slot, TextSlot) else {key, f"{key}_text"}
    # An empty value for a slot that this template does not have would lose nothing, so it is let through.
    if foreign := sorted(key for key, value in values.items() if key not in known and value not in (None, "", 0, b"")):
        raise Rejected(
            N_("The template “%(template)s” has no place for “%(slot)s”."),
            code="slot_unknown",
            params={"template": template.name, "slot": foreign[0]},
        )


def _text(key: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected(N_("“%(slot)s” must be a text."), code="slot_malformed", params={"slot": key})
    if len(value) > MAX_CHARACTERS:
        raise Rejected(
            N_("“%(slot)s” is longer than %(most)s characters."),
            code="text_too_long",
            params={"slot": key, "most": MAX_CHARACTERS},
        )
    return clean(value)


def _drawable(key: str, text: str, style: TextStyle, notes: list[Note]) -> str:
    """The text without ornaments that no font has. Letters are never left out: better no image than a wrong one."""
    missing = style.missing(text)
    if not missing:
        return text
    if letters := [cluster for cluster in missing if not is_sign(cluster)]:
        raise Rejected(
            N_(
                "There is no glyph for “%(letters)s” in the fonts that badges are drawn with. "
                "Give a short form for the image in another script; the whole text stays beside it."
            ),
            code="no_glyph",
            params={"slot": key, "letters": " ".join(dict.fromkeys(letters))},
        )
    signs = dict.fromkeys(missing)
    kept = clean("".join(cluster for cluster in clusters(text) if cluster not in signs))
    if not kept:
        raise Rejected(
            N_("Nothing of “%(slot)s” can be drawn: it consists of signs only."), code="no_glyph", params={"slot": key}
        )
    notes.append(
        Note(N_("%(slot)s: there is no glyph for %(signs)s; left out of the image."), slot=key, signs=" ".join(signs))
    )
    return kept


def _choice(slot: ChoiceSlot, value: object) -> str:
    chosen = value if value not in (None, "") else slot.default
    if not isinstance(chosen, str) or chosen not in slot.options:
        raise Rejected(
            N_("“%(slot)s” must be one of: %(options)s."),
            code="slot_malformed",
            params={"slot": slot.key, "options": ", ".join(slot.options)},
        )
    return chosen


def _count(slot: CountSlot, value: object) -> int:
    if value in (None, "", 0):
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not slot.least <= value <= slot.most:
        raise Rejected(
            N_("“%(slot)s” must be a whole number from %(least)s to %(most)s."),
            code="slot_malformed",
            params={"slot": slot.key, "least": slot.least, "most": slot.most},
        )
    return value


def _artwork(value: object, alt: str, notes: list[Note]) -> tuple[Artwork, str]:
    if value in (None, "", b""):
        return None, ""
    if isinstance(value, bytes | bytearray | memoryview):
        if not alt:
            raise Rejected(
                N_("Say in a few words what the picture shows: people who cannot see it will read that."),
                code="alt_missing",
            )
        picture = embedded(bytes(value))
        side = picture.original_side
        if side < SHARP_SIDE:
            notes.append(
                Note(N_("artwork: the picture has only %(side)s pixels a side; 512 or more stay sharp."), side=side)
            )
        return picture, alt
    if not isinstance(value, str) or not _SYMBOL.fullmatch(value) or value not in icon_names():
        raise Rejected(
            N_("There is no symbol named “%(name)s”."), code="symbol_unknown", params={"name": str(value)[:40]}
        )
    return Symbol(value), alt or value.replace("-", " ")


def _empty(slot: TextSlot | CountSlot | ArtworkSlot) -> Rejected:
    if isinstance(slot, ArtworkSlot):
        message = N_("This badge needs a symbol or a picture of its own: the place for it is empty.")
    else:
        message = N_("This badge needs a text for “%(slot)s”: the place for it is empty.")
    return Rejected(message, code="slot_empty", params={"slot": slot.key})
