"""Reading SVG that becomes part of a badge: a closed list of elements and attributes, nothing from outside the file.

Templates and icons may come from a database row, so they are checked like any other input: no scripts, styles, links,
images, fonts, entities or event handlers can pass, because only plain shapes, gradients and clip paths are known here.
"""

import re
import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element

from insignia.core.errors import Rejected
from insignia.core.words import N_

SVG = "http://www.w3.org/2000/svg"
MAX_CHARACTERS = 200_000
_STRUCTURE = {"svg", "title", "desc", "defs", "g", "linearGradient", "radialGradient", "stop", "clipPath"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_ELEMENTS = _STRUCTURE | _SHAPES
# fmt: off
_ATTRIBUTES = frozenset({
    "id", "role", "aria-labelledby", "data-fill", "data-stroke", "data-stop", "data-layer", "data-when",
    "data-option", "data-default", "viewBox", "width", "height", "transform", "display", "opacity", "clip-path",
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "points", "offset",
    "gradientUnits", "gradientTransform", "spreadMethod", "stop-color", "stop-opacity", "fill", "fill-rule",
    "fill-opacity", "clip-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity",
})
# fmt: on
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_DECLARATION = re.compile(r"<!(?!--)|<\?(?!xml )")

ET.register_namespace("", SVG)


def parse(text: str) -> Element:
    """The root of an SVG drawing; raises `Rejected` ("drawing_refused") for anything but plain shapes."""
    if len(text) > MAX_CHARACTERS:
        raise _refused(N_("it is longer than %(limit)s characters"), limit=MAX_CHARACTERS)
    if _DECLARATION.search(text):
        # Without a document type there are no entities, so the parser cannot be made to expand or fetch any.
        raise _refused(N_("it contains a document type, entities or processing instructions"))
    try:
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        raise _refused(N_("it is not well-formed XML (%(error)s)"), error=str(error)) from None
    if root.tag != tag("svg"):
        raise _refused(N_("its outermost element is not <svg>"))
    for element in root.iter():
        _check_element(element)
    _check_references(root)
    return root


def tag(name: str) -> str:
    """The name of an SVG element as ElementTree writes it."""
    return f"{{{SVG}}}{name}"


def references(element: Element) -> list[str]:
    """The ids to which the attributes of this element point."""
    return [name for value in element.attrib.values() for name in _REFERENCE.findall(value)]


def rename_ids(root: Element, prefix: str) -> None:
    """Put `prefix` before every id and every reference, so that several badges can stand inline on one page."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, prefix + value)
            elif name == "aria-labelledby":
                element.set(name, " ".join(prefix + part for part in value.split()))
            elif "url(#" in value:
                element.set(name, _REFERENCE.sub(rf"url(#{prefix}\1)", value))


def number(value: float) -> str:
    """A number with at most two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def _check_element(element: Element) -> None:
    namespace, _, name = element.tag.rpartition("}")
    if namespace != "{" + SVG or name not in _ELEMENTS:
        raise _refused(N_("it contains the element <%(name)s>, which is not allowed"), name=name)
    for attribute, value in element.attrib.items():
        if attribute not in _ATTRIBUTES:
            plain = attribute.rpartition("}")[2]
            raise _refused(N_("it contains the attribute “%(name)s”, which is not allowed"), name=plain)
        if "(" in _REFERENCE.sub("", value) and attribute not in ("transform", "gradientTransform"):
            raise _refused(N_("the attribute “%(name)s” points outside the drawing"), name=attribute)
    if (name not in ("title", "desc") and (element.text or "").strip()) or (element.tail or "").strip():
        raise _refused(N_("it contains text; the words of a badge are set by the slots"))


def _check_references(root: Element) -> None:
    ids = [element.get("id", "") for element in root.iter() if "id" in element.attrib]
    if len(ids) != len(set(ids)):
        raise _refused(N_("two of its elements have the same id"))
    for element in root.iter():
        for name in references(element):
            if name not in ids:
                raise _refused(N_("it refers to “%(name)s”, which it does not define"), name=name)


def _refused(reason: str, **params: object) -> Rejected:
    return Rejected(
        N_("This drawing cannot be used: %(reason)s."),
        code="drawing_refused",
        params={"reason": reason % params if params else reason},
        details=[Rejected(reason, code="drawing_refused", params=params)],
    )
