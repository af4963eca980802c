"""The addresses that mails lead to are addresses of pages."""

from urllib.parse import parse_qs, urlsplit

from django.urls import resolve

from insignia.domain.notifications import places


def name_of(url: str) -> str:
    return resolve(urlsplit(url).path).view_name


def test_every_address_in_a_mail_is_that_of_a_page():
    assert name_of(places.claim("abc.def")) == "earner:claim"
    assert name_of(places.credential("a" * 26)) == "public:credential"
    assert name_of(places.home("college")) == "public:landing"
    assert name_of(places.awarding("college")) == "issuing:desk"
    assert name_of(places.roster("college", "a" * 26)) == "issuing:batch"
    assert name_of(places.issuance("college", "a" * 26)) == "issuing:request"
    assert name_of(places.tasks("college")) == "governance:tasks"
    assert name_of(places.proposal("college", "a" * 26)) == "governance:proposal"
    assert name_of(places.intent("college", "a" * 26)) == "governance:intent"
    assert name_of(places.invitation("college", "a.b")) == "governance:invitation"


def test_who_signs_in_by_code_is_led_on():
    url = places.sign_in_by_code(places.awarding("college"))
    assert name_of(url) == "account_request_login_code"
    assert parse_qs(urlsplit(url).query) == {"next": ["/i/college/awarding"]}
