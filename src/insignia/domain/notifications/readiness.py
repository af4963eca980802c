"""How far an institution is on its way to the first award, and what there is to look after: read from the rows.

It stands on this floor because it asks everybody below: units, people, keys, badges, Grantors, awards, mail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from insignia.domain.access.permissions import Permission
from insignia.domain.awards.models import Award, AwardBatch, Grantor
from insignia.domain.catalog import pictures
from insignia.domain.catalog.models import Achievement, AchievementVersion, BadgeTemplate
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.credentials import keyring
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution, IssuerProfile, Membership, TaxonomyLevel, Unit
from insignia.domain.journal import bus, dead_letters

from .models import Kind, Message

State = Message.State


@dataclass(frozen=True, slots=True)
class Step:
    """One step of setting up: whether it is done, and who may do it."""

    key: str
    is_done: bool
    permission: Permission


def checklist(institution: Institution) -> list[Step]:
    """The steps from nothing to the first award, in the order in which they are taken. The tenant is `institution`."""
    return [Step(key, is_done(institution), permission) for key, permission, is_done in _STEPS]


def _profile(institution: Institution) -> bool:
    issuer = IssuerProfile.objects.filter(unit=None).first()
    return bool(institution.contact_email and issuer and issuer.name and issuer.url and issuer.email)


def _keys(institution: Institution) -> bool:
    return keyring.can_sign()


def _units(institution: Institution) -> bool:
    return Unit.objects.exists()


def _people(institution: Institution) -> bool:
    # The first administrator is there from the beginning; nobody runs a programme alone.
    return Membership.objects.values("user").distinct().count() > 1


def _levels(institution: Institution) -> bool:
    return TaxonomyLevel.objects.exists()


def _templates(institution: Institution) -> bool:
    wanted = set()
    for level in TaxonomyLevel.objects.all():
        policy = level.policy
        wanted |= {pictures.template_key(policy.template, variant) for variant in (STANDARD, *policy.variants)}
    there = set(BadgeTemplate.objects.filter(key__in=wanted).values_list("key", flat=True))
    return bool(wanted) and wanted == there


def _mail(institution: Institution) -> bool:
    return Message.objects.filter(kind=Kind.TEST, state=State.SENT).exists()


def _policies(institution: Institution) -> bool:
    # Whoever looked at them and saved them, changed or not, left an entry; the preset's own entry is the system's.
    said = bus.read(subject=("institution", institution.public_id), name="institutions.changed")
    return said.filter(data__what="policies").exclude(author="system").exists()


def _achievement(institution: Institution) -> bool:
    return Achievement.objects.filter(state=Achievement.State.ACTIVE).exists()


def _grantor(institution: Institution) -> bool:
    today = clock.today_in(institution.zone)
    return Grantor.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, trained_on__lte=today
    ).exists()


def _award(institution: Institution) -> bool:
    return Award.objects.exclude(state=Award.State.CANCELLED).exists()


_STEPS: tuple[tuple[str, Permission, Callable[[Institution], bool]], ...] = (
    ("profile", Permission.INSTITUTION_MANAGE, _profile),
    ("keys", Permission.KEY_MANAGE, _keys),
    ("mail", Permission.INSTITUTION_MANAGE, _mail),
    ("policies", Permission.INSTITUTION_MANAGE, _policies),
    ("units", Permission.UNIT_MANAGE, _units),
    ("people", Permission.MEMBER_MANAGE, _people),
    ("levels", Permission.LEVEL_MANAGE, _levels),
    ("templates", Permission.TEMPLATE_MANAGE, _templates),
    ("achievement", Permission.ACHIEVEMENT_ACTIVATE, _achievement),
    ("grantor", Permission.GRANTOR_APPOINT, _grantor),
    ("award", Permission.AWARD_GRANT, _award),
)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a programme has, what waits in it, and what went wrong: each a count of rows that can be opened."""

    active: int
    drafts: int
    units: int
    people: int
    grantors: int
    untrained: int
    awards: int
    awards_lately: int
    unclaimed: int
    unconfirmed: int
    unsignable: int
    failed: int
    refused: int
    uncertain: int

    @property
    def troubles(self) -> int:
        """How much needs somebody."""
        return self.failed + self.refused + self.uncertain + self.unsignable


LATELY = 30


def overview(institution: Institution) -> Overview:
    """The counts for the front page of the desk."""
    today = clock.today_in(institution.zone)
    standing = Award.objects.exclude(state=Award.State.CANCELLED)
    appointed = Grantor.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return Overview(
        active=Achievement.objects.filter(state=Achievement.State.ACTIVE).count(),
        drafts=AchievementVersion.objects.filter(frozen_at=None).count(),
        units=Unit.objects.count(),
        people=Membership.objects.values("user").distinct().count(),
        grantors=appointed.exclude(trained_on=None).values("user").distinct().count(),
        untrained=appointed.filter(trained_on=None).count(),
        awards=standing.count(),
        awards_lately=standing.filter(awarded_on__gte=today - timedelta(days=LATELY)).count(),
        unclaimed=standing.filter(state__in=[Award.State.OFFERED, Award.State.LAPSED_OFFER]).count(),
        unconfirmed=AwardBatch.objects.filter(state=AwardBatch.State.CHECKED).count(),
        unsignable=standing.exclude(issue_error="").count(),
        failed=dead_letters.of_institution().count(),
        refused=Message.objects.filter(state=State.REFUSED).count(),
        uncertain=Message.objects.filter(state=State.UNCERTAIN).count(),
    )
