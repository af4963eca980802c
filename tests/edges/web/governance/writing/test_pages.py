"""Around the form: the list, the beginning, people, talks, remarks, versions, what a change touches, the end."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.core.workflow.route import Verb
from insignia.domain.catalog import actions as catalog
from insignia.domain.institutions.models import Unit
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.edges.web.governance.writing.author import Author, words
from tests.support import builders
from tests.support.governance import (
    Cast,
    a_colleague,
    a_proposal,
    a_skill,
    again,
    cu_cast,
    decided,
    filled,
    ksu_cast,
    submitted,
)

pytestmark = pytest.mark.usefixtures("institution")


@pytest.fixture
def cast() -> Cast:
    return ksu_cast()


@pytest.fixture
def author(cast: Cast) -> Author:
    return Author(cast["proposer"])


def returned(cast: Cast, **values: Any) -> Proposal:
    """A proposal of which the unit's leader asked something."""
    comment = values.pop("comment", "Say how the reflection is assessed.")
    proposal = submitted(cast, **values)
    return decided(cast, "unit_leader", proposal, Verb.REQUEST_CHANGES, task="unit_leader", comment=comment)


# --- The list
def test_the_list_says_where_each_is_who_has_it_and_what_to_do(author: Author, cast: Cast) -> None:
    a_proposal(cast, title="A Draft")
    submitted(cast, title="Grant Writing")
    returned(cast, title="Lab Safety")
    page = author.read("proposals")
    assert "A Draft Draft New Level I Badge College of Computing" in page
    assert "Check it and submit it." in page
    assert "Career services: skills: Career Casey; Leader of the unit: Leader Lou" in page
    assert "Answer what was asked for, then hand it in again." in page
    assert "Grant Writing" in author.read("proposals", q="grant")
    assert "Lab Safety" not in author.read("proposals", q="grant")
    assert "Grant Writing" not in author.read("proposals", state="draft")
    assert "None of your proposals is like that" in author.read("proposals", q="nothing of this name")


def test_an_empty_list_says_what_will_stand_there(cast: Cast) -> None:
    page = Author(a_colleague("faculty")).read("proposals")
    assert "Nothing proposed yet" in page
    assert "Propose a badge" in page


def test_the_list_is_each_persons_own_and_takes_no_more_queries_the_longer_it_is(author: Author, cast: Cast) -> None:
    submitted(cast, title="One of mine")
    assert "One of mine" not in Author(a_colleague("faculty")).read("proposals")
    author.get("proposals")
    with CaptureQueriesContext(connection) as few:
        author.get("proposals")
    for number in range(3):
        submitted(cast, title=f"More {number}")
    author.get("proposals")
    with CaptureQueriesContext(connection) as more:
        author.get("proposals")
    assert len(more) <= len(few)


# --- The beginning
@pytest.mark.requirement("R-083")
def test_whoever_may_not_propose_a_level_is_told_who_can(cast: Cast) -> None:
    officer = Author(a_colleague("student_org_officer"))
    page = officer.get("proposal_begin")
    assert 'value="souvenir"' in page.content.decode()
    assert 'value="level_1"' not in page.content.decode()
    assert "Level I Badge Can be proposed by: Faculty, Staff." in words(page)
    refused = officer.post("proposal_begin", level="level_1", unit=cast.unit.public_id)
    assert refused.status_code == 422
    assert not Proposal.objects.exists()
    nobody = Author(builders.a_person())
    refused = nobody.get("proposal_begin")
    assert refused.status_code == 403
    assert "Faculty" in words(refused)


@pytest.mark.requirement("R-066", "R-093")
def test_units_of_any_kind_and_those_above_them_can_propose(author: Author, cast: Cast) -> None:
    kinds = {}
    for kind in ("academic", "non_academic", "division"):
        kinds[kind] = Unit.objects.create(institution=builders.here(), name=f"The {kind}", code=kind, kind=kind)
    for unit in kinds.values():
        author.post("proposal_begin", level="level_1", unit=unit.public_id)
        draft = Proposal.objects.latest("pk")
        assert draft.unit == unit
        answers = filled(draft.form.form, **draft.answers)
        actions.write_answers(by=cast.actor("proposer"), proposal=draft, sent=answers, revision=draft.revision)
        author.post("proposal_check", draft.public_id)
        assert again(draft).state == "in_review"


