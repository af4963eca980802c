"""Who plays in the demonstration. All names and addresses are invented, and every address ends in `.example`."""

from dataclasses import dataclass

from insignia.core.words import N_

PASSWORD = "insignia-demo"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody to sign in as: what they may do, and what to try as them."""

    email: str
    name: str
    role: str
    try_this: str

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return self.email.partition("@")[0].replace(".", "-")


ADMINISTRATOR = Part(
    "ada.admin@pinecrest.example", "Ada Admin", "Administrator", "Walk through the first-run checklist"
)
MANAGER = Part(
    "pat.program@pinecrest.example", "Pat Program", N_("Program manager"), N_("See what waits, appoint a Grantor")
)
GRANTOR = Part(
    "gus.grantor@pinecrest.example", "Gus Grantor", "Grantor", "Award a badge to one person, or upload a roster"
)
ISSUER = Part(
    "ines.issuer@pinecrest.example", "Inés Issuer", "Issuer, Student Engagement", "Award a Souvenir to a whole club"
)
REGISTRAR = Part(
    "remy.registrar@pinecrest.example", "Rémy Registrar", "Registrar", "Correct a name, revoke with a reason"
)
UNTRAINED = Part(
    "uma.untrained@pinecrest.example", "Uma Untrained", "Grantor without training", "See why she cannot award yet"
)
ROWAN = Part(
    "rowan@students.pinecrest.example", "Rowan Rivera", "Learner", "Accept an offer, show a badge, download it"
)

PARTS = (GRANTOR, ROWAN, ISSUER, MANAGER, REGISTRAR, ADMINISTRATOR, UNTRAINED)

FIRST = [
    "Amara",
    "Bao",
    "Chiara",
    "Davi",
    "Elif",
    "Farid",
    "Grace",
    "Hana",
    "Idris",
    "Jana",
    "Kofi",
    "Lena",
    "Milo",
    "Nadia",
    "Omar",
    "Priya",
    "Quentin",
    "Rosa",
    "Sven",
    "Tala",
    "Uri",
    "Vera",
    "Wen",
    "Ximena",
    "Yusuf",
    "Zoë",
]
LAST = [
    "Abara",
    "Bianchi",
    "Castellanos",
    "D'Arcy",
    "Eriksen",
    "Fernández",
    "Ghorbani",
    "Hwang",
    "Ibáñez",
    "Jónsdóttir",
    "Kowalczyk",
    "Løvås",
]


def learners(count: int) -> list[tuple[str, str]]:
    """`count` learners as (address, name), always the same."""
    people = []
    for number in range(count):
        first, last = FIRST[number % len(FIRST)], LAST[(number * 5 + number // len(FIRST)) % len(LAST)]
        people.append((f"learner{number + 1:02}@students.pinecrest.example", f"{first} {last}"))
    return people


def roster() -> str:
    """An example roster: ten rows that are fine, one with a comma in its address, one that stands there twice."""
    people = learners(60)[30:40]
    rows = ["email,name,awarded_on,narrative,evidence_url,evidence_name"]
    rows += [
        f'{email},"{name}",,Clean data and honest charts,https://work.pinecrest.example/{number}.xlsx,Workbook'
        for number, (email, name) in enumerate(people, start=1)
    ]
    rows += ['"sam@students,pinecrest.example",Sam Typo,,,https://work.pinecrest.example/11.xlsx,Workbook', rows[1]]
    return "\n".join(rows) + "\n"
