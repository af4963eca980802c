"""The databases that the crawl looks at: an institution on its first day, and one in which everything has happened."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from insignia.domain.access.actor import SYSTEM, Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims
from insignia.domain.awards.rules import EvidenceItem
from insignia.domain.catalog import library
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.catalog.models import BadgeTemplate
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import endorsing, keyring, keys
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets
from insignia.domain.institutions.models import Membership
from insignia.domain.journal.models import Delivery, DeliveryState
from insignia.domain.notifications import actions as notifications
from insignia.domain.notifications.models import Message
from insignia.domain.people.models import User

from . import builders, governance_world, issuing_world
from .routes import Role

LONG_UNIT = "Interdisciplinary Centre for Environmental Communication, Community Engagement and Emergency Preparedness"
_ROLES = {
    Role.ISSUER: "issuer",
    Role.REGISTRAR: "registrar",
    Role.PROGRAM_MANAGER: "program_manager",
    Role.ADMINISTRATOR: "administrator",
    Role.PROPOSER: "faculty",
    Role.REVIEWER: "unit_leader",
    Role.COMMITTEE: "committee",
}


@dataclass
class Place:
    """An institution, a person for each role, and by name whatever an address needs."""

    institution: Any
    people: dict[Role, User] = field(default_factory=dict)
    things: SimpleNamespace = field(default_factory=SimpleNamespace)

    @property
    def slug(self) -> str:
        """The institution's name in addresses."""
        return str(self.institution.slug)

    def person(self, role: Role) -> User | None:
        """Who plays `role`."""
        return self.people.get(role)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.things, name)


def empty() -> Place:
    """Founded today: keys, a preset, an administrator, and nothing else."""
    if not builders.settings.KEY_ENCRYPTION_FILE.exists():
        keys.write_key_encryption_file(builders.settings.KEY_ENCRYPTION_FILE)
    institution = institutions.found_institution(name="Alder College", slug="alder", zone="Europe/Vienna")
    place = Place(institution)
    with tenancy.of(institution):
        presets.apply(by=SYSTEM, institution=institution, name="blank")
        credentials.open_issuer(by=SYSTEM, issuer=builders.IssuerProfile.objects.get(unit=None))
        _give_roles(place)
        _note_what_every_place_has(place)
    return place


def full() -> Place:
    """Years later: units in units, people in every role, badges in every state, mails that failed, tasks that died."""
    institution = builders.founded(name="Pinecrest State University and Polytechnic Institute of the Northern Plains")
    place = Place(institution)
    with tenancy.of(institution):
        _give_roles(place)
        _build(place)
        _note_what_every_place_has(place)
    return place


def _give_roles(place: Place) -> None:
    for role, key in _ROLES.items():
        person = builders.a_person(f"{key.replace('_', '-')}@{place.slug}.example", name=f"Robin {role.name.title()}")
        builders.a_member(key, user=person)
        place.people[role] = person
    place.people[Role.EARNER] = builders.a_person(f"earner@{place.slug}.example", name="Ana Núñez")


def _note_what_every_place_has(place: Place) -> None:
    admin = place.people[Role.ADMINISTRATOR]
    place.things.key = keyring.rings()[0].lines[0].key
    place.things.membership = Membership.objects.get(user=admin)
    place.things.template = catalog_queries.templates()[0]
    place.things.level = builders.institution_queries.levels()[0]


def _build(place: Place) -> None:
    here, things = place.institution, place.things
    college = builders.a_unit("computing")
    things.unit = institutions.add_unit(
        by=SYSTEM, institution=here, name=LONG_UNIT, code="icec", kind="division", parent=college
    )
    institutions.add_unit(by=SYSTEM, institution=here, name="Fire Laboratory", code="fire", parent=things.unit)
    institutions.give_role(
        by=SYSTEM,
        institution=here,
        email="maximiliane-theodora.oberhuber-wolkenstein@pinecrest.example",
        name="Maximiliane Theodora Oberhuber-Wolkenstein",
        role_key="issuer",
        scope=Scope("unit", things.unit.public_id),
    )
    things.achievement = builders.an_achievement(name="Spreadsheet Basics", unit=college)
    things.draft = builders.a_draft(name="Wildfire Watch", unit=things.unit)
    _redraw(place)
    issuing_world.fill(place, _award(place))
    governance_world.fill(place)
    _break_things(place)


def _redraw(place: Place) -> None:
    template = BadgeTemplate.objects.get(key="level-1")
    library.receive_template(
        by=SYSTEM,
        institution=place.institution,
        svg=template.svg.encode(),
        sidecar=template.sidecar.replace("version = 1", "version = 2").encode(),
    )
    place.things.old_template = template


def _award(place: Place) -> Any:
    things = place.things
    grantor = builders.a_grantor(of=things.achievement)
    place.people[Role.GRANTOR] = User.objects.get(pk=grantor.user_pk)
    things.accepted = builders.accepted(
        builders.an_award(things.achievement, by=grantor), user=place.people[Role.EARNER]
    )
    things.offered = builders.offered(builders.an_award(things.achievement, by=grantor))
    things.claim_secret = claims.secret_of(awards.make_claim_link(things.offered.recipient))
    things.own_offer = builders.offered(earner=builders.an_earner(things.accepted.recipient.email))
    _show(place, grantor)
    builders.worked_through()
    return grantor


def _show(place: Place, grantor: Any) -> None:
    """What the public sees: a badge with every fact, an award that is shown, and one that was taken back."""
    things, evidence = place.things, (EvidenceItem(name="The finished work", url="https://work.example/it"),)
    things.distinguished = builders.an_approved_achievement(
        builders.an_approval(LONG_UNIT, role="unit_approver"),
        builders.an_approval(),
        level="level_2",
        name="Communicating the Risk of Wildfires to Communities",
        unit=things.unit,
        variants=("with_distinction",),
        distinction_criteria="Somebody else has used it.",
        audience=("students", "community"),
        effort="About 18 hours",
        credit="noncredit",
        valid_months=36,
    )
    things.shown = builders.accepted(
        builders.an_award(things.distinguished, variant="with_distinction", evidence=evidence)
    )
    things.taken_back = builders.accepted(builders.an_award(things.achievement, by=grantor))
    for award, visibility in ((things.shown, "public"), (things.taken_back, "link")):
        awards.set_visibility(by=builders.acting(award.recipient.user), award=award, visibility=visibility)
    things.endorsement = endorsing.about(things.distinguished.current.url)
    awards.revoke(by=SYSTEM, awards=[things.taken_back], code="error", reason="Awarded to the wrong person.")


def _break_things(place: Place) -> None:
    states = [Message.State.SENT, Message.State.REFUSED, Message.State.UNCERTAIN, Message.State.DEFERRED]
    for number, state in enumerate(states):
        message = notifications.send_test(by=SYSTEM, institution=place.institution, to=f"trial{number}@mail.example")
        said = "550 5.1.1 The mailbox that you tried to reach does not exist" if state == "refused" else ""
        reason = "worker_died" if state == "uncertain" else ""
        Message.objects.filter(pk=message.pk).update(state=state, smtp_text=said, reason=reason)
        setattr(place.things, f"mail_{state}", message)
    delivery = Delivery.objects.filter(reaction="notifications.offer").first()
    assert delivery is not None
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.DEAD, attempts=5, last_error="OSError: [Errno 28] No space left on device"
    )
    place.things.failed = Delivery.objects.get(pk=delivery.pk)
