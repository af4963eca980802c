"""Somebody to sign in as."""

from dataclasses import dataclass
from typing import Any

PASSWORD = "insignia-demo"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody to sign in as: what they are, and what to try as them.

    All names and addresses are invented, and every address ends in `.example`. What stands before the @ is theirs alone
    in the whole demonstration: it is their name in addresses.
    """

    email: str
    name: str
    role: Any
    try_this: Any = ""

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return self.email.partition("@")[0].replace(".", "-")

    @property
    def card(self) -> dict[str, str]:
        """As an answer to a question for people."""
        return {"name": self.name, "email": self.email}
