"""The rows of the journal. No foreign keys to the floors above: institution, author and subject are plain public ids.

Entries and seals are append-only; triggers in the database refuse everything else, see `append_only.py`.
"""

from django.db import models

from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField


class Entry(models.Model):
    """One event, written down for good. Holds ids and codes; no name, address or text about a person."""

    public_id = PublicIdField()
    name = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField(default=1)
    institution = models.CharField(max_length=26, blank=True)
    # The internal key beside the public one: a delivery can set the tenant without looking it up on a floor above.
    institution_pk = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=50, blank=True)
    subject_id = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=100)
    on_behalf_of = models.CharField(max_length=100, blank=True)
    door = models.CharField(max_length=30, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "id"],
                name="journal_entry_subject",
            ),
            models.Index(fields=["institution", "id"], name="journal_entry_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.public_id}"


class DeliveryState(models.TextChoices):
    """Where a delivery stands. `running` with a lease in the past means that its worker died or stalls."""

    DUE = "due"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Delivery(models.Model):
    """One reaction owed to one entry."""

    public_id = PublicIdField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=100)
    # 0 for the installation itself: fair picking goes round the institutions in the order of this column.
    institution_pk = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.DUE)
    due_at = models.DateTimeField()
    # How often the work was begun. Counted before it begins, so that a process killed at it counts too.
    attempts = models.PositiveIntegerField(default=0)
    # Grows at every claim and never falls: whoever holds an older number has lost the delivery.
    token = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    last_error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="journal_delivery_once")]
        indexes = [
            models.Index(
                fields=["institution_pk", "due_at", "id"],
                condition=models.Q(state=DeliveryState.DUE),
                name="journal_delivery_due",
            ),
            models.Index(
                fields=["leased_until"],
                condition=models.Q(state=DeliveryState.RUNNING),
                name="journal_delivery_running",
            ),
            models.Index(
                fields=["state", "finished_at"],
                condition=models.Q(state__in=[DeliveryState.DONE, DeliveryState.DEAD]),
                name="journal_delivery_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.entry_id}: {self.state}"


class Seal(models.Model):
    """A link of the hash chain: covers the entries `first` to `last`, and the seal before it."""

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, unique=True)
    # Key and sha256 of each entry, so that a break can be pinned to one of them.
    leaves = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.first}-{self.last} {self.digest[:12]}"


class PeriodicRun(models.Model):
    """When a periodic job runs next. Workers compete for the row; one of them wins each turn."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """A request that must have one effect however often it is sent, and the reply that was given."""

    institution = models.CharField(max_length=26, blank=True)
    actor_id = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    token = models.PositiveIntegerField(default=1)
    # Set while someone is at work on it; after that moment another try may take over.
    locked_until = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "actor_id", "key"],
                name="journal_idempotency_once",
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="journal_idempotency_age")]

    def __str__(self) -> str:
        return self.key
