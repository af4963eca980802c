"""What was typed, in one form. What cannot be understood stays as it was typed, for its author to correct."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from insignia.core.questions.definition import Kind, Question

_TRUE, _FALSE = ("yes", "true", "on", "1"), ("no", "false", "off", "0")
# Few enough digits that a float holds all of them.
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,5})?")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_NAMED_ADDRESS = re.compile(r"(.*)<([^<>]+)>")
# No database keeps these.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def plain(raw: object) -> Any:
    """`raw` as JSON can hold it, whatever it is."""
    match raw:
        case None | bool() | int():
            return raw
        case str():
            return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", raw)
        case float():
            return raw if math.isfinite(raw) else str(raw)
        case date():
            return raw.isoformat()
        case Mapping():
            return {plain(str(key)): plain(value) for key, value in raw.items()}
        case list() | tuple():
            return [plain(item) for item in raw]
    return plain(str(raw))


def clean(question: Question, value: Any) -> Any:
    """The plain `value` as an answer to `question` is kept; `None` if nothing was answered."""
    cleaned = _CLEANING[question.kind](value)
    if question.kind is Kind.CHOICES and isinstance(cleaned, list):
        # Options are ticked, not put in order: without this, the same ticks could look like a change.
        order = [option.key for option in question.options]
        cleaned.sort(key=lambda item: order.index(item) if item in order else len(order))
    return None if cleaned in _NOTHING else cleaned


def _line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


def _number(value: Any) -> Any:
    line = _line(value)
    if isinstance(line, str) and _NUMBER.fullmatch(line):
        line = float(line)
    return int(line) if isinstance(line, float) and line.is_integer() else line


def _date(value: Any) -> Any:
    line = _line(value)
    try:
        return date.fromisoformat(line).isoformat()
    except (TypeError, ValueError):
        return line


def _yes_no(value: Any) -> Any:
    line = _line(value)
    word = line.casefold() if isinstance(line, str) else ""
    return True if word in _TRUE else False if word in _FALSE else line


def _attest(value: Any) -> Any:
    return _yes_no(value) or None


def _lines(value: Any) -> Any:
    items = _text(value).split("\n") if isinstance(value, str) else value
    return _items(items)


def _items(value: Any) -> Any:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        return items
    return [item for item in map(_line, items) if item not in _NOTHING]


def _ids(value: Any) -> Any:
    items = _items(value)
    if not isinstance(items, list):
        return items
    return list({json.dumps(item, sort_keys=True): item for item in items}.values())


def _links(value: Any) -> Any:
    return _rows(value, _link)


def _people(value: Any) -> Any:
    return _rows(value, _person)


def _rows(value: Any, of_line: Callable[[str], dict[str, Any]]) -> Any:
    rows = _lines(value)
    if not isinstance(rows, list):
        return rows
    tables = [of_line(row) if isinstance(row, str) else row for row in rows]
    tables = [{**of_line(""), **_table(row)} if isinstance(row, dict) else row for row in tables]
    return [row for row in tables if not (isinstance(row, dict) and all(item in _NOTHING for item in row.values()))]


def _table(row: dict[str, Any]) -> dict[str, Any]:
    return {key: "" if value is None else _line(value) for key, value in row.items()}


def _link(line: str) -> dict[str, Any]:
    found = _URL.search(line)
    if not found:
        return {"name": "", "url": line}
    return {"name": line[: found.start()] + line[found.end() :], "url": found.group()}


def _person(line: str) -> dict[str, Any]:
    found = _NAMED_ADDRESS.fullmatch(line)
    return {"name": found[1], "email": found[2]} if found else {"name": "", "email": line}


_CLEANING: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _line,
    Kind.CHOICES: _ids,
    Kind.LINKS: _links,
    Kind.SKILLS: _ids,
    Kind.COMPONENTS: _ids,
    Kind.OUTCOMES: _lines,
    Kind.PEOPLE: _people,
    Kind.ATTACHMENT: _ids,
    Kind.ATTEST: _attest,
}
