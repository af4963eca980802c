"""Lists of proposals: searched, narrowed, sorted, paged; few questions to the database however much there is; figures."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock, ids
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.workflow.models import Run, StepRun, TaskRun
from insignia.domain.proposals.writing.models import Docket, Proposal, ProposalVersion
from tests.edges.web.governance.review.reviewer import reviewer, words
from tests.support.governance import Cast, a_colleague, again, decided, ksu_cast, submitted

IN_FLIGHT, MEMBERS, MOST_QUESTIONS = 200, 40, 15


@pytest.fixture
def cast(institution: Institution) -> Cast:
    return ksu_cast()


def before_committee(cast: Cast, **values: Any) -> Proposal:
    proposal = submitted(cast, **values)
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def copied(row: Model, **changes: Any) -> Any:
    """A row like this one, not yet stored."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    if "public_id" in values:
        values["public_id"] = ids.new_public_id()
    return type(row)(**{**values, **changes})


def multiplied(proposal: Proposal, times: int) -> None:
    """As many proposals that stand exactly where this one does."""
    run = Run.objects.get(proposal=proposal)
    made = Proposal.objects.bulk_create(
        [copied(proposal, title=f"Proposal {n:03}", search_text=f"proposal {n:03}") for n in range(times)]
    )
    runs = Run.objects.bulk_create([copied(run, proposal_id=one.pk) for one in made])
    for kind, owner in ((StepRun, "run"), (TaskRun, "run")):
        rows = list(kind.objects.filter(run=run))
        kind.objects.bulk_create([copied(row, **{f"{owner}_id": one.pk}) for one in runs for row in rows])
    for kind in (Docket, ProposalVersion):
        rows = list(kind.objects.filter(proposal=proposal))
        kind.objects.bulk_create([copied(row, proposal_id=one.pk) for one in made for row in rows])


@pytest.mark.slow
def test_no_page_asks_more_for_two_hundred_proposals_and_forty_voters(institution: Institution) -> None:
    cast = ksu_cast(members=3)
    body = body_queries.body("MCC")
    for number in range(MEMBERS - 3):
        bodies.take_seat(
            by=SYSTEM,
            seat=bodies.add_seat(by=SYSTEM, body=body, constituency=f"Faculty {number}"),
            user=a_colleague(name=f"Voter {number}"),
            starts_on=None,
            ends_on=None,
        )
    proposal = before_committee(cast, title="The first of them")
    multiplied(proposal, IN_FLIGHT - 1)
    submitted(cast, title="Something newer")  # and so what was kept is read anew
    member, office, leader = (reviewer(cast[name]) for name in ("member_2", "program_manager", "unit_leader"))
    asked: dict[str, int] = {}
    for name, who in (("member", member), ("office", office), ("leader", leader)):
        for page, query in (
            ("tasks", {}),
            ("all_proposals", {}),
            ("all_proposals", {"state": "open", "step": "mcc", "body": "MCC", "sort": "-since", "q": "proposal"}),
            ("delegations", {}),
        ):
            asked[f"{name} {page} {query}"] = who.questions(page, **query)
        for tab in ("answers", "changes", "discussion", "history"):
            asked[f"{name} proposal {tab}"] = who.questions("proposal", proposal.public_id, tab=tab)
    asked["office turnaround"] = office.questions("turnaround")
    assert {page: number for page, number in asked.items() if number > MOST_QUESTIONS} == {}
    assert f"{IN_FLIGHT} things wait for you" in member.read("tasks")
    assert "201 proposals" in office.read("all_proposals")


def test_proposals_are_found_by_words_state_step_unit_level_kind_and_body(cast: Cast) -> None:
    before_committee(cast, title="Grant Writing")
    returned = submitted(cast, title="Lab Safety Practice", level="level_2")
    decided(cast, "unit_leader", returned, Verb.REQUEST_CHANGES, task="unit_leader", comment="More.")
    submitted(cast, title="Hackathon", level="souvenir")
    office = reviewer(cast["program_manager"])
    titles = ("Grant Writing", "Lab Safety Practice", "Hackathon")

    def found(**query: str) -> list[bool]:
        page = office.read("all_proposals", **query)
        return [title in page for title in titles]

    assert found() == [True, True, True]
    assert found(q="safety lab") == [False, True, False]
    assert found(state="changes_requested") == [False, True, False]
    assert found(state="open") == [True, True, True]
    assert found(step="mcc") == [True, False, False]
    assert found(unit=cast.unit.public_id) == [True, True, True]
    assert found(unit="elsewhere") == [False, False, False]
    assert found(level="level_2") == [False, True, False]
    assert found(kind="revise") == [False, False, False]
    assert found(body="MCC") == [True, False, False]
    page = office.read("all_proposals", sort="title")
    assert page.index("Grant Writing") < page.index("Hackathon") < page.index("Lab Safety Practice")
    page = office.read("all_proposals", sort="-title")
    assert page.index("Grant Writing") > page.index("Hackathon") > page.index("Lab Safety Practice")
    assert "Nothing matches" in office.read("all_proposals", q="nothing of that name")


