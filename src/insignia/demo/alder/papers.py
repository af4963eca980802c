"""What is written in Alder Ridge's intents and proposals. All of it is invented."""

from collections.abc import Mapping
from typing import Any

from .people import FACULTY, ISSUER, ISSUER_2, LECTURER, STAFF

Answers = Mapping[str, Any]


def _page(path: str) -> list[dict[str, str]]:
    return [{"name": "Where to sign up", "url": f"https://www.alder-ridge.example/{path}"}]


_ATTESTED: Answers = {"attest_standards": True, "attest_governance": True, "attest_accuracy": True}

DRONES: Answers = {
    "contact": [FACULTY.card],
    "unit": "College of Engineering",
    "leader_informed": True,
    "title": "Drone Surveying",
    "idea": "Somebody who has earned it can plan a flight over a site, fly it within the rules, and turn the pictures into a "
    "height map that an engineer can measure in. They would show one survey of a site that we know.",
    "type": "noncredit",
    "audience": ["students", "community_members"],
    "exists": "runs",
    "exists_where": "A workshop of three days each summer, full since 2022.",
    "support": ["assessment", "issuing"],
    "questions": "Do we need the aviation office to agree before we propose?",
}
"""Complete and not sent: with this one the tour begins."""

NOISE: Answers = {
    "contact": [LECTURER.card],
    "unit": "Continuing Studies",
    "leader_informed": False,
    "title": "Measuring Neighborhood Noise",
    "idea": "Neighbours measure noise with their phones so that a council can use the figures. They would hand in a week of "
    "measurements with a map.",
    "type": "noncredit",
    "audience": ["community_members"],
    "exists": "new",
    "support": ["outcomes", "market"],
}
"""New, two days ago."""

MENTAL_HEALTH: Answers = {
    "contact": [STAFF.card],
    "unit": "Student Life",
    "leader_informed": True,
    "title": "Listening in a Crisis",
    "idea": "Staff who meet students every day learn to hear when somebody is not well, to say so, and to go along to the "
    "counselors. They would show it in two role plays.",
    "type": "noncredit",
    "audience": ["staff", "faculty"],
    "exists": "changes",
    "exists_where": "A talk of ninety minutes that many have heard and nobody has practised.",
    "support": ["outcomes", "assessment", "governance"],
}
"""In support."""

ARCHIVES: Answers = {
    "contact": [STAFF.card],
    "unit": "Student Life",
    "leader_informed": True,
    "title": "Archiving a Student Club",
    "idea": "Clubs forget themselves every four years. Somebody who has earned it has put one club's papers and files in an "
    "order that others can use.",
    "type": "noncredit",
    "audience": ["students"],
    "exists": "new",
}
"""Invited; the link ends tomorrow."""

BEEKEEPING: Answers = {
    "contact": [LECTURER.card],
    "unit": "Continuing Studies",
    "leader_informed": True,
    "title": "Keeping Bees on Roofs",
    "idea": "A season with two hives on the roof of the library, and a log.",
    "type": "undecided",
    "audience": ["community_members"],
    "exists": "new",
}
"""Invited long ago; nobody opened the link."""

TRAIL_RISK_INTENT: Answers = {
    "contact": [LECTURER.card],
    "unit": "Continuing Studies",
    "leader_informed": True,
    "title": "Trail Risk Communication",
    "idea": "Volunteers at trailheads learn to tell hikers what the day is like, so that they turn round in time.",
    "type": "noncredit",
    "audience": ["community_members"],
    "exists": "runs",
    "exists_where": "The evening course for trail hosts.",
}
TRAIL_RISK: Answers = {
    "title": "Trail Risk Communication",
    "type": "noncredit",
    "description": "Tells hikers at a trailhead what the day is like and what it asks of them, so that they decide well.",
    "audience": ["community_members"],
    "level": "foundational",
    "more_info": _page("continuing/trail-hosts"),
    "outcomes": [
        "Read a forecast and an avalanche bulletin for one trail",
        "Say in thirty seconds what it means for a family and for a runner",
        "Write a sign that is read by people who walk past",
    ],
    "skills": [
        "risk-communication",
        "public-speaking",
        "data-collection",
        "safety",
        "inclusive-communication",
        "technical-writing",
    ],
    "activity": "course",
    "timeframe": "rolling",
    "hours": 16,
    "cost": 40,
    "requirements": "Attend four evenings, host a trailhead for two mornings, and write one sign.",
    "assessment": "A host of three seasons stands beside and fills in a form of six lines; four have to be met both mornings. "
    "The sign is read by five strangers.",
    "artifacts": "optional",
    "issuing": "The office of the course sends the names after each round, three times a year.",
    "issuers": [ISSUER.card, LECTURER.card],
    "meaning": "It lets volunteers host alone, and counts for the seasonal posts of the open-space office.",
    "demand": "The county and two land trusts look for hosts each spring; last year nineteen posts stayed open.",
    "fit": "It stands alone. “Wildfire Data Mapping” looks at the land; this one talks to people.",
    "inclusion": "Evenings are online as well. Mornings at a trailhead with a paved lot and a bus stop are kept free for those "
    "who need them. The fee is waived on one line by mail.",
    **_ATTESTED,
}
"""Before the committee."""

