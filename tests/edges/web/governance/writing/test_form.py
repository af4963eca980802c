"""The form of a proposal, as somebody without scripts fills it in, alone and together with others."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insignia.core.questions.definition import Kind
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing.models import Attachment, Proposal
from tests.edges.web.governance.writing.author import Author, words
from tests.support.governance import Cast, a_colleague, a_proposal, a_skill, again, ksu_cast

pytestmark = pytest.mark.usefixtures("institution")


@pytest.fixture
def cast() -> Cast:
    return ksu_cast()


@pytest.fixture
def author(cast: Cast) -> Author:
    return Author(cast["proposer"])


def begun(author: Author, cast: Cast, level: str = "level_1", **answers: Any) -> Proposal:
    """A draft begun at the page, with nothing answered but its level and what is given."""
    author.post("proposal_begin", level=level, unit=cast.unit.public_id)
    draft = Proposal.objects.latest("pk")
    if answers:
        actions.write_answers(by=cast.actor("proposer"), proposal=draft, sent=answers, revision=0)
    return again(draft)


@pytest.mark.requirement("R-073")
def test_the_form_is_saved_as_a_whole_and_comes_back_as_it_was_typed(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    skill = a_skill("Budgeting")
    answered = author.save(
        draft.public_id,
        a_title="  Inclusive   Event Planning ",
        a_audience=["students", "staff"],
        a_outcomes="Plan an event\r\n\r\nWrite a budget",
        a_hours="twelve",
        a_skills=[skill.public_id],
        a_credit="no",
        **{"a-grantors.name": ["Theo"], "a-grantors.email": ["theo@pinecrest.example"]},
    )
    assert answered.status_code == 200
    kept = again(draft)
    assert kept.title == "Inclusive Event Planning"
    assert kept.answers["audience"] == ["students", "staff"]
    assert kept.answers["outcomes"] == ["Plan an event", "Write a budget"]
    assert kept.answers["hours"] == "twelve"
    assert kept.answers["skills"] == [skill.public_id]
    assert kept.answers["credit"] is False
    assert kept.answers["grantors"] == [{"name": "Theo", "email": "theo@pinecrest.example"}]
    author.client.logout()
    author = Author(cast["proposer"])
    form = author.form(draft.public_id)
    assert form["a-outcomes"] == ["Plan an event\nWrite a budget"]
    assert form["a-hours"] == ["twelve"]
    assert form["a-credit"] == ["no"]
    assert form["a-skills"] == [skill.public_id]
    page = author.read("proposal_write", draft.public_id)
    assert "“Hours of work for an earner”: write a number in digits" in page
    assert "of 7 sections complete" in page


def test_every_kind_of_question_has_a_control_and_keeps_its_answer(author: Author, cast: Cast) -> None:
    full = a_proposal(cast)
    kinds = {q.kind for q in full.form.form.questions}
    assert kinds >= set(Kind) - {Kind.COMPONENTS, Kind.ATTACHMENT} - {Kind.DATE}
    before = again(full)
    author.save(full.public_id)
    after = again(full)
    assert (after.answers, after.revision) == (before.answers, before.revision)
