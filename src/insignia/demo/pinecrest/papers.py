"""What is written in Pinecrest's proposals of badges that are under way. All of it is invented."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from .people import FACULTY, GRANTOR, MEMBER_2, STAFF, UNIT_ISSUER

Answers = Mapping[str, Any]

_ATTESTED: Answers = {"attest_resources": True, "attest_accuracy": True}
_LEVEL_I: Answers = {
    "type": "level_1",
    "audience": ["students"],
    "credit": False,
    "environment": "simulated",
    "proficiency": "introductory",
    "timeframe": "rolling",
    "distinction": False,
    "accessible": "checked",
    "cost": 0,
    "grantors": [GRANTOR.card, MEMBER_2.card],
    "qualification": "Gus Grantor has taught the subject for six years and coordinates its workshops; Ezra Committee holds "
    "a degree in it and has examined in it since 2015.",
    "evaluation": "Each May the unit looks at how many handed in, how many came back after a first “not yet”, and what two "
    "employers of the advisory board say. After three years it is rewritten or ended.",
    "contact": [FACULTY.card],
    **_ATTESTED,
}
_FROM_THE_LIBRARY: Answers = {**_LEVEL_I, "contact": [STAFF.card], "grantors": [STAFF.card, GRANTOR.card]}


def _page(name: str, path: str) -> list[dict[str, str]]:
    return [{"name": name, "url": f"https://www.pinecrest.example/{path}"}]


INCLUSIVE_EVENTS: Answers = {
    **_LEVEL_I,
    "title": "Inclusive Event Planning",
    "demand": "The state's event offices name access among their first requirements for coordinators; eleven of the forty "
    "postings that career services keeps for event work ask for it by name.",
    "description": "Plans events that everybody can come to: people who use wheelchairs, who hear or see little, who need "
    "quiet, who bring children, and who do not know the place.",
    "outcomes": [
        "Draw up a plan for access before a room is booked",
        "Estimate what access costs and where it can come from",
        "Correct a plan after walking the venue with somebody who needs it",
    ],
    "activity": "co_curricular",
    "hours": 14,
    "skills": ["equity-inclusion", "leadership"],
    "skill_assessment": "Equity and inclusion shows in the plan and in what was changed after the walk; leadership in how "
    "the tasks of the day were given out.",
    "evidence_types": ["product", "reflection"],
    "criteria": "Plan one event of at least thirty guests with the checklist for access, walk the venue with a partner from "
    "Accessibility Services, and hand in the plan before and after.",
    "assessment": "A Grantor reads both plans against the checklist of twelve points; nine have to be met, among them the "
    "three about leaving the building. Whoever misses one may hand in again within a month.",
    "similar": "“Meeting room host” of the union shows that somebody can set up a room; this one is about who can come.",
    "links": _page("Checklist for access", "events/access-checklist"),
    "yearly_awards": 45,
    "barriers": "Students without an event of their own are matched with a club. Plans may be spoken and recorded.",
    "image_wishes": "An open door, wide, without a threshold.",
}

LAB_SAFETY: Answers = {
    **_LEVEL_I,
    "title": "Lab Safety Practice",
    "demand": "Contract laboratories in the county take on technicians in their first year; all six that answered our "
    "letter train safety themselves, and would rather not.",
    "description": "Has practised, in a training lab, what one does when something spills, burns or breaks.",
    "outcomes": ["Describe the dangers of a bench before work begins", "Carry out the four drills without help"],
    "activity": "workshop",
    "hours": 9,
    "skills": ["professionalism", "teamwork", "technology"],
    "skill_assessment": "All three show in the drills.",
    "evidence_types": ["reflection"],
    "criteria": "Attend the three sessions and write a reflection on the drills.",
    "assessment": "The reflection is read by the instructor.",
    "links": _page("Handbook of the training lab", "computing/training-lab"),
    "yearly_awards": 80,
    "barriers": "Sessions are offered twice, once in the evening; the drills can be done seated.",
}
"""As it first came before the committee."""

LAB_SAFETY_MENDED: Answers = {
    "outcomes": [
        "Describe the dangers of a bench before work begins",
        "Carry out the four drills without help",
        "Report an incident so that the next shift can act on it",
    ],
    "skills": ["professionalism", "teamwork"],
    "skill_assessment": "Teamwork shows in the drill for two, where one leads and one assists and both change places; "
    "professionalism in the incident report.",
    "evidence_types": ["performance", "paper"],
    "criteria": "Attend the three sessions, pass the four drills under observation, and hand in one incident report.",
    "assessment": "Two instructors observe the drills with the form of the training lab: every step that protects a person "
    "has to be right. The report is assessed for what, where, when and who was told. A drill may be repeated once.",
}
"""What was changed after the committee asked for it."""

GRANT_WRITING: Answers = {
    **_FROM_THE_LIBRARY,
    "title": "Grant Writing",
    "audience": ["students", "staff"],
    "demand": "Two thirds of the non-profit postings of the last year mention grant applications; the regional foundation "
    "says that most of what it receives lacks a budget that fits the text.",
    "description": "Can turn an idea into an application that a small foundation can say yes to.",
    "outcomes": [
        "Match an idea with a funder's published aims",
        "Write a statement of need with sources",
        "Build a budget that follows from the activities",
    ],
    "activity": "workshop",
    "hours": 20,
    "skills": ["communication", "critical-thinking"],
    "skill_assessment": "Communication shows in the statement of need, critical thinking in the fit between aims, "
    "activities and budget.",
    "evidence_types": ["paper"],
    "criteria": "Write one complete application of at most six pages for a real call, with its budget.",
    "assessment": "A Grantor scores the application with the foundation's own form; 70 of 100 points are needed, and no "
    "part may score less than half. One revision is possible.",
    "links": _page("Workshop and sample application", "library/grants"),
    "yearly_awards": 30,
    "barriers": "Everything can be done from home. Those who write in a second language get an hour with the writing center.",
}

CLOUD_BASICS: Answers = {
    **_LEVEL_I,
    "title": "Cloud Basics",
    "demand": "Nine of the ten largest employers in the county moved services to rented machines; their trainee postings "
    "ask for somebody who has seen a bill and a backup.",
    "description": "Can put a small service on rented machines, keep it safe, and say what it costs.",
    "outcomes": [
        "Set up a service on a rented machine from a written plan",
        "Restore it from a backup within an hour",
        "Explain last month's bill line by line",
    ],
    "activity": "course",
    "hours": 18,
    "skills": ["technology", "critical-thinking"],
    "skill_assessment": "Technology shows in the running service and the restored backup, critical thinking in the bill.",
    "evidence_types": ["product", "presentation"],
    "criteria": "Set up the practice service, lose it on purpose, restore it, and present its bill to somebody who pays.",
    "assessment": "A Grantor watches the restore and asks five questions about the bill; four have to be answered well.",
    "links": _page("Syllabus", "computing/cloud-basics"),
    "valid_months": 24,
    "yearly_awards": 60,
    "barriers": "Machines are paid for by the college. The restore may be done at any hour, on video.",
    "image_wishes": "No cloud, please: there are enough of them. Perhaps a key and a clock.",
}

PEER_TUTOR: Answers = {
    **_FROM_THE_LIBRARY,
    "type": "level_2",
    "title": "Peer Tutor Practitioner",
    "environment": "professional",
    "proficiency": "mastery",
    "demand": "Schools and training providers look for people who have taught; the tutoring companies of the region take "
    "our tutors without a trial.",
    "description": "Tutors fellow students with lasting effect.",
    "outcomes": [
        "Diagnose what a learner is stuck on",
        "Ask rather than tell",
        "Judge one's own tutoring by its effect",
    ],
    "activity": "work_experience",
    "site": "The learning center of the library, under its coordinator, who sees every log.",
    "career_value": "It lets somebody apply for paid tutoring and assistant posts without an audition.",
    "hours": 45,
    "skills": ["leadership", "communication"],
    "skill_assessment": "Both show in the two observed sessions; the log shows whether it lasted.",
    "evidence_types": ["performance", "portfolio"],
    "criteria": "Tutor for one term, keep a log of at least twenty sessions, and be observed twice.",
    "assessment": "The coordinator observes with a form of ten lines; the second observation counts. The log has to show "
    "what three learners could do at the end that they could not before.",
    "shared_evidence": "The summary of the log, without names or courses of the learners.",
    "links": _page("Handbook for tutors", "library/tutors"),
    "yearly_awards": 25,
    "barriers": "Tutoring is paid, so that nobody has to be able to afford it. Online sessions count.",
}

INTERPRETING: Answers = {
    **_FROM_THE_LIBRARY,
    "title": "Community Interpreting",
    "demand": "Clinics and courts of the county book interpreters for eleven languages and could use twice as many for first "
    "appointments.",
    "description": "Has practised interpreting in a community setting: what to say, what to leave, and when to stop.",
    "outcomes": ["Interpret a scripted talk of ten minutes both ways", "Name the limits of one's role, aloud"],
    "activity": "workshop",
    "hours": 24,
    "skills": ["communication", "professionalism", "equity-inclusion"],
    "skill_assessment": "Communication shows in the recorded talk, professionalism and inclusion in how limits are named.",
    "evidence_types": ["performance"],
    "criteria": "Interpret two scripted talks, one of them in health, and answer the questions of a supervisor afterwards.",
    "assessment": "A certified interpreter of the language listens and scores; where we have none, a partner campus does.",
    "links": _page("Role descriptions", "library/interpreting"),
    "yearly_awards": 15,
    "barriers": "Speakers of languages without a trainer here work with the partner campus, at no cost to them.",
}
"""The one whose skills a reviewer wants somebody else to look at too."""

DATA_STORYTELLING_AGAIN: Answers = {
    "outcomes": [
        "Find the point in a data set",
        "Write for a reader who has two minutes",
        "Say in one sentence what the data cannot show",
    ],
    "criteria": "Write a one-page story about a public data set, with one chart and one sentence on its limits.",
    "assessment": "A Grantor assesses the page for its point, its chart and its honesty; it may be handed in again once.",
    "proficiency": "introductory",
    "environment": "simulated",
    "hours": 16,
    "timeframe": "rolling",
    "credit": False,
    "skill_assessment": "Communication shows in the page, critical thinking in the sentence about its limits.",
    "evidence_types": ["paper"],
    "distinction": True,
    "yearly_awards": 50,
    "accessible": "checked",
    "cost": 0,
    "barriers": "Data sets are chosen so that they can be read by a screen reader; a spoken story counts as well.",
    "grantors": [GRANTOR.card, MEMBER_2.card],
    "qualification": _LEVEL_I["qualification"],
    "evaluation": _LEVEL_I["evaluation"],
    "contact": [FACULTY.card],
    **_ATTESTED,
}

PLAIN_LANGUAGE: Answers = {
    **_LEVEL_I,
    "title": "Plain Language Writing",
    "audience": ["students", "staff"],
    "demand": "Public offices of the state have to write in plain language since last year; the county's employers' circle "
    "asked us for people who can.",
    "description": "Can rewrite an official text so that its readers do what it asks, the first time.",
    "outcomes": [
        "Find out what a reader of a text has to do",
        "Rewrite a page so that its first sentence says it",
        "Test a text with three readers and correct it",
    ],
    "activity": "workshop",
    "hours": 10,
    "skills": ["communication", "critical-thinking", "equity-inclusion"],
    "skill_assessment": "Communication shows in the rewritten page, critical thinking in the notes of the reader test, "
    "inclusion in the choice of the readers.",
    "evidence_types": ["paper", "reflection"],
    "criteria": "Rewrite one page of a real office, test it with three readers, and hand in both pages and the notes.",
    "assessment": "A Grantor reads the pages side by side with a list of eight points. Six are needed; the page may be "
    "handed in again twice.",
    "links": _page("Workshop in plain language", "computing/plain-language"),
    "yearly_awards": 40,
    "barriers": "Readers for the test are found by the library. The page may be in English or in Spanish.",
    "image_wishes": "A single clear sentence: perhaps a pencil.",
}
"""Complete and waiting for its author to hand it in: with this one the tour begins."""

PODCASTING: Answers = {
    "title": "Podcast Interviewing",
    "audience": ["students"],
    "description": "Interviews somebody so that listeners learn something.",
    "outcomes": ["Prepare questions that cannot be answered with yes", "Cut an interview to twelve minutes"],
    "demand": "Local stations, companies and offices make podcasts of their own now; we still have to look for figures.",
}
"""Half written, by two people."""


def retirement(today: date, *, last_day: int, stacks: str, reason: str, plan: str) -> Answers:
    """That a badge is to end, `last_day` days from today."""
    return {
        "reason": reason,
        "last_day": (today + timedelta(days=last_day)).isoformat(),
        "stacks": stacks,
        "plan": plan,
    }


def souvenir(**answers: Any) -> Answers:
    """A request for a souvenir."""
    return {"record": "check_in", "attest_took_part": True, "givers": [UNIT_ISSUER.card], **answers}