FIELD_METHODS: Answers = {
    "title": "Community Science Field Methods",
    "type": "noncredit",
    "description": "Counts plants, water and air in a way that a scientist can use and a neighbour can repeat.",
    "audience": ["community_members", "students"],
    "level": "intermediate",
    "more_info": _page("continuing/field-methods"),
    "outcomes": [
        "Choose a method that fits a question",
        "Collect a series that somebody else can repeat",
        "Tell an error from a finding",
    ],
    "skills": [
        "data-collection",
        "mapping",
        "visualisation",
        "technical-writing",
        "teamwork",
        "safety",
        "project-planning",
    ],
    "activity": "workshop",
    "timeframe": "fixed_dates",
    "hours": 30,
    "cost": 60,
    "requirements": "Take part in three field days and hand in one series of at least four weeks with its notebook.",
    "assessment": "Two instructors repeat one measurement of the series. The notebook is assessed with a rubric of five lines.",
    "artifacts": "required",
    "issuing": "The field office sends the names each June and each October.",
    "issuers": [ISSUER.card],
    "meaning": "Earners may add to the public record of the watershed.",
    "demand": "The watershed council needs forty counters a year and finds twenty.",
    "fit": "It leads to the certificate in environmental studies, which takes it as prior learning.",
    "inclusion": "One of the three field days is in a city park. Instruments are lent.",
    **_ATTESTED,
}
"""With its division, which has to attest."""

OPEN_DATA: Answers = {
    "title": "Open Data Stewardship",
    "type": "credit",
    "courses": ["DATA 2110"],
    "credits": 1.0,
    "description": "Looks after a public data set so that others can find, trust and use it for years.",
    "audience": ["students", "staff"],
    "level": "intermediate",
    "more_info": _page("engineering/open-data"),
    "outcomes": [
        "Describe a data set so that a stranger can judge it",
        "Publish it with a licence and a plan for corrections",
        "Answer a report of an error within a week",
    ],
    "skills": [
        "technical-writing",
        "programming",
        "visualisation",
        "ethical-reasoning",
        "project-planning",
        "inclusive-communication",
    ],
    "activity": "course",
    "timeframe": "term",
    "hours": 45,
    "cost": 0,
    "requirements": "Pass DATA 2110 with a B or better and look after one published data set for a term.",
    "assessment": "The instructor and the library assess the data set with a rubric: found, understood, trusted, corrected.",
    "artifacts": "required",
    "issuing": "The department sends the names after each term.",
    "issuers": [ISSUER_2.card, FACULTY.card],
    "meaning": "It shows an employer a data set that is in use, with a name under it.",
    "demand": "State and county offices have to publish their data and look for people to do it; the data librarian keeps the postings.",
    "fit": "It complements the minor in data science, and stands alone for staff.",
    "inclusion": "Staff may take the course at noon. Data sets and tools can be used with a screen reader.",
    **_ATTESTED,
}
"""Complete and waiting for its author to hand it in: the tour goes on with this one."""

SNOW: Answers = {
    **FIELD_METHODS,
    "title": "Reading a Snowpack",
    "description": "Digs, reads and describes a snow profile, and knows what it does not say.",
    "outcomes": ["Dig a profile", "Describe its layers in the common words", "Say what it does not tell"],
    "skills": ["data-collection", "safety", "risk-communication", "teamwork", "technical-writing", "energy-literacy"],
    "requirements": "Take part in two field days and hand in three profiles.",
    "assessment": "The instructor digs beside.",
    "meaning": "It is a first step towards professional courses.",
    "demand": "Ski patrols and road crews train beginners themselves.",
}
"""Came back from the committee."""

REPAIR: Answers = {
    **TRAIL_RISK,
    "title": "Bicycle Repair Teaching",
    "description": "Teaches a stranger to mend a tire, a brake and a chain.",
    "outcomes": ["Show a repair without doing it", "Let the other hold the tool", "Check a bicycle before it leaves"],
    "skills": ["public-speaking", "safety", "inclusive-communication", "teamwork", "facilitation", "project-planning"],
    "requirements": "Teach six strangers at the repair stand while a mechanic looks on.",
    "assessment": "The mechanic fills in a form; the strangers mend alone at the end.",
    "meaning": "It opens the repair stands on campus to those who hold it.",
    "demand": "Four shops and the transport office look for people who can teach.",
    "fit": "It stands alone.",
    "issuers": [STAFF.card],
}
"""Endorsed, approved and in production."""
