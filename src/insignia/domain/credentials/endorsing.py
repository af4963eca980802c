"""What the institution says of a version that its bodies approved: composed, signed once, kept, and found again.

An endorsement is an issued credential like any other: its bytes never change, and its status stands in the same lists.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import formats, translation
from django.utils.translation import gettext

from insignia.core.errors import NotFound
from insignia.core.openbadges import documents as standard
from insignia.core.openbadges.model import BitstringStatusListEntry, EndorsementCredential, EndorsementSubject
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import composition as catalog
from insignia.domain.catalog.models import AchievementVersion
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.bus import publish

from . import actions, keys, queries, signing
from .actions import Slot
from .events import VersionEndorsed
from .models import Endorsement, IssuedCredential, SigningKey

# What a compromised key signed proves nothing any more: it is neither shown nor embedded, and signed anew.
_TRUSTED = (SigningKey.State.ACTIVE, SigningKey.State.RETIRED)
_WITH = ("achievement__issuer", "achievement__institution", "achievement__unit")


# --- What there is
def by_public_id(public_id: str) -> Endorsement:
    """The signed endorsement with this id, in whatever institution; raises `NotFound`."""
    found = _signed(Endorsement.across_institutions.all()).filter(credential__public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such endorsement here."))
    return found


def about(achievement_id: str) -> Endorsement | None:
    """The endorsement of what has this Open Badges `achievement.id`, if there is one that holds."""
    return _holding(Endorsement.across_institutions.all()).filter(about=achievement_id).order_by("pk").last()


def documents_about(achievement_ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """The signed endorsements of many achievements at once, by the `achievement.id` that they endorse."""
    rows = _holding(Endorsement.objects.all()).filter(about__in=set(achievement_ids)).order_by("pk")
    return {row.about: document for row in rows for document in queries.documents([row.credential])}


def _signed(rows: QuerySet[Endorsement]) -> QuerySet[Endorsement]:
    return rows.filter(credential__state=IssuedCredential.State.SIGNED).select_related(
        "credential__issuer", *(f"version__{place}" for place in _WITH)
    )


def _holding(rows: QuerySet[Endorsement]) -> QuerySet[Endorsement]:
    return _signed(rows).filter(credential__key__state__in=_TRUSTED)


def due(versions: Collection[int]) -> list[AchievementVersion]:
    """Those of the versions with these keys that were approved here and whose endorsement is not signed yet."""
    approved = AchievementVersion.objects.filter(pk__in=versions, frozen_at__isnull=False).exclude(approvals_data=[])
    found = list(approved.select_related(*_WITH))
    if not found:
        return []
    there = _holding(Endorsement.objects.all()).filter(version__in=found).values_list("about", flat=True)
    return [version for version in found if not _subjects(version) <= set(there)]


def _subjects(version: AchievementVersion) -> set[str]:
    variants = (STANDARD, *version.content.variants)
    return {catalog.achievement_id(version, variant) for variant in variants}


# --- Reserve, compute, settle
def endorse(version: AchievementVersion) -> None:
    """Sign the institution's endorsement of an approved version, one a variant. Safe to run again.

    Raises `Unavailable` where the institution's issuer has no key that signs.
    """
    _reserve(version.pk)
    _settle(version, _compute(version.pk))


@transaction.atomic
def _reserve(pk: int) -> None:
    # Held, so that two workers do not both find it lacking.
    version = AchievementVersion.objects.select_for_update(of=("self",)).select_related(*_WITH).get(pk=pk)
    if version.frozen_at is None or not version.approvals:
        return
    there = Endorsement.objects.filter(version=version, credential__key__state__in=_TRUSTED)
    lacking = sorted(_subjects(version) - set(there.values_list("about", flat=True)))
    if not lacking:
        return
    slots = actions.reserve(issuer=institutions.issuer_of(None), count=len(lacking))
    written = actions.record([(slot, compose(version, of, slot)) for of, slot in zip(lacking, slots, strict=True)])
    Endorsement.objects.bulk_create(
        Endorsement(institution_id=version.institution_id, credential=row, version=version, about=of)
        for of, row in zip(lacking, written, strict=True)
    )


def _compute(pk: int) -> dict[int, bytes]:
    waiting = Endorsement.objects.filter(
        version=pk, credential__state=IssuedCredential.State.RESERVED, credential__key__state__in=_TRUSTED
    )
    return {
        row.credential_id: signing.sign(row.credential, row.credential.key, private=keys.unseal(row.credential.key))
        for row in waiting.select_related("credential__key__issuer")
    }


@transaction.atomic
def _settle(version: AchievementVersion, signed: Mapping[int, bytes]) -> None:
    settled = actions.settle(signed)
    if not settled:
        return
    ids = IssuedCredential.objects.filter(pk__in=settled).order_by("pk").values_list("public_id", flat=True)
    achievement = version.achievement.public_id
    publish(
        VersionEndorsed(achievement=achievement, number=version.number, endorsements=tuple(ids)),
        by=SYSTEM,
        subject=("achievement", achievement),
    )


# --- What it says
def compose(version: AchievementVersion, of: str, slot: Slot) -> dict[str, Any]:
    """The unsigned endorsement of the achievement `of` in `slot` as a JSON-LD document, in the badge's own language."""
    last = version.approvals[-1]
    with translation.override(version.content.language):
        return standard.to_document(
            EndorsementCredential(
                id=f"{settings.PUBLIC_URL}/e/{slot.public_id}",
                name=gettext("Endorsement of “%(name)s”") % {"name": version.content.name},
                issuer=catalog.profile(slot.issuer),
                valid_from=slot.valid_from,
                awarded_date=_midnight(last.on, version.achievement.institution.zone),
                credential_subject=EndorsementSubject(id=of, endorsement_comment=_comment(version)),
                credential_status=(BitstringStatusListEntry.at(slot.status_list.url, slot.status_index),),
            )
        )


def _comment(version: AchievementVersion) -> str:
    words = {"number": version.number, "name": version.content.name}
    return "\n".join([gettext("Version %(number)s of “%(name)s” was approved by:") % words, "", *_lines(version)])


def _lines(version: AchievementVersion) -> Iterable[str]:
    for approval in version.approvals:
        yield f"- {approval.body}, {formats.date_format(approval.on, 'j F Y')}"


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)
