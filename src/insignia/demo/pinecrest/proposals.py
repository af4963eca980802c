"""Pinecrest's proposals that are under way: written, reviewed, asked about, mended, voted on."""

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb
from insignia.demo import review
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.catalog import actions as catalog
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Remark

from . import papers
from .people import (
    CAREERS,
    CHAIR,
    DEPUTY,
    ENGAGER,
    FACULTY,
    LEADER,
    LIBRARIAN,
    MANAGER,
    MEMBER,
    MEMBER_2,
    MEMBER_3,
    MEMBER_4,
    STAFF,
)

RUBRIC = """How an interview is assessed (draft)

Questions   open, in an order, with one that was not planned
Listening   follows up twice on what was said
Editing     twelve minutes, no answer cut against its meaning
"""


def ready_to_hand_in(stage: Stage) -> Tale:
    """With this one the tour begins."""
    yield 3
    review.written(stage, FACULTY, "computing", "level_1", papers.PLAIN_LANGUAGE)


def written_together(stage: Stage) -> Tale:
    """A draft of two, with a file, a question to career services, and what came of it."""
    yield 16
    draft = review.written(stage, FACULTY, "design", "level_1", papers.PODCASTING)
    writing.add_participant(by=stage.actor(FACULTY), proposal=draft, user=stage.user(STAFF))
    yield 14
    rubric = writing.attach(
        by=stage.actor(STAFF), proposal=draft, question="rubric", name="interview-rubric.txt", content=RUBRIC.encode()
    )
    talk = writing.ask_consultation(
        by=stage.actor(FACULTY),
        proposal=draft,
        question="Is interviewing a skill of its own, or is it communication? Employers seem to use both words.",
    )
    yield 10
    writing.answer_consultation(
        by=stage.actor(CAREERS),
        consultation=talk,
        outcome="Postings say “interviewing” for hiring and “audio production” for this. Take Communication and Technology, "
        "and name the two things that are assessed: the questions and the edit.",
    )
    yield 9
    asked = writing.remark(
        by=stage.actor(STAFF),
        proposal=draft,
        question="outcomes",
        text=f"“{rubric.name}” says more than our outcomes do. Shall we add listening?",
    )
    yield 8
    writing.remark(by=stage.actor(FACULTY), proposal=draft, answer_to=asked, text="Yes. I will write it on Thursday.")
    yield 2
    writing.ask_consultation(
        by=stage.actor(FACULTY),
        proposal=draft,
        question="One more: is twelve minutes enough to show that somebody listens?",
    )


def inclusive_events(stage: Stage) -> Tale:
    """From an intent to the review of its skills, where it is now."""
    yield 30
    intent = intents.begin_intent(by=stage.actor(FACULTY), unit=stage.units["engagement"], level=stage.level("level_1"))
    intents.write_intent(
        by=stage.actor(FACULTY),
        intent=intent,
        sent={},
        title="Inclusive Event Planning",
        note="Clubs ask us every week how to make an event accessible. Could that be a badge?",
    )
    intents.submit_intent(by=stage.actor(FACULTY), intent=intent)
    yield 27
    intents.log_contact(
        by=stage.actor(MANAGER),
        intent=intent,
        kind="meeting",
        audience="shared",
        on=stage.day(27),
        text="Met for half an hour. Fern will talk to Accessibility Services about who can walk a venue with a student. "
        "Level I, because events of students are practice.",
    )
    yield 20
    draft = intents.open_proposal(by=stage.actor(FACULTY), intent=intent, level=stage.level("level_1"))
    review.answered(stage, FACULTY, draft, papers.INCLUSIVE_EVENTS)
    yield 10
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 8
    workflow.watch(by=stage.actor(MEMBER_2), proposal=proposal)

    review.approve(
        stage,
        ENGAGER,
        proposal,
        "unit_leader",
        "We need this in every club. The walk with a partner is the best of it.",
    )


