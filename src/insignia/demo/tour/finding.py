"""How far things are on which the walks lead: asked of the database when a walk is shown."""

from dataclasses import dataclass

from insignia.core.workflow.verbs import APPROVING
from insignia.domain.awards.models import Award, IssuanceRequest
from insignia.domain.catalog.models import Achievement
from insignia.domain.proposals.bodies.models import Meeting
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.production.models import Production, ProductionTask
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing.models import Proposal


@dataclass(frozen=True, slots=True)
class Matter:
    """A proposal and what became of it so far; everything is missing where somebody has thrown it away."""

    proposal: Proposal | None
    run: Run | None
    production: Production | None
    achievement: Achievement | None

    @classmethod
    def of(cls, title: str) -> "Matter":
        """The first proposal with this title."""
        proposal = Proposal.objects.filter(title=title).order_by("pk").first()
        production = (
            Production.objects.select_related("achievement").filter(proposal=proposal).first() if proposal else None
        )
        return cls(
            proposal,
            Run.objects.filter(proposal=proposal).first() if proposal else None,
            production,
            production.achievement if production else None,
        )

    @property
    def was_handed_in(self) -> bool:
        """Whether somebody handed it in."""
        return self.run is not None

    @property
    def is_approved(self) -> bool:
        """Whether the last word was yes."""
        return self.proposal is not None and self.proposal.state == Proposal.State.APPROVED

    @property
    def is_active(self) -> bool:
        """Whether what came of it can be earned."""
        return self.achievement is not None and self.achievement.state == Achievement.State.ACTIVE

    @property
    def versions(self) -> int:
        """How often it was handed in."""
        return self.proposal.versions.count() if self.proposal else 0

    def passed(self, task: str) -> bool:
        """Whether a task of its route was done in favor."""
        return self.run is not None and any(one.task == task and one.verb in APPROVING for one in self.run.run.passed)

    def settled(self, *keys: str) -> bool:
        """Whether these tasks of its production are done or waived."""
        if self.production is None:
            return False
        settled = (ProductionTask.State.DONE, ProductionTask.State.WAIVED)
        return self.production.tasks.filter(key__in=keys, state__in=settled).count() == len(keys)

    def awards(self, *states: str) -> bool:
        """Whether there is an award of it, in one of these states."""
        found = Award.objects.filter(achievement=self.achievement) if self.achievement else Award.objects.none()
        return (found.filter(state__in=states) if states else found).exists()

    @property
    def request(self) -> IssuanceRequest | None:
        """The newest request to issue it that was sent."""
        if self.achievement is None:
            return None
        sent = IssuanceRequest.objects.filter(achievement=self.achievement)
        return sent.exclude(state=IssuanceRequest.State.DRAFT).order_by("-pk").first()


def intent(title: str) -> Intent | None:
    """The intent with this title."""
    return Intent.objects.filter(title=title).order_by("pk").first()


def next_meeting(body: str) -> Meeting | None:
    """The meeting in session, or that which is next."""
    states = (Meeting.State.PLANNED, Meeting.State.OPEN)
    return Meeting.objects.filter(body__key=body, state__in=states).order_by("starts_at", "pk").first()
