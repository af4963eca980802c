"""Production through its pages, by the people who do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from insignia.domain.awards import queries as awards
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import queries
from insignia.domain.proposals.production.models import Production
from tests.support import builders, production
from tests.support.governance import a_colleague, cu_cast, ksu_cast

from .producer import Producer

PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="20" fill="#1f5f8b"/></svg>'
)
IMAGE, TRAINING, GRANTORS, PLAN = (
    "image_with_communications",
    "train_granting_unit",
    "name_qualified_grantors",
    "evaluation_plan",
)


@pytest.mark.requirement("R-056", "R-080", "R-081", "R-082", "R-106", "R-107")
def test_from_the_approval_to_the_active_badge(institution: Institution) -> None:
    """KSU's five tasks, each by whoever has it; in between nobody can make the badge active."""
    cast = ksu_cast()
    designer = Producer(a_colleague("designer", name="Drawing Dana"))
    issuer = Producer(a_colleague("issuer", name="Issuer Indy", scope=cast.unit))
    manager, proposer = Producer(cast["program_manager"]), Producer(cast["proposer"])
    found = production.in_production(cast)
    one = found.public_id

    board = manager.get("board")
    assert "Cloud Basics" in board
    assert "0 of 5" in board
    page = manager.post("production_create", one)
    assert "made from what was approved, word for word" in page
    assert "1 of 5 required tasks" in page
    assert "“Evaluation plan” is still open." in page
    assert "It cannot be active yet" not in page
    assert "is still open" in manager.post("production_activate", one)
    achievement = Achievement.objects.get()
    production.complete(cast, found)

    proposer.post("production_brief", one, IMAGE, brief="A cloud.")
    assert "A cloud." in designer.get("production_task", one, IMAGE)
    file = SimpleUploadedFile("cloud.svg", PICTURE, content_type="image/svg+xml")
    assert "The proof is there to be signed off." in designer.post(
        "production_prove", one, IMAGE, picture=file, alt="A disc"
    )
    proof = production.task(found, IMAGE).proofs.get()
    drawing = proposer.client.get(reverse("governance:production_proof", args=[institution.slug, one, proof.public_id]))
    assert drawing["Content-Type"] == "image/svg+xml"
    assert "sandbox" in drawing["Content-Security-Policy"]
    assert "The image is signed off." in proposer.post("production_sign_off", one, proof.public_id)

    day = builders.today().isoformat()
    issuer.post(
        "production_nominate",
        one,
        GRANTORS,
        name="Grantor Gale",
        email="gale@people.example",
        qualification="Ten years of practice.",
        starts_on=day,
    )
    nomination = found.nominations.get()
    assert (
        issuer.client.post(
            reverse("governance:production_confirm", args=[institution.slug, one, GRANTORS, nomination.public_id])
        ).status_code
        == 403
    )
    assert "Gale is qualified" in manager.post("production_confirm", one, GRANTORS, nomination.public_id)
    manager.post("production_train", one, TRAINING, person=nomination.user.public_id, items=["issuing"], trained_on=day)
    assert awards.grantors_of(achievement).get().trained_on == builders.today()
    assert "The task is done." in manager.post("production_move", one, TRAINING, "finish")
    assert "Appointed" in issuer.get("production_task", one, GRANTORS)
    assert "The program manager has it now." in issuer.post("production_move", one, GRANTORS, "hand_in")
    manager.post("production_move", one, GRANTORS, "approve")

    issuer.post(
        "production_evaluation_plan",
        one,
        PLAN,
        interval_months="36",
        measures="Who earns it",
        email=issuer.user.email,
        next_due_on=(builders.today() + timedelta(days=700)).isoformat(),
    )
    assert production.task(found, PLAN).state == "in_approval"
    assert "still open" in manager.post("production_activate", one)
    manager.post("production_move", one, PLAN, "approve")
    ready = manager.get("production", one)
    assert "Everything that is required is done." in ready
    assert "The badge is active" in manager.post("production_activate", one)
    achievement.refresh_from_db()
    assert achievement.state == "active"
    assert "It can be awarded since" in manager.get("production", one)
    assert "Cloud Basics" not in manager.get("board").partition("Due")[2]


