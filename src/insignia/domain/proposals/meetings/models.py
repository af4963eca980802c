"""What a body deals with in a meeting, in order. The meeting itself is a row of `bodies`, which routes count days by."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.proposals.bodies.models import Meeting
from insignia.domain.proposals.writing.models import Proposal

from . import rules


class AgendaItem(Tenanted):
    """One matter of a meeting: a proposal that waits for the body, the minutes of a meeting before, or something free.

    A proposal comes before a body for one task of its route. That task is named by its step, its key and the revision of
    the run that opened it: rows of tasks are made anew while the same ballot goes on.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal")
        MINUTES = "minutes", _("Minutes")
        FREE = "free", _("Free item")

    class State(models.TextChoices):
        ON_AGENDA = "on_agenda", _("Waiting")
        DISCUSSED = "discussed", _("Under discussion")
        VOTED = "voted", _("Voted")
        RECORDED = "recorded", _("Recorded")
        TABLED = "tabled", _("Tabled")
        DROPPED = "dropped", _("Taken off")

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ON_AGENDA)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    step = models.CharField(max_length=60, blank=True)
    task = models.CharField(max_length=60, blank=True)
    opened_in = models.PositiveIntegerField(default=0)
    minutes_of = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("Title"), max_length=200, blank=True)
    text = models.TextField(_("What it is about"), blank=True)
    presenter = models.CharField(_("Presented by"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=10)
    notes = models.TextField(_("Notes of the discussion"), blank=True)
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    # What became of it: a verb of `core.workflow`, or a word of `rules.FREE_OUTCOMES`. Of secret ballots only counts are kept.
    outcome = models.CharField(max_length=30, blank=True)
    reason = models.TextField(_("For the record"), blank=True)
    counts = models.JSONField(default=dict, blank=True)
    votes = models.JSONField(default=list, blank=True)
    recused = models.JSONField(default=list, blank=True)
    decided_by = models.CharField(max_length=26, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "proposal",
                "step",
                "task",
                "opened_in",
                condition=Q(state__in=sorted(rules.LIVE), proposal__isnull=False),
                name="agenda_item_once",
            ),
            models.UniqueConstraint(
                "minutes_of",
                condition=Q(state__in=sorted(rules.LIVE), minutes_of__isnull=False),
                name="agenda_minutes_once",
            ),
            models.UniqueConstraint("came_from", condition=Q(came_from__isnull=False), name="agenda_followed_once"),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or (str(self.proposal) if self.proposal else "")

    def scopes(self) -> Sequence[Scope]:
        return self.meeting.scopes()

    @property
    def is_live(self) -> bool:
        """Whether something is still to be done about it in this meeting."""
        return self.state in rules.LIVE
