"""The mail that the demonstration caught: kept in a small SQLite file of its own, read for its pages.

    messages(words) -> list[Summary]      message(number) -> Mail      keep(...)      count()

What is shown of a mail is made harmless: no style, no script, nothing fetched; its pictures travel in the page itself.
"""

import base64
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from insignia.core.errors import NotFound
from insignia.core.words import N_

FILE = "inbox.sqlite3"
MOST = 500
"""How many mails are listed at most, the newest."""

_TABLE = """
CREATE TABLE IF NOT EXISTS mail (
    number INTEGER PRIMARY KEY AUTOINCREMENT, received_at TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL,
    subject TEXT NOT NULL, content BLOB NOT NULL
)
"""
_TAGS = {"a", "b", "br", "div", "em", "h1", "h2", "h3", "hr", "i", "img", "li", "ol", "p", "pre", "strong", "ul"}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width"}}
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})


@dataclass(frozen=True, slots=True)
class Summary:
    """A mail in the list. `to` is the envelope's recipients; `sender` its return path."""

    number: int
    received_at: datetime
    sender: str
    to: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, opened: its headers as people read them, both parts, the pages of ours that it leads to."""

    summary: Summary
    headers: Mapping[str, str]
    text: str
    html: SafeString
    links: tuple[str, ...]
    pictures: Mapping[str, bytes] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def number(self) -> int:
        return self.summary.number

    @property
    def subject(self) -> str:
        return self.summary.subject


def keep(*, sender: str, recipients: Sequence[str], content: bytes) -> int:
    """Put a mail into the file; gives its number."""
    message = _parsed(content)
    row = (datetime.now(UTC).isoformat(), sender, " ".join(recipients), str(message["Subject"] or ""), content)
    with _file() as file:
        put = file.execute(
            "INSERT INTO mail (received_at, sender, recipients, subject, content) VALUES (?, ?, ?, ?, ?)", row
        )
        file.commit()
        return int(put.lastrowid or 0)


def messages(words: str = "") -> list[Summary]:
    """The mails, the newest first; those whose subject or recipients contain all of `words`."""
    where, values = ["1 = 1"], []
    for word in words.split()[:10]:
        where.append(r"(subject LIKE ? ESCAPE '\' OR recipients LIKE ? ESCAPE '\')")
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
        values += [pattern, pattern]
    with _file() as file:
        rows = file.execute(
            "SELECT number, received_at, sender, recipients, subject FROM mail "  # noqa: S608 - our own constants
            f"WHERE {' AND '.join(where)} ORDER BY number DESC LIMIT {MOST}",
            values,
        ).fetchall()
    return [_summary(row) for row in rows]


def message(number: int) -> Mail:
    """One mail; raises `NotFound`."""
    with _file() as file:
        row = file.execute(
            "SELECT number, received_at, sender, recipients, subject, content FROM mail WHERE number = ?", [number]
        ).fetchone()
    if row is None:
        raise NotFound(N_("There is no such mail here."))
    content = bytes(row[5])
    opened = _parsed(content)
    pictures = dict(_pictures(opened))
    text = _part(opened, "plain")
    page = _part(opened, "html")
    return Mail(
        summary=_summary(row[:5]),
        headers={name: str(opened[name]) for name in ("From", "To", "Reply-To", "Date", "Message-ID") if opened[name]},
        text=text,
        html=harmless(page, pictures),
        links=_own_links(text or nh3.clean(page, tags=set())),
        pictures={name: data for name, (_kind, data) in pictures.items()},
        content=content,
    )


def count() -> int:
    """How many mails were caught."""
    with _file() as file:
        return int(file.execute("SELECT count(*) FROM mail").fetchone()[0])


def harmless(html: str, pictures: Mapping[str, tuple[str, bytes]]) -> SafeString:
    """`html` without style, script and anything fetched; pictures that travelled in the mail are put into the page."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("img", "src"):
            return value
        kind, data = pictures.get(value.removeprefix("cid:"), ("", b""))
        return f"data:{kind};base64,{base64.b64encode(data).decode()}" if data else None

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        clean_content_tags={"script", "style", "title"},
        url_schemes={"http", "https", "mailto", "cid", "data"},
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(clean)


def _own_links(text: str) -> tuple[str, ...]:
    """The addresses of this demonstration that a mail leads to, in their order: what a newcomer clicks."""
    own = urlsplit(settings.PUBLIC_URL).netloc
    found = (link.rstrip(".,;") for link in _LINK.findall(text))
    return tuple(dict.fromkeys(link for link in found if urlsplit(link).netloc == own))


def _pictures(opened: EmailMessage) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for part in opened.walk():
        if part.get_content_type() in _PICTURES and part["Content-ID"]:
            data = part.get_payload(decode=True)
            yield str(part["Content-ID"]).strip("<> "), (part.get_content_type(), bytes(data))


def _part(opened: EmailMessage, kind: str) -> str:
    part = opened.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return ""


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def _summary(row: Sequence[object]) -> Summary:
    number, received_at, sender, recipients, subject = row
    return Summary(
        int(str(number)),
        datetime.fromisoformat(str(received_at)),
        str(sender),
        tuple(str(recipients).split()),
        str(subject),
    )


@contextmanager
def _file() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(Path(settings.DATA_FOLDER) / FILE, timeout=20)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute(_TABLE)
        yield file
