"""What an achievement says, and when it says enough. Plain values."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.core.workflow.transitions import Lifecycle, Transition
from insignia.domain.institutions.rules import LevelPolicy

STANDARD = "standard"
SLUG_LENGTH = 80
MOST_MONTHS = 600

LIFECYCLE = Lifecycle(
    start="in_production",
    transitions=(
        Transition("activate", "in_production", "active", frozenset({"complete", "image"})),
        Transition("pause", "active", "paused"),
        Transition("resume", "paused", "active"),
        Transition("retire", "active", "retired"),
        Transition("retire", "paused", "retired"),
        Transition("archive", "retired", "archived"),
        # Whoever asks for it by a plain `move` has no such fact: it takes an approved proposal (`actions.reactivate`).
        Transition("reactivate", "retired", "active", frozenset({"approved"})),
    ),
)

# In these nothing is written any more.
FINISHED = ("retired", "archived")


@dataclass(frozen=True, slots=True)
class SkillAlignment:
    """A skill of a framework that the achievement stands for (OB 3.0 `Alignment`)."""

    name: str
    url: str
    code: str = ""
    framework: str = ""
    description: str = ""
    target_type: str = "CFItem"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an educational artifact: a syllabus, a handbook, a sample of work."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a version of an achievement says: what is approved, awarded and signed.

    `criteria` and `description` are Markdown. `credit` is "credit", "noncredit" or "". `valid_months` of 0 means that
    awards do not expire. `achievement_type` is filled in by the level where it is left empty. `variants` are those beside
    the standard one; `distinction_criteria` is what they ask for besides. `image_title` is a short form for the image;
    `symbol` names a shipped icon.
    """

    name: str = ""
    description: str = ""
    criteria: str = ""
    achievement_type: str = ""
    outcomes: tuple[str, ...] = ()
    skills: tuple[SkillAlignment, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"
    audience: tuple[str, ...] = ()
    activity: str = ""
    credit: str = ""
    credits: float = 0
    effort: str = ""
    assessment: str = ""
    demand: str = ""
    variants: tuple[str, ...] = ()
    distinction_criteria: str = ""
    valid_months: int = 0
    image_title: str = ""
    symbol: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Content":
        """Read what `to_data` wrote; members of a later release are kept in `extra`."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        for name in ("outcomes", "tags", "audience", "variants"):
            values[name] = tuple(values.get(name, ()))
        values["skills"] = tuple(SkillAlignment(**item) for item in values.get("skills", ()))
        values["links"] = tuple(Link(**item) for item in values.get("links", ()))
        values["extra"] = {**values.get("extra", {}), **{k: v for k, v in data.items() if k not in known}}
        return cls(**values)

    def to_data(self) -> dict[str, Any]:
        """The content as JSON keeps it."""
        data = asdict(self)
        for name in ("outcomes", "tags", "audience", "variants", "skills", "links"):
            data[name] = list(data[name])
        return data

    def fingerprint(self) -> str:
        """sha256 over the canonical JSON, hexadecimal: what an approval binds."""
        text = json.dumps(self.to_data(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """A body that decided for the words of a version: as it is shown, in which role, when, and on which proposal.

    Bodies and roles, never people. `role` is a key such as "committee"; `proposal` the public id of the proposal's
    version on which the body decided.
    """

    body: str
    role: str
    on: date
    proposal: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> "Approval":
        """Read what `to_data` wrote."""
        return cls(data["body"], data["role"], date.fromisoformat(data["on"]), data.get("proposal", ""))

    def to_data(self) -> dict[str, str]:
        """The approval as JSON keeps it."""
        return {"body": self.body, "role": self.role, "on": self.on.isoformat(), "proposal": self.proposal}


def check_approvals(approvals: Sequence[Approval], *, today: date) -> None:
    """Raise `Rejected` unless there is an approval, and each says who gave it, and when."""
    if not approvals:
        raise Rejected(N_("Say who approved it."), code="approvals_missing")
    for approval in approvals:
        if not approval.body.strip():
            raise Rejected(N_("Say who approved it on that day."), code="approved_by_missing")
        check_approval(approval.body, approval.on, today=today)


# What an award means; everything else about an achievement is editorial (architecture 2.7).
_MATERIAL = (
    "name", "criteria", "skills", "outcomes", "achievement_type", "assessment", "variants", "distinction_criteria",
    "valid_months", "credit", "credits",
)  # fmt: skip
_MATERIAL_EXTRA = (
    "components", "evidence_types", "environment", "proficiency", "basis", "events", "membership_period",
)  # fmt: skip


def is_material(old: Content, new: Content) -> bool:
    """Whether the way from `old` to `new` changes what an award means, so that it goes the way of a new achievement."""
    return bool(material_changes(old, new))


def material_changes(old: Content, new: Content) -> tuple[str, ...]:
    """The members in which `new` means something else than `old`; those of `extra` by their own names."""
    plain = [name for name in _MATERIAL if _meant(getattr(old, name)) != _meant(getattr(new, name))]
    extra = [name for name in _MATERIAL_EXTRA if _meant(old.extra.get(name)) != _meant(new.extra.get(name))]
    return (*plain, *extra)


def with_meaning_of(approved: Content, content: Content) -> Content:
    """`content` with everything material as `approved` has it, and the rest as it is."""
    extra = {name: value for name, value in content.extra.items() if name not in _MATERIAL_EXTRA}
    extra |= {name: approved.extra[name] for name in _MATERIAL_EXTRA if name in approved.extra}
    return replace(content, **{name: getattr(approved, name) for name in _MATERIAL}, extra=extra)


def _meant(value: Any) -> Any:
    """A value as it is compared: how lines end, and in which order skills are named, means nothing."""
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().splitlines())
    if isinstance(value, tuple) and value and isinstance(value[0], SkillAlignment):
        return frozenset(value)
    return value or None


def missing(content: Content, policy: LevelPolicy) -> list[InsigniaError]:
    """What the achievement still lacks before it may be active: the metadata that makes a badge say something.

    One that documents participation says what people took part in; it promises no outcomes and shows nothing that was made.
    """
    asked: list[tuple[bool, str, str]] = [
        (bool(content.name.strip()), "name", N_("It needs a name.")),
        (bool(content.description.strip()), "description", N_("It needs a description.")),
        (bool(content.criteria.strip()), "criteria", N_("It needs criteria: what somebody must do to earn it.")),
        (
            bool(content.outcomes) or bool(policy.basis),
            "outcomes",
            N_("It needs at least one learning outcome."),
        ),
        (
            content.achievement_type != "Competency" or not policy.basis,
            "achievement_type",
            N_("A badge of this level says that somebody took part: its achievement type is not “Competency”."),
        ),
        (
            bool(content.skills) or not policy.skills_required,
            "skills",
            N_("A badge of this level needs at least one skill."),
        ),
        (
            bool(content.links) or bool(policy.basis),
            "links",
            N_("It needs a link to what was taught or made: a syllabus, a handbook, a sample of work."),
        ),
        (
            bool(content.demand.strip()) or not policy.skills_required,
            "demand",
            N_("A badge of this level needs a sentence about the demand for its skills at work."),
        ),
    ]
    if "with_distinction" in content.variants:
        asked.append(
            (
                bool(content.distinction_criteria.strip()),
                "distinction_criteria",
                N_("With Distinction needs criteria of its own: what has to be better."),
            )
        )
    return [Rejected(message, code=f"missing_{code}") for fine, code, message in asked if not fine]


def check_approval(body: str, on: date | None, *, today: date) -> None:
    """Raise `Rejected` unless an approval that was given elsewhere says both who gave it and when."""
    if not body.strip() and on is None:
        return
    if not body.strip():
        raise Rejected(N_("Say who approved it on that day."), code="approved_by_missing")
    if on is None:
        raise Rejected(N_("Say on which day it was approved."), code="approved_on_missing")
    if on > today:
        raise Rejected(
            N_("The approval is dated %(day)s, which is in the future."),
            code="approved_in_future",
            params={"day": on.isoformat()},
        )


def differences(old: Content, new: Content) -> tuple[str, ...]:
    """The names of the members in which two contents differ, in the order in which they are written."""
    return tuple(f.name for f in fields(Content) if getattr(old, f.name) != getattr(new, f.name))


def check_variant(variant: str, enabled: tuple[str, ...]) -> None:
    """Raise `Rejected` unless `variant` is standard or enabled for the achievement."""
    if variant != STANDARD and variant not in enabled:
        raise Rejected(
            N_("This badge has no variant “%(variant)s”."), code="variant_unknown", params={"variant": variant}
        )


def searchable(*texts: str) -> str:
    """The texts as they are searched: lower case, without accents, one blank between words."""
    plain = unicodedata.normalize("NFKD", " ".join(texts))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
