"""Who works and learns at Pinecrest."""

from insignia.core.words import N_
from insignia.demo.learners import Learner, learners
from insignia.demo.part import Part

_AT = "@pinecrest.example"

FACULTY = Part(
    f"fern.faculty{_AT}", "Fern Faculty", N_("Faculty, proposes badges"), N_("Hand in a proposal, answer the reviewers")
)
STAFF = Part(
    f"stan.staff{_AT}", "Stan Staff", N_("Library staff, proposes badges"), N_("See how a proposal is written together")
)
OFFICER = Part(f"otto.officer{_AT}", "Otto Officer", N_("Officer of a student organization"), N_("Ask for a souvenir"))
CAREERS = Part(
    f"cora.careers{_AT}",
    "Cora Careers",
    N_("Career services, reviews skills"),
    N_("Look at the skills of a proposal, give a consultation"),
)
LEADER = Part(
    f"lee.leader{_AT}", "Lee Leader", N_("Leader of the College of Computing"), N_("Approve a proposal for the unit")
)
LIBRARIAN = Part(
    f"lisbeth.leader{_AT}",
    "Lisbeth Leader",
    N_("Leader of Library Services"),
    N_("See who stands in for her this week"),
)
ENGAGER = Part(f"emil.leader{_AT}", "Emil Leader", N_("Leader of the Student Engagement Office"))
CHAIR = Part(
    f"mara.chair{_AT}", "Mara Chair", N_("Chair of the committee"), N_("Open the meeting, record what was decided")
)
DEPUTY = Part(f"dana.deputy{_AT}", "Dana Deputy", N_("Deputy chair of the committee"))
MEMBER = Part(
    f"cal.committee{_AT}", "Cal Committee", N_("Committee member, faculty"), N_("Vote on a proposal before the meeting")
)
MEMBER_2 = Part(f"ezra.committee{_AT}", "Ezra Committee", N_("Committee member, faculty"))
MEMBER_3 = Part(f"tova.committee{_AT}", "Tova Committee", N_("Committee member, staff"))
MEMBER_4 = Part(f"noor.committee{_AT}", "Noor Committee", N_("Committee member, staff"))
PAST_MEMBER = Part(f"pia.past{_AT}", "Pia Past", N_("Committee member until last month"))
STAND_IN = Part(f"alma.alternate{_AT}", "Alma Alternate", N_("Alternate on the committee"))
EXECUTIVE = Part(
    f"exa.executive{_AT}", "Exa Executive", N_("Executive administrator"), N_("Give the last word on a proposal")
)
ENGAGEMENT = Part(
    f"selma.engagement{_AT}",
    "Selma Engagement",
    N_("Student engagement staff"),
    N_("Decide on a souvenir for students"),
)
MANAGER = Part(f"pat.program{_AT}", "Pat Program", N_("Program manager"), N_("See what waits, look after production"))
DESIGNER = Part(
    f"des.designer{_AT}", "Des Designer", N_("Designer, Strategic Communications"), N_("Show a proof of an image")
)
ISSUER = Part(
    f"ines.issuer{_AT}", "Inés Issuer", N_("Issuer, Student Engagement Office"), N_("Award a souvenir to a whole club")
)
UNIT_ISSUER = Part(
    f"ivo.issuer{_AT}", "Ivo Issuer", N_("Issuer, College of Computing"), N_("Nominate Grantors, plan an evaluation")
)
GRANTOR = Part(f"gus.grantor{_AT}", "Gus Grantor", N_("Grantor"), N_("Award a badge to one person, or upload a roster"))
UNTRAINED = Part(
    f"uma.untrained{_AT}", "Uma Untrained", N_("Grantor without training"), N_("See why she cannot award yet")
)
ENDED = Part(
    f"enno.ended{_AT}", "Enno Ended", N_("Grantor whose appointment has ended"), N_("See that he cannot award any more")
)
REGISTRAR = Part(f"remy.registrar{_AT}", "Rémy Registrar", N_("Registrar"), N_("Correct a name, revoke with a reason"))
AUDITOR = Part(f"audrey.auditor{_AT}", "Audrey Auditor", N_("Auditor"), N_("Read the journal"))
ADMINISTRATOR = Part(f"ada.admin{_AT}", "Ada Admin", N_("Administrator"), N_("Look at roles, policies and keys"))
ROWAN = Part(
    "rowan@students.pinecrest.example", "Rowan Rivera", N_("Learner"), N_("Accept an offer, show a badge, download it")
)

COMMITTEE = (CHAIR, DEPUTY, MEMBER, MEMBER_2, MEMBER_3, MEMBER_4)
"""In the order of the seats: four of faculty, two of staff. The last seat of staff has been vacant for a month."""

PARTS = (
    FACULTY, STAFF, OFFICER, CAREERS, LEADER, LIBRARIAN, CHAIR, MEMBER, EXECUTIVE, ENGAGEMENT, MANAGER, DESIGNER, ISSUER,
    UNIT_ISSUER, GRANTOR, UNTRAINED, ENDED, REGISTRAR, AUDITOR, ADMINISTRATOR, ROWAN,
)  # fmt: skip

ROLES = (
    (FACULTY, "faculty", ""),
    (STAFF, "staff", ""),
    (OFFICER, "student_org_officer", ""),
    (CAREERS, "skill_reviewer", ""),
    (LEADER, "unit_leader", "computing"),
    (LIBRARIAN, "unit_leader", "library"),
    (ENGAGER, "unit_leader", "engagement"),
    (DEPUTY, "faculty", "computing"),
    (MEMBER, "faculty", "design"),
    (MEMBER_2, "faculty", "computing"),
    (CHAIR, "faculty", "design"),
    (MEMBER_3, "staff", "library"),
    (MEMBER_4, "staff", "careers"),
    (STAND_IN, "staff", "communications"),
    (EXECUTIVE, "executive", ""),
    (ENGAGEMENT, "student_engagement_staff", ""),
    (MANAGER, "program_manager", ""),
    (DESIGNER, "designer", ""),
    (ISSUER, "issuer", "engagement"),
    (UNIT_ISSUER, "issuer", "computing"),
    (REGISTRAR, "registrar", ""),
    (AUDITOR, "auditor", ""),
    (ADMINISTRATOR, "administrator", ""),
)
"""Who holds which role, and in which unit."""


def students(count: int, *, first: int = 0) -> list[Learner]:
    """Learners of Pinecrest; the last eight of sixty work there."""
    found = learners(count, "students.pinecrest.example", first=first)
    return [
        (email.replace("students.", "staff.") if number >= 52 else email, name)
        for number, (email, name) in enumerate(found, start=first)
    ]


def roster() -> str:
    """An example roster: ten rows that are fine, one with a comma in its address, one that stands there twice."""
    rows = ["email,name,awarded_on,narrative,evidence_url,evidence_name"]
    rows += [
        f'{email},"{name}",,Clean data and honest charts,https://work.pinecrest.example/{number}.xlsx,Workbook'
        for number, (email, name) in enumerate(students(10, first=30), start=1)
    ]
    rows += ['"sam@students,pinecrest.example",Sam Typo,,,https://work.pinecrest.example/11.xlsx,Workbook', rows[1]]
    return "\n".join(rows) + "\n"
