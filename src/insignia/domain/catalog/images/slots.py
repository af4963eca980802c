"""The places of a template that values fill. Lengths are in user units (a badge is 600 wide)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .fitting import Frame
from .shaping import TextStyle

Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TextSlot:
    """Free text, fitted into its frame. A gap to the slot below wider than `max_gap` draws both together."""

    key: str
    frame: Frame
    style: TextStyle
    required: bool = False
    hidden: bool = False
    uppercase: bool = False
    max_gap: float | None = None


@dataclass(frozen=True, slots=True)
class ChoiceSlot:
    """A word from a closed list. `when` names another slot without which this one stays out of the picture."""

    key: str
    text: TextSlot
    options: Mapping[str, str]
    default: str
    ink: Mapping[str, str]
    when: str = ""


@dataclass(frozen=True, slots=True)
class ArtworkSlot:
    """A symbol or a picture. `plate` is the radius of a light disc behind a picture, where the ground is dark."""

    key: str
    box: Box
    default_box: Box
    stroke: float = 1.75
    plate: float = 0.0
    required: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CountSlot:
    """A row of pips: one for each part of which the award is made."""

    key: str
    box: Box
    least: int
    most: int
    gap: float
    pip: float
    scale: float = 1.0
    fill: str = ""
    required: bool = False
    hidden: bool = False


Slot: TypeAlias = TextSlot | ChoiceSlot | ArtworkSlot | CountSlot


def read_slot(key: str, table: Mapping[str, Any], fonts: Mapping[str, Mapping[str, Any]]) -> Slot:
    """One `[slots.<key>]` table of a sidecar. Raises KeyError, TypeError or ValueError where it is malformed."""
    required, hidden = bool(table.get("required", False)), bool(table.get("hidden", False))
    match table["type"]:
        case "text":
            return _text(key, table, fonts)
        case "choice":
            options = {str(name): str(text) for name, text in table["options"].items()}
            if table["default"] not in options:
                raise ValueError(f"{key}: the default is not among the options")
            ink = {str(name): str(colour) for name, colour in table.get("ink", {}).items()}
            return ChoiceSlot(key, _text(key, table, fonts), options, table["default"], ink, str(table.get("when", "")))
        case "artwork":
            box = _box(table["box"])
            default_box = _box(table.get("default_box", table["box"]))
            return ArtworkSlot(
                key=key,
                box=box,
                default_box=default_box,
                stroke=float(table.get("stroke", 1.75)),
                plate=float(table.get("plate", 0)),
                required=required,
                hidden=hidden,
            )
        case "count":
            least, most = (int(n) for n in table["range"])
            return CountSlot(
                key=key,
                box=_box(table["box"]),
                least=least,
                most=most,
                gap=float(table["gap"]),
                pip=float(table["pip"]),
                scale=float(table.get("scale", 1)),
                fill=str(table.get("fill", "")),
                required=required,
                hidden=hidden,
            )
        case other:
            raise Rejected(
                N_("The slot “%(slot)s” has the unknown type “%(type)s”."),
                code="template_malformed",
                params={"slot": key, "type": other},
            )


def _text(key: str, table: Mapping[str, Any], fonts: Mapping[str, Mapping[str, Any]]) -> TextSlot:
    smallest, greatest = (float(size) for size in table["size"])
    if not 0 < smallest <= greatest:
        raise ValueError(f"{key}: the sizes must be [smallest, greatest]")
    rows = tuple((float(y), float(width)) for y, width in table.get("widths", ()))
    if list(rows) != sorted(rows):
        raise ValueError(f"{key}: the rows of widths must go downwards")
    font = fonts[table["font"]]
    gap = table.get("max_gap")
    return TextSlot(
        key=key,
        frame=Frame(
            box=_box(table["box"]),
            smallest=smallest,
            greatest=greatest,
            max_lines=int(table["max_lines"]),
            relief_lines=int(table.get("relief_lines", 0)),
            line_height=float(table.get("line_height", 1.1)),
            widths=rows,
        ),
        style=TextStyle(str(font["family"]), int(font["weight"]), float(table.get("tracking", 0))),
        required=bool(table.get("required", False)),
        hidden=bool(table.get("hidden", False)),
        uppercase=bool(table.get("uppercase", False)),
        max_gap=None if gap is None else float(gap),
    )


def _box(value: Any) -> Box:
    x, y, width, height = (float(part) for part in value)
    if width <= 0 or height <= 0:
        raise ValueError("a box must have a width and a height")
    return (x, y, width, height)
