"""How large a roster may be. Whoever has more sends several files; a larger file is rather an accident or an attack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one roster file. The last six bound what a workbook may make the reader do and allocate."""

    file_bytes: int = 5 * 1024 * 1024
    rows: int = 10_000
    columns: int = 40
    cell_characters: int = 4_000
    archive_entries: int = 500
    unpacked_bytes: int = 48 * 1024 * 1024
    unpacked_ratio: int = 200
    cells: int = 2_000_000
    workbook_elements: int = 2_500_000
    workbook_characters: int = 16_000_000


LIMITS = Limits()
