"""Measure a workbook's XML before the parser sees it.

The parser lays a sheet out as one dense block from the first to the last cell and copies a shared text into every cell
that names it: two cells in opposite corners, or one long text used a million times, would take the whole process down.
So we walk the XML once, count, and refuse.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .limits import Limits
from .refusals import damaged, too_much_inside

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass
class Survey:
    """What the walk found. `formulas` counts computed cells, `faulty` those that show an error such as #N/A."""

    formulas: int = 0
    faulty: int = 0
    counts_from_1904: bool = False
    shared_texts: list[int] = field(default_factory=list)


def survey(parts: Mapping[str, bytes], name: str, limits: Limits) -> Survey:
    """Walk every XML part; raises `Rejected` where one is broken, has a DTD, or would unfold beyond the limits."""
    found = Survey()
    # Shared texts come first: the cells that use them are weighed by their length.
    for part_name in sorted(parts, key=lambda part_name: "sharedstrings" not in part_name.lower()):
        _Walk(found, name, limits).through(parts[part_name])
    return found


class _Walk:
    """One part, element by element."""

    def __init__(self, found: Survey, name: str, limits: Limits) -> None:
        self.found, self.name, self.limits = found, name, limits
        self.row = self.column = self.last_row = self.last_column = 0
        self.in_sheet = self.in_cell = self.owns_shared_texts = False
        self.kind = ""
        self.text: list[str] | None = None
        self.shared_length: int | None = None
        self.characters = 0
        self.elements = 0

    def through(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError):
            raise damaged(self.name) from None

    def _refuse_doctype(self, *_: object) -> None:
        raise damaged(self.name)  # a workbook has no DTD; one that has it wants to define entities

    def _open(self, qualified: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > self.limits.workbook_elements:
            raise too_much_inside(self.name)
        element = qualified.rpartition(":")[2]
        if element == "sheetData":
            self.in_sheet = True
        elif element == "workbookPr":
            self.found.counts_from_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif element == "si":
            self._open_shared_text()
        elif self.in_sheet:
            self._open_in_sheet(element, attributes)

    def _open_shared_text(self) -> None:
        if self.shared_length is not None or (self.found.shared_texts and not self.owns_shared_texts):
            raise damaged(self.name)  # one list, not nested: else a number could mean another text to the parser
        self.owns_shared_texts = True
        self.shared_length = 0

    def _open_in_sheet(self, element: str, attributes: dict[str, str]) -> None:
        if element == "row":
            self._at_row(attributes.get("r"))
        elif element == "c":
            self._at_cell(attributes.get("r"))
            self.kind = attributes.get("t", "n")
            self.in_cell = True
            if self.kind == "e":
                self.found.faulty += 1
            if "t" in attributes:
                self._reach()
        elif self.in_cell:
            self._reach()
            if element == "f":
                self.found.formulas += 1
            elif element == "v":
                self.text = []

    def _at_row(self, given: str | None) -> None:
        if given is not None and not _ROW_NUMBER.fullmatch(given):
            raise damaged(self.name)
        self.row = int(given) if given is not None else self.row + 1
        self.column = 0

    def _at_cell(self, given: str | None) -> None:
        """Places only grow here: whatever the parser makes of odd references, it is not further out than we think."""
        self.column += 1
        if given is None:
            return
        reference = _REFERENCE.fullmatch(given)
        if reference is None:
            raise damaged(self.name)
        column = 0
        for letter in reference[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        self.column = max(self.column, column)
        self.row = max(self.row, int(reference[2]))

    def _reach(self) -> None:
        """A cell with something in it: the dense block now reaches to here. (Cells with only a format are skipped.)"""
        self.last_row, self.last_column = max(self.last_row, self.row, 1), max(self.last_column, self.column)
        if self.last_row * self.last_column > self.limits.cells:
            raise Rejected(
                N_(
                    "A sheet of “%(file)s” reaches to row %(row)s and column %(column)s. Delete what lies outside the "
                    "table of learners, or save the sheet as CSV."
                ),
                code="roster_sheet_too_wide",
                params={"file": self.name, "row": self.last_row, "column": self.last_column},
            )

    def _close(self, qualified: str) -> None:
        element = qualified.rpartition(":")[2]
        if element == "sheetData":
            self.in_sheet = False
        elif element == "si" and self.shared_length is not None:
            self.found.shared_texts.append(self.shared_length)
            self.shared_length = None
        elif element == "c":
            self.in_cell = False
        elif element == "v" and self.text is not None:
            if self.kind == "s":
                self._weigh("".join(self.text).strip())
            self.text = None

    def _characters(self, text: str) -> None:
        if self.shared_length is not None:
            self.shared_length += len(text)
        elif self.text is not None:
            self.text.append(text)

    def _weigh(self, index: str) -> None:
        if not re.fullmatch(r"[0-9]{1,7}", index) or int(index) >= len(self.found.shared_texts):
            raise damaged(self.name)
        self.characters += self.found.shared_texts[int(index)]
        if self.characters > self.limits.workbook_characters:
            raise too_much_inside(self.name)
