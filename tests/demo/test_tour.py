"""The walks: every step can be taken by the person whom it names, and says so once it was taken."""

import re
from pathlib import Path

import pytest

from insignia.demo import cast
from insignia.demo.tour import WALKS
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing.models import Proposal
from tests.support.clients import Browserlike

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture(autouse=True)
def _own_mail(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def client():
    return Browserlike()


def steps_of(walk):
    with tenancy.of(institutions.by_slug(walk.university)):
        return walk.steps()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.slug)
def test_every_step_leads_somewhere_for_whom_it_names(client, walk):
    for step in steps_of(walk):
        if step.part is None:
            answer = client.get(step.path)
        else:
            answer = client.post(f"/demo/people/{step.part.slug}", {"next": step.path}, follow=True)
            assert answer.redirect_chain[0][0] == step.path
        assert answer.status_code == 200, (walk.slug, str(step.title), step.path)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.slug)
def test_a_walk_shows_its_steps_in_order_and_none_is_taken_at_first(client, walk):
    page = client.get(f"/demo/walks/{walk.slug}").content.decode()
    titles = [str(step.title) for step in steps_of(walk)]
    numbered = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    places = [page.index(title.replace("’", "’")) for title in numbered]
    assert places == sorted(places)
    assert not any(step.done for step in steps_of(walk))
    assert 'data-tone="good"' not in page


def test_a_step_that_was_taken_is_ticked(client):
    institution = institutions.by_slug("pinecrest")
    with tenancy.of(institution):
        proposal = Proposal.objects.get(title="Plain Language Writing")
        fern = institutions.actor_for(proposal.proposer, institution, door="page")
        workflow.submit(by=fern, proposal=proposal)
    ticked = [str(step.title) for step in steps_of(WALKS[1]) if step.done]
    assert ticked == ["Hand in a proposal"]
    page = client.get("/demo/walks/pinecrest").content.decode()
    assert re.search(r"Hand in a proposal <span class=\"pill\" data-tone=\"good\">", page)


def test_whoever_is_signed_in_can_be_any_part_and_goes_nowhere_else(client):
    for slug in cast.PARTS:
        assert client.post(f"/demo/people/{slug}", {"next": "https://elsewhere.example/"}).url == "/my/"
    assert client.post("/demo/people/nobody").status_code == 404


@pytest.mark.parametrize("slug", [slug for slug, _name, _parts in cast.CASTS])
def test_the_page_of_people_shows_everybody_of_a_university_and_their_password(client, slug):
    page = client.get(f"/demo/people/at/{slug}").content.decode()
    (parts,) = [parts for other, _name, parts in cast.CASTS if other == slug]
    assert all(part.email in page for part in parts)
    assert cast.PASSWORD in page


def test_everybody_lands_on_a_page_of_their_own(client):
    for slug, part in cast.PARTS.items():
        answer = client.post(f"/demo/people/{slug}", follow=True)
        assert answer.status_code == 200, slug
        assert User.objects.get(email=part.email).pk == int(client.session["_auth_user_id"])


@pytest.mark.parametrize(("path", "rows"), [("/demo/roster.csv", 12), ("/demo/learners.csv", 12)])
def test_lists_to_try_with_can_be_downloaded(client, path, rows):
    lines = client.get(path).content.decode().splitlines()
    assert len(lines) == rows + 1


@pytest.mark.parametrize("path", ["/demo/walks/nowhere", "/demo/people/at/nowhere"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_demonstration_remembers_on_which_walk_somebody_is_whoever_they_become(client):
    client.get("/demo/walks/alder-ridge")
    client.post("/demo/people/fabian-faculty")
    assert str(WALKS[2].title) in client.get("/demo/").content.decode()
    client.cookies["walk"] = "nowhere"
    assert str(WALKS[0].title) in client.get("/demo/").content.decode()


@pytest.mark.parametrize("walk", WALKS[1:], ids=lambda walk: walk.slug)
def test_the_guide_tells_the_same_steps_in_the_same_order(walk):
    guide = (ROOT / "docs/guides/demo.md").read_text("utf-8")
    chapter = guide.partition(f"## {walk.title}")[2]
    titles = [f"{number}. **{step.title}.**" for number, step in enumerate(steps_of(walk), start=1)]
    places = [chapter.index(title) for title in titles]
    assert places == sorted(places)
