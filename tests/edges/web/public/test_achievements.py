"""The page of an achievement, its versions and variants, their documents, the card for other sites, the images."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.rules import Link, SkillAlignment
from insignia.domain.ground import tenancy
from insignia.domain.institutions.models import Institution
from tests.support import builders
from tests.support.browsing import Browsing

pytestmark = pytest.mark.django_db
DATA = {"accept": "application/ld+json"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def address_of(achievement: Any) -> str:
    return reverse("public:achievement", args=[achievement.public_id])


def changed(achievement: Any, **changes: Any) -> Any:
    """The achievement with another version of its content active."""
    catalog.write_draft(by=SYSTEM, achievement=achievement, content=builders.content(**changes))
    return catalog.activate(by=SYSTEM, achievement=achievement)


class TestThePage:
    @pytest.mark.requirement("R-018", "R-118", "R-019", "R-013", "R-014")
    def test_it_says_precisely_what_the_badge_documents(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(
            level="level_2",
            name="Dashboards & “Charts”",
            description="For **clients** who ask.",
            outcomes=("Interview a client", "Refuse a <b>3D</b> pie"),
            skills=(
                SkillAlignment("Data visualisation", "https://frameworks.example/dv", "DV-1", "Example framework"),
                SkillAlignment("Interviewing", "https://frameworks.example/iv"),
            ),
            links=(Link("The handbook", "https://handbook.example/h.pdf"),),
            assessment="By *two* assessors.",
            demand="One posting of five asks for it.",
            effort="About 18 hours",
            audience=("students", "alumni"),
            credit="credit",
            credits=2,
            valid_months=36,
        )
        page = client.get(address_of(achievement)).content.decode()
        for said in (
            "Dashboards &amp; “Charts”</h1>",
            "<strong>clients</strong>",
            "<li>Interview a client</li>",
            "Refuse a &lt;b&gt;3D&lt;/b&gt; pie",
            "Complete the <strong>three</strong> exercises",
            'href="https://handbook.example/h.pdf"',
            "<em>two</em> assessors",
            "At least one piece of work is assessed as complete, and shown with the badge if its earner agrees.",
            "A qualified grantor of College of Computing verifies it",
            "One posting of five asks for it.",
            "About 18 hours",
            "Students, alumni",
            "For credit",
            "3 years",
            "College of Computing",
        ):
            assert said in page

    @pytest.mark.requirement("R-002")
    def test_each_skill_leads_to_its_entry_in_a_framework(self, client: Client, institution: Institution) -> None:
        skills = tuple(SkillAlignment(f"Skill {n}", f"https://frameworks.example/{n}", str(n), "F") for n in range(3))
        page = client.get(address_of(builders.an_achievement(skills=skills))).content.decode()
        for skill in skills:
            assert (
                f'href="{skill.url}" rel="nofollow noopener noreferrer" title="F: {skill.code}">{skill.name}</a>'
                in page
            )

    @pytest.mark.parametrize(
        ("level", "said"),
        [
            ("souvenir", "Taking part is what counts: nobody is asked for evidence."),
            ("level_1", "It may have been assessed elsewhere"),
            ("certificate_practiced", "It is made of other badges"),
        ],
    )
    def test_the_rule_of_its_level_stands_there_in_plain_words(
        self, client: Client, institution: Institution, level: str, said: str
    ) -> None:
        assert said in client.get(address_of(builders.an_achievement(level=level))).content.decode()

    def test_other_sites_can_show_what_it_is(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(name='Say "yes" & go', description='A *word* "apart".')
        page = client.get(address_of(achievement)).content.decode()
        assert '<meta property="og:title" content="Say &quot;yes&quot; &amp; go">' in page
        assert '<meta property="og:description" content="A word &quot;apart&quot;.">' in page
        image = achievement.current.images.get()
        assert f'<meta property="og:image" content="{image.png_url}">' in page
        assert f'<link rel="canonical" href="{achievement.url}">' in page

    def test_text_of_people_is_shown_harmlessly(self, client: Client, institution: Institution) -> None:
        wicked = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://tracker.example/p.png)"
        achievement = builders.an_achievement(
            name="<img src=x onerror=alert(1)>",
            description=wicked,
            criteria=wicked,
            demand=wicked,
            assessment=wicked,
        )
        page = client.get(address_of(achievement)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
        assert 'tracker.example/p.png"' not in page

    def test_it_looks_well_to_everybody(self, browser: Browsing, axe: Callable[..., list[Any]], live_app: Any) -> None:
        with tenancy.of(builders.founded()):
            long = "An uncommonly long name for a badge of which nobody can say what it might have been made for"
            achievement = builders.an_achievement(
                name=long, audience=("students",), links=(Link("L", "https://l.example"),)
            )
        page = browser.page(theme="dark", width=390)
        page.goto(address_of(achievement))
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert page.evaluate("document.querySelector('.plate img').naturalWidth") > 0


class TestWhatIsNotPublic:
    @pytest.mark.requirement("R-110")
    def test_a_draft_is_not_there_in_any_form(self, client: Client, institution: Institution) -> None:
        draft = builders.a_draft(name="Secret plan")
        for path in (
            address_of(draft),
            reverse("public:achievement_document", args=[draft.public_id]),
            reverse("public:version", args=[draft.public_id, 1]),
            reverse("public:version_document", args=[draft.public_id, 1]),
            reverse("public:achievement_embed", args=[draft.public_id]),
        ):
            for headers in ({}, DATA):
                answer = client.get(path, headers=headers)
                assert answer.status_code == 404
                assert "Secret plan" not in answer.content.decode()

    @pytest.mark.requirement("R-110")
    def test_a_new_version_is_not_there_before_it_is_approved(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(name="As approved")
        catalog.write_draft(by=SYSTEM, achievement=achievement, content=builders.content(name="As planned"))
        assert "As planned" not in client.get(address_of(achievement)).content.decode()
        assert client.get(reverse("public:version", args=[achievement.public_id, 2])).status_code == 404

    @pytest.mark.parametrize("path", ["/a/nothing", "/a/nothing.json", "/a/nothing/embed", "/a/nothing/v/1"])
    def test_what_does_not_exist_is_not_there(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("number", ["0", "7", "9" * 30])
    def test_nor_is_a_number_that_no_version_has(self, client: Client, institution: Institution, number: str) -> None:
        achievement = builders.an_achievement(level="souvenir")
        assert client.get(f"{address_of(achievement)}/v/{number}").status_code == 404

    def test_nor_is_a_variant_that_the_badge_never_had(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(level="level_1")
        for headers in ({}, DATA):
            path = reverse("public:variant", args=[achievement.public_id, 1, "with_distinction"])
            assert client.get(path, headers=headers).status_code == 404


class TestWhatStays:
    @pytest.mark.requirement("R-230")
    @pytest.mark.parametrize(
        ("verbs", "said"), [(["pause"], "Paused."), (["retire"], "Retired."), (["retire", "archive"], "Archived.")]
    )
    def test_the_address_survives_and_says_how_it_stands(
        self, client: Client, institution: Institution, verbs: list[str], said: str
    ) -> None:
        achievement = builders.an_achievement(level="souvenir")
        version = reverse("public:version", args=[achievement.public_id, 1])
        before = client.get(version, headers=DATA).content
        for verb in verbs:
            catalog.move(by=SYSTEM, achievement=achievement, verb=verb)
        assert said in client.get(version).content.decode()
        assert client.get(version, headers=DATA).content == before
        assert said in client.get(address_of(achievement)).content.decode()
        listed = client.get(reverse("public:directory", args=[institution.slug])).content.decode()
        assert address_of(achievement) not in listed

    @pytest.mark.requirement("R-230")
    def test_a_former_version_stays_and_leads_to_the_present_one(
        self, client: Client, institution: Institution
    ) -> None:
        achievement = changed(builders.an_achievement(name="First name"), name="Second name")
        old = reverse("public:version", args=[achievement.public_id, 1])
        page = client.get(old).content.decode()
        assert "First name</h1>" in page
        assert "This is version 1, as it was approved then." in page
        assert f'href="{address_of(achievement)}"' in page
        present = client.get(address_of(achievement)).content.decode()
        assert "Second name</h1>" in present
        assert f'href="{old}">Version 1</a>' in present

    @pytest.mark.requirement("R-052", "R-053")
    @pytest.mark.parametrize("level", ["level_1", "level_2"])
    def test_a_variant_has_a_page_and_a_document_of_its_own(
        self, client: Client, institution: Institution, level: str
    ) -> None:
        achievement = builders.an_achievement(
            level=level, name="Charts", variants=("with_distinction",), distinction_criteria="Refreshed *alone*."
        )
        path = reverse("public:variant", args=[achievement.public_id, 1, "with_distinction"])
        page = client.get(path).content.decode()
        assert "Charts with Distinction</h1>" in page
        assert "Refreshed <em>alone</em>." in page
        document = client.get(path, headers=DATA).json()
        assert document["name"] == "Charts with Distinction"
        assert document["id"] == f"http://localhost:8000{path}"
        assert "Refreshed *alone*." in document["criteria"]["narrative"]
        standard = client.get(address_of(achievement), headers=DATA).json()
        assert document["image"]["id"] != standard["image"]["id"]
        assert f'href="{path}"' in client.get(address_of(achievement)).content.decode()


class TestForPrograms:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("application/ld+json", "application/ld+json"),
            ("application/json", "application/json"),
            ("application/json;q=0.9, text/html;q=0.5", "application/json"),
            ("text/html;q=0.5, application/*", "application/ld+json"),
            (BROWSER, "text/html; charset=utf-8"),
            ("*/*", "text/html; charset=utf-8"),
            ("image/png", "text/html; charset=utf-8"),
            ("", "text/html; charset=utf-8"),
        ],
    )
    def test_each_is_given_the_form_it_likes_best(
        self, client: Client, institution: Institution, accept: str, kind: str
    ) -> None:
        answer = client.get(address_of(builders.an_achievement(level="souvenir")), headers={"accept": accept})
        assert answer.status_code == 200
        assert answer["Content-Type"] == kind
        assert "Accept" in answer["Vary"]

    def test_the_present_version_may_be_kept_for_a_minute(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(level="souvenir")
        for path in (address_of(achievement), f"{address_of(achievement)}.json"):
            answer = client.get(path, headers=DATA)
            assert answer["Cache-Control"] == "public, max-age=60"
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert answer.json()["id"] == achievement.current.url

    @pytest.mark.requirement("R-230")
    def test_a_version_may_be_kept_for_ever(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(level="souvenir")
        path = reverse("public:version", args=[achievement.public_id, 1])
        answer = client.get(path, headers=DATA)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        catalog.apply_templates(by=SYSTEM, achievements=[achievement])
        changed(achievement, name="Another name")
        assert client.get(path, headers=DATA).content == answer.content
        assert client.get(f"{path}.json").content == answer.content
        again = client.get(path, headers={**DATA, "if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"

    def test_the_document_is_the_achievement_of_its_credentials(self, client: Client, institution: Institution) -> None:
        award = builders.offered()
        signed = json.loads(bytes(award.credential.document))["credentialSubject"]["achievement"]
        path = signed["id"].removeprefix("http://localhost:8000")
        document = client.get(path, headers=DATA).json()
        del document["@context"]
        assert document == signed


class TestTheCard:
    @pytest.mark.requirement("R-113")
    def test_other_sites_may_frame_it_and_nothing_else_of_ours(self, client: Client, institution: Institution) -> None:
        achievement = builders.an_achievement(level="souvenir", name="Zebra & Co")
        card = client.get(reverse("public:achievement_embed", args=[achievement.public_id]))
        assert "frame-ancestors *" in card["Content-Security-Policy"]
        assert card["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert f'<a href="{achievement.url}" target="_blank" rel="noopener">Zebra &amp; Co</a>' in card.content.decode()
        page = client.get(address_of(achievement))
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


class TestImages:
    @pytest.mark.parametrize(
        ("form", "kind", "begins"),
        [
            ("{}.png", "image/png", b"\x89PNG"),
            ("{}-mark.png", "image/png", b"\x89PNG"),
            ("{}.png?size=mark", "image/png", b"\x89PNG"),
            ("{}.svg", "image/svg+xml", b"<svg"),
        ],
    )
    def test_they_are_kept_for_ever_and_shown_anywhere(
        self, client: Client, institution: Institution, form: str, kind: str, begins: bytes
    ) -> None:
        image = builders.an_achievement(level="souvenir").current.images.get()
        path = f"/images/{form.format(image.public_id)}"
        answer = client.get(path)
        assert answer["Content-Type"] == kind
        assert answer.content.startswith((begins, b"<?xml"))
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304

    def test_the_small_form_is_another_picture(self, client: Client, institution: Institution) -> None:
        image = builders.an_achievement(level="souvenir").current.images.get()
        whole = client.get(f"/images/{image.public_id}.png").content
        small = client.get(f"/images/{image.public_id}-mark.png").content
        assert small != whole
        assert client.get(f"/images/{image.public_id}.png?size=mark").content == small

    def test_a_drawing_can_do_nothing(self, client: Client, institution: Institution) -> None:
        image = builders.an_achievement(level="souvenir").current.images.get()
        assert client.get(f"/images/{image.public_id}.svg")["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.parametrize("path", ["/images/none.png", "/images/none.svg", "/images/none-mark.png", "/images/none"])
    def test_what_does_not_exist_is_not_there(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404
