"""Every word of the public pages can be said in another language, and days are said as people say them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insignia.core.openbadges import Outcome
from insignia.core.openbadges.checks import Check
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.institutions.models import Institution
from insignia.edges.web import words
from tests.support import builders
from tests.support.pseudo import unbracketed

pytestmark = pytest.mark.appearance


@pytest.mark.django_db
def test_no_word_is_left_in_english(
    client: Client, institution: Institution, shown: Callable[..., Any], pseudo_language: str
) -> None:
    achievement = builders.an_achievement(
        level="level_2",
        variants=("with_distinction",),
        distinction_criteria="x",
        audience=("students",),
        credit="credit",
        valid_months=12,
        effort="x",
    )
    award, revoked = (shown(builders.an_award(achievement, variant="with_distinction")) for _ in range(2))
    awards.revoke(by=SYSTEM, awards=[revoked], code="error", reason="x")
    place = [achievement.public_id]
    directory = reverse("public:directory", args=[institution.slug])
    pages = [
        client.get(path)
        for path in (
            "/",
            directory,
            f"{directory}?q=nothing-of-the-kind&level=level_2",
            reverse("public:achievement", args=place),
            reverse("public:variant", args=[*place, 1, "with_distinction"]),
            reverse("public:achievement_embed", args=place),
            reverse("public:issuer", args=[achievement.issuer.public_id]),
            reverse("public:credential", args=[award.credential.public_id]),
            reverse("public:credential", args=[revoked.credential.public_id]),
            "/c/nothing",
            "/verify",
        )
    ]
    pages.append(
        client.post("/verify", {"text": bytes(award.credential.document).decode(), "url": "http://127.0.0.1/"})
    )
    pages.append(client.post("/verify", {"recipient": "nobody"}))
    data = [
        institution.name,
        f"{achievement.current.name} with Distinction",
        achievement.current.name,
        award.recipient.name,
        award.verified_by_name,
    ]
    data += [revoked.recipient.name, revoked.verified_by_name, award.credential.issuer.did, "http://localhost:8000"]
    data += [bytes(award.credential.document).decode(), achievement.current.content.description, "https://"]
    left = {page.wsgi_request.get_full_path(): unbracketed(page.content.decode(), data) for page in pages}
    assert {path: words for path, words in left.items() if words} == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2029-11-25T04:59:59Z", "24 November 2029, 23:59"),
        ("2029-11-25T04:59:59.25+00:00", "24 November 2029, 23:59"),
        ("2029-11-25", "25 November 2029"),
        ("2029-02-30T00:00:00Z", "2029-02-30T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("the 2029-11-25", "the 2029-11-25"),
    ],
)
def test_moments_in_checks_are_said_in_the_zone_of_the_page(written: str, said: str) -> None:
    check = Check("not_expired", Outcome.PASSED, "x", "It is valid until %(end)s.", {"end": written})
    with timezone.override("America/New_York"):
        assert words.translated(check) == f"It is valid until {said}."  # type: ignore[arg-type]
