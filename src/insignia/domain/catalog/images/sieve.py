"""What of a drawing is kept: elements, attributes and style properties of a closed list, with values that point nowhere."""

import re
from xml.etree.ElementTree import Element

from insignia.core.words import N_

from .markup import SVG, tag
from .notes import Note
from .weighing import targets

MOST_NOTES = 8
_XLINK = "{http://www.w3.org/1999/xlink}"
_GRADIENTS = {"linearGradient", "radialGradient"}
_KEPT = _GRADIENTS | {
    "defs", "g", "stop", "clipPath", "mask", "symbol", "use",
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
}  # fmt: skip
_LIKE_A_GROUP = {"a", "switch"}
_WORTHLESS = {"title", "desc", "metadata", "style"}
_STYLED = frozenset({
    "display", "visibility", "opacity", "color", "clip-path", "clip-rule", "mask", "fill", "fill-rule", "fill-opacity",
    "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "stroke-opacity", "stop-color", "stop-opacity",
})  # fmt: skip
_ATTRIBUTES = _STYLED | {
    "transform", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height",
    "points", "offset", "viewBox", "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits",
    "maskContentUnits", "pathLength",
}  # fmt: skip
_QUIET = ("aria-", "data-", "{", "-", "font", "text", "line-", "letter-", "word-", "white-", "writing", "baseline",
          "color-", "shape-", "image-", "paint-order", "vector-effect", "version", "baseProfile", "class", "role",
          "enable-background", "focusable", "preserveAspectRatio", "tabindex", "lang", "overflow", "isolation",
          "solid-", "direction", "dominant", "alignment", "marker", "stroke-line", "unicode", "style")  # fmt: skip
