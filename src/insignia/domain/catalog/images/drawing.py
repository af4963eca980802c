"""Drawing into a template: layers, slots, colours, labels, ids."""

from base64 import b64encode
from collections.abc import Mapping
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, tostring

from insignia.core.words import N_

from .artwork import Embedded
from .filling import Filling
from .fitting import Block, Extent, Measure, drawn_together, fit
from .markup import number, parse, references, rename_ids, tag
from .notes import Note
from .outlines import path_data
from .shaping import TextStyle, direction
from .shipped import icon
from .slots import ArtworkSlot, Box, ChoiceSlot, CountSlot, TextSlot
from .template import Template

GRID = 24  # of a symbol
ROUNDING = 0.12  # of a picture's side
_TAGS = {"data-fill": "fill", "data-stroke": "stroke", "data-stop": "stop-color"}


class Drawing:
    """One copy of the template on its way to an image."""

    def __init__(self, template: Template, filling: Filling, rendition: str) -> None:
        self.root = parse(template.svg)
        self.slots = template.renditions[rendition]
        self.rendition, self.filling = rendition, filling
        self.notes: list[Note] = []
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        self.by_id = {element.get("id"): element for element in self.root.iter() if element.get("id")}

    def choose_parts(self) -> None:
        """Keep the layers of this rendition, the parts whose slot is filled, and those of the chosen options."""
        for element in list(self.root.iter()):
            layer, when, option = (element.get(f"data-{name}") for name in ("layer", "when", "option"))
            key, _, chosen = (option or "").partition(":")
            if (
                (layer and layer != self.rendition)
                or (when and not self.filling.has(when))
                or (option and self.filling.choices.get(key) != chosen)
                or (element.get("data-default") and self.filling.has(element.get("data-default", "")))
            ):
                self.parents[element].remove(element)
            elif layer:
                element.attrib.pop("display", None)

    def draw_slots(self) -> None:
        """Fill the slots; title and issuer are placed as one group."""
        blocks: dict[str, tuple[Block, TextStyle, int]] = {}
        for key, slot in self.slots.items():
            place = self.by_id[f"slot-{key}"]
            if isinstance(slot, ArtworkSlot):
                self._draw_artwork(place, slot)
            elif isinstance(slot, CountSlot):
                self._draw_count(place, slot)
            elif text := self._words(slot, place):
                frame_of = slot if isinstance(slot, TextSlot) else slot.text
                blocks[key] = _set(text, frame_of)
                self._note(key, blocks[key][0])
        title = self.slots["title"]
        if "title" in blocks and "issuer" in blocks and isinstance(title, TextSlot) and title.max_gap is not None:
            upper, lower = drawn_together(blocks["title"][0], blocks["issuer"][0], title.max_gap)
            blocks["title"] = (upper, *blocks["title"][1:])
            blocks["issuer"] = (lower, *blocks["issuer"][1:])
        for key, (block, style, base_level) in blocks.items():
            _draw_text(self.by_id[f"slot-{key}"], block, style, base_level)

    def paint(self, colours: Mapping[str, str]) -> None:
        """Write the palette's colours where the template names them."""
        for element in self.root.iter():
            for source, target in _TAGS.items():
                if (name := element.get(source)) is not None:
                    element.set(target, colours[name])

    def label(self, title: str, alt: str) -> None:
        """Title and description for those who do not see the image."""
        self.by_id["badge-title"].text = title
        self.by_id["badge-desc"].text = alt

    def finish(self, prefix: str) -> bytes:
        """Drop what only the renderer needs, make ids unique, and write."""
        for element in self.root.iter():
            for name in [name for name in element.attrib if name.startswith("data-")]:
                del element.attrib[name]
        self._drop_unused()
        rename_ids(self.root, prefix)
        return tostring(self.root, encoding="unicode").encode() + b"\n"

    def _drop_unused(self) -> None:
        """Gradients and clips of the other rendition, and empty places."""
        used = {name for element in self.root.iter() for name in references(element)}
        for defs in self.root.iter(tag("defs")):
            for definition in [child for child in defs if child.get("id") not in used]:
                defs.remove(definition)
        for parent in list(self.root.iter()):
            for child in [c for c in parent if c.tag == tag("g") and not len(c)]:
                parent.remove(child)

    def _words(self, slot: TextSlot | ChoiceSlot, place: Element) -> str:
        """What is written in this slot, or nothing."""
        filling = self.filling
        if isinstance(slot, TextSlot):
            text = "" if slot.hidden else filling.texts[slot.key]
            return text.upper() if slot.uppercase else text
        chosen = filling.choices[slot.key]
        if ink := slot.ink.get(chosen):
            place.set("data-fill", ink)
        if slot.text.hidden or (slot.when and not filling.has(slot.when)):
            return ""
        own_word = filling.choice_words[slot.key] if self.rendition == "badge" else ""
        text = own_word or slot.options[chosen]
        return text.upper() if slot.text.uppercase else text

    def _note(self, key: str, block: Block) -> None:
        if block.fit.cut:
            self.notes.append(
                Note(N_("%(slot)s: too long for the image and cut there. Give a short form for the image."), slot=key)
            )
        elif block.fit.broken:
            self.notes.append(
                Note(N_("%(slot)s: a word is broken in the image. Give a short form for the image."), slot=key)
            )

    def _draw_artwork(self, place: Element, slot: ArtworkSlot) -> None:
        artwork = self.filling.artwork
        default = next((e for e in self.root.iter() if e.get("data-default") == slot.key), None)
        if default is not None:
            default.set("transform", _onto_grid(slot.default_box))
        if artwork is None or slot.hidden:
            return
        if isinstance(artwork, Embedded):
            _draw_picture(place, slot, artwork)
            return
        group = SubElement(
            place,
            tag("g"),
            {
                "transform": _onto_grid(slot.box),
                "fill": "none",
                "stroke-width": number(slot.stroke),
                "stroke-linecap": "round",
                "stroke-linejoin": "round",
            },
        )
        group.extend(deepcopy(shape) for shape in icon(artwork.name))

    def _draw_count(self, place: Element, slot: CountSlot) -> None:
        pip = place[0]
        place.remove(pip)
        count = self.filling.counts[slot.key]
        if not count or slot.hidden:
            return
        if slot.fill:
            place.set("data-fill", slot.fill)
        x, y, width, height = slot.box
        step = min(slot.gap, width / count)
        scale = slot.scale * min(1.0, 0.82 * step / (slot.pip * slot.scale))
        for i in range(count):
            copy = deepcopy(pip)
            centre = x + width / 2 + (i - (count - 1) / 2) * step
            copy.set("transform", f"translate({number(centre)} {number(y + height / 2)}) scale({number(scale)})")
            place.append(copy)


