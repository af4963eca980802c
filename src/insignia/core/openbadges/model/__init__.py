"""The words of Open Badges 3.0 as plain, frozen values (specification appendix B; VC Data Model 2.0).

Class and member names are the standard's, members in snake case. A value that breaks a MUST of the standard cannot be
made: its constructor raises `DocumentError`. How values look as JSON-LD is the business of `documents` alone.
"""

from .achievement import Achievement, Alignment, Criteria, Related, ResultDescription, RubricCriterionLevel
from .credential import (
    AchievementCredential,
    AchievementSubject,
    EndorsementCredential,
    EndorsementSubject,
    Evidence,
    Result,
)
from .profile import Address, EmbeddedEndorsement, GeoCoordinates, IdentifierEntry, IdentityObject, Image, Profile
from .services import CredentialSchema, CredentialStatus, RefreshService, TermsOfUse
from .status import BitstringStatusList, BitstringStatusListCredential, BitstringStatusListEntry, StatusMessage
from .vocabulary import AchievementType, AlignmentTargetType, IdentifierType, ResultStatusType, ResultType

__all__ = [
    "Achievement",
    "AchievementCredential",
    "AchievementSubject",
    "AchievementType",
    "Address",
    "Alignment",
    "AlignmentTargetType",
    "BitstringStatusList",
    "BitstringStatusListCredential",
    "BitstringStatusListEntry",
    "CredentialSchema",
    "CredentialStatus",
    "Criteria",
    "EmbeddedEndorsement",
    "EndorsementCredential",
    "EndorsementSubject",
    "Evidence",
    "GeoCoordinates",
    "IdentifierEntry",
    "IdentifierType",
    "IdentityObject",
    "Image",
    "Profile",
    "RefreshService",
    "Related",
    "Result",
    "ResultDescription",
    "ResultStatusType",
    "ResultType",
    "RubricCriterionLevel",
    "StatusMessage",
    "TermsOfUse",
]
