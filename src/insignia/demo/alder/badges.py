"""The badges that Alder Ridge brought along, and the skills that its forms and badges name."""

from insignia.demo.badge import Badge

SKILLS = (
    ("data-collection", "Data collection in the field"),
    ("mapping", "Mapping and spatial analysis"),
    ("visualisation", "Data visualisation"),
    ("risk-communication", "Risk communication"),
    ("technical-writing", "Technical writing"),
    ("teamwork", "Teamwork"),
    ("facilitation", "Facilitation"),
    ("inclusive-communication", "Inclusive communication"),
    ("conflict-resolution", "Conflict resolution"),
    ("ethical-reasoning", "Ethical reasoning"),
    ("programming", "Programming"),
    ("model-evaluation", "Evaluation of models"),
    ("project-planning", "Project planning"),
    ("energy-literacy", "Energy literacy"),
    ("safety", "Safety at work"),
    ("public-speaking", "Public speaking"),
)

BADGES = (
    Badge(
        "Wildfire Data Mapping", "noncredit", "continuing", "flame",
        "Maps where a fire has been and where it may go, from open data, so that neighbours and crews can use it.",
        "Complete the four evenings of the workshop and hand in **one map with its legend, its sources and its limits**.",
        ("Find and judge open data about a fire", "Draw a map that a crew can read in a minute",
         "Say what a map cannot tell"),
        ("data-collection", "mapping", "visualisation", "risk-communication", "technical-writing", "teamwork"),
        "Counties, insurers and land trusts along the range look for people who can do this.", "24 hours",
        "Two instructors assess the map with a rubric of four criteria; it can be handed in again once.", "workshop",
        ("fire", "maps"), ("students", "community"),
    ),
    Badge(
        "Ethical AI Foundations", "credit", "engineering", "scale",
        "Can say what a learning system does to people, and what one may ask of it.",
        "Pass ETHX 1100 with a B or better, and hand in **one audit of a system in use**.",
        ("Describe what a model was made from", "Test a system for harm to groups", "Write a recommendation that can be followed"),
        ("ethical-reasoning", "model-evaluation", "programming", "technical-writing", "inclusive-communication", "teamwork"),
        "Asked for in postings of public bodies and of companies that sell to them.", "45 hours",
        "The audit is assessed by the instructor and one outside reader.", "course", ("ethics", "software"),
        credit="credit", credits=1.0, extra={"courses": ["ETHX 1100"]},
    ),
    Badge(
        "Inclusive Meeting Facilitation", "noncredit", "student-life", "people",
        "Leads meetings in which everybody is heard and something is decided.",
        "Take part in two half days, lead one real meeting while a colleague observes, and write down what you would change.",
        ("Plan a meeting with its decision in mind", "Bring in those who have not spoken", "Close with who does what by when"),
        ("facilitation", "inclusive-communication", "conflict-resolution", "teamwork", "project-planning", "public-speaking"),
        "Our own departments ask for it when they hire.", "12 hours",
        "The observer fills in a form of eight lines; the facilitator talks it over with both.", "workshop",
        ("meetings",), ("staff",),
    ),
    Badge(
        "Community Solar Basics", "noncredit", "continuing", "lightbulb",
        "Can explain to neighbours and to a council what a shared solar garden is, costs and brings.",
        "Attend the course, and present **one plan for a shared solar garden** to people who would use it.",
        ("Read a load curve and a tariff", "Sketch a garden for one block", "Answer questions without promising"),
        ("energy-literacy", "project-planning", "public-speaking", "risk-communication", "safety", "technical-writing"),
        "Cooperatives and installers in the region train for it themselves today.", "18 hours",
        "A panel of an instructor, an installer and a neighbour assesses the plan.", "course",
        ("energy",), ("community", "corporate"), valid_months=12,
    ),
)  # fmt: skip
