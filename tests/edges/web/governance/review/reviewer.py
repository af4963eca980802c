"""Somebody at the review desk: signed in, without scripts, pressing the buttons that the page shows."""

import html
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insignia.domain.people.models import User
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders
from tests.support.clients import Browserlike

_BUTTON = re.compile(r"<button[^>]*?name=\"decision\"[^>]*?>(.*?)</button>", re.S)
_VALUE = re.compile(r"value=\"([^\"]*)\"")
_HIDDEN = re.compile(r"<input type=\"hidden\" name=\"(revision|version|task)\" value=\"([^\"]*)\"")


@dataclass
class Reviewer:
    """A person with a browser."""

    slug: str
    client: Browserlike

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"governance:{name}", args=[self.slug, *ids])

    def get(self, name: str, *ids: str, **query: str) -> Any:
        return self.client.get(self.at(name, *ids), query)

    def read(self, name: str, *ids: str, **query: str) -> str:
        """The words of a page that answers."""
        response = self.get(name, *ids, **query)
        assert response.status_code == 200, f"{name}: {response.status_code}"
        return words(response)

    def send(self, name: str, /, *ids: str, **form: Any) -> Any:
        return self.client.post(self.at(name, *ids), form, follow=True)

    def opens(self, proposal: Proposal, **query: str) -> "Opened":
        """The page of a proposal, as it stands now."""
        return Opened(self, proposal, self.get("proposal", proposal.public_id, **query))

    def questions(self, name: str, *ids: str, **query: str) -> int:
        """How many queries a page asks, when everything that a process keeps is kept already."""
        self.get(name, *ids, **query)
        with CaptureQueriesContext(connection) as asked:
            assert self.get(name, *ids, **query).status_code == 200
        return len(asked)


@dataclass
class Opened:
    """A page that was opened: its buttons, and what they send with what is filled in."""

    who: Reviewer
    proposal: Proposal
    response: Any

    @property
    def words(self) -> str:
        return words(self.response)

    @property
    def buttons(self) -> dict[str, str]:
        """What each button is called, and what it sends."""
        text = self.response.content.decode()
        found = {}
        for match in _BUTTON.finditer(text):
            value = _VALUE.search(match.group(0))
            assert value is not None
            found[words_of(match.group(1))] = html.unescape(value.group(1))
        return found

    def press(self, button: str, **fields: Any) -> Any:
        """Press a button with this filled in."""
        hidden = dict(_HIDDEN.findall(self.response.content.decode()))
        form = {**hidden, "decision": self.buttons[button], **{key.replace("__", "-"): v for key, v in fields.items()}}
        return self.who.client.post(self.who.at("decide", self.proposal.public_id), form, follow=True)

    def confirm(self, button: str, **fields: Any) -> Any:
        """Press a button that asks whether one is sure, and be sure."""
        asked = self.press(button, **fields)
        assert asked.status_code == 200
        assert "are you sure?" in words(asked)
        return self.press(button, sure="1", **fields)


def reviewer(user: User) -> Reviewer:
    """`user` at the desk of the current institution."""
    client = Browserlike()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return Reviewer(builders.here().slug, client)


def words(response: Any) -> str:
    """The text of a page, without its markup."""
    return words_of(response.content.decode())


def words_of(text: str) -> str:
    text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(html.unescape(text).split())


def rated(*criteria: str, **comments: str) -> dict[str, str]:
    """A review form filled in: the best mark for each criterion."""
    marks = {f"rate-{one}": "4" for one in criteria}
    return {**marks, **{f"say-{one}": text for one, text in comments.items()}}
