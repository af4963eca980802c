"""Everybody one can be, by university."""

from .alder import people as alder
from .part import PASSWORD, Part
from .pinecrest import people as pinecrest

CASTS: tuple[tuple[str, str, tuple[Part, ...]], ...] = (
    ("pinecrest", "Pinecrest State University", pinecrest.PARTS),
    ("alder-ridge", "Alder Ridge University", alder.PARTS),
)
"""Of each university its short name, its name, and those whom one can be there."""

PARTS = {part.slug: part for _slug, _name, parts in CASTS for part in parts}

__all__ = ["CASTS", "PARTS", "PASSWORD", "Part"]
