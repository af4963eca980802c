"""Who earned what, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..errors import N_
from . import checks
from .achievement import Achievement, Alignment
from .profile import EmbeddedEndorsement, IdentityObject, Image, Profile
from .services import CredentialSchema, CredentialStatus, RefreshService, TermsOfUse
from .status import BitstringStatusListEntry
from .vocabulary import ResultStatusType, ResultType


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was shown: a page or file (`id`), a Markdown text (`narrative`), or both."""

    id: str = ""
    narrative: str = ""
    name: str = ""
    description: str = ""
    genre: str = ""
    audience: str = ""
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One measured outcome; `result_description` and `achieved_level` are ids in the achievement, `value` is text."""

    achieved_level: str = ""
    result_description: str = ""
    status: ResultStatusType | None = None
    value: str = ""
    alignment: tuple[Alignment, ...] = ()
    extra_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementSubject:
    """The earner, by `id` or `identifier` or both, and what they earned. `source` is who assessed."""

    achievement: Achievement
    id: str = ""
    identifier: tuple[IdentityObject, ...] = ()
    activity_start_date: datetime | None = None
    activity_end_date: datetime | None = None
    credits_earned: float | None = None
    image: Image | None = None
    license_number: str = ""
    narrative: str = ""
    result: tuple[Result, ...] = ()
    role: str = ""
    source: Profile | None = None
    term: str = ""
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.absolute(self, "id")
        checks.zoned(self, "activity_start_date", "activity_end_date")
        checks.finite(self, "credits_earned")
        if not self.id and not self.identifier:
            raise checks.refuse(self, "nobody_named", N_("The subject needs an id or an identifier."))
        self._refuse_loose_results()

    def _refuse_loose_results(self) -> None:
        """What a result points to must be in the achievement that is asserted (Open Badges 3.0, Result)."""
        described = {item.id: item for item in self.achievement.result_description}
        levels = {level.id for item in self.achievement.result_description for level in item.rubric_criterion_level}
        for result in self.result:
            if result.achieved_level and result.achieved_level not in levels:
                raise checks.refuse(self, "loose_level", N_("A result names a level that the achievement lacks."))
            if not result.result_description:
                continue
            if result.result_description not in described:
                raise checks.refuse(
                    self, "loose_result", N_("A result names a result description that the achievement lacks.")
                )
            if described[result.result_description].result_type == ResultType.STATUS and result.status is None:
                raise checks.refuse(self, "status_missing", N_("A result described as a status needs a status."))


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementCredential:
    """The statement that one earner earned one achievement (= OpenBadgeCredential).

    `awarded_date` is the day of the award; `valid_from` moves when the credential is issued anew. Several statuses are
    allowed by W3C but only one by the Open Badges schema. `proof` holds proofs as they stand in the document.
    """

    id: str
    credential_subject: AchievementSubject
    issuer: Profile
    valid_from: datetime
    name: str = ""
    description: str = ""
    image: Image | None = None
    awarded_date: datetime | None = None
    valid_until: datetime | None = None
    endorsement: tuple[EmbeddedEndorsement, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    credential_schema: tuple[CredentialSchema, ...] = ()
    credential_status: tuple[BitstringStatusListEntry | CredentialStatus, ...] = ()
    refresh_service: RefreshService | None = None
    terms_of_use: tuple[TermsOfUse, ...] = ()
    proof: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")
        checks.zoned(self, "valid_from", "valid_until", "awarded_date")
        checks.in_order(self, self.valid_from, self.valid_until)
        checks.tokens(self, self.endorsement_jwt)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsementSubject:
    """What is endorsed (`id` of a profile, achievement or credential) and a Markdown comment."""

    id: str
    endorsement_comment: str = ""
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsementCredential:
    """A signed statement about a profile, an achievement or a credential."""

    id: str
    name: str
    credential_subject: EndorsementSubject
    issuer: Profile
    valid_from: datetime
    description: str = ""
    awarded_date: datetime | None = None
    valid_until: datetime | None = None
    credential_schema: tuple[CredentialSchema, ...] = ()
    credential_status: tuple[BitstringStatusListEntry | CredentialStatus, ...] = ()
    refresh_service: RefreshService | None = None
    terms_of_use: tuple[TermsOfUse, ...] = ()
    proof: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")
        checks.zoned(self, "valid_from", "valid_until", "awarded_date")
        checks.in_order(self, self.valid_from, self.valid_until)
