"""What other systems wrote down as Open Badges: a BadgeClass of 2.0 or an Achievement of 3.0 becomes content.

    for badge in read_badges(data): badge.content, badge.picture, badge.notes

Pure, and of no trust: whatever stands there, only texts of known members come through, cut to what we can keep; what was
not understood is noted. Nothing is fetched here. Where a badge came from stands in `content.extra["source"]`.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.openbadges import ob2, strict_json
from insignia.core.openbadges.errors import OpenBadgesError
from insignia.core.words import N_

from ..images import Note
from ..rules import Content, Link, SkillAlignment
from .columns import MOST_ROWS

MAX_BYTES = 3 * 1024 * 1024
_LONGEST_LINE, _LONGEST_ADDRESS = 200, 500
_MOST_SKILLS, _MOST_TAGS, _LONGEST_TAG = 50, 30, 60
_ADDRESS = re.compile(r"https?://[^\s\\<>\"{}|^`@]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMBEDDED = re.compile(r"data:image/(?:png|svg\+xml)(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)
_KINDS = {"BadgeClass": "Open Badges 2.0", "Achievement": "Open Badges 3.0"}
# Members that say nothing a badge of ours would lack.
_NEEDLESS = {
    "@context", "id", "type", "@type", "uid", "slug", "created_at", "createdAt", "createdBy", "entityId", "entityType",
    "openBadgeId", "issuerOpenBadgeId", "version",
}  # fmt: skip
_UNDERSTOOD = _NEEDLESS | {
    "name", "description", "criteria", "criteriaNarrative", "criteriaUrl", "image", "alignment", "alignments", "tag", "tags",
    "issuer", "creator", "inLanguage", "@language", "creditsAvailable", "achievementType",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture that a badge names: where it stands, or the file itself; `alt` is what it says about it."""

    address: str = ""
    data: bytes = b""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ForeignBadge:
    """One badge of another system, as it would be here."""

    number: int
    content: Content
    picture: Picture | None
    notes: tuple[Note, ...]


def read_badges(data: bytes | str, *, language: str) -> tuple[ForeignBadge, ...]:
    """Every badge in the JSON `data`; raises `Rejected` where it is none, or holds none, or too many."""
    try:
        document = strict_json.loads(data, max_bytes=MAX_BYTES)
    except OpenBadgesError as error:
        raise Rejected(error.message, code="json_unreadable", params=error.params) from error
    found = list(_badges_in(document, depth=0))
    if not found:
        raise _no_badge(document)
    if len(found) > MOST_ROWS:
        raise Rejected(
            N_("There are %(count)s badges in it; at most %(most)s are taken at once."),
            code="too_many_badges",
            params={"count": len(found), "most": MOST_ROWS},
        )
    return tuple(_Reader(badge, number, language).badge() for number, badge in enumerate(found, start=1))


def _badges_in(document: Any, *, depth: int) -> Iterator[Mapping[str, Any]]:
    """The badges themselves, one or several, in whatever the usual programs wrap around them."""
    if depth > 4:
        return
    if isinstance(document, list):
        for item in document:
            yield from _badges_in(item, depth=depth + 1)
    elif isinstance(document, dict):
        if _kind(document):
            yield document
            return
        subject = document.get("credentialSubject")
        inside = (subject.get("achievement") if isinstance(subject, dict) else None, document.get("badge"))
        for item in (*inside, document.get("result"), document.get("badgeclasses"), document.get("@graph")):
            if isinstance(item, dict | list):
                yield from _badges_in(item, depth=depth + 1)


def _kind(document: Mapping[str, Any]) -> str:
    said = document.get("type", document.get("@type", document.get("entityType")))
    return next((kind for kind in _KINDS if kind in (said if isinstance(said, list) else [said])), "")


def _no_badge(document: Any) -> Rejected:
    if isinstance(document, dict) and (ob2.recognises(document) or isinstance(document.get("badge"), str)):
        address = document.get("badge")
        if isinstance(address, str):
            return Rejected(
                N_("This is an award of somebody, not a badge. Give the address of its badge: %(address)s"),
                code="assertion",
                params={"address": address[:_LONGEST_ADDRESS]},
            )
    return Rejected(
        N_("There is no badge in it. We look for a BadgeClass (Open Badges 2.0) or an Achievement (3.0)."),
        code="no_badge",
    )


