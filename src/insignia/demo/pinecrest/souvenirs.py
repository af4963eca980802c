"""Requests for souvenirs at Pinecrest: no committee, but the one who looks after the audience."""

from datetime import timedelta

from insignia.core.workflow.route import Verb
from insignia.demo import review
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale

from . import badges, papers
from .people import ENGAGEMENT, FACULTY, ISSUER, OFFICER, STAFF


def hackathon(stage: Stage) -> Tale:
    """In the channel of student engagement."""
    year = badges.first_day_of_year(stage.today).year + 1
    yield 4
    answers = papers.souvenir(
        title=f"Hackathon {year}",
        description="Built something in one night with people whom they had not met before.",
        basis="event_attendance",
        attendance="The night from Friday to Saturday, until the presentations are over. Who goes home early has not attended.",
        events=1,
        first_day=(stage.today + timedelta(days=40)).isoformat(),
        meaning="Most come alone. They leave with a team, something that runs, and the memory of having presented at four in the morning.",
        audience=["students"],
        number=120,
        givers=[OFFICER.card],
        image_wishes="A lamp that is still on.",
    )
    review.handed_in(stage, OFFICER, review.written(stage, OFFICER, "engagement", "souvenir", answers))


def wellness_walks(stage: Stage) -> Tale:
    """In the channel of the curriculum, because it is for staff."""
    yield 6
    answers = papers.souvenir(
        title="Staff Wellness Walks",
        description="Walked with colleagues at lunch, all through a term.",
        basis="extracurricular_engagement",
        engagement="At least ten of the fifteen walks of the term. Whoever leads a walk keeps the list.",
        meaning="People from offices that never meet talk to each other, outdoors. That is worth remembering.",
        audience=["staff"],
        number=40,
        record="sign_up",
        givers=[STAFF.card],
    )
    review.handed_in(stage, STAFF, review.written(stage, STAFF, "library", "souvenir", answers))


def parking_lot_party(stage: Stage) -> Tale:
    """Declined."""
    yield 30
    answers = papers.souvenir(
        title="Parking Lot Party",
        description="Was there.",
        basis="event_attendance",
        attendance="The party after the game.",
        events=1,
        first_day=stage.day(-10).isoformat(),
        meaning="It is always fun.",
        audience=["students"],
        number=600,
        givers=[OFFICER.card],
    )
    proposal = review.handed_in(stage, OFFICER, review.written(stage, OFFICER, "engagement", "souvenir", answers))
    yield 28
    review.say(
        stage,
        ENGAGEMENT,
        proposal,
        Verb.DECLINE,
        "Being present is not enough for a souvenir. Those who organise the clean-up afterwards could have one.",
        "channel_approval",
    )


def welcome_buddies(stage: Stage) -> Tale:
    """Approved two days ago, and now to be made."""
    yield 9
    answers = papers.souvenir(
        title="Welcome Buddy",
        description="Went with an international student through the first month.",
        basis="extracurricular_engagement",
        engagement="Meet at least once a week for a month, and go to two offices together.",
        meaning="Both sides say that it is the first friendship they made here.",
        audience=["students"],
        number=70,
        record="roster",
        givers=[ISSUER.card],
    )
    proposal = review.handed_in(stage, FACULTY, review.written(stage, FACULTY, "engagement", "souvenir", answers))
    yield 2
    review.approve(stage, ENGAGEMENT, proposal, "channel_approval", "Gladly. Ines gives them out.")


TALES = (hackathon, wellness_walks, parking_lot_party, welcome_buddies)
