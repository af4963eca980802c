"""Who earned what at Pinecrest: two years of it, what was set right, and what is offered today."""

from collections.abc import Sequence
from datetime import date

from insignia.demo import awarding
from insignia.demo.learners import Learner
from insignia.demo.part import Part
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award
from insignia.domain.awards.rules import AssessedElsewhere, Claim, EvidenceItem
from insignia.domain.catalog.models import Achievement

from . import badges
from .people import ENDED, GRANTOR, ISSUER, REGISTRAR, ROWAN, UNTRAINED, students

_ROWAN: Learner = (ROWAN.email, ROWAN.name)
_OF_GUS = (
    "spreadsheet-basics", "public-speaking-practice", "data-storytelling-intro", "desktop-publishing-intro",
    "dashboard-design-for-clients", "flash-animation",
)  # fmt: skip


def appoint(stage: Stage) -> None:
    """Grantors of the badges that were brought along: one trained, one not, one whose appointment will end."""
    rows = [
        *((slug, GRANTOR, True) for slug in _OF_GUS),
        ("spreadsheet-basics", UNTRAINED, False),
        ("public-speaking-practice", ENDED, True),
    ]
    for slug, part, trained in rows:
        awards.appoint_grantor(
            by=SYSTEM,
            achievement=stage.badges[slug],
            user=stage.user(part),
            qualification="Teaches the subject and has assessed it for years.",
            starts_on=stage.day(1020),
            trained_on=stage.day(1020) if trained else None,
        )


def past(stage: Stage) -> list[Tale]:
    """One tale for each cohort: awarded, and a few days later answered."""
    everybody = students(60)
    begins = (stage.today - badges.first_day_of_year(stage.today)).days
    year = badges.first_day_of_year(stage.today).year
    orientation = f"orientation-week-{year}"
    robotics = f"robotics-club-member-{year}{(year + 1) % 100:02}"
    cohorts: Sequence[tuple[str, Part, Sequence[Learner], int]] = (
        ("flash-animation", GRANTOR, everybody[40:44], 640),
        ("peer-tutor-practitioner", GRANTOR, everybody[8:14], 600),
        ("spreadsheet-basics", GRANTOR, everybody[14:24], 420),
        ("desktop-publishing-intro", GRANTOR, everybody[44:49], 300),
        ("dashboard-design-for-clients", GRANTOR, everybody[:6], 240),
        ("spreadsheet-basics", GRANTOR, [*everybody[:10], _ROWAN], 200),
        ("public-speaking-practice", ENDED, everybody[10:20], 150),
        ("data-storytelling-intro", GRANTOR, everybody[5:13], 120),
        (orientation, ISSUER, [*everybody[:30], _ROWAN], begins - 6),
        (robotics, ISSUER, everybody[24:36], 24),
        ("peer-tutor-practitioner", GRANTOR, everybody[20:24], 14),
    )
    return [_cohort(stage, *cohort) for cohort in cohorts]


def _cohort(stage: Stage, slug: str, by: Part, learners: Sequence[Learner], days: int) -> Tale:
    yield days
    badge = stage.badges[slug]
    given = awarding.granted(stage.actor(by), badge, learners, claim_for(badge, stage.day(days)))
    awarding.sent(given)
    ids = [award.pk for award in given]
    yield max(1, days - 4)
    awarding.answer(stage, awarding.offers(pk__in=ids))


def set_right(stage: Stage) -> Tale:
    """What went wrong, and was set right; what was taken back before anybody heard of it."""
    yield 100
    remy = stage.actor(REGISTRAR)
    held = _accepted(stage, "spreadsheet-basics")
    awards.revoke(by=remy, awards=held[3:4], code="misconduct", reason="The workbook was somebody else's.")
    awards.suspend(by=remy, award=held[5], reason="The learner asked for a second look at the assessment.")
    awards.correct_award(
        by=remy, award=held[7], reason="The name was misspelt.", name=f"{held[7].recipient.name}-Moreau"
    )
    yield 90
    badge = stage.badges["spreadsheet-basics"]
    mistaken = awarding.granted(stage.actor(GRANTOR), badge, students(2, first=26), claim_for(badge, stage.day(90)))
    awarding.signed(mistaken)
    awards.undo(by=stage.actor(GRANTOR), awards=mistaken)


def today(stage: Stage) -> Tale:
    """Offers whose mail goes out while somebody looks, and two awards that can still be undone."""
    yield 0
    gus = stage.actor(GRANTOR)
    rows: Sequence[tuple[str, Sequence[Learner], str]] = (
        ("public-speaking-practice", [_ROWAN], "standard"),
        ("dashboard-design-for-clients", [_ROWAN], "standard"),
        ("data-storytelling-intro", students(3, first=50), "with_distinction"),
    )
    for slug, learners, variant in rows:
        badge = stage.badges[slug]
        awarding.sent(awarding.granted(gus, badge, learners, claim_for(badge, stage.day(1), variant=variant)))
    badge = stage.badges["spreadsheet-basics"]
    awarding.signed(awarding.granted(gus, badge, students(2, first=56), claim_for(badge, stage.today)))
    awarding.granted(gus, badge, students(1, first=58), claim_for(badge, stage.today))


def claim_for(badge: Achievement, day: date, *, variant: str = "standard") -> Claim:
    """What satisfies the badge's level: shared evidence, private evidence, or an assessment elsewhere."""
    said = "Handed in good work and explained it well."
    match badge.level.key:
        case "level_2":
            report = (EvidenceItem(name="Project report", url="https://work.pinecrest.example/report.pdf"),)
            return Claim(day, said, variant, report, share_consent_on=day)
        case "level_1" if day.toordinal() % 2:
            return Claim(
                day,
                said,
                variant,
                attestation=AssessedElsewhere("Course space in the learning system", day, "Gus Grantor"),
            )
        case "level_1":
            return Claim(
                day, said, variant, (EvidenceItem(name="Workbook", url="https://work.pinecrest.example/workbook.xlsx"),)
            )
    return Claim(day)


def _accepted(stage: Stage, slug: str) -> list[Award]:
    found = Award.objects.filter(achievement=stage.badges[slug], state=Award.State.ACCEPTED)
    return list(
        found.select_related("achievement__unit", "achievement__institution", "recipient", "credential").order_by("pk")
    )
