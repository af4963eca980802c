"""Errors as pages, pieces of pages, and who asks."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from insignia.domain.access.actor import ANONYMOUS
from insignia.domain.people.models import User
from insignia.edges.web import http

pytestmark = pytest.mark.urls("tests.edges.web.pages")
HTMX = {"HX-Request": "true", "HX-Target": "results"}


@pytest.fixture
def noor(db: None) -> User:
    return User.objects.create_user("noor@pinecrest.example", "insignia-demo", name="Noor Hartwell")


@pytest.fixture
def signed_in(client: Client, noor: User, settings: Any) -> Client:
    client.force_login(noor, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("not_permitted", 403, "You may not award Lab Safety."),
        ("not_found", 404, "There is no such badge here."),
        ("rejected", 422, "Row 9 is empty."),
        ("conflict", 409, "Someone else changed this award a moment ago."),
        ("unavailable", 503, "Try again in a few minutes."),
        ("unavailable_for_good", 503, "Trying again will not help"),
        ("permission_denied", 403, "Your account has no right"),
        ("http404", 404, "The address may be mistyped"),
        ("too_big", 413, "Send a smaller file"),
        ("suspicious", 400, "Nothing was changed."),
    ],
)
def test_every_foreseen_error_is_a_page_that_says_what_why_and_what_to_do(
    signed_in: Client, how: str, status: int, words: str
) -> None:
    response = signed_in.get(f"/wrong/{how}")
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert page.count("<h1") == 1
    assert 'id="main"' in page


@pytest.mark.django_db
def test_an_error_for_htmx_is_a_note_for_the_region_that_asked(client: Client) -> None:
    response = client.get("/wrong/conflict", headers=HTMX)
    assert response.status_code == 409
    assert response["HX-Reswap"] == "afterbegin"
    assert "<html" not in response.content.decode()
    assert 'role="alert"' in response.content.decode()


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_asked_who_they_are_before_they_are_refused(client: Client) -> None:
    response = client.get("/wrong/not_permitted?a=1")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/wrong/not_permitted%3Fa%3D1"
    assert client.post("/wrong/not_permitted").status_code == 403


@pytest.mark.django_db
def test_an_unknown_address_answers_with_our_page(client: Client) -> None:
    response = client.get("/nowhere/at/all")
    assert response.status_code == 404
    assert "Nothing stands at this address" in response.content.decode()


def test_the_page_for_internal_errors_needs_no_database(client: Client) -> None:
    """pytest-django forbids the database to a test without the mark: a query here fails the test."""
    client.raise_request_exception = False
    response = client.get("/wrong/unforeseen")
    assert response.status_code == 500
    assert "This is our fault, not yours." in response.content.decode()
    assert "nobody thought of this" not in response.content.decode()


def test_an_internal_error_is_answered_though_the_style_sheets_are_missing(rf: RequestFactory, settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    response = http.server_error(rf.get("/"))
    assert response.status_code == 500
    assert isinstance(response, HttpResponse)
    assert "Something broke on our side." in response.content.decode()


def test_a_reference_on_the_page_is_found_in_the_log(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    response = http.server_error(rf.get("/somewhere"))
    assert isinstance(response, HttpResponse)
    page = response.content.decode()
    reference = page.split('<code translate="no">')[1].split("<")[0]
    assert f"reference {reference}: /somewhere" in caplog.text


@pytest.mark.django_db
def test_a_form_without_its_mark_is_refused_with_our_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/form", {"title": "x"})
    assert response.status_code == 403
    assert "The page stood open too long" in response.content.decode()


@pytest.mark.django_db
def test_too_many_tries_are_answered_with_our_page(client: Client) -> None:
    for _attempt in range(40):
        response = client.post("/accounts/password/reset/", {"email": "noor@pinecrest.example"})
        if response.status_code == 429:
            break
    assert response.status_code == 429
    assert "Your account is not locked." in response.content.decode()


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, "page"),
        (HTMX, "fragment"),
        ({**HTMX, "HX-Boosted": "true"}, "page"),
        ({**HTMX, "HX-History-Restore-Request": "true"}, "page"),
        ({**HTMX, "HX-Target": "elsewhere"}, "page"),
        ({**HTMX, "HX-Target": "../results"}, "page"),
    ],
)
def test_a_region_is_answered_with_the_fragment_of_its_name(
    rf: RequestFactory, settings: Any, tmp_path: Any, headers: dict[str, str], found: str
) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "list.html").write_text("page {{ word }}")
    (tmp_path / "public" / "_results.html").write_text("fragment {{ word }}")
    template = {**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": {"context_processors": []}}
    settings.TEMPLATES = [template]
    response = http.render(rf.get("/", headers=headers), "public/list.html", {"word": "here"}, status=201)
    assert response.content.decode() == f"{found} here"
    assert response.status_code == 201
    assert "HX-Request" in response["Vary"]


@pytest.mark.django_db
def test_who_asks_is_made_once_a_request(rf: RequestFactory, noor: User, django_assert_num_queries: Any) -> None:
    request = rf.get("/")
    request.user = noor
    first = http.actor(request)
    assert (first.id, first.name) == (noor.public_id, "Noor Hartwell")
    with django_assert_num_queries(0):
        assert http.actor(request) is first


def test_nobody_in_particular_asks_without_a_query(rf: RequestFactory) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    assert http.actor(request) is ANONYMOUS
    assert connection.queries == []
