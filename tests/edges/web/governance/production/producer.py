"""Somebody who works on a production through its pages, as a browser would: addresses and forms."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from insignia.domain.people.models import User
from tests.support import builders


def address(name: str, *args: str) -> str:
    return reverse(f"governance:{name}", args=[builders.here().slug, *args])


@dataclass
class Producer:
    """One person, signed in."""

    user: User
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.user)

    def get(self, name: str, /, *args: str, **query: str) -> str:
        """The text of a page, which must be there."""
        answer = self.client.get(address(name, *args), query)
        assert answer.status_code == 200, (name, answer.status_code)
        return said(answer)

    def status(self, name: str, *args: str) -> int:
        return self.client.get(address(name, *args)).status_code

    def post(self, name: str, /, *args: str, **values: Any) -> str:
        """Send a form; the text of the page to which it leads, or of the one that says what is wrong."""
        return said(self.client.post(address(name, *args), values, follow=True))


def said(answer: Any) -> str:
    """What a page says, in one line without its marks."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
