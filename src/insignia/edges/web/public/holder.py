"""Whom a credential names: only what was signed is shown, so that a private name stays private."""

from insignia.core.openbadges import AchievementCredential
from insignia.core.openbadges.model import IdentifierType


def name_of(credential: AchievementCredential | None) -> str:
    """The holder's name as it stands in the credential in clear; "" where it does not."""
    if credential is None:
        return ""
    for identity in credential.credential_subject.identifier:
        if identity.identity_type == IdentifierType.NAME and not identity.hashed:
            return identity.identity_hash
    return ""
