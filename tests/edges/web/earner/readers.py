"""Who reads the earner's pages in these tests: clients that know nothing of the test's own institution."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims
from insignia.domain.awards.models import Award, ClaimLink
from insignia.domain.people.models import User
from tests.support.clients import Browserlike

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.I)
PASSWORD = "a long enough password"


class Reader(Browserlike):
    """Somebody at a browser."""

    def text(self, path: str, *, status: int = 200) -> str:
        """What stands at `path`, in words."""
        response = self.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return words_of(response)


def words_of(response: Any) -> str:
    """The text of a page, without its markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def reader(person: User | None = None) -> Reader:
    """A browser, signed in as `person` if there is one."""
    client = Reader()
    if person is not None:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def link_for(award: Award) -> tuple[ClaimLink, str]:
    """A claim link for the earner of `award`, and the address of its page."""
    link = awards.make_claim_link(award.recipient)
    return link, f"/claim/{claims.secret_of(link)}"


@contextmanager
def writing_nothing() -> Iterator[None]:
    """Fail when something is written to the database."""
    with CaptureQueriesContext(connection) as captured:
        yield
    written = [query["sql"] for query in captured if WRITES.match(query["sql"])]
    assert written == []
