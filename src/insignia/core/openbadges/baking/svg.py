"""Badges in SVG: one element of the Open Badges namespace in `<svg>`, with the JSON as CDATA or the JWS in `verify`.

The XML parser is asked only where the elements stand; written are the file's own bytes with ours spliced in. Nothing
outside the file is ever loaded, and a file that declares entities is refused, so that it cannot grow while being read.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from .. import strict_json
from ..errors import N_, BakingError, OpenBadgesError
from .picture import MAX_PAYLOAD_BYTES, damaged, not_a_picture, the_one, too_large_payload

ELEMENT = ("https://purl.imsglobal.org/ob/v3p0", "credential")
# Open Badges 2.0
OLDER_ELEMENT = ("http://openbadges.org", "assertion")
ROOT = ("http://www.w3.org/2000/svg", "svg")

_PREFIX = "openbadges"
_DECLARATION = f' xmlns:{_PREFIX}="{ELEMENT[0]}"'.encode()
_COMPACT_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+", re.ASCII)
# XML 1.0 has no way to write these; a JSON text has: as escapes. The same goes for `]]>`, which would end the CDATA.
_NOT_IN_CDATA = re.compile("[\ufffe\uffff]|(?<=]])>")
_TAG = re.compile(rb"<([^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_xml(image: bytes) -> bool:
    """Whether the file begins as XML does; what it is, the parser will say."""
    start = image[:1024]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def bake(image: bytes, payload: str) -> bytes:
    """The drawing with the payload as first child of `<svg>`, in place of any other; other bytes stay as they are."""
    seen = _read(image)
    if seen.encoding.lower() != "utf-8" or image.startswith(_MARKS[1:]):
        raise BakingError(N_("Only an SVG saved as UTF-8 can hold a badge."), code="not_utf8")
    kept = _without(image, seen.current)
    tag = _TAG.match(kept, seen.root_at)
    if tag is None:
        raise damaged(N_("The SVG is damaged: it is not well-formed XML."))
    declared = seen.prefixes.get(_PREFIX)
    # A file that holds an Open Badges 2.0 assertion uses the prefix for another namespace: then ours declares its own.
    element = _element(payload, b"" if declared in (None, ELEMENT[0]) else _DECLARATION)
    opened = tag[0].removesuffix(b"/>").removesuffix(b">") + (_DECLARATION if declared is None else b"") + b">"
    closed = b"</" + tag[1] + b">" if tag[0].endswith(b"/>") else b""
    return b"".join((kept[: tag.start()], opened, element, closed, kept[tag.end() :]))


def unbake(image: bytes) -> str:
    """The text of the one credential in the drawing, else of the one Open Badges 2.0 assertion."""
    seen = _read(image)
    return the_one([found.content() for found in seen.current], [found.content() for found in seen.older])


def _element(payload: str, declaration: bytes) -> bytes:
    name = f"{_PREFIX}:{ELEMENT[1]}".encode()
    if _COMPACT_JWS.fullmatch(payload):
        return b"<" + name + declaration + b' verify="' + payload.encode() + b'"/>'
    try:
        document = strict_json.loads(payload)
    except OpenBadgesError as error:
        raise _neither_json_nor_jws() from error
    if not isinstance(document, dict):
        raise _neither_json_nor_jws()
    text = _NOT_IN_CDATA.sub(lambda found: f"\\u{ord(found[0]):04x}", payload).encode()
    if len(text) > MAX_PAYLOAD_BYTES:
        raise too_large_payload()
    return b"<" + name + declaration + b"><![CDATA[" + text + b"]]></" + name + b">"


def _neither_json_nor_jws() -> BakingError:
    return BakingError(N_("An SVG holds a credential as a JSON object or as a signed token."), code="not_a_credential")


@dataclass(slots=True)
class _Found:
    """An element that holds a badge, and where it stands in the file."""

    start: int
    verify: str
    end: int = 0
    text: list[str] = field(default_factory=list)

    def content(self) -> str:
        return self.verify or "".join(self.text).strip()


@dataclass(slots=True)
class _Seen:
    """What one walk over the file found."""

    root_at: int = -1
    encoding: str = "utf-8"
    prefixes: dict[str | None, str | None] = field(default_factory=dict)
    current: list[_Found] = field(default_factory=list)
    older: list[_Found] = field(default_factory=list)


def _without(image: bytes, elements: list[_Found]) -> bytes:
    parts, at = [], 0
    for element in elements:
        parts.append(image[at : element.start])
        at = element.end
    return b"".join((*parts, image[at:]))


def _read(image: bytes) -> _Seen:
    walk = _Walk(image)
    try:
        walk.parser.Parse(image, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(N_("The SVG is damaged: it is not well-formed XML.")) from error
    return walk.seen


class _Walk:
    """One pass of the parser. Elements are found wherever they stand, since a second one anywhere is one too many."""

    def __init__(self, image: bytes) -> None:
        self.image = image
        self.seen = _Seen()
        self.inside: _Found | None = None
        self.depth = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self.declared
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.refused
        parser.SkippedEntityHandler = self.refused
        parser.StartNamespaceDeclHandler = self.namespace
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.seen.encoding = encoding or "utf-8"

    def doctype(self, name: str, system_id: str | None, public_id: str | None, has_internal_subset: int) -> None:
        """A bare reference to the SVG DTD is common, harmless and never followed."""
        if has_internal_subset:
            self.refused()

    def refused(self, *_: object) -> None:
        raise BakingError(N_("The SVG defines or uses entities, which badges may not."), code="entities")

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        if self.seen.root_at < 0:
            self.seen.prefixes[prefix] = uri

    def start(self, name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(" ")
        if self.seen.root_at < 0:
            if (uri, local) != ROOT:
                raise not_a_picture()
            self.seen.root_at = self.parser.CurrentByteIndex
        if self.inside is not None:
            self.depth += 1
            return
        lists = {ELEMENT: self.seen.current, OLDER_ELEMENT: self.seen.older}
        if (uri, local) in lists:
            self.inside = _Found(self.parser.CurrentByteIndex, attributes.get("verify", ""))
            lists[uri, local].append(self.inside)

    def end(self, name: str) -> None:
        if self.inside is None:
            return
        if self.depth:
            self.depth -= 1
            return
        opening = _TAG.match(self.image, self.inside.start)
        if opening is not None and opening[0].endswith(b"/>"):
            self.inside.end = opening.end()
        else:
            self.inside.end = self.image.find(b">", self.parser.CurrentByteIndex) + 1
        self.inside = None

    def characters(self, text: str) -> None:
        if self.inside is not None and not self.depth:
            self.inside.text.append(text)
