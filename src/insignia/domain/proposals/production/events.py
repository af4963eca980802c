"""News of production: from the approval to what can be awarded, and to its end."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class ChecklistChanged(Event):
    """What production asks for was written anew; checklists that run keep what they asked."""

    name: ClassVar[str] = "production.checklist_changed"
    number: int


@dataclass(frozen=True, slots=True)
class ProductionBegun(Event):
    """An approved proposal went into production, or a retirement was planned."""

    name: ClassVar[str] = "production.begun"
    production: str
    proposal: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProductionEnded(Event):
    """What was produced can be awarded, or what was to end has ended."""

    name: ClassVar[str] = "production.ended"
    production: str
    achievement: str
    verb: str


@dataclass(frozen=True, slots=True)
class StacksSettled(Event):
    """It was said what becomes of the certificates that contain a badge which is to end."""

    name: ClassVar[str] = "production.stacks_settled"
    production: str
    choice: str


@dataclass(frozen=True, slots=True)
class TaskMoved(Event):
    """A task of production was begun, handed in, approved, sent back, blocked, waived or reopened."""

    name: ClassVar[str] = "production.task_moved"
    production: str
    task: str
    verb: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskAssigned(Event):
    """Somebody has a task of production from now on, or it is due on another day."""

    name: ClassVar[str] = "production.task_assigned"
    production: str
    task: str
    user: str


@dataclass(frozen=True, slots=True)
class TaskRemarked(Event):
    """Somebody said something about a task of production."""

    name: ClassVar[str] = "production.task_remarked"
    production: str
    task: str
    remark: str


@dataclass(frozen=True, slots=True)
class ProofMoved(Event):
    """A proof of an image was shown, signed off, or changes to it were asked for."""

    name: ClassVar[str] = "production.proof_moved"
    production: str
    proof: str
    verb: str


@dataclass(frozen=True, slots=True)
class PlanWritten(Event):
    """It was written down how a badge is issued, or how it is evaluated."""

    name: ClassVar[str] = "production.plan_written"
    production: str
    plan: str


@dataclass(frozen=True, slots=True)
class TrainingRecorded(Event):
    """Somebody was trained in something."""

    name: ClassVar[str] = "production.training_recorded"
    production: str
    user: str
    item: str


@dataclass(frozen=True, slots=True)
class NominationMoved(Event):
    """Somebody was nominated as Grantor, found qualified, declined, or appointed."""

    name: ClassVar[str] = "production.nomination_moved"
    production: str
    nomination: str
    verb: str


@dataclass(frozen=True, slots=True)
class EvaluationReminded(Event):
    """An evaluation is due in so many days."""

    name: ClassVar[str] = "production.evaluation_reminded"
    plan: str
    achievement: str
    due_on: str
    days: int


@dataclass(frozen=True, slots=True)
class EvaluationMoved(Event):
    """An evaluation was handed in, accepted or returned. `outcome` is what it says should become of the badge."""

    name: ClassVar[str] = "production.evaluation_moved"
    plan: str
    evaluation: str
    verb: str
    outcome: str
