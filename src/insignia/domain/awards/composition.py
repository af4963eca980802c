"""An award as the document that will be signed: rows in, a plain value of the core out."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from insignia.core.openbadges import documents
from insignia.core.openbadges.model import (
    AchievementCredential,
    AchievementSubject,
    BitstringStatusListEntry,
    EmbeddedEndorsement,
    Evidence,
    IdentifierType,
    IdentityObject,
    Image,
    Profile,
)
from insignia.domain.catalog import composition as catalog
from insignia.domain.credentials.actions import Slot
from insignia.domain.institutions.models import Institution

from . import rules
from .models import Award, Recipient


def compose(
    award: Award, slot: Slot, *, public_url: str, endorsements: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The unsigned credential of `award` in `slot` as a JSON-LD document (decisions: what a signed credential says).

    `award` comes with its recipient, version, image, achievement (issuer, level, institution) and prefetched evidence.
    `endorsements` are the signed ones to embed, by the `achievement.id` that they endorse.
    """
    institution = award.achievement.institution
    achievement = catalog.achievement(award.version, variant=award.variant, image=award.image)
    if endorsement := endorsements.get(achievement.id):
        achievement = replace(achievement, endorsement=(EmbeddedEndorsement(endorsement),))
    credential = AchievementCredential(
        id=f"{public_url}/c/{slot.public_id}",
        name=achievement.name,
        description=achievement.description,
        image=Image(id=award.image.png_url, caption=award.image.alt),
        issuer=catalog.profile(slot.issuer),
        valid_from=slot.valid_from,
        valid_until=_valid_until(award, institution.zone),
        awarded_date=rules.awarded_moment(award.awarded_on, institution.zone),
        credential_subject=AchievementSubject(
            id=award.subject_id,
            identifier=tuple(_identity(award.recipient, institution)),
            achievement=achievement,
            narrative="\n\n".join(part for part in (award.period, award.narrative) if part),
            credits_earned=award.version.content.credits or None,
            source=_verifier(award),
        ),
        evidence=tuple(
            Evidence(id=item.url, name=item.name, narrative=item.narrative, genre=item.genre)
            for item in award.evidence.all()
            if item.shared
        ),
        credential_status=(BitstringStatusListEntry.at(slot.status_list.url, slot.status_index),),
    )
    return documents.to_document(credential)


def _identity(recipient: Recipient, institution: Institution) -> list[IdentityObject]:
    salt = secrets.token_hex(16)
    identity = [
        IdentityObject(
            hashed=True,
            identity_hash=documents.identity_hash(recipient.email, salt),
            identity_type=IdentifierType.EMAIL_ADDRESS,
            salt=salt,
        )
    ]
    if institution.policy("name_in_credential") and rules.is_adult(recipient.age_band):
        identity.append(IdentityObject(hashed=False, identity_hash=recipient.name, identity_type=IdentifierType.NAME))
    return identity


def _verifier(award: Award) -> Profile | None:
    """Who assessed (OB 3.0 `source`): the Grantor by name, under an id that says nothing else about them."""
    if award.verified_by is None:
        return None
    return Profile(id=uuid.uuid5(uuid.NAMESPACE_URL, award.verified_by.public_id).urn, name=award.verified_by_name)


def _valid_until(award: Award, zone: str) -> datetime | None:
    if award.expires_on is None:
        return None
    return datetime.combine(award.expires_on + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)
