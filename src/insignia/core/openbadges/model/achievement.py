"""What can be earned."""

from dataclasses import dataclass

from ..errors import N_
from . import checks
from .profile import EmbeddedEndorsement, IdentifierEntry, Image, Profile
from .vocabulary import AchievementType, AlignmentTargetType, ResultType


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """How the achievement is earned: a page (`id`), a Markdown text (`narrative`), or both."""

    id: str = ""
    narrative: str = ""

    def __post_init__(self) -> None:
        checks.absolute(self, "id")
        if not self.id and not self.narrative:
            raise checks.refuse(self, "criteria_empty", N_("Criteria need a text or the address of a page."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Where something stands in a framework of skills, a catalogue or a registry."""

    target_name: str
    target_url: str
    target_code: str = ""
    target_description: str = ""
    target_framework: str = ""
    target_type: AlignmentTargetType | str = ""
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "target_url")
        checks.known(self, {"target_type": AlignmentTargetType})


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another achievement that belongs to this one: an earlier version, another language, an Open Badges 2.0 twin."""

    id: str
    in_language: str = ""
    version: str = ""
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")
        checks.language(self, self.in_language)


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricCriterionLevel:
    """One level of one rubric criterion; `points` is a text in the standard."""

    id: str
    name: str
    level: str = ""
    points: str = ""
    description: str = ""
    alignment: tuple[Alignment, ...] = ()
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDescription:
    """One thing that is measured, and how. Allowed values and levels run from low to high."""

    id: str
    name: str
    result_type: ResultType | str
    allowed_value: tuple[str, ...] = ()
    required_level: str = ""
    required_value: str = ""
    rubric_criterion_level: tuple[RubricCriterionLevel, ...] = ()
    value_min: str = ""
    value_max: str = ""
    alignment: tuple[Alignment, ...] = ()
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id", "result_type")
        checks.absolute(self, "id")
        checks.known(self, {"result_type": ResultType})


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What can be earned: its name, what it stands for and how it is earned."""

    id: str
    name: str
    description: str
    criteria: Criteria
    achievement_type: AchievementType | str = ""
    alignment: tuple[Alignment, ...] = ()
    creator: Profile | None = None
    credits_available: float | None = None
    endorsement: tuple[EmbeddedEndorsement, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()
    field_of_study: str = ""
    human_code: str = ""
    image: Image | None = None
    in_language: str = ""
    other_identifier: tuple[IdentifierEntry, ...] = ()
    related: tuple[Related, ...] = ()
    result_description: tuple[ResultDescription, ...] = ()
    specialization: str = ""
    tag: tuple[str, ...] = ()
    version: str = ""
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.filled(self, "id")
        checks.absolute(self, "id")
        checks.known(self, {"achievement_type": AchievementType})
        checks.finite(self, "credits_available")
        checks.language(self, self.in_language)
        checks.tokens(self, self.endorsement_jwt)