def test_a_list_has_pages(cast: Cast) -> None:
    multiplied(before_committee(cast), 30)
    office = reviewer(cast["program_manager"])
    shown = {n: office.read("all_proposals", sort="title", page=str(n)) for n in (1, 2)}
    assert "Proposal 000" in shown[1]
    assert "Proposal 029" not in shown[1]
    assert "Proposal 029" in shown[2]


def test_a_member_reads_what_came_before_the_body_and_nothing_else(cast: Cast) -> None:
    before_committee(cast, title="Grant Writing")
    earlier = submitted(cast, title="Peer Mediation")
    member = reviewer(cast["member_2"])
    page = member.read("all_proposals")
    assert "Grant Writing" in page
    assert "Peer Mediation" not in page
    assert member.get("proposal", earlier.public_id).status_code == 404


def test_who_has_no_right_and_no_task_is_told_so(cast: Cast) -> None:
    nobody = reviewer(a_colleague("designer"))
    for name in ("tasks", "all_proposals", "turnaround", "delegations"):
        assert nobody.get(name).status_code == 403
    assert reviewer(cast["proposer"]).get("all_proposals").status_code == 403


def test_what_has_waited_longer_than_its_timer_is_late(cast: Cast) -> None:
    proposal = submitted(cast)
    leader = reviewer(cast["unit_leader"])
    assert "late" not in leader.read("tasks")
    TaskRun.objects.filter(run__proposal=proposal).update(opened_at=clock.now() - timedelta(days=15))
    page = leader.read("tasks")
    assert "1 thing waits for you, 1 is late." in page
    assert "15 days" in page


def test_the_figures_tell_how_long_each_step_took_and_what_is_open(cast: Cast) -> None:
    for number, days in enumerate((2, 4, 9)):
        proposal = before_committee(cast, title=f"Proposal {number}")
        decided(cast, "member_1", proposal, Verb.APPROVE, task="mcc")
        stood = StepRun.objects.get(run__proposal=proposal, step="mcc")
        begun = stood.left_at - timedelta(days=days)
        StepRun.objects.filter(pk=stood.pk).update(entered_at=begun)
        TaskRun.objects.filter(run__proposal=proposal, task="mcc").update(opened_at=begun)
    finished = again(proposal)
    decided(cast, "executive", finished, Verb.APPROVE, task="executive")
    Proposal.objects.filter(pk=finished.pk).update(submitted_at=clock.now() - timedelta(days=10))
    office = reviewer(cast["program_manager"])
    page = office.read("turnaround")
    assert "Micro-Credential Committee Slowest 4.0 9.0 3 0" in page
    assert "Executive administrator 0.0 0.0 1 2" in page
    assert "Intents: 0" in page
    assert "Handed in: 3" in page
    assert "Approved: 1" in page
    response = office.get("turnaround_csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ["Body", "Micro-Credential Committee", "3", "4.00", "9.00", "0", ""] in rows
    unit = next(row for row in rows if row[0] == "Unit")
    assert unit[1:4] == ["College of Computing", "1", "10.00"]
    assert "csv" in response["Content-Type"]


def test_figures_of_an_institution_without_proposals_say_so(cast: Cast) -> None:
    assert "Nothing to count yet" in reviewer(cast["program_manager"]).read("turnaround")


def test_the_reader_of_a_list_is_led_to_the_right_task(cast: Cast) -> None:
    proposal = submitted(cast)
    page = reviewer(cast["unit_leader"]).get("tasks").content.decode()
    assert f"/proposals/{proposal.public_id}?task=unit_leader" in page
    assert "Leader of the unit" in words(reviewer(cast["unit_leader"]).get("tasks"))
