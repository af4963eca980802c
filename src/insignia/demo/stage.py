"""One university while its story is told: who is there, what it has, and how its people act."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from insignia.domain.access.actor import SYSTEM, Actor, Door, Scope
from insignia.domain.catalog.models import Achievement
from insignia.domain.catalog.rules import SkillAlignment
from insignia.domain.credentials import actions as credentials
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.institutions.models import Institution, TaxonomyLevel, Unit
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

from .part import PASSWORD, Part
from .telling import Tale


@dataclass
class Stage:
    """The university, its units and badges by their short names, and today's date where it is."""

    institution: Institution
    today: date
    units: dict[str, Unit] = field(default_factory=dict)
    badges: dict[str, Achievement] = field(default_factory=dict)
    _users: dict[str, User] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which its people live."""
        return ZoneInfo(self.institution.zone)

    def day(self, days: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=days)

    # --- What it has
    def add_units(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Units, each as short name, name, kind, and the short name of the one above it."""
        for code, name, kind, parent in rows:
            self.units[code] = institutions.add_unit(
                by=SYSTEM, institution=self.institution, name=name, code=code, kind=kind, parent=self.units.get(parent)
            )

    def level(self, key: str) -> TaxonomyLevel:
        """A level of the preset."""
        return institution_queries.levels().get(key=key)

    def skills(self, codes: Iterable[str]) -> list[str]:
        """The public ids of skills, as forms take them."""
        found = frameworks.skills_by_code(codes)
        return [found[code].public_id for code in codes]

    def alignments(self, codes: Iterable[str]) -> tuple[SkillAlignment, ...]:
        """The same skills, as a badge names them."""
        return tuple(
            SkillAlignment(
                name=skill.name,
                url=skill.url,
                code=skill.code,
                framework=skill.framework.name,
                target_type=skill.target_type,
            )
            for skill in frameworks.skills_by_code(codes).values()
        )

    # --- Who is there
    def user(self, part: Part) -> User:
        """Somebody of the cast; on first sight they get their account, with the one password of the demonstration."""
        if part.email not in self._users:
            user = people.person_at(part.email, name=part.name)
            # Kept as it is made for the first of them: to make it is meant to be slow.
            User.objects.filter(pk=user.pk).update(password=_password())
            people.prove_address(user, user.email)
            people.mark_as_demo(user)
            self._users[part.email] = user
        return self._users[part.email]

    def actor(self, part: Part) -> Actor:
        """Somebody of the cast, acting with the rights that they have at this moment of the story."""
        return institution_queries.actor_for(self.user(part), self.institution, door=Door.COMMAND)

    def give(
        self, part: Part, role: str, unit: str = "", *, starts_on: date | None = None, ends_on: date | None = None
    ) -> None:
        """Let somebody hold a role, in a unit or everywhere."""
        place = Scope("unit", self.units[unit].public_id) if unit else self.institution.scopes()[0]
        institutions.hold_role(
            by=SYSTEM,
            institution=self.institution,
            user=self.user(part),
            role_key=role,
            scope=place,
            starts_on=starts_on,
            ends_on=ends_on,
        )


@cache
def _password() -> str:
    return make_password(PASSWORD)


@dataclass(frozen=True, slots=True)
class University:
    """How one begins: its name and preset, what is there before the first tale, and the tales."""

    name: str
    slug: str
    zone: str
    preset: str
    hue: int
    furnish: Callable[[Stage], None]
    tales: Callable[[Stage], Iterator[Tale]]

    def found(self, *, today: datetime) -> Stage:
        """It, with its preset, its colour and its signing keys, and nobody in it yet."""
        domain = f"{self.slug}.example"
        institution = institutions.found_institution(
            name=self.name,
            slug=self.slug,
            zone=self.zone,
            contact_email=f"badges@{domain}",
            website=f"https://www.{domain}",
        )
        with tenancy.of(institution):
            presets.apply(by=SYSTEM, institution=institution, name=self.preset)
            institutions.set_theme(by=SYSTEM, institution=institution, theme={"hue": self.hue, "strength": 0.09})
            credentials.open_issuer(by=SYSTEM, issuer=institution_queries.issuer_of(None))
        return Stage(institution, today.astimezone(ZoneInfo(self.zone)).date())
