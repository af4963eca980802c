"""What is written in Pinecrest's proposals that wait for something, came back, or came to nothing."""

from typing import Any

from .papers import _FROM_THE_LIBRARY, _LEVEL_I, Answers, _page


def _brief(base: Answers, **answers: Any) -> Answers:
    """A short paper: whoever wrote it wrote as much as the form asks."""
    return {**base, "hours": 10, "activity": "workshop", "yearly_awards": 20, **answers}


PEER_MEDIATION = _brief(
    _LEVEL_I,
    title="Peer Mediation",
    demand="Housing offices and youth services ask for experience in settling quarrels.",
    description="Has practised bringing two people who quarrel back to talking.",
    outcomes=["Listen to both sides without taking one", "Write down an agreement in the words of both"],
    skills=["communication", "leadership"],
    skill_assessment="Both show in the role play.",
    evidence_types=["performance"],
    criteria="Mediate in two role plays and write down the agreement of each.",
    assessment="A trainer observes.",
    links=_page("Mediation in residence halls", "engagement/mediation"),
    barriers="Role plays are offered online as well.",
)

QUANTUM = _brief(
    _LEVEL_I,
    title="Quantum Sensing Practice",
    demand="Two laboratories near the campus are looking for assistants.",
    description="Has set up and read a teaching sensor that works with single atoms.",
    outcomes=["Align the optics of the teaching sensor", "Tell a signal from its noise"],
    skills=["technology", "critical-thinking"],
    skill_assessment="Technology shows in the alignment, critical thinking in the notebook.",
    evidence_types=["performance", "paper"],
    criteria="Align the sensor, take one series of measurements, and hand in the notebook.",
    assessment="The lab manager watches the alignment and reads the notebook.",
    links=_page("Teaching sensor", "computing/quantum"),
    barriers="The bench can be lowered. There are two places a week.",
)

CAMPUS_AUDIT = _brief(
    _FROM_THE_LIBRARY,
    title="Campus Sustainability Audit",
    demand="Facility companies advertise for people who have audited a building.",
    description="Has counted what one building uses and throws away, and said what could change.",
    outcomes=["Measure the use of one building over a week", "Rank three changes by cost and effect"],
    skills=["critical-thinking", "teamwork"],
    skill_assessment="Both show in the report, which two people write together.",
    evidence_types=["paper"],
    criteria="Audit one building in a team of two and hand in the report.",
    assessment="The energy office reads it with its own form.",
    links=_page("Energy office", "facilities/energy"),
    barriers="Buildings without steps are among those to choose from.",
)

SPEED_READING = _brief(
    _LEVEL_I,
    title="Speed Reading",
    demand="Everybody has to read a lot.",
    description="Reads twice as fast as before.",
    outcomes=["Read four hundred words a minute"],
    skills=["career-self-development"],
    skill_assessment="In the test of speed.",
    evidence_types=["test"],
    criteria="Pass the test of speed at the end of the workshop.",
    assessment="The test counts words a minute.",
    links=_page("Workshop", "computing/reading"),
    barriers="None that we know of.",
)

REALITY_TOURS = _brief(
    _LEVEL_I,
    title="Augmented Reality Tours",
    demand="Museums in the region are trying tours with phones.",
    description="Has made one stop of a tour that is seen through a phone.",
    outcomes=["Write a stop of two minutes", "Place it where people stand safely"],
    skills=["technology", "communication"],
    skill_assessment="Technology shows in the stop, communication in its text.",
    evidence_types=["product"],
    criteria="Make one stop and walk it with three visitors.",
    assessment="A Grantor walks the stop and asks the visitors what they learned.",
    links=_page("Tour of the old mill", "design/tours"),
    barriers="Phones are lent. Each stop has a spoken text.",
)

CALLIGRAPHY = _brief(
    _FROM_THE_LIBRARY,
    title="Calligraphy for Posters",
    demand="Sign painters and print shops like to see it.",
    description="Letters a poster by hand.",
    outcomes=["Letter a poster in two sizes"],
    skills=["career-self-development"],
    skill_assessment="In the poster.",
    evidence_types=["product"],
    criteria="Hand in one poster.",
    assessment="It is looked at by the workshop.",
    links=_page("Workshop in letters", "library/letters"),
    barriers="Materials are there.",
)
