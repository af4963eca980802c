"""Somebody who writes a proposal: signed in, without scripts, sending the form as a browser shows it."""

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.urls import reverse

from insignia.domain.people.models import User
from tests.support import builders
from tests.support.clients import Browserlike

AUTOSAVE = {"HX-Request": "true", "HX-Target": "saved"}


class _Fields(HTMLParser):
    """The fields of the form of a proposal, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._in_form = self._in_text = False
        self._name = self._text = ""
        self._selected: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._in_form = "data-autosave" in given
        if not self._in_form or not (tag == "option" or given.get("name")):
            return
        kind = given.get("type", "text")
        if tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in given:
                self._add(given["name"], given.get("value", "on"))
        elif tag == "input" and kind != "file":
            self._add(given["name"], given.get("value", ""))
        elif tag == "textarea":
            self._in_text, self._name, self._text = True, given["name"], ""
        elif tag == "select":
            self._name, self._selected = given["name"], ""
        elif tag == "option" and "selected" in given:
            self._selected = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._in_text:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._in_text:
            self._in_text = False
            self._add(self._name, self._text.removeprefix("\n"))
        elif tag == "select" and self._selected is not None:
            self._add(self._name, self._selected)
            self._selected = None
        elif tag == "form":
            self._in_form = False

    def _add(self, name: str, value: str) -> None:
        self.found.setdefault(name, []).append(value)


@dataclass
class Author:
    """A person at the pages of proposals."""

    user: User

    def __post_init__(self) -> None:
        self.client = Browserlike()
        self.client.force_login(self.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        self.slug = builders.here().slug

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"governance:{name}", args=[self.slug, *ids])

    def get(self, name: str, *ids: str, **query: str) -> Any:
        return self.client.get(self.at(name, *ids), query)

    def read(self, name: str, *ids: str, **query: str) -> str:
        """The words of a page that answers."""
        response = self.get(name, *ids, **query)
        assert response.status_code == 200, f"{name}: {response.status_code}"
        return words(response)

    def post(self, name: str, *ids: str, **form: Any) -> Any:
        return self.client.post(self.at(name, *ids), form, follow=True)

    def form(self, public_id: str, **query: str) -> dict[str, Any]:
        """What the form holds, as a browser would send it."""
        return fields(self.get("proposal_write", public_id, **query))

    def save(self, public_id: str, /, *, form: dict[str, Any] | None = None, **changes: Any) -> Any:
        """Change some fields of the form and press Save; `a_title` stands for the field `a-title`."""
        sent = {**(self.form(public_id) if form is None else form), **named(changes)}
        return self.client.post(self.at("proposal_write", public_id), sent, follow=True)

    def autosave(self, public_id: str, /, *, form: dict[str, Any] | None = None, **changes: Any) -> Any:
        """What the script of the page sends meanwhile."""
        sent = {**(self.form(public_id) if form is None else form), **named(changes)}
        return self.client.post(self.at("proposal_write", public_id), sent, headers=AUTOSAVE)


def named(changes: dict[str, Any]) -> dict[str, Any]:
    return {(f"a-{key[2:]}" if key.startswith("a_") else key): value for key, value in changes.items()}


def fields(response: Any) -> dict[str, Any]:
    """The fields of the form in `response`."""
    reader = _Fields()
    reader.feed(response.content.decode())
    return dict(reader.found)


def words(response: Any) -> str:
    """The text of a page, without its markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())
