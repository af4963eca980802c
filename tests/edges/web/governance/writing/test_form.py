"""The form of a proposal, as somebody without scripts fills it in, alone and together with others."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.core.questions.definition import Kind
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing.models import Attachment, Proposal
from tests.edges.web.governance.writing.author import Author, fields, words
from tests.support import builders
from tests.support.governance import Cast, a_colleague, a_proposal, a_skill, again, ksu_cast, submitted

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


@pytest.mark.requirement("R-005", "R-013", "R-014", "R-015", "R-093")
def test_what_the_form_offers_is_the_institutions_own_data(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    page = author.read("proposal_write", draft.public_id)
    for activity in ("A course", "An event or a series of events", "Work, an internship or service", "place before"):
        assert activity in page
    assert "Students Faculty Staff" in page
    assert "At any time, at one’s own pace" in page
    assert "First day on which somebody can begin" not in page
    assert "Credit hours of the course" not in page
    author.save(draft.public_id, a_credit="yes", a_activity="prior_learning", a_timeframe="self_paced")
    assert "Credit hours of the course" in author.read("proposal_write", draft.public_id)
    assert again(draft).answers["activity"] == "prior_learning"


@pytest.mark.requirement("R-002")
def test_an_assessed_badge_is_not_submitted_without_skills_and_demand(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast)
    author.save(draft.public_id, a_skills=[], a_demand="   ")
    refused = author.post("proposal_check", draft.public_id)
    assert refused.status_code == 422
    page = words(refused)
    assert "2 things before you can submit" in page
    assert "Say which demand at work it meets." in page
    assert "Choose at least one skill." in page
    assert again(draft).state == "draft"
    author.save(draft.public_id, a_skills=[a_skill().public_id], a_demand="One posting of five.")
    assert "is submitted" in words(author.post("proposal_check", draft.public_id))
    assert again(draft).state == "in_review"


@pytest.mark.requirement("R-016")
def test_soft_limits_are_remarked_on_and_hinder_nobody(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast)
    author.save(draft.public_id, a_outcomes="\n".join(f"Plan event {n}" for n in range(9)), a_hours="400")
    page = author.read("proposal_check", draft.public_id)
    assert "9 is more than usual. Advised are 6 or fewer." in page
    assert "400 is more than usual. Advised are 60 or fewer." in page
    assert "Nothing is missing." in page
    assert "is submitted" in words(author.post("proposal_check", draft.public_id))


@pytest.mark.requirement("R-028", "R-029")
def test_level_1_is_preset_as_simulated_and_asked_about_where_it_is_not(author: Author, cast: Cast) -> None:
    assert "an introduction to skills and competencies" in author.read("proposal_begin")
    draft = begun(author, cast)
    assert draft.answers["environment"] == "simulated"
    assert draft.answers["proficiency"] == "introductory"
    asked = "Is this Level II? A Level I badge is practised in a simulated setting."
    assert asked not in author.read("proposal_write", draft.public_id)
    author.save(draft.public_id, a_environment="professional")
    assert asked in author.read("proposal_write", draft.public_id)
    assert asked in author.read("proposal_check", draft.public_id)


@pytest.mark.requirement("R-029", "R-033")
def test_another_level_answers_anew_what_the_first_had_preset(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    author.save(draft.public_id, a_type="level_2")
    kept = again(draft)
    assert (kept.level.key, kept.answers["environment"], kept.answers["proficiency"]) == (
        "level_2",
        "professional",
        "mastery",
    )
    author.save(draft.public_id, a_environment="simulated")
    author.save(draft.public_id, a_type="level_1")
    author.save(draft.public_id, a_environment="professional")
    author.save(draft.public_id, a_type="level_2")
    assert again(draft).answers["environment"] == "professional"


@pytest.mark.requirement("R-032", "R-033")
def test_level_2_has_to_say_its_value_and_where_the_work_takes_place(author: Author, cast: Cast) -> None:
    draft = a_proposal(cast, level="level_2")
    author.save(draft.public_id, a_career_value="", a_site="")
    page = author.read("proposal_check", draft.public_id)
    assert "“Value for a profession or career” is not answered yet." in page
    assert "“Where the work takes place” is not answered yet." in page
    assert author.post("proposal_check", draft.public_id).status_code == 422


# --- Autosave, and two people at once
def test_autosave_saves_without_a_page_and_brings_what_an_answer_opens(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    answer = author.autosave(draft.public_id, a_type="level_2").content.decode()
    assert "<html" not in answer
    assert "Saved at" in answer
    assert 'id="q-site" hx-swap-oob="true"' in answer
    assert 'name="a-site"' in answer
    assert 'id="q-title" hx-swap-oob' not in answer, "a field in which somebody writes is left alone"
    back = author.autosave(draft.public_id, a_type="level_1").content.decode()
    assert '<div class="question" id="q-site" hx-swap-oob="true"></div>' in back.replace("\n", "")


def test_an_answer_that_is_being_written_is_not_commented_on(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    told = "write a number in digits"
    assert told not in author.autosave(draft.public_id, a_hours="tw", writing="hours").content.decode()
    assert told in author.autosave(draft.public_id, a_hours="twe").content.decode()


def test_two_who_write_different_answers_do_not_undo_each_other(author: Author, cast: Cast) -> None:
    theo = Author(a_colleague("faculty", name="Theo Marchetti"))
    draft = begun(author, cast, title="Old title", description="Old description")
    actions.add_participant(by=cast.actor("proposer"), proposal=draft, user=theo.user)
    mine, theirs = author.form(draft.public_id), theo.form(draft.public_id)
    theo.autosave(draft.public_id, form=theirs, a_description="By Theo")
    answer = author.autosave(draft.public_id, form=mine, a_title="By Pat").content.decode()
    kept = again(draft).answers
    assert (kept["title"], kept["description"]) == ("By Pat", "By Theo")
    assert "By Theo" in answer, "the page takes over what the other wrote"
    assert "while you were writing" not in answer


@pytest.mark.requirement("R-073")
def test_two_who_write_the_same_answer_are_told_and_see_both(author: Author, cast: Cast) -> None:
    theo = Author(a_colleague("faculty", name="Theo Marchetti"))
    draft = begun(author, cast, description="Old description")
    actions.add_participant(by=cast.actor("proposer"), proposal=draft, user=theo.user)
    mine = author.form(draft.public_id)
    theo.save(draft.public_id, a_description="By Theo")
    told = author.save(draft.public_id, form=mine, a_description="By Pat")
    assert told.status_code == 409
    page = words(told)
    assert "Theo Marchetti changed this answer while you were writing." in page
    assert "By Theo" in page
    assert "By Pat" in page
    assert again(draft).answers["description"] == "By Theo"
    # Saved once more without a word about which, nothing is overwritten; and then either stands.
    form = fields(told)
    assert author.save(draft.public_id, form=form).status_code == 409
    assert again(draft).answers["description"] == "By Theo"
    assert author.save(draft.public_id, form=form, mine="description").status_code == 200
    assert again(draft).answers["description"] == "By Pat"


def test_theirs_can_be_taken(author: Author, cast: Cast) -> None:
    theo = Author(a_colleague("faculty", name="Theo Marchetti"))
    draft = begun(author, cast, description="Old description")
    actions.add_participant(by=cast.actor("proposer"), proposal=draft, user=theo.user)
    mine = author.form(draft.public_id)
    theo.save(draft.public_id, a_description="By Theo")
    told = author.autosave(draft.public_id, form=mine, a_description="By Pat")
    assert "Theo Marchetti changed this answer" in told.content.decode()
    form = {**mine, "a-description": "By Pat", "held": "description"}
    taken = author.save(draft.public_id, form=form, theirs="description")
    assert taken.status_code == 200
    assert "By Theo" in words(taken)
    assert again(draft).answers["description"] == "By Theo"


# --- Lists that grow, and lists to choose from
def test_more_rows_are_offered_and_nothing_typed_is_lost(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    first = author.save(
        draft.public_id,
        more="grantors",
        **{"a-grantors.name": ["Theo"], "a-grantors.email": ["theo@pinecrest.example"]},
    )
    assert first.content.decode().count('name="a-grantors.email"') == 4
    assert first.redirect_chain[-1][0].endswith("#q-grantors")


def test_skills_are_searched_where_they_are_many_and_what_is_ticked_stays(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    chosen = a_skill("Negotiation")
    for number in range(45):
        a_skill(f"Filler {number}")
    a_skill("Event coordination")
    page = author.save(draft.public_id, a_skills=[chosen.public_id], find="skills", **{"find-skills": "event"})
    assert "Event coordination" in words(page)
    assert "Negotiation" in words(page)
    assert "Filler 7" not in words(page)
    found = author.get("proposal_find", draft.public_id, "skills", **{"find-skills": "event", "a-skills": "nonsense"})
    assert "Event coordination" in words(found)
    assert "Not there any more" in words(found)
    assert author.get("proposal_find", draft.public_id, "nothing").status_code == 404


def test_skills_of_which_the_text_speaks_are_suggested_first(author: Author, cast: Cast) -> None:
    for name in ("Event coordination", "Budgeting", "Welding"):
        a_skill(name)
    draft = begun(author, cast)
    assert "Suggested from your text:" not in author.read("proposal_write", draft.public_id)
    page = author.save(
        draft.public_id, a_description="Coordinating is not it, but event coordination is: a budget too."
    )
    text = words(page)
    assert text.index("Suggested from your text: Event coordination") < text.index("Welding")
    assert text.count("Event coordination") == 1


@pytest.mark.requirement("R-064")
def test_the_skills_lead_to_guidance(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    page = author.get("proposal_write", draft.public_id).content.decode()
    assert f'href="{author.at("guide", "ksu_proposal")}#ask-skills"' in page
    assert "Chosen from the university’s list" in author.read("guide", "ksu_proposal")


@pytest.mark.requirement("R-039", "R-040")
def test_a_certificate_is_made_of_approved_badges_of_its_level_only(author: Author, cast: Cast) -> None:
    level_1 = [builders.an_achievement(name=f"First {n}") for n in (1, 2)]
    level_2 = builders.an_achievement(name="Upper", level="level_2")
    unapproved = builders.a_draft(name="Unready")
    draft = begun(author, cast, level="certificate_practiced")
    page = author.read("proposal_write", draft.public_id)
    assert "First 1" in page
    assert "Upper" not in page
    assert "Unready" not in page
    author.save(draft.public_id, a_components=[level_1[0].public_id, level_2.public_id])
    mixed = author.read("proposal_check", draft.public_id)
    assert "“Upper” is a Level II Badge. A Digital Certificate (Practiced) is made of badges of one level only" in mixed
    author.save(draft.public_id, a_components=[level_1[0].public_id, unapproved.public_id])
    assert "cannot be earned. Choose badges that are approved." in author.read("proposal_check", draft.public_id)
    author.save(draft.public_id, a_components=[one.public_id for one in level_1])
    assert "is made of badges of one level only" not in author.read("proposal_check", draft.public_id)
    expert = begun(author, cast, level="certificate_expert")
    page = author.read("proposal_write", expert.public_id)
    assert "Upper" in page
    assert "First 1" not in page


# --- Files
def test_files_are_attached_fetched_and_taken_away(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    evil = SimpleUploadedFile("rübric <b>.html", b"<script>alert(1)</script>")
    page = author.save(draft.public_id, **{"file-rubric": evil})
    assert "rübric <b>.html" in words(page)
    file = Attachment.objects.get()
    answer = author.get("proposal_file", draft.public_id, file.public_id)
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    author.save(draft.public_id, detach=file.public_id)
    assert not Attachment.objects.exists()
    assert "rubric" not in again(draft).answers


def test_a_file_that_is_not_taken_is_told_and_the_rest_is_kept(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    refused = author.save(
        draft.public_id, a_title="Kept", **{"file-rubric": SimpleUploadedFile("page.exe", b"MZ\x90\x00\xff")}
    )
    assert refused.status_code == 422
    assert "page.exe: This kind of file is not taken." in words(refused)
    assert again(draft).title == "Kept"
    assert not Attachment.objects.exists()


def test_files_are_for_those_who_may_read_the_proposal(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    author.save(draft.public_id, **{"file-rubric": SimpleUploadedFile("rubric.txt", b"points")})
    file = Attachment.objects.get()
    stranger = Author(a_colleague("faculty", name="Somebody Else"))
    assert stranger.get("proposal_file", draft.public_id, file.public_id).status_code == 404


# --- Who may
@pytest.mark.requirement("R-073")
def test_what_was_handed_in_is_read_only(author: Author, cast: Cast) -> None:
    handed_in = submitted(cast, title="Grant Writing")
    form = {"revision": "0", "was": "title x", "a-title": "Another"}
    assert author.client.post(author.at("proposal_write", handed_in.public_id), form).status_code == 422
    shown = author.client.get(author.at("proposal_write", handed_in.public_id))
    assert shown.status_code == 302
    assert again(handed_in).title == "Grant Writing"


def test_only_those_who_write_it_change_it(author: Author, cast: Cast) -> None:
    draft = begun(author, cast)
    office = Author(cast["program_manager"])
    assert office.get("proposal", draft.public_id).status_code == 200
    assert office.get("proposal_write", draft.public_id).status_code == 403
    assert Author(a_colleague("faculty")).get("proposal_write", draft.public_id).status_code == 404


@pytest.mark.requirement("R-027", "R-075")
def test_every_form_says_where_to_read_on_and_whom_to_ask(author: Author, cast: Cast) -> None:
    here = builders.here()
    here.contact_email = "badges@pinecrest.example"
    here.save()
    draft = begun(author, cast)
    guide = author.at("guide", "ksu_proposal")
    for name, ids in (
        ("proposal_begin", ()),
        ("proposal_write", (draft.public_id,)),
        ("proposal_check", (draft.public_id,)),
        ("proposal_people", (draft.public_id,)),
        ("proposal_consult", (draft.public_id,)),
    ):
        page = author.get(name, *ids).content.decode()
        assert f'href="{guide}"' in page, name
        assert 'href="mailto:badges@pinecrest.example"' in page, name


def test_a_form_takes_no_more_questions_the_more_skills_and_files_it_has(author: Author, cast: Cast) -> None:
    draft = begun(author, cast, skills=[a_skill("One").public_id])
    author.get("proposal_write", draft.public_id)
    with CaptureQueriesContext(connection) as few:
        author.get("proposal_write", draft.public_id)
    by = cast.actor("proposer")
    many = [a_skill(f"Skill {n}").public_id for n in range(8)]
    actions.write_answers(by=by, proposal=again(draft), sent={"skills": many}, revision=again(draft).revision)
    for number in range(4):
        actions.attach(by=by, proposal=again(draft), question="rubric", name=f"{number}.txt", content=b"points")
        actions.remark(by=by, proposal=again(draft), text="Why?", question="skills")
    author.get("proposal_write", draft.public_id)
    with CaptureQueriesContext(connection) as more:
        author.get("proposal_write", draft.public_id)
    assert len(more) <= len(few) + 2