def _set(text: str, slot: TextSlot) -> tuple[Block, TextStyle, int]:
    """The text, fitted; with the style and the direction in which it was measured."""
    style, base_level = slot.style, direction(text)

    def extent(line: str) -> Extent:
        shaped = style.shape(line, base_level)
        return Extent(shaped.width, shaped.ink[3], -shaped.ink[1])

    # A hyphen inside a word belongs to scripts that know it; those from right to left break without.
    measure = Measure(extent, style.cap_height, hyphen="" if base_level else "-")
    return Block(fit(text, slot.frame, measure), slot.frame, measure), style, base_level


def _draw_text(place: Element, block: Block, style: TextStyle, base_level: int) -> None:
    fitted = block.fit
    for text, baseline in zip(fitted.lines, fitted.baselines, strict=True):
        line = style.shape(text, base_level)
        left = block.frame.centre - line.advance * fitted.size / 2
        SubElement(place, tag("path"), {"d": path_data(line, fitted.size, left, baseline)})


def _draw_picture(place: Element, slot: ArtworkSlot, picture: Embedded) -> None:
    """A picture with rounded corners; where the ground is dark, on a disc that takes it whole."""
    x, y, width, height = slot.box
    side = min(width, height)
    left, top = x + (width - side) / 2, y + (height - side) / 2
    clip = SubElement(place, tag("clipPath"), {"id": "picture"})
    if slot.plate:
        disc = {"cx": number(x + width / 2), "cy": number(y + height / 2), "r": number(slot.plate)}
        SubElement(place, tag("circle"), {**disc, "fill": picture.ground, "stroke": "none"})
        SubElement(clip, tag("circle"), disc)
    else:
        corners = {"rx": number(side * ROUNDING), "width": number(side), "height": number(side)}
        SubElement(clip, tag("rect"), {"x": number(left), "y": number(top), **corners})
    SubElement(
        place,
        tag("image"),
        {
            "x": number(left),
            "y": number(top),
            "width": number(side),
            "height": number(side),
            "clip-path": "url(#picture)",
            "href": f"data:image/png;base64,{b64encode(picture.png).decode()}",
        },
    )


def _onto_grid(box: Box) -> str:
    x, y, width, height = box
    scale = min(width, height) / GRID
    left, top = x + (width - GRID * scale) / 2, y + (height - GRID * scale) / 2
    return f"translate({number(left)} {number(top)}) scale({number(scale)})"