_NAME = re.compile(r"[\w.:-]{1,200}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_POINTER = re.compile(r"""url\(\s*(["']?)#([\w.:-]+)\1\s*\)""")
_COLOUR = re.compile(r"(?:rgb|hsl)a?\([\d\s.,%/+-]*\)", re.IGNORECASE)
_MOVE = re.compile(r"(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\d\s.,eE+-]*\)")
_PLAIN = re.compile(r"[\w\s.,#%+-]*")


class Sieve:
    """Lets through what is known, and remembers what was left out."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}
        self._classes: dict[str, dict[str, str]] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out, each thing once."""
        notes = list(self._notes.values())
        if len(notes) <= MOST_NOTES:
            return tuple(notes)
        return (*notes[:MOST_NOTES], Note(N_("And %(count)s more."), count=len(notes) - MOST_NOTES))

    def read_styles(self, root: Element) -> None:
        """Learn what classes mean; of a style sheet only rules for classes are understood."""
        for sheet in root.iter(tag("style")):
            text = _COMMENT.sub(" ", "".join(sheet.itertext()))
            if "@" in text or "\\" in text:
                self._leave_out(Note(N_("A style sheet that fetches or disguises something was left out.")))
                continue
            for selectors, declarations in _RULE.findall(text):
                for selector in selectors.split(","):
                    named = _CLASS.fullmatch(selector.strip())
                    if named is None:
                        self._leave_out(
                            Note(N_("A rule of its style sheet was left out: only classes are understood."))
                        )
                        continue
                    self._classes.setdefault(named[1], {}).update(self._declared(declarations))

    def kept_as_group(self, root: Element) -> Element:
        """The drawing as a group: what its outermost element says of colours holds for all that is in it."""
        said = {name: value for name, value in self._attributes(root, "svg").items() if name in _STYLED}
        kept = Element(tag("g"), said)
        self._keep_children(root, kept)
        return kept

    def drop_dangling(self, root: Element) -> None:
        """Take away what points to something that is not there, or not there any more."""
        ids: set[str] = set()
        for element in root.iter():
            if element.get("id") in ids:
                del element.attrib["id"]
            ids.add(element.get("id", ""))
        for parent in list(root.iter()):
            for element in list(parent):
                missing = [name for name in targets(element) if name not in ids]
                if "href" in element.attrib and element.attrib["href"][1:] in missing and element.tag == tag("use"):
                    parent.remove(element)
                    continue
                for name, value in list(element.attrib.items()):
                    if any(f"#{one})" in value or value == f"#{one}" for one in missing):
                        del element.attrib[name]

    def _keep_children(self, source: Element, target: Element) -> None:
        """Build anew below `target` what may stay of what is below `source`."""
        for child in source:
            if not isinstance(child.tag, str) or not child.tag.startswith("{" + SVG + "}"):
                continue  # comments, instructions, and notes of drawing programs in words of their own
            name = child.tag.rpartition("}")[2]
            if name in _KEPT or name in _LIKE_A_GROUP:
                kept = Element(tag("g" if name in _LIKE_A_GROUP else name), self._attributes(child, name))
                target.append(kept)
                self._keep_children(child, kept)
            elif name not in _WORTHLESS:
                self._leave_out(_NOTES.get(name) or Note(N_("<%(name)s> was left out."), name=name[:40]))

    def _attributes(self, element: Element, name: str) -> dict[str, str]:
        kept: dict[str, str] = {}
        for attribute, value in element.attrib.items():
            if attribute in ("href", f"{_XLINK}href"):
                if name in _GRADIENTS | {"use"} and value.startswith("#") and _NAME.fullmatch(value[1:]):
                    kept["href"] = value
                else:
                    self._leave_out(Note(N_("A link was left out: a drawing may not point outside of itself.")))
            elif attribute == "id":
                if _NAME.fullmatch(value):
                    kept["id"] = value
            elif attribute in _ATTRIBUTES:
                self._put(kept, attribute, value)
            else:
                self._mention(attribute)
        for word in element.get("class", "").split():
            kept.update(self._classes.get(word, {}))
        kept.update(self._declared(element.get("style", "")))
        return kept

    def _declared(self, declarations: str) -> dict[str, str]:
        """Style properties as the attributes that mean the same."""
        found: dict[str, str] = {}
        for declaration in _COMMENT.sub(" ", declarations).split(";"):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if name in _STYLED:
                self._put(found, name, value.removesuffix("!important").strip())
            elif name:
                self._mention(name)
        return found

    def _put(self, kept: dict[str, str], name: str, value: str) -> None:
        value = _POINTER.sub(r"url(#\2)", value)
        functions = _MOVE if name in ("transform", "gradientTransform") else _COLOUR
        rest = functions.sub("", _POINTER.sub("", value))
        if _PLAIN.fullmatch(rest):
            kept[name] = value
        else:
            self._leave_out(Note(N_("“%(name)s” was left out: its value is not a plain one."), name=name))

    def _mention(self, name: str) -> None:
        if name.lower().startswith("on"):
            self._leave_out(Note(N_("Scripts were left out.")))
        elif not name.startswith(_QUIET):
            self._leave_out(Note(N_("“%(name)s” was left out."), name=name[:40]))

    def _leave_out(self, note: Note) -> None:
        self._notes.setdefault(str(note), note)


_ANIMATION = Note(N_("Animation was left out: a badge stands still."))
_NOTES = {
    "text": Note(N_("Text was left out: let your drawing program convert it to outlines.")),
    "image": Note(
        N_("A picture inside the drawing was left out: only shapes are taken. Upload the picture itself as PNG.")
    ),
    "script": Note(N_("Scripts were left out.")),
    "filter": Note(N_("Filters, such as shadows and blurs, were left out.")),
    "pattern": Note(N_("Patterns were left out.")),
    "marker": Note(N_("Arrow heads and other markers were left out.")),
    "animate": _ANIMATION,
    "animateMotion": _ANIMATION,
    "animateTransform": _ANIMATION,
    "set": _ANIMATION,
}
