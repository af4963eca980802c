"""How Alder Ridge's badges are issued: a department asks, the Registrar looks at each name, and issues."""

from collections.abc import Sequence

from insignia.demo import awarding
from insignia.demo.learners import Learner
from insignia.demo.part import Part
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.awards import actions as awards
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import IssuanceRequest

from .people import CLERK, ISSUER, ISSUER_2, ISSUER_3, REGISTRAR, SKY, cohort, students

_SKY: Learner = (SKY.email, SKY.name)


def past(stage: Stage) -> list[Tale]:
    """240 awards in eight requests."""
    cohorts: Sequence[tuple[str, Part, int, int, int, str]] = (
        ("community-solar-basics", ISSUER, 0, 20, 520, "Two instructors"),
        ("ethical-ai-foundations", ISSUER_2, 20, 36, 410, "The instructor of ETHX 1100"),
        ("wildfire-data-mapping", ISSUER, 0, 42, 330, "Two instructors of the workshop"),
        ("inclusive-meeting-facilitation", ISSUER_3, 40, 30, 250, "The observer of the meeting"),
        ("wildfire-data-mapping", ISSUER, 42, 38, 180, "Two instructors of the workshop"),
        ("ethical-ai-foundations", ISSUER_2, 56, 30, 140, "The instructor of ETHX 1100"),
        ("inclusive-meeting-facilitation", ISSUER_3, 70, 22, 75, "The observer of the meeting"),
        ("community-solar-basics", ISSUER, 30, 22, 40, "A panel of three"),
    )
    return [_cohort(stage, *one) for one in cohorts]


def _cohort(stage: Stage, slug: str, by: Part, first: int, count: int, days: int, assessor: str) -> Tale:
    yield days
    learners = students(count, first=first)
    if slug == "ethical-ai-foundations" and first == 56:
        learners = [*learners[1:], _SKY]
    request = _sent(stage, by, slug, learners, days=days, assessor=assessor)
    yield days - 2
    awards.issue_valid(by=stage.actor(REGISTRAR), request=request)
    yield days - 7
    offers = awarding.offers(batch__request=request)
    awarding.answer(stage, [award for award in offers if award.recipient.email != SKY.email], unsure=7, no=19)


def partly(stage: Stage) -> Tale:
    """Two of its rows never came right."""
    yield 28
    wrong = [("bea.students.alder-ridge.example", "Bea Brief"), ("otis@students,alder-ridge.example", "Otis Comma")]
    request = _sent(
        stage, ISSUER, "community-solar-basics", [*students(6, first=60), *wrong], days=28, assessor="A panel of three"
    )
    yield 26
    awards.issue_valid(by=stage.actor(CLERK), request=request)
    yield 20
    awarding.answer(stage, awarding.offers(batch__request=request), unsure=4)


def summer_round(stage: Stage) -> Tale:
    """With the Registrar: twenty-four rows, of which one has a bad address and one stands there twice."""
    yield 3
    learners = students(22, first=150)
    rows = [*learners, ("mia.students.alder-ridge.example", "Mia Missing"), learners[4]]
    _sent(stage, ISSUER, "wildfire-data-mapping", rows, days=5, assessor="Two instructors of the workshop")


def returned(stage: Stage) -> Tale:
    """Given back with a reason."""
    yield 12
    request = _sent(
        stage, ISSUER, "community-solar-basics", students(9, first=180), days=45, assessor="A panel of three"
    )
    yield 10
    awards.return_request(
        by=stage.actor(REGISTRAR),
        request=request,
        reason="The day of completion lies before the course began. Is it that of the round in spring?",
    )


def taken_up(stage: Stage) -> Tale:
    """Somebody in the office looks at it just now."""
    yield 2
    request = _sent(
        stage,
        ISSUER_2,
        "ethical-ai-foundations",
        students(7, first=190),
        days=6,
        assessor="The instructor of ETHX 1100",
    )
    yield 1
    awards.verify_request(by=stage.actor(CLERK), request=request)


def one_learner(stage: Stage) -> Tale:
    """A request for one, not sent."""
    yield 1
    (email, name), day = students(1, first=200)[0], stage.day(4).isoformat()
    awards.draft_request(
        by=stage.actor(ISSUER_3),
        achievement=stage.badges["inclusive-meeting-facilitation"],
        values={"name": name, "email": email, "awarded_on": day},
    )


def this_minute(stage: Stage) -> Tale:
    """Issued a moment ago: a worker signs them while somebody looks, and their mails go out when the time to undo is over."""
    yield 0
    rows = students(5, first=205)
    request = _sent(
        stage, ISSUER_3, "inclusive-meeting-facilitation", rows, days=3, assessor="The observer of the meeting"
    )
    awards.issue_valid(by=stage.actor(REGISTRAR), request=request)


def _sent(stage: Stage, by: Part, slug: str, rows: Sequence[Learner], *, days: int, assessor: str) -> IssuanceRequest:
    day = stage.day(days)
    request = awards.upload_request(
        by=stage.actor(by),
        achievement=stage.badges[slug],
        data=cohort(rows, day).encode(),
        filename=f"{slug}-{day.isoformat()}.csv",
        assessed=Assessed(assessor, "In the course, by its rubric", day),
    )
    awards.send_request(by=stage.actor(by), request=request, attested=awards.ATTESTATION_TEXT)
    return request


TALES = (partly, summer_round, returned, taken_up, one_learner, this_minute)
