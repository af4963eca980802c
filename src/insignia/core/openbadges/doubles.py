"""Fractions as JSON-LD writes them: sixteen digits, trailing zeros cut (JSON-LD API, section 8.6, step 10).

pyoxigraph writes the shortest form instead, which differs for about every tenth ordinary number: 8.38 is to be
`8.380000000000001E0`. A signature over the one does not fit the other, so what pyoxigraph writes is put right.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, Quad

from .errors import N_, TooComplex

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def put_right(quads: Sequence[Quad], document: Any) -> Sequence[Quad]:
    """`quads`, which were made from `document`, with its fractions in the form of the standard.

    Raises `TooComplex` where a text of the document looks exactly like such a fraction, so that one cannot tell them apart.
    """
    forms = {shortest(number): canonical(number) for number in _fractions_in(document)}
    forms = {short: right for short, right in forms.items() if short != right}
    if not forms:
        return quads
    if any(text in forms for text in _texts_in(document)):
        raise TooComplex(N_("The document holds a number and a text that look alike."), code="number_not_portable")
    return [_corrected(quad, forms) for quad in quads]


def canonical(number: float) -> str:
    """`%1.15E` of the standard, with trailing zeros cut down to one digit after the point."""
    mantissa, _, exponent = f"{number:.15e}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}E{int(exponent)}"


def shortest(number: float) -> str:
    """The fewest digits that name `number`, in the same notation."""
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    first, rest = str(digits[0]), "".join(map(str, digits[1:]))
    return f"{'-' if sign else ''}{first}.{rest or '0'}E{int(exponent) + len(digits) - 1}"


def _corrected(quad: Quad, forms: Mapping[str, str]) -> Quad:
    found = quad.object
    if not isinstance(found, Literal) or found.value not in forms or found.datatype.value == _STRING:
        return quad
    return Quad(quad.subject, quad.predicate, Literal(forms[found.value], datatype=found.datatype), quad.graph_name)


def _fractions_in(value: Any) -> Iterator[float]:
    if isinstance(value, float) and not value.is_integer():
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _fractions_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _fractions_in(inner)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
