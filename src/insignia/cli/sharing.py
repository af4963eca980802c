"""`insignia preset`: how a programme is run, written to a file, compared with one, and taken in."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import tenancy
from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.edges.web import preset_words


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which preset."""
    parser.add_argument(
        "what",
        choices=["list", "export", "import"],
        help="list: the presets of this release; export: write this institution's; import: compare one and take it in",
    )
    parser.add_argument("preset", nargs="?", default="", metavar="PRESET", help="import: a file, or one of the list")
    parser.add_argument("--institution", default="", metavar="SLUG", help="needed where there are several")
    parser.add_argument("--sections", default="", metavar="NAMES", help="import: only these, with commas between them")
    parser.add_argument("--out", default="-", metavar="FILE", help="export: where to write it [standard output]")
    parser.add_argument("--yes", action="store_true", help="import: take it in without asking")


def preset(options: argparse.Namespace) -> int:
    """An import says first what it would add and change; it takes in everything or nothing, and takes nothing away.

    Exit code 1 where it was refused or not confirmed.
    """
    with _inside(options.institution) as institution:
        if options.what == "list":
            return _list(institution)
        if options.what == "export":
            return _export(institution, options.out)
        return _import(institution, options)


@contextmanager
def _inside(slug: str) -> Iterator[Institution]:
    institution = institutions.by_slug(slug) if slug else institutions.the_only_institution()
    if institution is None:
        raise Rejected(N_("Say which institution with --institution SLUG."))
    with tenancy.of(institution):
        yield institution


def _list(institution: Institution) -> int:
    for name in presets.names():
        count = presets.preview(institution, presets.load(name)).count
        own = "  (the one with which you began)" if name == institution.preset else ""
        print(f"{name:24} {count:4} {'difference' if count == 1 else 'differences'}{own}")
    return 0


def _export(institution: Institution, out: str) -> int:
    text = presets.as_toml(presets.export(institution))
    if out == "-":
        sys.stdout.write(text)
    else:
        Path(out).write_text(text, encoding="utf-8")
        print(f"The preset of {institution.name} is in {out}.", file=sys.stderr)
    return 0


def _import(institution: Institution, options: argparse.Namespace) -> int:
    only = [name.strip() for name in options.sections.split(",") if name.strip()] or None
    is_shipped = options.preset in presets.names()
    data = presets.load(options.preset) if is_shipped else presets.parse(_read(options.preset))
    if only and (missing := [name for name in only if name not in data]):
        raise Rejected(N_("The preset has no section “%(name)s”."), params={"name": missing[0]})
    found = presets.preview(institution, data, only=only)
    for line in _in_words(found):
        print(line)
    if found.faults:
        raise Rejected(N_("The preset cannot be taken in; nothing was changed."), details=found.faults)
    if not found.count:
        print("Nothing to change.", file=sys.stderr)
        return 0
    if not options.yes and not _agreed():
        print("Nothing was changed. Add --yes to take it in.", file=sys.stderr)
        return 1
    if is_shipped:
        presets.apply(by=SYSTEM, institution=institution, name=options.preset, only=only)
    else:
        presets.take(by=SYSTEM, institution=institution, data=data, only=only)
    print(f"{found.count} {'thing was' if found.count == 1 else 'things were'} added or changed.", file=sys.stderr)
    return 0


def _read(path: str) -> bytes:
    if not path:
        raise Rejected(N_("Say which preset: a file, or one of `insignia preset list`."))
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Rejected(
            N_("%(path)s cannot be read: %(why)s. It is no preset of this release either; see `insignia preset list`."),
            params={"path": path, "why": error.strerror or error},
        ) from error


def _agreed() -> bool:
    return sys.stdin.isatty() and input("Take it in? [y/N] ").strip().lower() in ("y", "yes")


def _in_words(found: presets.Preview) -> Iterator[str]:
    for section in preset_words.told(found):
        if not section.items and not section.kept:
            continue
        yield f"{section.title} [{section.key}]"
        for item in section.items:
            yield f"  {'+' if item.is_added else '~'} {item.name}"
            yield from (f"      {said}" for line in item.lines if (said := _line(line, is_added=item.is_added)))
        if section.kept:
            yield f"  = not in the preset, and stays: {', '.join(section.kept)}"


def _line(line: preset_words.Line, *, is_added: bool) -> str:
    what = f"{line.what}: " if line.what else ""
    if line.come or line.gone:
        moves = ["+ " + ", ".join(line.come)] * bool(line.come) + ["- " + ", ".join(line.gone)] * bool(line.gone)
        return what + "; ".join(moves)
    return f"{what}{line.new}" if is_added else f"{what}{line.old} -> {line.new}"
