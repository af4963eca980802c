"""Fields that several forms of the programme have."""

from insignia.edges.web.fields import DayField, choose_from, indented, names_only

__all__ = ["DayField", "choose_from", "indented", "names_only"]
