"""Pinecrest's proposals that stand still, and those that came to nothing."""

from insignia.core.workflow.route import Verb
from insignia.demo import review
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale

from . import papers_ended as papers
from .people import CAREERS, ENGAGER, FACULTY, LEADER, LIBRARIAN, MANAGER, STAFF


def peer_mediation(stage: Stage) -> Tale:
    """Came back to its author, who has not answered yet."""
    yield 25
    draft = review.written(stage, FACULTY, "engagement", "level_1", papers.PEER_MEDIATION)
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 18
    review.say(
        stage,
        ENGAGER,
        proposal,
        Verb.REQUEST_CHANGES,
        "Who trains the trainers? And please say what a mediator must never do: promise, for one.",
        "unit_leader",
    )


def quantum(stage: Stage) -> Tale:
    """The committee puts it on hold in its meeting."""
    yield 80
    draft = review.written(stage, FACULTY, "computing", "level_1", papers.QUANTUM)
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 75
    review.approve(stage, CAREERS, proposal, "skill_review")
    yield 72
    review.approve(stage, LEADER, proposal, "unit_leader")


def campus_audit(stage: Stage) -> Tale:
    """Suspended by the office until something else is settled."""
    yield 40
    draft = review.written(stage, STAFF, "library", "level_1", papers.CAMPUS_AUDIT)
    proposal = review.handed_in(stage, STAFF, draft)
    yield 35
    review.approve(stage, CAREERS, proposal, "skill_review")
    yield 30
    review.say(
        stage,
        MANAGER,
        proposal,
        Verb.SUSPEND,
        "The energy office moves to another division in spring. We go on when it is clear who assesses.",
    )


def speed_reading(stage: Stage) -> Tale:
    """Rejected by the leader of the unit."""
    yield 90
    draft = review.written(stage, FACULTY, "computing", "level_1", papers.SPEED_READING)
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 84
    review.approve(stage, CAREERS, proposal, "skill_review", "I find no posting that asks for it.", rated=2)
    yield 80
    review.say(
        stage,
        LEADER,
        proposal,
        Verb.REJECT,
        "Speed alone is not a skill that we can stand behind. Reading critically would be.",
        "unit_leader",
    )


def reality_tours(stage: Stage) -> Tale:
    """Cancelled at its author's own wish."""
    yield 66
    draft = review.written(stage, FACULTY, "design", "level_1", papers.REALITY_TOURS)
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 58
    review.say(
        stage, FACULTY, proposal, Verb.REQUEST_CANCEL, "The museum has ended the project, and with it the tours."
    )
    yield 57
    review.say(stage, MANAGER, proposal, Verb.APPROVE_CANCEL)


def calligraphy(stage: Stage) -> Tale:
    """Withdrawn after changes were asked for."""
    yield 110
    draft = review.written(stage, STAFF, "library", "level_1", papers.CALLIGRAPHY)
    proposal = review.handed_in(stage, STAFF, draft)
    yield 104
    review.say(
        stage,
        LIBRARIAN,
        proposal,
        Verb.REQUEST_CHANGES,
        "Is there a demand for it at work? One sentence with a source would do.",
        "unit_leader",
    )
    yield 95
    review.say(stage, STAFF, proposal, Verb.WITHDRAW, "There is none that I can prove. It stays a workshop.")


TALES = (peer_mediation, quantum, campus_audit, speed_reading, reality_tours, calligraphy)
