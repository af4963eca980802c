"""What templates show values with."""

import datetime as dt
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.core.paginator import Paginator
from django.utils import timezone, translation

from insignia.core.errors import Rejected
from insignia.edges.web.templatetags import insignia as tags

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:msgbox(1))",
    "![picture](https://tracker.example/pixel.png)",
    "<https://ok.example/\"onmouseover=\"alert(1)>",
    '[a](https://ok.example "\\"onclick=alert(1)")',
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=https://evil.example></iframe>",
    "<style>* { display: none }</style>",
    "<a href='https://ok.example' style='position:fixed'>x</a>",
    "<form action=https://evil.example><input></form>",
    "```html\n<script>alert(1)</script>\n```",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<details open ontoggle=alert(1)>",
    "<!--<img src=x onerror=alert(1)>-->",
    "[x]: javascript:alert(1)\n\n[x]",
]  # fmt: skip


class Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def read(html: str) -> Markup:
    markup = Markup()
    markup.feed(html)
    return markup


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_that_people_wrote_holds_nothing_that_acts(attack: str) -> None:
    markup = read(tags.markdown(attack))
    assert markup.tags <= tags._TAGS
    assert markup.attributes <= {"href", "rel", "start", "title"}
    assert all(address.lower().startswith(("http://", "https://", "mailto:")) for address in markup.addresses)


def test_what_people_write_looks_as_they_meant_it() -> None:
    html = tags.markdown("# Head\n\nSome *text* with a [link](https://a.example).\n\n1. one\n\n|a|b|\n|-|-|\n|1|2|")
    assert "<h3>Head</h3>" in html
    assert "<em>text</em>" in html
    assert '<a href="https://a.example" rel="nofollow noopener noreferrer">link</a>' in html
    assert {"ol", "li", "table", "td"} <= read(html).tags


def test_headings_stay_below_those_of_the_page() -> None:
    assert "<h6>" in tags.markdown("###### deep")
    assert not {"h1", "h2"} & read(tags.markdown("# a\n\n## b\n\nc\n=\n")).tags


def test_no_text_is_no_markup() -> None:
    assert tags.markdown("") == tags.markdown(None) == ""


LATE = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)


def test_a_day_is_that_of_the_institution() -> None:
    assert tags.day(LATE) == "24 November 2026"
    assert tags.day(LATE, "Europe/Vienna") == "25 November 2026"
    with timezone.override("America/Denver"):
        assert tags.moment(LATE) == "24 November 2026, 16:30"
        assert tags.day(dt.date(2026, 11, 24)) == "24 November 2026"


def test_a_day_in_a_table_names_another_year_only() -> None:
    now = timezone.now()
    assert tags.day_short(now) == f"{now.day} {now:%b}"
    assert tags.day_short(dt.date(2019, 3, 2)) == "2 Mar 2019"


def test_no_date_is_no_text() -> None:
    assert tags.day(None) == tags.moment(None) == tags.iso(None) == tags.day_short(None) == ""


def test_months_are_in_the_readers_language() -> None:
    with translation.override("de"):
        assert tags.day(dt.date(2026, 3, 2)) == "2 März 2026"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Noor Hartwell", "NH"), ("Ana de la Cruz", "AC"), ("noor@x.example", "N"), ("Plato", "P"), ("", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert tags.initials(name) == letters


def test_an_error_of_the_core_is_said_with_its_values() -> None:
    error = Rejected("Row %(row)s has no name.", params={"row": 3})
    assert tags.t(error) == "Row 3 has no name."


@dataclass
class Said:
    message: str
    params: dict[str, object] = field(default_factory=dict)


def test_a_percent_sign_without_values_is_left_alone() -> None:
    assert tags.t(Said("50 % passed")) == "50 % passed"
    assert tags.t(Said("")) == ""


def test_a_translation_that_asks_for_too_much_does_not_break_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("insignia.edges.web.words.gettext", lambda text: "Zeile %(line)s")
    assert tags.t(Said("Row %(row)s", {"row": 3})) == "Row 3"


def test_could_not_check_is_not_no() -> None:
    assert (tags.result("passed"), tags.result("failed")) == ("yes", "no")
    assert (tags.result("could_not_check"), tags.answer("could_not_check")) == ("unknown", "Could not check")
    # An outcome that a later core may bring is never shown as a yes or a no.
    assert tags.result("deferred") == "unknown"


def test_pages_are_left_out_where_there_are_many() -> None:
    page = Paginator(range(200), 10).page(9)
    assert tags.page_numbers(page) == [1, "…", 8, 9, 10, "…", 20]


def test_a_public_address_is_complete(settings: object) -> None:
    assert tags.public_url("styleguide") == "http://localhost:8000/styleguide"