def lab_safety(stage: Stage) -> Tale:
    """The committee asked for changes; the second version lies on its table."""
    yield 48
    draft = review.written(stage, FACULTY, "computing", "level_1", papers.LAB_SAFETY)
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 42
    review.approve(
        stage, CAREERS, proposal, "skill_review", "Technology is hard to see in these drills. Is it meant?", rated=3
    )
    yield 41
    review.approve(stage, LEADER, proposal, "unit_leader")
    yield 29
    writing.remark(
        by=stage.actor(MEMBER_4),
        proposal=proposal,
        question="evidence_types",
        text="Could the form of the training lab be attached? It is good, and nobody outside knows it.",
    )
    yield 12
    mended = review.answered(stage, FACULTY, proposal, papers.LAB_SAFETY_MENDED)
    asked = mended.remarks.filter(is_required=True).first()
    if asked is not None:
        writing.remark(
            by=stage.actor(FACULTY),
            proposal=mended,
            answer_to=asked,
            text="Done: the drills are observed with the form of the training lab, and “Technology” is gone.",
        )
    review.handed_in(
        stage, FACULTY, mended, "Drills are observed and assessed now; one skill was dropped, one outcome added."
    )
    yield 6
    writing.remark(
        by=stage.actor(MEMBER),
        proposal=mended,
        question="assessment",
        text="Much better. Who repeats a drill, and when, could still be said.",
        audience=Remark.Audience.REVIEWERS,
    )


def grant_writing(stage: Stage) -> Tale:
    """Voted on between two meetings; now it waits for the last word."""
    yield 27
    draft = review.written(stage, STAFF, "library", "level_1", papers.GRANT_WRITING)
    proposal = review.handed_in(stage, STAFF, draft)
    yield 22
    review.approve(stage, CAREERS, proposal, "skill_review", rated=5)
    yield 21
    review.approve(stage, LIBRARIAN, proposal, "unit_leader", "The foundation has offered to read along for a year.")
    yield 9
    review.vote(stage, MEMBER, proposal, "mcc")
    yield 8
    review.vote(stage, MEMBER_2, proposal, "mcc", comment="A model of how to use an outside form.")
    yield 7
    review.vote(stage, MEMBER_4, proposal, "mcc", engine.Vote.ABSTAIN)
    yield 5
    review.vote(stage, DEPUTY, proposal, "mcc")
    review.vote(stage, CHAIR, proposal, "mcc")
    review.say(stage, CHAIR, proposal, Verb.CLOSE_VOTE, task="mcc")


def interpreting(stage: Stage) -> Tale:
    """A reviewer wants somebody else to be asked as well; the office agreed."""
    yield 30
    draft = review.written(stage, STAFF, "library", "level_1", papers.INTERPRETING)
    proposal = review.handed_in(stage, STAFF, draft)
    yield 24
    ask = engine.Task(
        key="asked_1",
        role="program_manager",
        label="Asked besides: Ezra Committee",
        person=stage.user(MEMBER_2).public_id,
        decisions=(Verb.FEEDBACK, Verb.REQUEST_CHANGES),
    )
    decision = engine.Decision(
        Verb.CUSTOM_ROUTE,
        comment="I cannot judge who may assess a language. Ezra has examined interpreters for the state.",
        step=engine.Step(key="besides_1", tasks=(ask,), label=ask.label),
    )
    review.decide(stage, CAREERS, proposal, decision, "skill_review")
    yield 22
    review.say(stage, MANAGER, proposal, Verb.APPROVE_CUSTOM_ROUTE, "Good idea; he has agreed to look at it.")


def storytelling_again(stage: Stage) -> Tale:
    """A revision that changes what an award means goes before the committee; two have voted."""
    yield 20
    draft = review.written(
        stage,
        FACULTY,
        "design",
        "level_1",
        papers.DATA_STORYTELLING_AGAIN,
        kind="revise",
        achievement=stage.badges["data-storytelling-intro"],
    )
    proposal = review.handed_in(stage, FACULTY, draft, "Earners should say what their data cannot show.")
    yield 15
    review.approve(stage, CAREERS, proposal, "skill_review", rated=5)
    yield 13
    review.approve(stage, LEADER, proposal, "unit_leader")
    yield 4
    review.vote(stage, MEMBER_3, proposal, "mcc")


def retiring_interviews(stage: Stage) -> Tale:
    """A badge without an assessor is paused; whether it ends is before the leader of the unit."""
    yield 34
    badge = stage.badges["client-interview-practitioner"]
    catalog.move(by=stage.actor(MANAGER), achievement=badge, verb="pause", reason="Looking for an assessor.")
    yield 9
    answers = papers.retirement(
        stage.today,
        last_day=120,
        stacks="grandfather",
        reason="Nobody has been found for a year who can assess interviews with clients.",
        plan="Four learners have begun. They are assessed by the partner organisation until the last day.",
    )
    badge.refresh_from_db()
    draft = review.written(stage, FACULTY, "careers", "level_2", answers, kind="retire", achievement=badge)
    review.handed_in(stage, FACULTY, draft)


TALES = (
    ready_to_hand_in, written_together, inclusive_events, lab_safety, grant_writing, interpreting, storytelling_again,
    retiring_interviews,
)  # fmt: skip
