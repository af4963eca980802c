"""Those who learn: names that are nobody's, addresses that lead nowhere, and lists of them as files."""

FIRST = (
    "Amara", "Bao", "Chiara", "Davi", "Elif", "Farid", "Grace", "Hana", "Idris", "Jana", "Kofi", "Lena", "Milo", "Nadia",
    "Omar", "Priya", "Quentin", "Rosa", "Sven", "Tala", "Uri", "Vera", "Wen", "Ximena", "Yusuf", "Zoë",
)  # fmt: skip
LAST = (
    "Abara", "Bianchi", "Castellanos", "D'Arcy", "Eriksen", "Fernández", "Ghorbani", "Hwang", "Ibáñez", "Jónsdóttir",
    "Kowalczyk", "Løvås", "Mbeki-Stone",
)  # fmt: skip

Learner = tuple[str, str]
"""An address and a name."""


def learners(count: int, domain: str, *, first: int = 0) -> list[Learner]:
    """`count` of them from the place `first` on, always the same."""
    people = []
    for number in range(first, first + count):
        name = f"{FIRST[number % len(FIRST)]} {LAST[(number * 5 + number // len(FIRST)) % len(LAST)]}"
        people.append((f"learner{number + 1:02}@{domain}", name))
    return people
