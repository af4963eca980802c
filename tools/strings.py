"""The words of the interface: collected for translators, merged into their files, compiled for the program.

    ./run strings             collect; merge into every language; compile
    ./run strings new LANG    begin a language (a locale name: fr, pt_BR)
    ./run strings compile     compile what changed (`./run demo`, `serve` and `test` do this by themselves)

Translators work on src/insignia/locale/LANG/LC_MESSAGES/django.po; the compiled .mo beside it is not committed.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "insignia"
LOCALE = SOURCE / "locale"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,  # gettext, ngettext, pgettext, _ and N_ among them
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Named once and not by the clock, so that collecting twice changes nothing.
HEADER_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def extract_template(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's extraction for Django's templates: Django itself turns one into lines with gettext calls."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    lines = templatize(file.read().decode()).splitlines()
    # What is left of the markup are single words; without their indentation they are Python enough for the tokenizer.
    python = "\n".join(line.strip() for line in lines)
    return extract_python(BytesIO(python.encode()), keywords, comment_tags, options)


def collect() -> Catalog:
    """Every message of the Python sources and templates, with the files that it stands in."""
    catalog = Catalog(
        domain="django", project="Insignia", fuzzy=False, creation_date=HEADER_DATE, copyright_holder="Insignia"
    )
    methods: list[tuple[str, Any]] = [
        ("**.py", "python"),
        ("**.html", extract_template),
        ("**/templates/**.txt", extract_template),
    ]
    found = extract_from_dir(
        SOURCE, methods, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=False
    )
    for file, _line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        # The file without the line: a translator finds the place, and moving code changes no catalogue.
        catalog.add(message, locations=[(f"src/insignia/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def write(catalog: Catalog, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalog, width=100, sort_output=True, include_lineno=False, ignore_obsolete=False)


def languages() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def merge() -> None:
    """Bring every language up to what the sources say now; what changed a little is marked fuzzy."""
    template = collect()
    write(template, LOCALE / "django.pot")
    for file in languages():
        with file.open("rb") as source:
            catalog = read_po(source, locale=file.parts[-3], domain="django")
        catalog.update(template)
        write(catalog, file)
        missing = sum(1 for message in catalog if message.id and (not message.string or message.fuzzy))
        print(f"{file.parts[-3]}: {len(catalog)} messages, {missing} to translate")
    print(f"{len(template)} messages in {(LOCALE / 'django.pot').relative_to(ROOT)}")


def compile_changed() -> None:
    for file in languages():
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= file.stat().st_mtime_ns:
            continue
        with file.open("rb") as source:
            catalog = read_po(source, locale=file.parts[-3], domain="django")
        with compiled.open("wb") as out:
            write_mo(out, catalog)


def begin(language: str) -> None:
    catalog = collect()
    catalog.locale = language
    catalog.fuzzy = False
    file = LOCALE / language / "LC_MESSAGES" / "django.po"
    if file.exists():
        raise SystemExit(f"{file.relative_to(ROOT)} is there already; `./run strings` merges into it.")
    write(catalog, file)
    print(f"Translate {file.relative_to(ROOT)}, then run `./run strings`.")


# --- A language that nobody speaks: every message accented and in brackets, so that text which is not translated shows.
_PLACES = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{[^{}]*\}|<[^<>]*>|&\w+;)")
_ACCENTED = str.maketrans("AEIOUYaeiouycn", "ÀÉÎÕÜÝàéîõüýçñ")


def pseudo(text: str) -> str:
    """`text` in the pseudo language; what is filled in later, and markup, stay as they are."""
    parts = _PLACES.split(text)
    accented = "".join(part if _PLACES.fullmatch(part) else part.translate(_ACCENTED) for part in parts)
    body = accented.strip("\n")  # gettext wants a translation to begin and end with the line breaks of its original
    return accented.replace(body, f"⟦{body}⟧", 1) if body else accented


def pseudo_catalog(others: list[Path]) -> Catalog:
    """Our messages, and those of the English catalogues `others`, in the pseudo language."""
    catalog = Catalog(locale="en", domain="django", fuzzy=False)
    sources = [collect()]
    for file in others:
        with file.open("rb") as source:
            sources.append(read_po(source, locale="en", domain="django"))
    for message in (message for source in sources for message in source if message.id):
        if isinstance(message.id, tuple):
            catalog.add(message.id, tuple(pseudo(text) for text in message.id), context=message.context)
        else:
            catalog.add(message.id, pseudo(str(message.id)), context=message.context)
    return catalog


def main(arguments: list[str]) -> int:
    match arguments:
        case []:
            merge()
            compile_changed()
        case ["compile"]:
            compile_changed()
        case ["new", language]:
            begin(language)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
