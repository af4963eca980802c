"""Lay a hash chain over the journal, so that a changed, added or dropped entry shows.

Publishers never wait for it: every few seconds, and before each backup, a seal is laid over the entries since the one
before. It keeps one leaf for each entry (its key and the sha256 of its fields), and its digest covers the leaves, its
range, its time and the digest of its predecessor. Whoever can rewrite the whole chain can still be caught by `head()`
written down somewhere else; a backup's manifest carries it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max

from insignia.domain.ground import clock, failpoints
from insignia.domain.journal import periodic
from insignia.domain.journal.bus import PUBLISHING_LOCK
from insignia.domain.journal.models import Entry, Seal

BEGINNING = "0" * 64
MOST = 2000
"""Entries under one seal at most: what one pass reads."""
LEAF = 8 + 32


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold: which seal, and which entry where one can be named."""

    seal: int
    entry: int | None
    what: str


@periodic.every(5, name="journal.seal", patience=60)
def seal() -> int:
    """Seal every committed entry that is not sealed yet; how many were sealed. Safe to run in several workers."""
    horizon = _horizon()
    sealed = 0
    while horizon is not None and (link := _next_link(horizon)) is not None:
        try:
            with transaction.atomic():
                link.save(force_insert=True)
                failpoints.reach("journal.seal.before_commit")
        except IntegrityError:
            break  # another worker laid the same link first: `previous` is unique
        sealed += link.count
    return sealed


def head() -> str:
    """The digest of the last seal: it stands for the whole journal up to there."""
    return Seal.objects.order_by("-last").values_list("digest", flat=True).first() or BEGINNING


def unsealed() -> int:
    """How many entries no seal covers yet."""
    return Entry.objects.filter(pk__gt=_end()).count()


def verify_chain() -> Broken | None:
    """Recompute every seal from its entries: the first thing that is not as it was sealed, or None."""
    previous, end = BEGINNING, 0
    for link in Seal.objects.order_by("last").iterator(chunk_size=100):
        if link.previous != previous or link.first != end + 1 or _digest(link) != link.digest:
            return Broken(link.pk, None, "this seal is not the one that was laid after the seal before it")
        if (broken := _first_difference(link)) is not None:
            return broken
        previous, end = link.digest, link.last
    return None


def _first_difference(link: Seal) -> Broken | None:
    sealed = dict(_leaves(bytes(link.leaves)))
    found = {entry.pk: _fingerprint(entry) for entry in Entry.objects.filter(pk__range=(link.first, link.last))}
    for key in sorted(sealed.keys() | found.keys()):
        if key not in found:
            return Broken(link.pk, key, "this entry was sealed and is gone")
        if key not in sealed:
            return Broken(link.pk, key, "this entry was added among sealed ones")
        if sealed[key] != found[key]:
            return Broken(link.pk, key, "this entry is not what was sealed")
    return None


def _horizon() -> int | None:
    """The key up to which every entry is committed or will never be; None when that cannot be told just now.

    SQLite writes one transaction after the other. PostgreSQL gives keys before it commits: publishers hold a lock
    together, and once it could be had alone for a moment, nobody with a lower key is under way. It is not waited for
    long, because newcomers queue behind whoever waits.
    """
    if connection.vendor == "postgresql":
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
                return _last_entry()
        except OperationalError:
            return None
    return _last_entry()


def _last_entry() -> int:
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def _end() -> int:
    return Seal.objects.aggregate(end=Max("last"))["end"] or 0


def _next_link(horizon: int) -> Seal | None:
    previous = Seal.objects.order_by("-last").first()
    end = previous.last if previous else 0
    entries = list(Entry.objects.filter(pk__gt=end, pk__lte=horizon).order_by("pk")[:MOST])
    if not entries:
        return None
    link = Seal(
        first=end + 1,
        last=entries[-1].pk,
        count=len(entries),
        previous=previous.digest if previous else BEGINNING,
        leaves=_pack(entries),
        at=clock.now(),
    )
    link.digest = _digest(link)
    return link


def _pack(entries: Sequence[Entry]) -> bytes:
    return b"".join(entry.pk.to_bytes(8, "big") + _fingerprint(entry) for entry in entries)


def _leaves(packed: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(packed), LEAF):
        yield int.from_bytes(packed[start : start + 8], "big"), packed[start + 8 : start + LEAF]


def _fingerprint(entry: Entry) -> bytes:
    fields = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    fields["at"] = entry.at.isoformat()
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).digest()


def _digest(link: Seal) -> str:
    said = f"{link.previous} {link.first} {link.last} {link.count} {link.at.isoformat()} ".encode()
    return hashlib.sha256(said + bytes(link.leaves)).hexdigest()
