"""The start: one institution's front page, a list of several, or what to do where there is none."""

import pytest
from django.test import Client
from django.urls import reverse

from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from tests.support import builders

pytestmark = pytest.mark.django_db


def test_an_installation_that_is_not_set_up_says_how_it_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "insignia init" in page
    assert "has not been set up yet" in page


def test_the_front_page_of_the_only_institution_is_the_front_page(client: Client, institution: Institution) -> None:
    page = client.get("/").content.decode()
    assert institution.definition in page
    for name in ("public:directory",):
        assert f'action="{reverse(name, args=[institution.slug])}"' in page
    for door in ("I want to learn", "I have earned a badge", "I was shown a badge", "I work here"):
        assert door in page
    assert page == client.get(reverse("public:landing", args=[institution.slug])).content.decode()


def test_the_front_page_shows_the_newest_badges(client: Client, institution: Institution) -> None:
    names = [f"Badge number {number}" for number in range(4)]
    achievements = [builders.an_achievement(level="souvenir", name=name) for name in names]
    page = client.get("/").content.decode()
    shown = [achievement for achievement in achievements if _image_of(achievement) in page]
    assert shown == achievements[1:]
    assert "4 micro-credentials from 1 unit." in page


def _image_of(achievement: object) -> str:
    image = achievement.current.images.get()  # type: ignore[attr-defined]
    return reverse("public:image_svg", args=[image.public_id])


def test_several_institutions_stand_in_a_list(client: Client) -> None:
    first, second = builders.founded(name="Alder College"), builders.founded(name="Birch & Sons “Academy”")
    page = client.get("/").content.decode()
    assert page.index("Alder College") < page.index("Birch &amp; Sons")
    for institution in (first, second):
        assert reverse("public:landing", args=[institution.slug]) in page


def test_the_theme_is_a_style_sheet_of_the_institution(client: Client, institution: Institution) -> None:
    institution.theme = {"hue": 158, "badge": {"metal": "x"}}
    institution.save()
    answer = client.get(reverse("public:theme", args=[institution.slug]))
    assert answer["Content-Type"].startswith("text/css")
    assert "--accent-h: 158;" in answer.content.decode()
    assert "max-age" in answer["Cache-Control"]
    assert client.get(answer.wsgi_request.path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_whoever_works_here_is_led_to_their_desk(client: Client, institution: Institution) -> None:
    auditor = builders.a_member("auditor")
    address = reverse("public:landing", args=[institution.slug])
    assert 'href="/accounts/login/">I work here' in client.get(address).content.decode()
    client.force_login(User.objects.get(pk=auditor.user_pk))
    desk = reverse("governance:tasks", args=[institution.slug])
    assert f'href="{desk}">I work here' in client.get(address).content.decode()


def test_an_institution_may_stay_out_of_search_engines(client: Client, institution: Institution) -> None:
    achievement = builders.an_achievement(level="souvenir")
    pages = [
        reverse("public:landing", args=[institution.slug]),
        reverse("public:directory", args=[institution.slug]),
        reverse("public:achievement", args=[achievement.public_id]),
        reverse("public:issuer", args=[achievement.issuer.public_id]),
    ]
    assert {client.get(page)["X-Robots-Tag"] for page in pages} == {"all"}
    with tenancy.of(institution):
        institutions.set_policies(by=builders.SYSTEM, institution=institution, policies={"noindex": True})
    assert {client.get(page)["X-Robots-Tag"] for page in pages} == {"noindex, nofollow"}


def test_an_unknown_institution_is_not_found(client: Client) -> None:
    assert client.get("/i/nowhere/").status_code == 404
    assert client.get("/i/nowhere/credentials").status_code == 404
    assert client.get("/i/nowhere/theme.css").status_code == 404