def test_where_the_house_invites_it_begins_with_an_intent() -> None:
    with builders.an_institution(preset="cu_boulder"):
        cast = cu_cast()
        author = Author(cast["proposer"])
        for answer in (
            author.get("proposal_begin"),
            author.post("proposal_begin", level="noncredit", unit=cast.unit.public_id),
        ):
            assert answer.status_code == 403
            assert "It begins with an intent" in words(answer)
        assert not Proposal.objects.exists()


@pytest.mark.parametrize("kind", ["revise", "retire"])
def test_a_change_begins_with_the_badge_that_there_is(author: Author, cast: Cast, kind: str) -> None:
    badge = builders.an_achievement(name="Zithers", unit=cast.unit)
    builders.an_achievement(name="Maps", unit=cast.unit)
    page = author.read("proposal_begin", kind=kind, q="zith")
    assert "Zithers" in page
    assert "Maps" not in page
    author.client.post(f"{author.at('proposal_begin')}?kind={kind}", {"achievement": badge.public_id})
    begun = Proposal.objects.get()
    assert (begun.kind, begun.achievement, begun.title) == (kind, badge, "Zithers")
    if kind == "revise":
        assert begun.answers["title"] == "Zithers"


def test_only_what_was_retired_comes_back(author: Author, cast: Cast) -> None:
    badge = builders.an_achievement(name="Zithers", unit=cast.unit)
    assert "None of your units has a badge that was retired." in author.read("proposal_begin", kind="reactivate")
    sent = {"achievement": badge.public_id}
    refused = author.client.post(f"{author.at('proposal_begin')}?kind=reactivate", sent)
    assert refused.status_code == 404
    catalog.move(by=builders.SYSTEM, achievement=badge, verb="retire", reason="Done.")
    author.client.post(f"{author.at('proposal_begin')}?kind=reactivate", sent)
    assert Proposal.objects.get().kind == "reactivate"


def test_a_clone_begins_with_the_answers_and_asks_first(author: Author, cast: Cast) -> None:
    old = submitted(cast, title="Grant Writing")
    assert "Begin a new proposal like this one?" in author.read("proposal_clone", old.public_id)
    assert Proposal.objects.count() == 1
    author.post("proposal_clone", old.public_id)
    copy = Proposal.objects.exclude(pk=old.pk).get()
    assert (copy.source, copy.state, copy.answers["demand"]) == (old, "draft", old.answers["demand"])


# --- Together
@pytest.mark.requirement("R-073")
def test_a_colleague_is_let_in_by_address_writes_and_is_let_go(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast, title="Ours")
    theo = a_colleague("faculty", name="Theo Marchetti")
    assert Author(theo).get("proposal_write", draft.public_id).status_code == 404
    told = author.post("proposal_people", draft.public_id, email="nobody@elsewhere.example", part="writes")
    assert told.status_code == 422
    assert "Nobody here has the address “nobody@elsewhere.example”." in words(told)
    author.post("proposal_people", draft.public_id, email=theo.email.upper(), part="writes")
    assert "Ours" in Author(theo).read("proposals")
    Author(theo).save(draft.public_id, a_title="Theirs")
    assert again(draft).title == "Theirs"
    assert "You and Theo Marchetti can edit" in author.read("proposal_write", draft.public_id)
    author.post("proposal_people", draft.public_id, drop=theo.public_id)
    assert Author(theo).get("proposal_write", draft.public_id).status_code == 404


def test_whoever_only_reads_does_not_write(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast, title="Ours")
    reader = a_colleague("faculty", name="Reader Ro")
    author.post("proposal_people", draft.public_id, email=reader.email, part="reads")
    assert "Ours" in Author(reader).read("proposal", draft.public_id)
    assert Author(reader).get("proposal_write", draft.public_id).status_code == 403


@pytest.mark.requirement("R-063")
def test_a_consultation_is_asked_for_and_its_outcome_is_read(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast, title="Ours")
    assert "Request a skill-alignment consultation" in author.read("proposal_consult", draft.public_id)
    author.post("proposal_consult", draft.public_id, question="Which skills do employers look for?")
    page = author.read("proposal_consult", draft.public_id)
    assert "You have asked" in page
    assert "Request a skill-alignment consultation" not in page
    talk = writing.open_consultations().get()
    assert (talk.role, talk.proposal) == ("skill_reviewer", draft)
    actions.answer_consultation(
        by=cast.actor("skill_reviewer"), consultation=talk, outcome="Name the one about budgets."
    )
    assert "Name the one about budgets." in author.read("proposal_consult", draft.public_id)
    assert "Name the one about budgets." in author.read("proposal", draft.public_id)
    workflow.submit(by=cast.actor("proposer"), proposal=draft)
    assert again(draft).state == "in_review"


