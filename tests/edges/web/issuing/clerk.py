"""Somebody at the desk: signed in, asking for pages by name, sending forms as a browser does."""

import html
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from insignia.domain.access.actor import Actor
from insignia.domain.catalog.models import Achievement
from insignia.domain.people.models import User
from tests.support.builders import here, today

FRAGMENT = {"HX-Request": "true"}


@dataclass
class Clerk:
    """A person and their browser, without scripts."""

    actor: Actor
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.user = User.objects.get(pk=self.actor.user_pk)
        self.client.force_login(self.user, backend=settings.AUTHENTICATION_BACKENDS[0])

    def get(self, name: str, *ids: str, **query: str) -> Any:
        return self.client.get(at(name, *ids), query)

    def fragment(self, name: str, *ids: str, region: str) -> Any:
        return self.client.get(at(name, *ids), headers={**FRAGMENT, "HX-Target": region})

    def post(self, name: str, *ids: str, data: dict[str, Any] | None = None) -> Any:
        return self.client.post(at(name, *ids), data or {}, follow=True)

    def upload(self, achievement: Achievement, data: bytes, filename: str = "roster.csv", **form: Any) -> Any:
        file = SimpleUploadedFile(filename, data)
        given = {"roster": file, "awarded_on": today().isoformat(), **form}
        return self.client.post(at("roster", achievement.public_id), given, follow=True)


def at(name: str, *ids: str) -> str:
    return reverse(f"issuing:{name}", args=[here().slug, *ids])


def text(response: Any) -> str:
    """What a reader reads, with quotation marks as written."""
    return html.unescape(response.content.decode())


def filled(**changes: Any) -> dict[str, Any]:
    """The form for one person as a Grantor of a Level I badge fills it in."""
    return {
        "form_key": "k1",
        "pieces": "1",
        "name": "Ana Núñez",
        "email": "ana@students.example",
        "external_id": "",
        "awarded_on": today().isoformat(),
        "narrative": "Cleaned three tables.",
        "evidence_1_name": "Workbook",
        "evidence_1_url": "https://work.example/book.xlsx",
        "evidence_1_narrative": "",
        **changes,
    }
