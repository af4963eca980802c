"""What a page may do: the headers of every answer, and templates that need no more than they allow."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import insignia
from insignia.domain.people.models import User
from insignia.edges.web.middleware import content_security_policy, identity_providers

pytestmark = pytest.mark.urls("tests.edges.web.pages")
# Mails are no pages: the programs that show them know no style sheets, and no policy reaches them.
TEMPLATES = sorted(
    file
    for file in Path(insignia.__file__).parent.rglob("*.html")
    if "templates" in file.parts and "mail" not in file.parts
)
FORBIDDEN = {
    "an inline style": re.compile(r"""\sstyle\s*=""", re.I),
    "a style element": re.compile(r"<style", re.I),
    "an inline handler": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.I),
    "a script of its own": re.compile(r"""<script(?![^>]*\ssrc=)(?![^>]*type="application/json")""", re.I),
    "a javascript: address": re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*javascript:""", re.I),
    "something from elsewhere": re.compile(r"""<(?:script|link|img|iframe|use)\s[^>]*="(?:https?:)?//""", re.I),
    "a handler of htmx": re.compile(r"hx-on", re.I),
}


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 60


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    guilty = [str(file) for file in TEMPLATES if FORBIDDEN[what].search(file.read_text())]
    assert guilty == []


@pytest.mark.parametrize(
    ("what", "markup"),
    [
        ("an inline style", '<p style="color: red">'),
        ("a style element", "<style>p {}</style>"),
        ("an inline handler", '<button onclick="go()">'),
        ("a script of its own", "<script>go()</script>"),
        ("a javascript: address", '<a href="javascript:go()">'),
        ("something from elsewhere", '<script src="https://cdn.example/x.js"></script>'),
        ("a handler of htmx", '<p hx-on:click="go()">'),
    ],
)
def test_what_is_looked_for_would_be_found(what: str, markup: str) -> None:
    assert FORBIDDEN[what].search(markup)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/styleguide", "/accounts/login/", "/nowhere", "/wrong/conflict"])
def test_every_page_carries_the_policy(client: Client, path: str) -> None:
    response = client.get(path)
    assert response["Content-Security-Policy"] == content_security_policy()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_page_for_internal_errors_carries_the_policy(client: Client) -> None:
    client.raise_request_exception = False
    assert client.get("/wrong/unforeseen")["Content-Security-Policy"] == content_security_policy()


def test_the_policy_allows_our_own_files_and_nothing_else() -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in content_security_policy().split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in content_security_policy()


def test_a_form_may_lead_to_the_identity_providers_that_are_set_up() -> None:
    apps = [
        {"settings": {"server_url": "https://id.pinecrest.example/realm/.well-known/openid-configuration"}},
        {"settings": {"server_url": "https://id.pinecrest.example/other"}},
        {"settings": {}},
    ]
    origins = identity_providers({"openid_connect": {"APPS": apps}})
    assert origins == ("https://id.pinecrest.example",)
    assert "form-action 'self' https://id.pinecrest.example;" in content_security_policy(form_targets=origins)
    assert identity_providers({}) == ()


@pytest.mark.django_db
def test_a_page_that_says_so_may_be_listed_by_search_engines(client: Client) -> None:
    assert client.get("/public")["X-Robots-Tag"] == "all"


@pytest.mark.django_db
def test_what_was_made_for_one_person_is_kept_by_nobody(client: Client, settings: Any) -> None:
    person = User.objects.create_user("noor@pinecrest.example", "insignia-demo")
    assert "Cache-Control" not in client.get("/styleguide")
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/styleguide")["Cache-Control"] == "private, no-store"
