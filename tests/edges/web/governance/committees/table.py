"""Who sits at the committee's table in these tests: people of a cast at the pages of governance, without scripts."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insignia.domain.people.models import User
from tests.edges.web.program.staff import desk_for, words
from tests.support.governance import Cast

__all__ = ["Seat", "at", "words"]


@dataclass
class Seat:
    """A person at the pages of governance."""

    slug: str
    client: Client

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"governance:{name}", args=[self.slug, *ids])

    def get(self, name: str, *ids: str, **query: str) -> Any:
        return self.client.get(self.at(name, *ids), query)

    def read(self, name: str, *ids: str, **query: str) -> str:
        """The words of a page that answers."""
        response = self.get(name, *ids, **query)
        assert response.status_code == 200, f"{name}: {response.status_code}"
        return words(response)

    def questions(self, name: str, *ids: str) -> int:
        """How many queries a page asks, when everything that a process keeps is kept already."""
        self.get(name, *ids)
        with CaptureQueriesContext(connection) as asked:
            assert self.get(name, *ids).status_code == 200
        return len(asked)

    def send(self, page: str, /, *ids: str, **form: Any) -> Any:
        """What the form of a page answers; followed to where it leads."""
        return self.client.post(self.at(page, *ids), form, follow=True)


def at(who: Cast | User, name: str = "") -> Seat:
    """Somebody of a cast, or any person, in the current institution."""
    desk = desk_for(who[name] if isinstance(who, Cast) else who)
    return Seat(desk.slug, desk.client)
