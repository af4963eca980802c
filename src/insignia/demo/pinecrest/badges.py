"""The badges that Pinecrest brought along."""

from datetime import date

from insignia.demo.badge import Badge

_DISTINCTION = "For Distinction, the story is published and reaches readers outside the class."


def first_day_of_year(today: date) -> date:
    """When the academic year began in which people are, or the one before it while it is hardly begun."""
    begins = date(today.year, 8, 25)
    return begins if (today - begins).days >= 45 else date(today.year - 1, 8, 25)


def badges(today: date) -> tuple[Badge, ...]:
    """All of them; a certificate after what it is made of."""
    year = first_day_of_year(today).year
    return (
        Badge(
            f"Orientation Week {year}", "souvenir", "engagement", "compass",
            "Took part in the orientation week for new students.",
            "Come to at least three of the five events of the week, and write down one thing that you want to try this year.",
            activity="event", effort="One week", extra={"basis": "event_attendance", "events": 3},
        ),
        Badge(
            f"Robotics Club Member {year}–{(year + 1) % 100:02}", "souvenir", "engagement", "gear",
            "Was an active member of the robotics club for a year.",
            "Come to the weekly meetings and take a task in one build.",
            activity="membership", effort="One year",
            extra={"basis": "active_membership", "membership_period": f"{year}–{year + 1}"},
        ),
        Badge(
            "Spreadsheet Basics", "level_1", "computing", "calculator",
            "Can clean a table, calculate with it, and draw a chart that tells the truth.",
            "Complete the three exercises and hand in **one workbook of your own**.\n\nThe workbook is assessed for clean data, "
            "sound formulas and an honest chart.",
            ("Clean a table so that it can be calculated with", "Write formulas that others can follow",
             "Choose a chart that does not mislead"),
            ("technology",), "One in four office jobs in the region asks for it.", "12 hours",
            "A Grantor assesses the workbook against three criteria.", "training", ("data",),
        ),
        Badge(
            "Public Speaking Practice", "level_1", "library", "microphone",
            "Has practised speaking to a small audience and taking feedback.",
            "Give two talks of five minutes in the workshop, the second after feedback on the first.",
            ("Structure a short talk", "Speak freely from notes", "Use feedback"),
            ("communication",), "Employers name communication first among the skills they miss.", "8 hours",
            "The second talk is assessed on the spot.", "workshop", ("speaking",),
        ),
        Badge(
            "Data Storytelling Intro", "level_1", "design", "chart",
            "Can turn a finding into a short story with one chart.",
            "Write a one-page story about a public data set, with one chart.",
            ("Find the point in a data set", "Write for a reader who has two minutes"),
            ("communication", "critical-thinking"), "Analysts who can explain are hired first.", "15 hours",
            "A Grantor assesses the page.", "course", ("data", "writing"), ("students", "faculty", "staff"),
            distinction=_DISTINCTION,
        ),
        Badge(
            "Desktop Publishing Intro", "level_1", "design", "pencil",
            "Can lay out a leaflet for print.",
            "Hand in a leaflet of four pages as it goes to the printer.",
            ("Set type that can be read", "Prepare a file for print"),
            ("technology",), "Was asked for by printers in the region; most have merged.", "10 hours",
            "A Grantor assesses the file and a printed copy.", "workshop", ("print",),
        ),
        Badge(
            "Dashboard Design for Clients", "level_2", "design", "chart",
            "Has designed a dashboard for a client, and seen it used.",
            "Agree the questions with a client, build the dashboard, hand it over, and return after a month to see what is used.",
            ("Agree on what a client needs to know", "Build a dashboard that answers it", "Judge its use after a month"),
            ("technology", "communication", "critical-thinking"),
            "Consultancies and public offices in the region advertise this work every month.", "60 hours",
            "The client's report and the dashboard are assessed with a rubric.", "work_experience", ("data", "clients"),
            ("students",), distinction="For Distinction, the client adopts the dashboard for a year.", valid_months=36,
        ),
        Badge(
            "Client Interview Practitioner", "level_2", "careers", "chat",
            "Finds out what a client needs by asking.",
            "Conduct and document three interviews with clients of a partner organisation.",
            ("Prepare questions", "Listen for what is not said", "Write up what was learned"),
            ("communication", "professionalism"), "Asked for wherever services are designed.", "40 hours",
            "Three transcripts are assessed.", "work_experience",
        ),
        Badge(
            "Data Communication", "certificate_practiced", "computing", "bridge",
            "Holds the Level I badges that together make somebody who can work with data and talk about it.",
            "Hold Spreadsheet Basics, Public Speaking Practice and Data Storytelling Intro.",
            ("Work with data and explain it",), ("technology", "communication"),
            demand="Asked for in half of all postings for assistants.",
            components=("spreadsheet-basics", "public-speaking-practice", "data-storytelling-intro"),
        ),
        Badge(
            "Client Analytics", "certificate_expert", "design", "star",
            "Holds the Level II badges of somebody who can serve a client with data from question to answer.",
            "Hold Dashboard Design for Clients and Client Interview Practitioner.",
            ("Serve a client with data",), ("technology", "communication"), demand="The core of junior consultancy.",
            components=("dashboard-design-for-clients", "client-interview-practitioner"),
        ),
        Badge(
            "Flash Animation", "level_1", "design", "palette",
            "Could animate with a tool of its time.",
            "Hand in an animation of ten seconds.",
            ("Animate a short scene",), ("technology",), "Was asked for in its day.", "10 hours",
        ),
    )  # fmt: skip