# --- Remarks, requests, versions
def test_remarks_are_made_answered_and_settled_and_lead_back(author: Author, cast: Cast) -> None:
    proposal = submitted(cast, title="Grant Writing")
    leader = Author(cast["unit_leader"])
    here = leader.at("proposal_versions", proposal.public_id)
    answer = leader.post("remark", proposal.public_id, text="Which skill?", question="skills", back=here)
    assert answer.redirect_chain[-1][0] == f"{here}#remarks"
    leader.post("remark", proposal.public_id, text="Between us.", audience="reviewers", back=here)
    page = author.read("proposal", proposal.public_id)
    assert "Which skill?" in page
    assert "Between us." not in page
    assert "1 open remark" in page
    assert "About: Skills an employer would recognise Which skill?" in page
    head = proposal.remarks.get(text="Which skill?")
    author.post("remark_reply", proposal.public_id, head.public_id, text="Budgeting.", back="https://evil.example/")
    author.post("remark_resolve", proposal.public_id, head.public_id)
    assert "1 settled remark" in author.read("proposal", proposal.public_id)
    hidden = proposal.remarks.get(text="Between us.")
    assert author.post("remark_reply", proposal.public_id, hidden.public_id, text="?").status_code == 404
    empty = author.post("remark", proposal.public_id, text="  ")
    assert "Write something first." in words(empty)


def test_a_way_back_leads_to_none_but_ourselves(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast)
    for back in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", ""):
        answer = author.client.post(author.at("remark", draft.public_id), {"text": "Hello", "back": back})
        assert answer["Location"] == f"{author.at('proposal', draft.public_id)}#remarks"


@pytest.mark.requirement("R-073")
def test_what_was_asked_for_stands_on_top_and_is_answered_then_handed_in_again(author: Author, cast: Cast) -> None:
    proposal = returned(cast, title="Lab Safety", comment="Say how the reflection is assessed.")
    page = author.read("proposal_write", proposal.public_id)
    assert page.index("What was asked for") < page.index("The idea What you want")
    assert "Say how the reflection is assessed." in page
    refused = author.post("proposal_check", proposal.public_id)
    assert "Nothing has changed yet." in words(refused)
    author.save(proposal.public_id, a_assessment="By a rubric of four criteria.")
    author.post("proposal_check", proposal.public_id, note="The rubric is new.")
    assert again(proposal).state == "in_review"
    page = author.read("proposal_versions", proposal.public_id)
    assert "The rubric is new." in page
    assert "1 of " in page
    assert "How it is assessed" in page


@pytest.mark.requirement("R-085")
def test_versions_are_compared_field_by_field_in_words(author: Author, cast: Cast) -> None:
    skill, other = a_skill("Budgeting"), a_skill("Negotiation")
    proposal = returned(
        cast, title="Lab Safety", skills=[skill.public_id], description="Students complete a quiz.", credit=False
    )
    author.save(
        proposal.public_id,
        a_description="Students inspect a laboratory.",
        a_skills=[other.public_id],
        a_type="level_1",
        a_activity="event",
    )
    author.post("proposal_check", proposal.public_id)
    page = author.get("proposal_versions", proposal.public_id)
    text = page.content.decode()
    assert "Students <del>complete </del>a <del>quiz</del>." in text
    assert "Students <ins>inspect </ins>a <ins>laboratory</ins>." in text
    assert "Budgeting" in text
    assert "Negotiation" in text
    assert skill.public_id not in text
    assert "An event or a series of events" in text
    assert "Proposer Pat" in words(page)
    same = author.read("proposal_versions", proposal.public_id, **{"from": "1", "to": "1"})
    assert "Students inspect" not in same
    for nonsense in ("999", "x", "-1"):
        assert author.get("proposal_versions", proposal.public_id, to=nonsense).status_code == 200


# --- Given up
def test_a_draft_is_given_up_after_a_question(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast, title="Ours")
    assert author.get("proposal_end", draft.public_id, "withdraw").status_code == 404
    assert "Give up this draft?" in author.read("proposal_end", draft.public_id, "discard")
    assert again(draft).state == "draft"
    author.post("proposal_end", draft.public_id, "discard")
    assert again(draft).state == "withdrawn"
    assert author.get("proposal_end", draft.public_id, "discard").status_code == 404