@pytest.mark.requirement("R-080")
def test_the_program_page_does_not_lead_past_the_checklist(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    assert found.achievement is not None
    manager = Producer(cast["program_manager"])
    answer = manager.client.post(
        reverse("program:achievement_activate", args=[institution.slug, found.achievement.public_id])
    )
    assert answer.status_code == 422
    assert "“Image, with Communications” is still open." in answer.content.decode()
    found.achievement.refresh_from_db()
    assert found.achievement.state == "in_production"


@pytest.mark.requirement("R-081")
def test_what_was_changed_since_the_approval_stands_on_the_page_and_can_be_put_back(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    production.complete(cast, found, criteria="Just be there.")
    manager = Producer(cast["program_manager"])
    page = manager.get("production", found.public_id)
    assert "Changed after the approval" in page
    assert "Just be there." in page
    assert "What it means was changed after the approval." in page
    page = manager.post("production_put_back", found.public_id)
    assert "The draft says what was approved again." in page
    assert "Just be there." not in page


@pytest.mark.requirement("R-101", "R-102")
def test_at_cu_the_issuing_process_is_written_and_two_trainings_are_kept_apart(db: None) -> None:
    with builders.an_institution(preset="cu_boulder"):
        cast = cu_cast()
        manager = Producer(cast["program_manager"])
        found = production.in_production(cast, level="noncredit", via="signed_link")
        one, plan = found.public_id, "develop_issuing_process"
        half = manager.post("production_issuing_plan", one, plan, assessors="Two lecturers of the unit")
        assert "need another look" in half
        assert "Two lecturers of the unit" in half
        page = manager.post(
            "production_issuing_plan",
            one,
            plan,
            assessors="Two lecturers of the unit",
            method="By the rubric",
            evidence="The project",
            cadence="Each term",
            contact="badges@unit.example",
        )
        assert "By the rubric" in page
        assert production.task(found, plan).state == "done"
        trained = {"person": cast["program_manager"].public_id, "trained_on": builders.today().isoformat()}
        page = manager.post("production_train", one, "train_issuing", items=["issuing"], **trained)
        assert "Manager Morgan" in page
        page = manager.post("production_train", one, "train_analytics", items=["issuing"], **trained)
        assert "need another look" in page or "needs another look" in page
        assert [row.item for row in queries.trainings_of(found)] == ["issuing"]


def test_a_task_is_given_to_somebody_and_found_there(institution: Institution) -> None:
    cast = ksu_cast()
    clerk = Producer(a_colleague("staff", name="Clerk Kim"))
    manager = Producer(cast["program_manager"])
    found = production.in_production(cast)
    one = found.public_id
    assert clerk.status("production_task", one, "external_publish") == 404
    manager.post("production_assign", one, "external_publish", email=clerk.user.email, due_on="2020-01-31")
    mine = clerk.get("production_tasks")
    assert "Publish on an outside platform" in mine
    assert "Overdue since 31 Jan 2020" in mine
    assert "Clerk Kim" in manager.get("production", one)
    page = manager.post("production_assign", one, "external_publish", email="stranger@nowhere.example")
    assert "Nobody is known here by the address" in page
    assert "stranger@nowhere.example" in page
    assert "Your remark stands with the task." in clerk.post("production_remark", one, "external_publish", text="Soon.")
    assert "Soon." in manager.get("production_task", one, "external_publish")
    assert (
        clerk.client.post(
            reverse("governance:production_assign", args=[institution.slug, one, "external_publish"]), {"person": ""}
        ).status_code
        == 403
    )


def test_the_board_is_searched_and_flags_what_is_late(institution: Institution) -> None:
    cast = ksu_cast()
    manager = Producer(cast["program_manager"])
    assert "Nothing is in production" in manager.get("board")
    late = production.in_production(cast, title="Cloud Basics")
    production.in_production(cast, title="Grant Writing")
    late.tasks.filter(key=PLAN).update(due_on=builders.today() - timedelta(days=1))
    assert "1 production has tasks that are overdue." in manager.get("board")
    overdue = manager.get("board", state="overdue")
    assert "Cloud Basics" in overdue
    assert "Grant Writing" not in overdue
    found = manager.get("board", q="grant")
    assert "Grant Writing" in found
    assert "Cloud Basics" not in found
    assert "Nothing matches" in manager.get("board", q="underwater")


def test_lists_ask_no_more_of_the_database_for_more_productions(
    institution: Institution, django_assert_max_num_queries: Any
) -> None:
    cast = ksu_cast()
    manager = Producer(cast["program_manager"])
    production.in_production(cast)
    names = ("board", "production_tasks", "evaluations")
    for name in names:
        manager.get(name)
    few = {}
    for name in names:
        with django_assert_max_num_queries(60) as asked:
            manager.get(name)
        few[name] = len(asked.captured_queries)
    for number in range(3):
        production.in_production(cast, title=f"Badge {number}")
    manager.get("board")  # the rail counts what waits, and remembers it until something happens
    for name in names:
        with django_assert_max_num_queries(few[name], info=name):
            manager.get(name)


# --- The end
def test_certificates_that_contain_what_ends_are_settled_on_its_page(institution: Institution) -> None:
    cast = ksu_cast()
    component = builders.an_achievement(name="Flash Animation", unit=cast.unit)
    builders.an_achievement(
        level="certificate_practiced",
        name="Moving Pictures",
        unit=cast.unit,
        extra={"components": [component.public_id]},
    )
    found = production.in_production(
        cast, kind="retire", achievement=component, last_day="2027-05-31", stacks="none", plan="Finish by May."
    )
    manager = Producer(cast["program_manager"])
    page = manager.get("production", found.public_id)
    assert "31 May 2027" in page
    assert "Moving Pictures" in page
    assert "Finish by May." in page
    assert "but there is one" in page
    page = manager.post("production_stacks", found.public_id, choice="grandfather", note="Until 2028.")
    assert "Those who have begun may still finish" in page
    assert "Until 2028." in page
    assert Production.objects.get().stacks == "grandfather"


# --- Evaluations
@pytest.mark.requirement("R-107")
def test_an_evaluation_is_handed_in_returned_and_accepted(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    plan = production.evaluation_planned(cast, found)
    owner, manager = Producer(cast["proposer"]), Producer(cast["program_manager"])
    assert "Cloud Basics" in owner.get("evaluations")
    page = owner.post("evaluation_submit", plan.public_id, report="Forty earned it.")
    assert "needs another look" in page
    assert "Forty earned it." in page
    assert "handed in" in owner.post("evaluation_submit", plan.public_id, report="Forty earned it.", outcome="keep")
    assert "sent back" in manager.post("evaluation_return", plan.public_id, answer="And the employers?")
    assert "And the employers?" in owner.get("evaluation", plan.public_id)
    owner.post("evaluation_submit", plan.public_id, report="They ask for it.", outcome="keep")
    assert "the next one is planned" in manager.post("evaluation_accept", plan.public_id)
    assert "Keep it as it is" in owner.get("evaluation", plan.public_id)
    before = plan.next_due_on
    plan.refresh_from_db()
    assert plan.next_due_on > before


def test_the_page_of_a_badge_leads_to_its_checklist_and_to_its_end(institution: Institution) -> None:
    cast = ksu_cast()
    manager = Producer(cast["program_manager"])
    found = production.made(cast, production.in_production(cast))
    ending = builders.an_achievement(unit=cast.unit)
    production.in_production(cast, kind="retire", achievement=ending, last_day="2027-05-31", stacks="none")
    assert found.achievement is not None
    pages = [
        manager.client.get(reverse("program:achievement", args=[institution.slug, one.public_id])).content.decode()
        for one in (found.achievement, ending)
    ]
    assert reverse("governance:production", args=[institution.slug, found.public_id]) in pages[0]
    assert "its last day is 31 May 2027" in pages[1]
