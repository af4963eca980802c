"""Who sits at the programme's desk in these tests: browsers that know nothing of the test's own institution."""

import html
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insignia.domain.people.models import User
from tests.support import builders
from tests.support.clients import Browserlike


@dataclass
class Desk:
    """A person at the desk of one institution, without scripts."""

    slug: str
    user: User | None
    client: Client

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"program:{name}", args=[self.slug, *ids])

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


def desk_of(role: str = "administrator", **more: Any) -> Desk:
    """Somebody with `role` in the current institution, at its desk."""
    return desk_for(User.objects.get(pk=builders.a_member(role, **more).user_pk))


def desk_for(user: User | None) -> Desk:
    """`user` at the desk of the current institution."""
    client = Browserlike()
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return Desk(builders.here().slug, user, client)


def words(response: Any) -> str:
    """The text of a page, without its markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def file_of(text: str, name: str = "rows.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode())
