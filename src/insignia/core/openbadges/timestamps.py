"""Moments as proofs and keys write them: XML Schema's `dateTime` (Data Integrity 1.0, section 2.1)."""

import re
from datetime import UTC, datetime, timedelta, timezone

_TIMESTAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?\Z", re.ASCII)


def parse_timestamp(text: object) -> datetime | None:
    """The aware moment that `text` names, None when it names none.

    Without an offset it is UTC; digits beyond microseconds are cut off.
    """
    match = _TIMESTAMP.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        zone = UTC if offset in (None, "Z") else timezone(_delta(offset))
        microsecond = int((fraction or "0")[:6].ljust(6, "0"))
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), microsecond, zone)
        moment.astimezone(UTC)  # the first and last day of the calendar may have no UTC
    except (ValueError, OverflowError):
        return None
    return moment


def format_timestamp(moment: datetime) -> str:
    """`moment` in whole seconds UTC, as `2026-11-25T09:00:00Z`. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _delta(offset: str) -> timedelta:
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 14 or minutes > 59:
        raise ValueError
    return timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
