"""Things to test with, each made by the actions that people use: plain functions with the standard's words.

with an_institution() as institution:
    achievement = an_achievement(level="level_1")
    grantor = a_grantor(of=achievement)
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings

from insignia.domain.access.actor import SYSTEM, Actor, Door, Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award
from insignia.domain.awards.rules import AssessedElsewhere, Claim, EvidenceItem
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.catalog.models import Achievement
from insignia.domain.catalog.rules import Approval, Content, Link, SkillAlignment
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import keys
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.institutions.models import Institution, IssuerProfile, Unit
from insignia.domain.journal import delivery
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

_numbers = itertools.count(1)  # unique in this process: names, addresses, slugs
LEVEL_2_CONTENT = {"symbol": "chart"}


def founded(*, preset: str = "ksu", name: str = "", zone: str = "America/New_York", **policies: Any) -> Institution:
    """An institution that is ready to issue, with one unit `computing`."""
    if not settings.KEY_ENCRYPTION_FILE.exists():
        keys.write_key_encryption_file(settings.KEY_ENCRYPTION_FILE)
    number = next(_numbers)
    institution = institutions.found_institution(
        name=name or "Pinecrest University",
        slug="" if name else f"pinecrest-university-{number}",
        zone=zone,
        contact_email=f"badges{number}@pinecrest.example",
    )
    with tenancy.of(institution):
        presets.apply(by=SYSTEM, institution=institution, name=preset)
        if policies:
            institutions.set_policies(by=SYSTEM, institution=institution, policies=policies)
        credentials.open_issuer(by=SYSTEM, issuer=IssuerProfile.objects.get(unit=None))
        institutions.add_unit(by=SYSTEM, institution=institution, name="College of Computing", code="computing")
    return institution


@contextmanager
def an_institution(**values: Any) -> Iterator[Institution]:
    """`founded`, and the tenant set to it."""
    institution = founded(**values)
    with tenancy.of(institution):
        yield institution


def here() -> Institution:
    """The institution whose tenant is set."""
    return Institution.objects.get(pk=tenancy.current().pk)


def a_unit(code: str = "computing") -> Unit:
    """A unit of the current institution, made if there is none with this code."""
    found = Unit.objects.select_related("institution", "parent").filter(code=code).first()
    return found or institutions.add_unit(by=SYSTEM, institution=here(), name=code.title(), code=code)


def content(name: str = "Spreadsheet Basics", **changes: Any) -> Content:
    """What a complete achievement says."""
    values: dict[str, Any] = {
        "name": name,
        "description": f"What holders of {name} can do.",
        "criteria": "Complete the **three** exercises and hand in a workbook.",
        "outcomes": ("Clean a table", "Draw a chart that tells the truth"),
        "skills": (
            SkillAlignment(
                name="Technology", url="https://frameworks.example/technology", code="technology", framework="Example"
            ),
        ),
        "links": (Link("Syllabus", "https://courses.example/spreadsheets"),),
        "demand": "Employers in the region ask for it in one posting of five.",
        "symbol": "chart",
        "activity": "event",  # what a souvenir is given for; other levels do not ask
    }
    return Content(**{**values, **changes})


def a_draft(
    *, level: str = "level_1", unit: Unit | None = None, variants: tuple[str, ...] = (), **changes: Any
) -> Achievement:
    """An achievement that is being written."""
    slug = "" if "name" in changes else f"spreadsheet-basics-{next(_numbers)}"
    if variants:
        changes.setdefault("distinction_criteria", "The workbook is in use a year later.")
    return catalog.draft_achievement(
        by=SYSTEM,
        unit=unit or a_unit(),
        level=institution_queries.levels().get(key=level),
        content=content(**changes),
        variants=variants,
        slug=slug,
    )


def an_achievement(**values: Any) -> Achievement:
    """An active achievement of the current institution."""
    return catalog.activate(by=SYSTEM, achievement=a_draft(**values))


def an_approval(body: str = "Micro-Credential Committee", **changes: Any) -> Approval:
    """A decision of a body of the institution."""
    return Approval(**{"body": body, "role": "committee", "on": date(2026, 3, 13), "proposal": "", **changes})


def approve(achievement: Achievement, *approvals: Approval) -> None:
    """Let bodies of the institution approve the draft of `achievement` as it stands."""
    draft = catalog_queries.draft_of(achievement)
    assert draft is not None
    catalog.note_approvals(
        by=SYSTEM,
        achievement=achievement,
        approvals=approvals or (an_approval(),),
        content_hash=draft.content.fingerprint(),
    )


def an_approved_achievement(*approvals: Approval, **values: Any) -> Achievement:
    """An active achievement whose words were approved here; its endorsement is signed with the next background work."""
    achievement = a_draft(**values)
    approve(achievement, *approvals)
    return catalog.activate(by=SYSTEM, achievement=achievement)


def a_person(email: str = "", *, name: str = "", password: str | None = None) -> User:
    """Somebody who has proved an address."""
    number = next(_numbers)
    user = people.person_at(email or f"person{number}@people.example", name=name or f"Person {number}")
    people.prove_address(user, user.email)
    if password:
        user.set_password(password)
        user.save()
    return user


def with_second_factor(user: User) -> User:
    """`user`, with a code app set up."""
    if not Authenticator.objects.filter(user=user).exists():
        totp.TOTP.activate(user, totp.generate_totp_secret())
    return user


def acting(user: User, *, door: Door = Door.PAGE) -> Actor:
    """`user` as an actor in the current institution."""
    return institution_queries.actor_for(user, here(), door=door)


def a_member(role: str, *, scope: Scope | None = None, user: User | None = None) -> Actor:
    """Somebody who holds `role` in the current institution, or in `scope` of it."""
    user = with_second_factor(user or a_person())
    institutions.hold_role(
        by=SYSTEM,
        institution=here(),
        user=user,
        role_key=role,
        scope=scope or here().scopes()[0],
        starts_on=None,
        ends_on=None,
    )
    return acting(user)


def a_grantor(
    *,
    of: Achievement,
    user: User | None = None,
    trained_on: date | None = date(2024, 1, 15),
    starts_on: date = date(2024, 1, 1),
    ends_on: date | None = None,
) -> Actor:
    """Somebody who was appointed and trained to award `of`."""
    user = with_second_factor(user or a_person())
    awards.appoint_grantor(
        by=SYSTEM,
        achievement=of,
        user=user,
        qualification="Teaches it",
        starts_on=starts_on,
        ends_on=ends_on,
        trained_on=trained_on,
    )
    return acting(user)


def today() -> date:
    """The day it is in the current institution."""
    return clock.today_in(here().zone)


def a_claim(**changes: Any) -> Claim:
    """What satisfies the policy of every level of the KSU preset."""
    day = changes.pop("awarded_on", None) or today()
    values: dict[str, Any] = {
        "awarded_on": day,
        "narrative": "Worked with real data.",
        "evidence": (EvidenceItem(name="Workbook", url="https://work.example/book.xlsx"),),
        "share_consent_on": day,
    }
    return Claim(**{**values, **changes})


def elsewhere(**changes: Any) -> AssessedElsewhere:
    """An attestation that the artifact was assessed outside of the system."""
    values: dict[str, Any] = {"where": "The learning system", "on": today(), "by": "Dr. Ada Example"}
    return AssessedElsewhere(**{**values, **changes})


def an_earner(email: str = "", name: str = "") -> awards.Earner:
    """Somebody who earned something."""
    number = next(_numbers)
    return awards.Earner(email=email or f"learner{number}@students.example", name=name or f"Learner {number}")


def an_award(
    achievement: Achievement | None = None,
    *,
    by: Actor | None = None,
    earner: awards.Earner | None = None,
    **claim: Any,
) -> Award:
    """An award that was granted and is not signed yet."""
    achievement = achievement or an_achievement()
    return awards.grant_award(
        by=by or a_grantor(of=achievement),
        achievement=achievement,
        earner=earner or an_earner(),
        claim=a_claim(**claim),
    )


def worked_through() -> None:
    """Let the background work run until nothing is due."""
    delivery.drain()


def again(award: Award) -> Award:
    """The award as the database has it now."""
    return Award.across_institutions.select_related(
        "credential", "recipient", "achievement__institution", "achievement__unit", "achievement__level", "version"
    ).get(pk=award.pk)


def held(award: Award | None = None, **values: Any) -> Award:
    """An award that is signed and waits for the end of its undo window."""
    award = award or an_award(**values)
    awards.issue([award.public_id])
    return again(award)


def offered(award: Award | None = None, **values: Any) -> Award:
    """An award that its earner can accept."""
    award = held(award, **values)
    awards.release([award.public_id])
    return again(award)


def accepted(award: Award | None = None, *, user: User | None = None, **values: Any) -> Award:
    """An award that its earner has taken; `award.recipient.user` is who."""
    award = offered(award, **values)
    user = user or a_person(award.recipient.email, name=award.recipient.name)
    awards.claim(link=awards.make_claim_link(award.recipient), user=user)
    award = again(award)
    awards.accept(by=acting(user), awards=[award])
    return again(award)
