"""How much there is to draw, counted before it is drawn: a few lines that use one another can mean millions of shapes."""

import re
from xml.etree.ElementTree import Element

from insignia.core.errors import Rejected
from insignia.core.words import N_

MOST_ELEMENTS = 3000
MOST_DRAWN = 6000
MOST_LAYERS = 200
_DEEPEST = 60
_REFERENCE = re.compile(r"url\(#([\w.:-]+)\)")
# What asks for a layer of its own, or for many small strokes, costs as much as a whole picture.
_COSTLY = ("clip-path", "mask", "opacity", "stroke-dasharray")


def targets(element: Element) -> list[str]:
    """The ids to which the attributes of this element point."""
    found = [name for value in element.attrib.values() for name in _REFERENCE.findall(value)]
    return [*found, element.attrib["href"][1:]] if "href" in element.attrib else found


def check_weight(root: Element) -> None:
    """Raise `Rejected` where there is more to draw than a badge can need, or something is drawn inside itself."""
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS:
        raise undrawable(N_("it has more than %(most)s parts; simplify it"), most=MOST_ELEMENTS)
    by_id = {element.get("id"): element for element in elements if element.get("id")}
    known: dict[Element, tuple[int, int]] = {}

    def weigh(element: Element, above: tuple[Element, ...]) -> tuple[int, int]:
        if element in above:
            raise undrawable(N_("a part of it is drawn inside itself"))
        if len(above) > _DEEPEST:
            raise undrawable(N_("its groups stand too deep in one another"))
        if element not in known:
            beneath = [*element, *(by_id[name] for name in targets(element) if name in by_id)]
            weights = [weigh(one, (*above, element)) for one in beneath]
            own = sum(1 for name in _COSTLY if element.get(name, "1") not in ("1", "none"))
            known[element] = (1 + sum(w[0] for w in weights), own + sum(w[1] for w in weights))
        return known[element]

    drawn, layers = weigh(root, ())
    if drawn > MOST_DRAWN or layers > MOST_LAYERS:
        raise undrawable(N_("there is too much to draw in it; simplify it"))


def undrawable(reason: str, **params: object) -> Rejected:
    """The refusal of a drawing, with its reason."""
    return Rejected(
        N_("This drawing cannot be used: %(reason)s."),
        code="artwork_not_drawable",
        params={"reason": reason % params if params else reason},
    )
