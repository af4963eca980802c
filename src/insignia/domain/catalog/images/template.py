"""A badge template: an SVG frame with empty slots, and a sidecar (TOML) that says how they are filled.

Both are texts, so that a template can live in a file or in a database row; `Template.from_text` checks them whole. The
meaning of each key is told in `presets/badges/README.md`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .colour import check_colours, check_contrast, complete_accent, mixed
from .markup import parse
from .slots import ArtworkSlot, ChoiceSlot, CountSlot, Slot, TextSlot, read_slot

RENDITIONS = ("badge", "mark")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Template:
    """A checked template. `renditions` holds the slots of each: "badge" with the title, "mark" for small sizes."""

    name: str
    version: int
    title: str
    award_type: str
    svg: str
    sidecar: str
    palette: Mapping[str, str]
    recolour: frozenset[str]
    tints: Mapping[str, float]
    contrast: tuple[tuple[str, str], ...]
    alt_pattern: str
    renditions: Mapping[str, Mapping[str, Slot]]
    digest: str

    @classmethod
    def from_text(cls, svg: str, sidecar: str) -> "Template":
        """Read and check a template; raises `Rejected` with what is wrong ("template_malformed", "drawing_refused")."""
        return _read(svg, sidecar)

    @classmethod
    def _from_table(cls, table: Mapping[str, Any], svg: str, sidecar: str) -> "Template":
        overrides = table["renditions"]
        slots = {
            rendition: {
                key: read_slot(key, {**slot, **overrides[rendition].get(key, {})}, table["fonts"])
                for key, slot in table["slots"].items()
            }
            for rendition in RENDITIONS
        }
        return cls(
            name=str(table["template"]),
            version=int(table["version"]),
            title=str(table["name"]),
            award_type=str(table["award_type"]),
            svg=svg,
            sidecar=sidecar,
            palette=dict(table["palette"]),
            recolour=frozenset(table.get("recolour", ())),
            tints={str(name): float(amount) for name, amount in table.get("tints", {}).items()},
            contrast=tuple((str(ink), str(ground)) for ink, ground in table["contrast"]),
            alt_pattern=str(table["alt"]["pattern"]),
            renditions=slots,
            digest=sha256(f"{svg}\0{sidecar}".encode()).hexdigest(),
        )

    @property
    def slots(self) -> Mapping[str, Slot]:
        """The slots as they stand in the full badge."""
        return self.renditions["badge"]

    def coloured(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """The palette with an institution's own colours in it; refused where a text would be hard to read."""
        if foreign := sorted(set(chosen) - self.recolour):
            raise Rejected(
                N_("The colour “%(name)s” belongs to the template and cannot be changed."),
                code="colour_fixed",
                params={"name": foreign[0]},
            )
        check_colours(chosen)
        palette = {**self.palette, **complete_accent(chosen)}
        if "accent" in chosen:
            palette |= {name: mixed(chosen["accent"], amount) for name, amount in self.tints.items()}
        check_contrast(palette, self.contrast)
        return palette

    def alt(self, words: Mapping[str, str]) -> str:
        """The text alternative. A part of the pattern in square brackets is left out when a value in it is empty."""

        def optional(match: re.Match[str]) -> str:
            return match[1] if all(words.get(key) for key in _PLACE.findall(match[1])) else ""

        return _PLACE.sub(lambda place: words.get(place[1], ""), _OPTIONAL.sub(optional, self.alt_pattern)).strip()

    def _check(self, root: Element) -> None:
        check_colours(self.palette)
        ids = {element.get("id") for element in root.iter()}
        tokens = {
            element.get(name) for element in root.iter() for name in ("data-fill", "data-stroke", "data-stop")
        } - {None}
        problems = [
            *(f"no element with the id {name}" for name in ("badge-title", "badge-desc") if name not in ids),
            *(f"no element for the slot {key}" for key in self.slots if f"slot-{key}" not in ids),
            *(f"no colour named {name}" for name in sorted(tokens - set(self.palette), key=str)),
            *(f"no colour named {name}" for pair in self.contrast for name in pair if name not in self.palette),
            *self._problems_in_alt(),
        ]
        for slots in self.renditions.values():
            for slot in slots.values():
                if isinstance(slot, TextSlot | ChoiceSlot):
                    text = slot if isinstance(slot, TextSlot) else slot.text
                    _ = text.style.faces  # refuses a font that is not shipped
        if not isinstance(self.slots.get("title"), TextSlot):
            problems.append("no text slot named title")
        if problems:
            raise _malformed("; ".join(problems))
        check_contrast(self.palette, self.contrast)

    def _problems_in_alt(self) -> list[str]:
        known = set(self.slots)
        known |= {f"{key}_text" for key, slot in self.slots.items() if isinstance(slot, ChoiceSlot | ArtworkSlot)}
        counts = {key for key, slot in self.slots.items() if isinstance(slot, CountSlot)}
        places = set(_PLACE.findall(self.alt_pattern))
        problems = [f"the alt pattern names {{{place}}}, which is no slot" for place in sorted(places - known - counts)]
        if "title" not in places:
            problems.append("the alt pattern does not name {title}")
        return problems


@lru_cache(maxsize=128)
def _read(svg: str, sidecar: str) -> Template:
    """Kept by its texts: a batch of awards reads the same row of the database again and again."""
    root = parse(svg)
    try:
        template = Template._from_table(tomllib.loads(sidecar), svg, sidecar)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _malformed(error) from error
    template._check(root)
    return template


def _malformed(reason: object) -> Rejected:
    return Rejected(
        N_("The badge template is not complete: %(reason)s."), code="template_malformed", params={"reason": str(reason)}
    )
