"""The directory: search, filters, order, pages, empty states, a piece for htmx, a list for programs (R-113)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.rules import SkillAlignment
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution
from tests.support import builders
from tests.support.browsing import Browsing


def skill(name: str) -> SkillAlignment:
    return SkillAlignment(name=name, url=f"https://frameworks.example/{len(name)}", framework="Example")


@pytest.fixture
def stocked(institution: Institution) -> Institution:
    """Four badges that differ in everything by which they can be found, and one that is still being written."""
    library = institutions.add_unit(by=SYSTEM, institution=institution, name="Library Services", code="library")
    builders.an_achievement(
        name="Éloquence à l'Œuvre",
        level="level_1",
        skills=(skill("Speaking"),),
        audience=("students",),
        credit="credit",
    )
    builders.an_achievement(
        name="Dashboard Design",
        level="level_2",
        skills=(skill("Speaking"), skill("Charts")),
        audience=("staff", "students"),
        credit="noncredit",
    )
    builders.an_achievement(name="Zebra Watching", level="souvenir", unit=library, audience=("alumni",))
    builders.an_achievement(name="Ährenlese", level="souvenir", unit=library)
    builders.a_draft(name="Not approved yet")
    return institution


NAMES = ("Ährenlese", "Dashboard Design", "Éloquence à l'Œuvre", "Zebra Watching")


def found(client: Client, institution: Institution, query: str = "") -> list[str]:
    """The names on the cards, in order."""
    page = client.get(f"{reverse('public:directory', args=[institution.slug])}?{query}").content.decode()
    page = page.replace("&#x27;", "'")
    places = {page.find(f">{name}</a></h3>"): name for name in (*NAMES, "Not approved yet")}
    return [places[place] for place in sorted(places) if place >= 0]


@pytest.mark.django_db
class TestFinding:
    @pytest.mark.requirement("R-113", "R-110")
    def test_everything_that_is_active_stands_by_name(self, client: Client, stocked: Institution) -> None:
        assert found(client, stocked) == list(NAMES)

    @pytest.mark.requirement("R-113")
    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=eloquence", ["Éloquence à l'Œuvre"]),
            ("q=AHREN", ["Ährenlese"]),
            ("q=charts", ["Dashboard Design"]),
            ("q=design+zebra", []),
            ("q=library", ["Ährenlese", "Zebra Watching"]),
            ("level=souvenir", ["Ährenlese", "Zebra Watching"]),
            ("level=level_1&level=level_2", ["Dashboard Design", "Éloquence à l'Œuvre"]),
            ("skill=Speaking", ["Dashboard Design", "Éloquence à l'Œuvre"]),
            ("skill=Speaking&audience=staff", ["Dashboard Design"]),
            ("audience=students", ["Dashboard Design", "Éloquence à l'Œuvre"]),
            ("audience=alumni", ["Zebra Watching"]),
            ("credit=noncredit", ["Dashboard Design"]),
            ("credit=credit&level=souvenir", []),
            ("order=newest", ["Ährenlese", "Zebra Watching", "Dashboard Design", "Éloquence à l'Œuvre"]),
            ("order=sideways", list(NAMES)),
            ("level=unheard-of", []),
            ("page=99", list(NAMES)),
            ("q=%00", []),
        ],
    )
    def test_words_and_filters_narrow_it(
        self, client: Client, stocked: Institution, query: str, names: list[str]
    ) -> None:
        assert found(client, stocked, query) == names

    @pytest.mark.requirement("R-113")
    def test_units_narrow_it(self, client: Client, stocked: Institution) -> None:
        unit = builders.a_unit("library")
        assert found(client, stocked, f"unit={unit.public_id}") == ["Ährenlese", "Zebra Watching"]

    def test_a_filter_says_how_many_it_would_leave_with_the_others_as_they_are(
        self, client: Client, stocked: Institution
    ) -> None:
        page = client.get(f"{reverse('public:directory', args=[stocked.slug])}?skill=Speaking").content.decode()
        counts = dict(_counts(page))
        assert (counts["Souvenir"], counts["Level I Badge"], counts["Level II Badge"]) == ("0", "1", "1")
        # Its own kind is counted as if nothing of it were chosen: choosing more of it widens the search.
        assert counts["Charts"] == "1"

    def test_what_is_chosen_can_be_taken_away_one_by_one(self, client: Client, stocked: Institution) -> None:
        page = client.get(f"{reverse('public:directory', args=[stocked.slug])}?level=souvenir&q=a&page=1")
        assert 'href="?q=a"' in page.content.decode()


def _counts(page: str) -> list[tuple[str, str]]:
    import re

    return re.findall(r'class="choice">.*?<span[^>]*>([^<]+)</span>\s*<span class="count num"[^>]*>(\d+)<', page, re.S)


@pytest.mark.django_db
class TestNothingThere:
    def test_nothing_yet_is_not_nothing_matches(self, client: Client, institution: Institution) -> None:
        address = reverse("public:directory", args=[institution.slug])
        assert "The badges of this institution will stand here" in client.get(address).content.decode()
        builders.an_achievement(level="souvenir")
        nothing = client.get(f"{address}?q=nosuchword").content.decode()
        assert "Nothing matches" in nothing
        assert f'href="{address}"' in nothing

    @pytest.mark.requirement("R-110", "R-230")
    def test_only_what_is_active_stands_there(self, client: Client, institution: Institution) -> None:
        for verb in ("pause", "retire"):
            achievement = builders.an_achievement(level="souvenir", name=f"Was to {verb}")
            catalog.move(by=SYSTEM, achievement=achievement, verb=verb)
        builders.a_draft(name="Being written")
        page = client.get(reverse("public:directory", args=[institution.slug])).content.decode()
        assert "Was to" not in page
        assert "Being written" not in page

    def test_another_institutions_badges_do_not_stand_there(self, client: Client, institution: Institution) -> None:
        builders.an_achievement(level="souvenir", name="Ours alone")
        other = builders.founded(name="Alder College")
        assert "Ours alone" not in client.get(reverse("public:directory", args=[other.slug])).content.decode()


@pytest.mark.django_db
def test_the_list_asks_no_more_of_the_database_for_many_than_for_few(
    client: Client, institution: Institution, django_assert_max_num_queries: Any
) -> None:
    from zeal import zeal_context

    for number in range(5):
        builders.an_achievement(level="souvenir", name=f"Badge {number}")
    address = reverse("public:directory", args=[institution.slug])
    with django_assert_max_num_queries(12), zeal_context():
        assert client.get(address).status_code == 200
    with django_assert_max_num_queries(8), zeal_context():
        assert len(client.get(address, headers={"accept": "application/json"}).json()) == 5


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def many(self, institution: Institution, monkeypatch: pytest.MonkeyPatch) -> Institution:
        from insignia.edges.web.public.views import directory

        monkeypatch.setattr(directory, "PAGE_SIZE", 2)
        monkeypatch.setattr(directory, "LIST_SIZE", 2)
        for number in range(3):
            builders.an_achievement(level="souvenir", name=f"Badge {number}")
        return institution

    def test_a_pager_leads_through_them_and_keeps_the_filters(self, client: Client, many: Institution) -> None:
        address = reverse("public:directory", args=[many.slug])
        first = client.get(f"{address}?level=souvenir").content.decode()
        assert ("Badge 0" in first, "Badge 2" in first) == (True, False)
        assert "?level=souvenir&amp;page=2" in first
        assert "Badge 2" in client.get(f"{address}?level=souvenir&page=2").content.decode()

    def test_a_program_is_led_on_by_a_link(self, client: Client, many: Institution) -> None:
        address = reverse("public:directory", args=[many.slug])
        first = client.get(address, headers={"accept": "application/json"})
        assert first["Link"] == f'<{address}?page=2>; rel="next"'
        second = client.get(f"{address}?page=2", headers={"accept": "application/json"})
        assert [one["name"] for one in second.json()] == ["Badge 2"]
        assert "Link" not in second


@pytest.mark.django_db
class TestForPrograms:
    @pytest.mark.requirement("R-113")
    @pytest.mark.parametrize("kind", ["application/json", "application/ld+json"])
    def test_the_same_search_is_answered_as_achievements_of_the_standard(
        self, client: Client, stocked: Institution, kind: str
    ) -> None:
        address = f"{reverse('public:directory', args=[stocked.slug])}?q=dashboard"
        answer = client.get(address, headers={"accept": kind})
        assert answer["Content-Type"] == "application/json"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in answer["Vary"]
        (document,) = json.loads(answer.content)
        assert document["type"] == ["Achievement"]
        assert document["name"] == "Dashboard Design"
        assert [item["targetName"] for item in document["alignment"]] == ["Speaking", "Charts"]
        with_page = client.get(document["id"].removeprefix("http://localhost:8000"), headers={"accept": kind})
        assert json.loads(with_page.content) == document

    def test_a_browser_is_given_the_page(self, client: Client, stocked: Institution) -> None:
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
        answer = client.get(reverse("public:directory", args=[stocked.slug]), headers={"accept": accept})
        assert answer["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_htmx_is_given_the_results_and_the_counts(client: Client, stocked: Institution) -> None:
    headers = {"hx-request": "true", "hx-target": "results"}
    piece = client.get(f"{reverse('public:directory', args=[stocked.slug])}?level=souvenir", headers=headers)
    text = piece.content.decode()
    assert "<html" not in text
    assert "2 micro-credentials found" in text
    assert 'id="count-level-1" hx-swap-oob="true">2<' in text


def test_filters_work_in_a_browser_and_stay_in_the_address(
    browser: Browsing, axe: Callable[..., list[Any]], live_app: Any
) -> None:
    institution = builders.founded()
    with tenancy.of(institution):
        builders.an_achievement(level="souvenir", name="Zebra Watching")
        builders.an_achievement(level="level_1", name="Data <script>alert(1)</script> & “Facts”")
    page = browser.page(theme="dark")
    page.goto(reverse("public:directory", args=[institution.slug]))
    page.get_by_label("Souvenir").check()
    expect(page.get_by_role("heading", name="1 micro-credential")).to_be_visible()
    assert "level=souvenir" in page.url
    # The one that was ticked keeps the focus, and the other kinds are counted anew.
    expect(page.get_by_label("Souvenir")).to_be_focused()
    page.get_by_role("link", name="Souvenir , remove this filter").click()
    expect(page.get_by_role("heading", name="2 micro-credentials")).to_be_visible()
    expect(page.get_by_role("link", name="Data <script>alert(1)</script> & “Facts”")).to_be_visible()
    assert axe(page) == []


def test_filters_work_without_scripts_on_a_telephone(browser: Browsing, live_app: Any) -> None:
    institution = builders.founded()
    with tenancy.of(institution):
        builders.an_achievement(level="souvenir", name="Zebra Watching")
        builders.an_achievement(level="level_1", name="Lion Taming")
    page = browser.page(width=390, javascript="off")
    page.goto(reverse("public:directory", args=[institution.slug]))
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Souvenir").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("link", name="Zebra Watching")).to_be_visible()
    expect(page.get_by_role("link", name="Lion Taming")).to_have_count(0)
    page.get_by_label("Search the catalogue").fill("lion")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
