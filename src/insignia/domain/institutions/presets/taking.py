"""A preset as a file: read, compared with what is there, taken in whole or in chosen sections, and written again."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from typing import Any

import tomli_w
from django.db import transaction
from django.utils.text import slugify

from insignia.core.errors import InsigniaError, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import tenancy
from insignia.domain.journal.bus import publish

from ..events import PresetTaken
from ..models import Institution
from . import wellformed
from .differences import Change, Kind, called, changes, plain, spoken_of
from .registry import Section, sections

MOST_BYTES = 2 * 1024 * 1024
NAME = "preset"


def names() -> list[str]:
    """The presets that are shipped."""
    folder = resources.files("insignia") / "presets"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def whole_names() -> list[str]:
    """The shipped presets with which an institution can begin: those that say who may do what."""
    return [name for name in names() if _is_whole(load(name))]


def _is_whole(data: Mapping[str, Any]) -> bool:
    return "roles" in data


def load(name: str) -> dict[str, Any]:
    """A shipped preset as plain values; raises `NotFound` naming those that exist."""
    if name not in names():
        raise NotFound(
            N_("There is no preset “%(name)s”. There are: %(known)s."),
            params={"name": name, "known": ", ".join(names())},
        )
    return tomllib.loads((resources.files("insignia") / "presets" / f"{name}.toml").read_text(encoding="utf-8"))


def parse(data: bytes) -> dict[str, Any]:
    """The preset in a file; raises `Rejected` where the file holds none."""
    if len(data) > MOST_BYTES:
        raise Rejected(N_("The file is larger than 2 MB; no preset is."), code="preset_too_large")
    try:
        values: dict[str, Any] = plain(tomllib.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Rejected(N_("The file is not a text in UTF-8."), code="preset_no_text") from None
    except RecursionError:
        raise Rejected(N_("The file is nested too deep to be a preset."), code="preset_no_toml") from None
    except ValueError as wrong:
        raise Rejected(
            N_("The file cannot be read as TOML: %(why)s."), code="preset_no_toml", params={"why": str(wrong)}
        ) from None
    return values


def export(institution: Institution) -> dict[str, Any]:
    """How the institution runs its programme, as a whole preset."""
    with tenancy.of(institution):
        written = {section.name: plain(section.write(institution)) for section in sections()}
    return {NAME: institution.preset or institution.slug, **written}


def named(institution: Institution, name: str) -> dict[str, str]:
    """The tables of a section by their keys, as people call them; empty where this release has no such section."""
    written: list[Mapping[str, Any]] = next(
        (section.write(institution) for section in sections() if section.name == name), []
    )
    return {table["key"]: called(table) for table in written}


def as_toml(data: Mapping[str, Any]) -> str:
    """A preset as the text of its file."""
    return tomli_w.dumps(plain(data), multiline_strings=True)


@dataclass(frozen=True, slots=True)
class Previewed:
    """One section of a preset as it would be taken in: what it changes, and what is wrong with it."""

    section: Section
    value: Any
    changes: tuple[Change, ...]
    faults: tuple[InsigniaError, ...]

    def of(self, *kinds: Kind) -> list[Change]:
        """The changes of these kinds."""
        return [change for change in self.changes if change.kind in kinds]

    @property
    def count(self) -> int:
        """How many things it adds or changes."""
        return len(self.of(Kind.ADDED, Kind.CHANGED))


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in a preset would do, section by section. With one fault or more it cannot be taken in."""

    name: str
    sections: tuple[Previewed, ...]
    unknown: tuple[InsigniaError, ...]

    @property
    def faults(self) -> tuple[InsigniaError, ...]:
        """Everything that is wrong with it."""
        return self.unknown + tuple(fault for section in self.sections for fault in section.faults)

    @property
    def count(self) -> int:
        """How many things it adds or changes."""
        return sum(section.count for section in self.sections)

    @property
    def fingerprint(self) -> str:
        """The same for two previews that do the same: tells whether what was looked at is what would be done now."""
        done = [(one.section.name, repr(one.of(Kind.ADDED, Kind.CHANGED))) for one in self.sections]
        return sha256(repr(done).encode()).hexdigest()[:32]


def preview(institution: Institution, data: Mapping[str, Any], *, only: Collection[str] | None = None) -> Preview:
    """What `take` would do with the sections `only`, or with all; nothing is written."""
    known = {section.name: section for section in sections()}
    chosen = {name: data[name] for name in data if name != NAME and (only is None or name in only)}
    unknown = [_unknown(name) for name in chosen if name not in known]
    before = export(institution)
    given: dict[str, Any] = {}
    faults: dict[str, list[InsigniaError]] = {}
    for name, section in known.items():
        if name in chosen:
            faults[name] = list(wellformed.faults(section, chosen[name]))
            if not faults[name]:
                given[name] = section.tidy(plain(chosen[name]))
    whole = before | {name: known[name].join(before[name], value) for name, value in given.items()}
    shown: list[Previewed] = []
    for name, section in known.items():
        if name not in chosen:
            continue
        if name not in given:
            shown.append(Previewed(section, None, (), tuple(faults[name])))
            continue
        value = spoken_of(section.shape, whole[name], given[name])
        found = tuple(changes(section.shape, before[name], whole[name], given[name]))
        shown.append(Previewed(section, value, found, tuple(section.check(value, whole))))
    return Preview(str(data.get(NAME, "")), tuple(shown), tuple(unknown))


@transaction.atomic
def take(
    *, by: Actor, institution: Institution, data: Mapping[str, Any], only: Collection[str] | None = None
) -> Preview:
    """Take the preset `data`, or the sections `only` of it, into the institution's rows: all of it or nothing.

    It adds and changes. What the preset does not speak of stays, and nothing that rows refer to is taken away.
    Raises `Rejected` with every fault.
    """
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    found = preview(institution, data, only=only)
    if found.faults:
        raise Rejected(
            N_("The preset cannot be taken in; nothing was changed."), code="preset_faults", details=found.faults
        )
    for one in _that_do_something(found):
        one.section.read(by, institution, one.value)
    if found.count:
        event = PresetTaken(
            preset=slugify(found.name)[:60], sections=tuple(one.section.name for one in _that_do_something(found))
        )
        publish(event, by=by, subject=("institution", institution.public_id))
    return found


@transaction.atomic
def apply(*, by: Actor, institution: Institution, name: str, only: Collection[str] | None = None) -> Preview:
    """Take in a preset that is shipped. From a whole one on, the institution is told what later releases bring to it."""
    data = load(name)
    found = take(by=by, institution=institution, data=data, only=only)
    if _is_whole(data):
        Institution.objects.filter(pk=institution.pk).update(preset=name)
        institution.preset = name
    return found


def _that_do_something(found: Preview) -> Iterator[Previewed]:
    return (one for one in found.sections if one.count)


def _unknown(name: str) -> Rejected:
    return Rejected(
        N_("The preset has a section “%(name)s”, which this release does not know."),
        code="preset_section",
        params={"name": name[:60]},
    )