def test_a_returned_proposal_is_withdrawn_and_one_in_review_is_asked_to_be_cancelled(
    author: Author, cast: Cast
) -> None:
    back = returned(cast, title="Lab Safety")
    author.post("proposal_end", back.public_id, "withdraw", reason="No time.")
    assert again(back).state == "withdrawn"
    moving = submitted(cast, title="Grant Writing")
    assert "Ask to cancel it" in author.read("proposal", moving.public_id)
    refused = author.post("proposal_end", moving.public_id, "cancel", reason="")
    assert refused.status_code == 422
    asked = author.post("proposal_end", moving.public_id, "cancel", reason="The funding is gone.")
    assert "was asked to cancel it" in words(asked)
    assert "Ask to cancel it" not in author.read("proposal", moving.public_id)
    assert again(moving).state == "in_review"


# --- Similar, and what a change touches
@pytest.mark.requirement("R-912")
def test_similar_badges_and_proposals_are_shown_while_writing(author: Author, cast: Cast) -> None:
    badge = builders.an_achievement(name="Inclusive Meeting Planning")
    builders.an_achievement(name="Welding")
    submitted(cast, title="Planning Inclusive Events")
    draft = a_proposal(cast, title="Something else")
    assert "Similar to this:" not in author.read("proposal_write", draft.public_id)
    answer = author.autosave(draft.public_id, a_title="Inclusive Event Planning").content.decode()
    assert 'id="similar" hx-swap-oob="true"' in answer
    assert "Inclusive Meeting Planning" in answer
    for page in (author.get("proposal_write", draft.public_id), author.get("proposal_check", draft.public_id)):
        assert "Inclusive Meeting Planning" in words(page)
        assert f"/a/{badge.public_id}" in page.content.decode()
        assert "Planning Inclusive Events" in words(page)
        assert "Welding" not in words(page)


def test_a_similar_proposal_of_somebody_else_is_named_and_not_opened(cast: Cast) -> None:
    other = submitted(cast, title="Planning Inclusive Events")
    stranger = Author(a_colleague("faculty"))
    stranger.post("proposal_begin", level="level_1", unit=cast.unit.public_id)
    draft = Proposal.objects.latest("pk")
    page = stranger.save(draft.public_id, a_title="Inclusive Event Planning").content.decode()
    assert "Planning Inclusive Events" in page
    assert other.public_id not in page


def test_a_change_shows_what_it_touches(author: Author, cast: Cast) -> None:
    badge = builders.an_achievement(name="Zithers", unit=cast.unit)
    other = builders.an_achievement(name="Maps", unit=cast.unit)
    builders.an_achievement(
        name="Data Stack",
        level="certificate_practiced",
        extra={"components": [badge.public_id, other.public_id]},
        skills=(),
    )
    builders.accepted(builders.an_award(badge))
    builders.offered(builders.an_award(badge))
    author.client.post(f"{author.at('proposal_begin')}?kind=retire", {"achievement": badge.public_id})
    draft = Proposal.objects.get()
    page = author.read("proposal_check", draft.public_id)
    assert "People who hold it 1 Open offers 1 Stacks with it 1 Other proposals 0" in page
    assert "Data Stack" in page
    author.client.post(f"{author.at('proposal_begin')}?kind=retire", {"achievement": other.public_id})
    quiet = author.read("proposal_check", Proposal.objects.latest("pk").public_id)
    assert "People who hold it 0 Open offers 0 Stacks with it 1" in quiet


# --- The question guide
@pytest.mark.requirement("R-074", "R-084")
def test_the_question_guide_tells_every_question_with_its_help_and_when_it_is_asked(author: Author, cast: Cast) -> None:
    form = a_proposal(cast).form.form
    page = author.read("guide", "ksu_proposal")
    for question in form.questions:
        assert " ".join(question.label.split()) in page
        assert " ".join(question.help.split()) in page
    assert "Asked only if “Kind” is answered with “Level II badge”." in page
    assert "Asked only if not (“Kind” is answered with" in page
    file = author.get("guide_pdf", "ksu_proposal")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="ksu_proposal.pdf"'
    assert file.content.startswith(b"%PDF-")
    assert author.get("guide", "nothing").status_code == 404


def test_the_proposal_tells_the_way_it_takes(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast, title="Ours")
    page = author.read("proposal_check", draft.public_id)
    assert "First review Career services: skills and Leader of the unit Micro-Credential Committee Executive" in page
    author.post("proposal_check", draft.public_id)
    page = author.read("proposal", draft.public_id)
    assert "Where it is First review" in page
    assert "Career Casey" in page
    assert "Leader Lou" in page