class _Reader:
    """One badge."""

    def __init__(self, said: Mapping[str, Any], number: int, language: str) -> None:
        self.said, self.number, self.language = said, number, language
        self.notes: list[Note] = []

    def badge(self) -> ForeignBadge:
        """Everything that could be understood, and notes about the rest."""
        kind = _kind(self.said)
        criteria, links = self._criteria()
        content = Content(
            name=self._text("name", _LONGEST_LINE, one_line=True),
            description=self._text("description", 5_000),
            criteria=criteria,
            links=links,
            skills=tuple(self._skills()),
            tags=tuple(self._tags()),
            language=self._language(),
            credits=self._credits(),
            extra={"source": self._source(kind)},
        )
        picture = self._picture()
        if not content.name:
            self._note(N_("It has no name."))
        if content.criteria == "":
            self._note(N_("It does not say what has to be done for it."))
        if unread := sorted(str(key)[:40] for key in self.said if key not in _UNDERSTOOD):
            self._note(N_("Not understood and left out: %(members)s."), members=", ".join(unread[:12]))
        return ForeignBadge(self.number, content, picture, tuple(self.notes))

    def _note(self, message: str, /, **params: object) -> None:
        note = Note(message, **params)
        if note not in self.notes:
            self.notes.append(note)

    def _text(self, member: str, limit: int, *, one_line: bool = False) -> str:
        return self._plain(self.said.get(member), member, limit, one_line=one_line)

    def _plain(self, value: Any, member: str, limit: int, *, one_line: bool = False) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self._note(N_("“%(member)s” is no text and was left out."), member=member)
            return ""
        text = _seen(value)
        text = " ".join(text.split()) if one_line else text.strip()
        if len(text) > limit:
            self._note(N_("“%(member)s” has more than %(limit)s characters and was cut."), member=member, limit=limit)
        return text[:limit].rstrip()

    def _address(self, value: Any, member: str) -> str:
        if value in (None, ""):
            return ""
        if isinstance(value, str) and len(value) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(value.strip()):
            return value.strip()
        self._note(N_("“%(member)s” holds something that is no address of a page; it was left out."), member=member)
        return ""

    def _criteria(self) -> tuple[str, tuple[Link, ...]]:
        """The text, and the address of a page about it: in 2.0 and 3.0 together or alone, in older files the address only."""
        said = self.said.get("criteria")
        narrative, address = self.said.get("criteriaNarrative"), self.said.get("criteriaUrl")
        if isinstance(said, dict):
            narrative, address = said.get("narrative", narrative), said.get("id", address)
        elif isinstance(said, str) and _ADDRESS.fullmatch(said.strip()):
            address = said
        elif said is not None:
            narrative = said
        text = self._plain(narrative, "criteria", 10_000)
        page = self._address(address, "criteria")
        if page and not text:
            self._note(N_("Its criteria stand on another page only. Write them into the badge: pages go away."))
            text = f"<{page}>"
        return text, (Link("Criteria", page),) if page else ()

    def _skills(self) -> Iterator[SkillAlignment]:
        said = [*_listed(self.said.get("alignment")), *_listed(self.said.get("alignments"))]
        for item in said[:_MOST_SKILLS]:
            if not isinstance(item, dict):
                self._note(N_("An alignment could not be read and was left out."))
                continue
            url = self._address(item.get("targetUrl", item.get("url")), "alignment")
            name = self._plain(item.get("targetName", item.get("name")), "alignment", _LONGEST_LINE, one_line=True)
            if not url or not name:
                self._note(N_("An alignment without a name and an address was left out."))
                continue
            kind = self._plain(item.get("targetType"), "targetType", 60, one_line=True)
            yield SkillAlignment(
                name=name,
                url=url,
                code=self._plain(item.get("targetCode"), "targetCode", 120, one_line=True),
                framework=self._plain(item.get("targetFramework"), "targetFramework", _LONGEST_LINE, one_line=True),
                description=self._plain(
                    item.get("targetDescription", item.get("description")), "targetDescription", 1_000
                ),
                target_type=kind if kind.replace(":", "").isalnum() else "CFItem",
            )
        if len(said) > _MOST_SKILLS:
            self._note(N_("Of its alignments the first %(most)s were taken."), most=_MOST_SKILLS)

    def _tags(self) -> Iterable[str]:
        said = [*_listed(self.said.get("tag")), *_listed(self.said.get("tags"))]
        tags = [self._plain(tag, "tag", _LONGEST_TAG, one_line=True) for tag in said[:_MOST_TAGS]]
        return dict.fromkeys(tag for tag in tags if tag)

    def _language(self) -> str:
        said = self.said.get("inLanguage", self.said.get("@language"))
        if isinstance(said, str) and _LANGUAGE.fullmatch(said) and len(said) <= 20:
            return said
        if said is not None:
            self._note(N_("“%(member)s” was left out."), member="inLanguage")
        return self.language

    def _credits(self) -> float:
        said = self.said.get("creditsAvailable")
        if isinstance(said, int | float) and not isinstance(said, bool) and 0 <= said <= 999:
            return round(float(said), 2)
        if said is not None:
            self._note(N_("“%(member)s” was left out."), member="creditsAvailable")
        return 0

    def _source(self, kind: str) -> dict[str, str]:
        """Where it came from. The level gives its type here, so the one it had is kept with the rest of its past."""
        maker = self.said.get("issuer", self.said.get("creator"))
        who = maker if isinstance(maker, dict) else {"id": maker}
        found = {
            "id": self._plain(self.said.get("id", self.said.get("openBadgeId")), "id", _LONGEST_ADDRESS, one_line=True),
            "standard": _KINDS[kind],
            "issuer": self._plain(who.get("id"), "issuer", _LONGEST_ADDRESS, one_line=True),
            "issuer_name": self._plain(who.get("name"), "issuer", _LONGEST_LINE, one_line=True),
            "achievement_type": self._plain(self.said.get("achievementType"), "achievementType", 60, one_line=True),
        }
        return {name: value for name, value in found.items() if value}

    def _picture(self) -> Picture | None:
        said = self.said.get("image")
        if said in (None, ""):
            return None
        where, alt = (said.get("id"), said.get("caption")) if isinstance(said, dict) else (said, None)
        words = self._plain(alt, "image", 300, one_line=True)
        if isinstance(where, str) and where[:5].lower() == "data:":
            data = _embedded(where)
            if data:
                return Picture(data=data, alt=words)
            self._note(N_("Its picture is neither PNG nor SVG, or damaged, and was left out."))
            return None
        address = self._address(where, "image")
        return Picture(address=address, alt=words) if address else None


def _embedded(address: str) -> bytes:
    found = _EMBEDDED.fullmatch(address)
    if found is None or not found[1]:
        return b""
    try:
        return base64.b64decode(found[2], validate=True)
    except (binascii.Error, ValueError):
        return b""


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _seen(text: str) -> str:
    """The text without what nobody sees: controls, overrides of direction, and what no database keeps."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t\u200c\u200d" or unicodedata.category(c)[0] != "C")
