"""Who works and learns at Alder Ridge."""

from collections.abc import Iterable
from datetime import date

from insignia.core.words import N_
from insignia.demo.learners import Learner, learners
from insignia.demo.part import Part

_AT = "@alder-ridge.example"

FACULTY = Part(
    f"fabian.faculty{_AT}",
    "Fabian Faculty",
    N_("Faculty, Engineering"),
    N_("Send an intent, open the invitation, hand in a proposal"),
)
STAFF = Part(
    f"stella.staff{_AT}", "Stella Staff", N_("Staff, Student Life"), N_("See the invitation that ends tomorrow")
)
LECTURER = Part(
    f"luc.lecturer{_AT}",
    "Luc Lecturer",
    N_("Lecturer, Continuing Studies"),
    N_("Follow a proposal before the committee"),
)
MANAGER = Part(
    f"kim.program{_AT}", "Kim Program", N_("Program manager"), N_("Answer an intent, invite, look after production")
)
CHAIR = Part(
    f"maya.chair{_AT}",
    "Maya Chair",
    N_("Chair of the advisory committee, academic colleges"),
    N_("Ask for changes, record an endorsement"),
)
MEMBER = Part(
    f"conrad.committee{_AT}", "Conrad Committee", N_("Committee member, continuing education"), N_("Vote on a proposal")
)
MEMBER_2 = Part(f"saba.committee{_AT}", "Saba Committee", N_("Committee member, student affairs"))
MEMBER_3 = Part(f"ike.committee{_AT}", "Ike Committee", N_("Committee member, information technology"))
MEMBER_4 = Part(f"tess.committee{_AT}", "Tess Committee", N_("Committee member, teaching and learning center"))
MEMBER_5 = Part(f"linus.committee{_AT}", "Linus Committee", N_("Committee member, university libraries"))
DIVISION = Part(
    f"dov.division{_AT}",
    "Dov Division",
    N_("Approver of the College of Engineering"),
    N_("Attest and give the last word"),
)
DIVISION_2 = Part(
    f"nell.division{_AT}",
    "Nell Division",
    N_("Approver of Continuing Studies"),
    N_("Give the last word on what waits for two attestations"),
)
DIVISION_3 = Part(f"sol.division{_AT}", "Sol Division", N_("Approver of Student Life"))
REGISTRAR = Part(
    f"rex.registrar{_AT}",
    "Rex Registrar",
    N_("Registrar, sits on the committee too"),
    N_("Verify a request, issue what is fine"),
)
CLERK = Part(f"cleo.registrar{_AT}", "Cleo Registrar", N_("Works in the Registrar’s office"))
ISSUER = Part(
    f"ivy.issuer{_AT}", "Ivy Issuer", N_("Department issuer, Continuing Studies"), N_("Correct the rows that came back")
)
ISSUER_2 = Part(
    f"ian.issuer{_AT}", "Ian Issuer", N_("Department issuer, Engineering"), N_("File a request with a list of learners")
)
ISSUER_3 = Part(f"lara.issuer{_AT}", "Lara Issuer", N_("Department issuer, Student Life"))
ADMINISTRATOR = Part(f"alba.admin{_AT}", "Alba Admin", N_("Administrator"), N_("Look at roles, policies and keys"))
SKY = Part(
    "sky@students.alder-ridge.example", "Sky Sandoval", N_("Learner"), N_("Accept an offer, decide who may see it")
)

COMMITTEE = (CHAIR, MEMBER, MEMBER_2, MEMBER_3, MEMBER_4, MEMBER_5, REGISTRAR)
"""In the order of the seven constituencies."""

PARTS = (
    FACULTY, STAFF, LECTURER, MANAGER, CHAIR, MEMBER, DIVISION, DIVISION_2, REGISTRAR, ISSUER, ISSUER_2, ADMINISTRATOR, SKY,
)  # fmt: skip

ROLES = (
    (FACULTY, "faculty", "engineering"),
    (STAFF, "staff", "student-life"),
    (LECTURER, "faculty", "continuing"),
    (MANAGER, "program_manager", ""),
    (DIVISION, "unit_final", "engineering"),
    (DIVISION_2, "unit_final", "continuing"),
    (DIVISION_3, "unit_final", "student-life"),
    (REGISTRAR, "registrar", ""),
    (CLERK, "registrar", ""),
    (ISSUER, "issuer", "continuing"),
    (ISSUER_2, "issuer", "engineering"),
    (ISSUER_3, "issuer", "student-life"),
    (ADMINISTRATOR, "administrator", ""),
)
"""Who holds which role, and in which division."""


def students(count: int, *, first: int = 0) -> list[Learner]:
    """Learners of Alder Ridge."""
    return learners(count, "students.alder-ridge.example", first=first)


def cohort(rows: Iterable[Learner], completed_on: date) -> str:
    """A list of learners as a department sends it."""
    lines = ["first_name,last_name,email,completed_on"]
    for email, name in rows:
        given, _blank, family = name.partition(" ")
        lines.append(f'{given},"{family}",{email},{completed_on.isoformat()}')
    return "\n".join(lines) + "\n"


def example(today: date) -> str:
    """A list to try with: eleven learners that are fine, and one whose address lacks its sign."""
    return cohort([*students(11, first=150), ("nina.students.alder-ridge.example", "Nina No-Sign")], today)
