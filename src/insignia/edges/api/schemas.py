"""Shapes on the wire; they translate and do nothing else."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Text = Annotated[str, Field(max_length=4000)]
Line = Annotated[str, Field(max_length=254)]
Id = Annotated[str, Field(min_length=1, max_length=80)]


class Strict(Schema):
    """What comes in holds only what is asked for."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """RFC 9457."""

    type: str
    status: int
    title: str
    code: str
    errors: list[dict[str, Any]] | None = None


class EvidenceIn(Strict):
    """A piece of work."""

    name: Line = ""
    url: Annotated[str, Field(max_length=500, pattern=r"^(https?://\S+)?$")] = ""
    narrative: Text = ""
    genre: Annotated[str, Field(max_length=80)] = ""


class AttestedIn(Strict):
    """An assessment outside of the system."""

    where: Line
    on: date
    by: Line


class AwardIn(Strict):
    """One award to make."""

    achievement: Id = Field(description="Short name or id of the achievement")
    email: Line
    name: Annotated[str, Field(min_length=1, max_length=200)]
    external_id: Annotated[str, Field(max_length=80)] = ""
    awarded_on: date | None = Field(None, description="Today in the institution's zone if left out")
    narrative: Annotated[str, Field(max_length=2000)] = ""
    variant: Annotated[str, Field(max_length=40)] = "standard"
    evidence: Annotated[list[EvidenceIn], Field(max_length=20)] = []
    attested: AttestedIn | None = None
    share_consent_on: date | None = None


class AwardOut(Schema):
    """An award as it is now."""

    id: str
    state: str
    achievement: str
    name: str
    email: str
    awarded_on: date
    expires_on: date | None
    credential: str | None = Field(description="Address of the credential once it is signed")


class BatchRowIn(Strict):
    """One line of a roster: the columns of the file, all text."""

    email: Text = ""
    name: Text = ""
    awarded_on: Text = ""
    narrative: Text = ""
    evidence_url: Text = ""
    evidence_name: Text = ""
    variant: Text = ""
    external_id: Text = ""
    attested_where: Text = ""
    attested_on: Text = ""
    attested_by: Text = ""
    share_consent_on: Text = ""


class BatchIn(Strict):
    """Many awards of one achievement."""

    achievement: Id
    release: Literal["held", "now"] = "held"
    rows: Annotated[list[BatchRowIn], Field(min_length=1, max_length=10_000)]


class RowError(Schema):
    """A row that was not awarded, and why."""

    row: int
    code: str
    reason: str


class BatchOut(Schema):
    """How far a batch is. It is done when nothing waits and nothing is unsigned."""

    id: str
    state: str
    achievement: str
    total: int
    waiting: int
    issued: int
    duplicates: int
    unsigned: int
    release_at: datetime | None
    errors: list[RowError]


class AchievementOut(Schema):
    """Something that can be awarded."""

    id: str
    slug: str
    name: str
    level: str
    unit: str
    variants: list[str]
    url: str


class AchievementsOut(Schema):
    """A page of achievements."""

    items: list[AchievementOut]
    total: int


class VerifyCredentialIn(Strict):
    """A badge as JSON."""

    credential: Annotated[dict[str, Any], Field(min_length=1)]
    recipient: Line | None = Field(None, description="Also check that it was awarded to this e-mail address")


class VerifyTextIn(Strict):
    """A badge as text: JSON or a compact JWT."""

    text: Annotated[str, Field(min_length=1, max_length=2_000_000)]
    recipient: Line | None = Field(None, description="Also check that it was awarded to this e-mail address")


class VerifyUrlIn(Strict):
    """The address of a badge."""

    url: Annotated[str, Field(min_length=8, max_length=2000, pattern=r"^https?://")]
    recipient: Line | None = Field(None, description="Also check that it was awarded to this e-mail address")


class CheckOut(Schema):
    """One check and its outcome."""

    name: str
    outcome: Literal["passed", "failed", "could_not_check"]
    code: str
    reason: str


class VerificationOut(Schema):
    """Every check; `outcome` sums them up."""

    outcome: Literal["passed", "failed", "could_not_check"]
    checks: list[CheckOut]
