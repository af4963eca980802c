"""Calendar files (RFC 5545): meetings as other programs take them in. Plain values in, bytes out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"
_FOLD_AT = 75  # octets, the line break not counted


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting. A program replaces what it has of the same `uid` where `sequence` is higher."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime | None
    stamped_at: datetime
    title: str
    place: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(appointments: Iterable[Appointment], *, name: str, zone: str = "", product: str = "Insignia") -> bytes:
    """The file. Moments are written in UTC, which every program shows in the zone of its reader, summer time included."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(product)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        *([f"X-WR-TIMEZONE:{_text(zone)}"] if zone else []),
    ]
    for appointment in appointments:
        lines += _event(appointment)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _event(one: Appointment) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(one.uid)}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTAMP:{_moment(one.stamped_at)}"
    yield f"DTSTART:{_moment(one.starts_at)}"
    if one.ends_at:
        yield f"DTEND:{_moment(one.ends_at)}"
    yield f"SUMMARY:{_text(one.title)}"
    if one.place:
        yield f"LOCATION:{_text(one.place)}"
    if one.description:
        yield f"DESCRIPTION:{_text(one.description)}"
    if one.url:
        yield f"URL:{_uri(one.url)}"
    yield f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value of type TEXT: what means something to a parser is escaped; control characters have no place in it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(c for c in escaped if (c >= " " and c != "\x7f") or c == "\t")


def _uri(address: str) -> str:
    return "".join(c for c in address if c > " " and c != "\x7f")


def _folded(line: str) -> str:
    """No line is longer than 75 octets; the next begins with a blank. Characters of several octets stay whole."""
    parts, part, size, most = [], "", 0, _FOLD_AT
    for character in line:
        octets = len(character.encode())
        if size + octets > most:
            parts.append(part)
            part, size, most = "", 0, _FOLD_AT - 1
        part, size = part + character, size + octets
    return "\r\n ".join([*parts, part]) + "\r\n"
