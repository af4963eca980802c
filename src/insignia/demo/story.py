"""The demonstration's story, made through the same actions that people use: some of it two years ago, some of it today."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.management import call_command

from insignia.config import processes
from insignia.domain.access.actor import SYSTEM, Actor, Door, Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award
from insignia.domain.awards.rules import AssessedElsewhere, Claim, EvidenceItem
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.catalog.rules import Content, Link, SkillAlignment
from insignia.domain.credentials import actions as credentials
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.institutions.models import Institution, Unit
from insignia.domain.journal import delivery
from insignia.domain.notifications import actions as notifications
from insignia.domain.notifications.models import Message
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

from . import cast
from .badges import BADGES, Badge


def found() -> None:
    """Make the demonstration in an empty data folder."""
    processes.make_secrets()
    call_command("migrate", verbosity=0)
    institution = institutions.found_institution(
        name="Pinecrest State University",
        slug="pinecrest",
        zone="America/New_York",
        contact_email="badges@pinecrest.example",
        website="https://www.pinecrest.example",
    )
    institutions.remember_public_url(settings.PUBLIC_URL)
    with tenancy.of(institution):
        presets.apply(by=SYSTEM, institution=institution, name="ksu")
        institutions.set_theme(by=SYSTEM, institution=institution, theme={"hue": 250, "strength": 0.09})
        credentials.open_issuer(by=SYSTEM, issuer=institution_queries.issuer_of(None))
        Story(institution).tell()


class Story:
    """Who is there, what they founded, and what happened since."""

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self.today = clock.today_in(institution.zone)
        self.units: dict[str, Unit] = {}
        self.badges: dict[str, Achievement] = {}

    def tell(self) -> None:
        """Two years in a few seconds."""
        self._units()
        self._staff()
        self._badges()
        self._awards_of_the_past()
        # What was mailed in the past has long been read: only what is offered today is still to be sent.
        for message in Message.objects.filter(state="pending"):
            notifications.suppress(by=SYSTEM, message=message)
        self._awards_of_today()

    def _units(self) -> None:
        for code, name, kind, parent in (
            ("computing", "College of Computing", "academic", ""),
            ("design", "Department of Information Design", "academic", "computing"),
            ("library", "Library Services", "non_academic", ""),
            ("engagement", "Student Engagement Office", "non_academic", ""),
            ("careers", "Career Planning Office", "non_academic", ""),
        ):
            self.units[code] = institutions.add_unit(
                by=SYSTEM, institution=self.institution, name=name, code=code, kind=kind, parent=self.units.get(parent)
            )

    def _staff(self) -> None:
        everywhere = self.institution.scopes()[0]
        engagement = Scope("unit", self.units["engagement"].public_id)
        for part, role, scope in (
            (cast.ADMINISTRATOR, "administrator", everywhere),
            (cast.MANAGER, "program_manager", everywhere),
            (cast.REGISTRAR, "registrar", everywhere),
            (cast.ISSUER, "issuer", engagement),
        ):
            self.person(part.email, part.name)
            institutions.give_role(
                by=SYSTEM, institution=self.institution, email=part.email, name=part.name, role_key=role, scope=scope
            )
        for part in (cast.GRANTOR, cast.UNTRAINED, cast.ROWAN):
            self.person(part.email, part.name)

    def person(self, email: str, name: str) -> User:
        """Somebody who has an account already, with the one password of the demonstration."""
        user = people.person_at(email, name=name)
        people.set_password(user, cast.PASSWORD)
        people.mark_as_demo(user)
        return user

    def _badges(self) -> None:
        for badge in BADGES:
            draft = catalog.draft_achievement(
                by=SYSTEM,
                unit=self.units[badge.unit],
                level=institution_queries.levels().get(key=badge.level),
                content=self._content(badge),
                variants=badge.variants,
            )
            if badge.state != "in_production":
                committee = "Micro-Credential Committee" if badge.level != "souvenir" else ""
                decided = self.today - timedelta(days=700) if committee else None
                draft = catalog.activate(by=SYSTEM, achievement=draft, approved_by=committee, approved_on=decided)
            self.badges[draft.slug] = draft
        for slug, user, trained, ends in (
            ("spreadsheet-basics", cast.GRANTOR, 690, None),
            ("public-speaking-practice", cast.GRANTOR, 690, None),
            ("data-storytelling-intro", cast.GRANTOR, 690, None),
            ("dashboard-design-for-clients", cast.GRANTOR, 690, None),
            ("peer-tutor-practitioner", cast.GRANTOR, 690, None),
            ("flash-animation", cast.GRANTOR, 690, None),
            ("spreadsheet-basics", cast.UNTRAINED, None, None),
        ):
            awards.appoint_grantor(
                by=SYSTEM,
                achievement=self.badges[slug],
                user=people.person_at(user.email),
                qualification="Teaches the subject and has assessed it for years.",
                starts_on=self.today - timedelta(days=700),
                ends_on=ends,
                trained_on=self.today - timedelta(days=trained) if trained else None,
            )

    def _content(self, badge: Badge) -> Content:
        aligned = tuple(
            SkillAlignment(
                name=skill.name,
                url=skill.url,
                code=skill.code,
                framework=skill.framework.name,
                target_type=skill.target_type,
            )
            for skill in frameworks.skills_by_code(badge.skills).values()
        )
        return Content(
            name=badge.name,
            description=badge.description,
            criteria=badge.criteria,
            outcomes=badge.outcomes,
            skills=aligned,
            links=(Link("Handbook for earners", "https://www.pinecrest.example/badges/handbook"),),
            tags=badge.tags,
            audience=badge.audience,
            activity=badge.activity,
            credit="noncredit",
            effort=badge.effort,
            assessment=badge.assessment,
            demand=badge.demand,
            distinction_criteria=badge.distinction,
            valid_months=badge.valid_months,
            symbol=badge.symbol,
        )

    # --- What happened
    def actor(self, part: cast.Part) -> Actor:
        """Somebody of the cast, acting."""
        return institution_queries.actor_for(people.person_at(part.email), self.institution, door=Door.COMMAND)

    def _awards_of_the_past(self) -> None:
        learners = cast.learners(60)
        gus, ines = self.actor(cast.GRANTOR), self.actor(cast.ISSUER)
        plan: list[tuple[str, Actor, Sequence[tuple[str, str]], int]] = [
            ("orientation-week", ines, learners[:24], 440),
            ("robotics-club-member", ines, learners[24:36], 300),
            ("spreadsheet-basics", gus, learners[:14], 210),
            ("public-speaking-practice", gus, learners[10:20], 150),
            ("data-storytelling-intro", gus, learners[5:13], 120),
            ("dashboard-design-for-clients", gus, learners[:6], 60),
            ("peer-tutor-practitioner", gus, learners[8:14], 45),
            ("flash-animation", gus, learners[40:44], 640),
        ]
        rowan = (cast.ROWAN.email, cast.ROWAN.name)
        plan += [("orientation-week", ines, [rowan], 430), ("spreadsheet-basics", gus, [rowan], 200)]
        for slug, by, earners, days in plan:
            with clock.frozen(self._days_ago(days)):
                granted = [self._grant(slug, by, email, name) for email, name in earners]
                awards.issue([award.public_id for award in granted])
                awards.release([award.public_id for award in granted])
                for number, award in enumerate(granted):
                    self._decide(award, number)
        delivery.drain()
        self._set_right()

    def _grant(self, slug: str, by: Actor, email: str, name: str, *, days: int = 0, **more: object) -> Award:
        badge = self.badges[slug]
        day = clock.today_in(self.institution.zone) - timedelta(days=days)
        return awards.grant_award(
            by=by, achievement=badge, earner=awards.Earner(email, name), claim=claim_for(badge, day, **more)
        )

    def _decide(self, award: Award, number: int) -> None:
        """Most accept and half of them show it; some decline; some have not answered."""
        if number % 7 == 5:
            return
        award = Award.objects.select_related("recipient", "achievement__institution").get(pk=award.pk)
        user = people.person_at(award.recipient.email, name=award.recipient.name)
        people.prove_address(user, user.email)
        people.mark_as_demo(user)
        awards.claim(link=awards.make_claim_link(award.recipient), user=user)
        award.refresh_from_db()
        earner = institution_queries.actor_for(user, self.institution, door=Door.PAGE)
        if number % 7 == 6:
            awards.decline(by=earner, award=award, reason="I would rather not have this online.")
            return
        awards.accept(by=earner, awards=[award])
        if number % 2 == 0:
            award.refresh_from_db()
            awards.set_visibility(by=earner, award=award, visibility="public")

    def _set_right(self) -> None:
        """What went wrong, and was set right; and what is no longer offered."""
        remy = self.actor(cast.REGISTRAR)
        spreadsheets = self._held("spreadsheet-basics")
        awards.revoke(by=remy, awards=spreadsheets[3:4], code="misconduct", reason="The workbook was somebody else's.")
        awards.suspend(by=remy, award=spreadsheets[5], reason="The learner asked for a second look at the assessment.")
        awards.correct_award(
            by=remy,
            award=spreadsheets[7],
            reason="The name was misspelt.",
            name=f"{spreadsheets[7].recipient.name}-Moreau",
        )
        delivery.drain()
        manager = self.actor(cast.MANAGER)
        catalog.move(by=manager, achievement=self.badges["flash-animation"], verb="retire", reason="The tool is gone.")
        catalog.move(
            by=manager,
            achievement=self.badges["client-interview-practitioner"],
            verb="pause",
            reason="Looking for an assessor.",
        )

    def _held(self, slug: str) -> list[Award]:
        return list(
            Award.objects.filter(achievement=self.badges[slug], state=Award.State.ACCEPTED)
            .select_related("achievement__unit", "achievement__institution", "recipient", "credential")
            .order_by("pk")
        )

    def _awards_of_today(self) -> None:
        gus = self.actor(cast.GRANTOR)
        offered = [
            self._grant("public-speaking-practice", gus, cast.ROWAN.email, cast.ROWAN.name, days=1),
            self._grant("dashboard-design-for-clients", gus, cast.ROWAN.email, cast.ROWAN.name, days=1),
            *(self._grant("data-storytelling-intro", gus, email, name, days=1, variant="with_distinction")
              for email, name in cast.learners(60)[50:53]),
        ]  # fmt: skip
        awards.issue([award.public_id for award in offered])
        awards.release([award.public_id for award in offered])
        held = [self._grant("spreadsheet-basics", gus, email, name) for email, name in cast.learners(60)[56:58]]
        awards.issue([award.public_id for award in held])

    def _days_ago(self, days: int) -> datetime:
        return clock.now() - timedelta(days=days, hours=3)


def claim_for(badge: Achievement, day: date, **more: object) -> Claim:
    """What satisfies the badge's level: shared evidence, private evidence, or an assessment elsewhere."""
    values: dict[str, object] = {"awarded_on": day, "narrative": "Handed in good work and explained it well."}
    if badge.level.key == "level_2":
        values["evidence"] = (EvidenceItem(name="Project report", url="https://work.pinecrest.example/report.pdf"),)
        values["share_consent_on"] = day
    elif badge.level.key == "level_1" and day.toordinal() % 2:
        values["attestation"] = AssessedElsewhere("Course space in the learning system", day, "Gus Grantor")
    elif badge.level.key == "level_1":
        values["evidence"] = (EvidenceItem(name="Workbook", url="https://work.pinecrest.example/workbook.xlsx"),)
    return Claim(**{**values, **more})  # type: ignore[arg-type]
