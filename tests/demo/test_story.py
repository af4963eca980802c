"""The demonstration: two universities with something in every state, made by the actions that people use."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import resources
from typing import Any

import pytest

from insignia.cli import checking
from insignia.demo import cast
from insignia.demo.learners import FIRST, LAST
from insignia.domain.awards.models import Award, IssuanceRequest
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.models import Delivery, DeliveryState
from insignia.domain.notifications.models import Message
from insignia.domain.people.models import User
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.intents import queries as intent_queries
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.meetings import queries as meetings
from insignia.domain.proposals.production import queries as production
from insignia.domain.proposals.production.models import Production, ProductionTask
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow.models import Delegation
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal

pytestmark = pytest.mark.usefixtures("demonstration")


def in_each() -> Iterator[Any]:
    """Each university in turn, with the tenant set to it."""
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            yield institution


@pytest.fixture
def pinecrest() -> Iterator[Any]:
    institution = institutions.by_slug("pinecrest")
    with tenancy.of(institution):
        yield institution


@pytest.fixture
def alder() -> Iterator[Any]:
    institution = institutions.by_slug("alder-ridge")
    with tenancy.of(institution):
        yield institution


@pytest.mark.parametrize("model", [Proposal, Intent, IssuanceRequest, Production, ProductionTask, Award])
def test_every_state_is_held_by_something(model):
    held = {state for _each in in_each() for state in model.objects.values_list("state", flat=True)}
    assert held == set(model.State.values)


@pytest.mark.parametrize("kind", [Proposal.Kind.NEW, Proposal.Kind.REVISE, Proposal.Kind.RETIRE])
def test_every_kind_of_change_but_coming_back_is_under_way(pinecrest, kind):
    assert Proposal.objects.filter(kind=kind, state=Proposal.State.IN_REVIEW).exists()


def test_everything_is_as_it_must_be():
    assert checking.what_is_broken() == []


def test_nothing_is_owed_but_what_happened_today_and_no_mail_of_the_past_goes_out():
    waiting = Delivery.objects.exclude(state=DeliveryState.DONE).select_related("entry")
    assert waiting
    assert all(clock.now() - one.entry.at < timedelta(hours=1) for one in waiting)
    for _each in in_each():
        assert not Message.objects.filter(state=Message.State.PENDING).exists()


def test_the_same_password_opens_everybody_and_no_second_factor_is_asked_of_them():
    for part in cast.PARTS.values():
        user = User.objects.get(email=part.email)
        assert user.is_demo
        assert user.check_password(cast.PASSWORD)


# --- Pinecrest (functional specification 6.1)
def test_an_intent_has_waited_too_long_and_says_so(pinecrest):
    (late,) = intent_queries.overdue(intent_queries.all_intents(), pinecrest)
    assert (clock.today_in(pinecrest.zone) - late.received_on).days == 12


@pytest.mark.parametrize(
    ("title", "tasks"),
    [
        ("Inclusive Event Planning", {"skill_review"}),
        ("Lab Safety Practice", {"mcc"}),
        ("Grant Writing", {"executive"}),
        ("Community Interpreting", {"asked_1"}),
        ("Data Storytelling Intro", {"mcc"}),
        ("Client Interview Practitioner", {"unit_leader"}),
        ("Staff Wellness Walks", {"channel_approval"}),
    ],
)
def test_a_proposal_waits_where_the_specification_has_it(pinecrest, title, tasks):
    proposal = Proposal.objects.get(title=title)
    assert set(workflow.open_tasks().filter(run__proposal=proposal).values_list("task", flat=True)) == tasks


def test_souvenirs_wait_in_the_channel_of_their_audience(pinecrest):
    waits = {row.run.proposal.title: row.role for row in workflow.open_tasks() if row.task == "channel_approval"}
    assert waits.pop("Staff Wellness Walks") == "program_manager"
    ((title, role),) = waits.items()
    assert title.startswith("Hackathon 20")
    assert role == "student_engagement_staff"


def test_what_changed_between_the_versions_of_lab_safety_can_be_seen(pinecrest):
    proposal = writing.proposal(Proposal.objects.get(title="Lab Safety Practice").public_id)
    newer, older = proposal.versions.all()
    changed = {
        key for key in newer.answers.keys() | older.answers.keys() if newer.answers.get(key) != older.answers.get(key)
    }
    assert {"outcomes", "skills", "assessment"} <= changed


def test_the_second_proof_of_cloud_basics_waits_for_a_word(pinecrest):
    (made,) = [one for one in production.all_productions() if str(one) == "Cloud Basics"]
    second, first = production.proofs_of(production.task_of(made, "image_with_communications"))
    assert (second.number, second.state, first.state) == (2, "shown", "changes")


def test_one_evaluation_is_overdue(pinecrest):
    by = institutions.actor_for(User.objects.get(email="pat.program@pinecrest.example"), pinecrest, door="page")
    today = clock.today_in(pinecrest.zone)
    overdue = [line for line in production.plan_lines(production.evaluation_plans(by), today=today) if line.is_overdue]
    assert [str(line.plan.production) for line in overdue] == ["Peer Tutor Practitioner"]


def test_the_committee_has_seven_seats_of_which_one_is_vacant_and_meets_next_week(pinecrest):
    body = bodies.body("MCC")
    seats = bodies.sittings(body)
    assert [sitting.seat.constituency for sitting in seats] == ["Faculty"] * 4 + ["Staff"] * 3
    assert [sitting.is_vacant for sitting in seats] == [False] * 6 + [True]
    (meeting,) = meetings.ahead(body)
    assert (meeting.day - clock.today_in(pinecrest.zone)).days == 7
    assert {"Lab Safety Practice", "Data Storytelling Intro"} <= {
        str(item.proposal) for item in meetings.items(meeting) if item.proposal
    }
    held = meetings.behind(body).filter(state="closed")
    assert all(meeting.minutes for meeting in held)
    assert {bool(meeting.minutes_approved_at) for meeting in held} == {True, False}


def test_somebody_stands_in_for_somebody_else(pinecrest):
    today = clock.today_in(pinecrest.zone)
    assert Delegation.objects.filter(starts_on__lte=today, ends_on__gte=today).count() == 1


# --- Alder Ridge (functional specification 6.2)
def test_every_constituency_has_somebody_on_the_committee(alder):
    seats = bodies.sittings(bodies.body("MAC"))
    assert len(seats) == 7
    assert not any(sitting.is_vacant for sitting in seats)


def test_an_invitation_ends_tomorrow(alder):
    (intent,) = Intent.objects.filter(state=Intent.State.INVITED)
    invitation = intent_queries.live_invitation(intent)
    assert (invitation.expires_at - clock.now()).total_seconds() < 48 * 3600


def test_a_proposal_is_with_the_committee_and_one_waits_for_attestations(alder):
    open_tasks = {row.run.proposal.title: row for row in workflow.open_tasks() if row.task}
    assert open_tasks["Trail Risk Communication"].task == "mac"
    assert open_tasks["Community Science Field Methods"].task == "unit_final"


def test_a_request_has_twenty_four_rows_of_which_twenty_two_went_to_the_registrar(alder):
    request = IssuanceRequest.objects.get(state=IssuanceRequest.State.SUBMITTED)
    codes = sorted(row.code for row in request.rows.filter(state="open"))
    assert request.rows.filter(state="waiting").count() == 22
    assert len(codes) == 2
    assert any("duplicate" in code for code in codes)


def test_about_four_of_five_of_the_240_awards_were_accepted(alder):
    issued = Award.objects.filter(batch__request__state=IssuanceRequest.State.ISSUED).exclude(released_at=None)
    taken = issued.exclude(decided_at=None).exclude(state=Award.State.DECLINED)
    assert issued.count() == 240
    assert 0.80 < taken.count() / 240 < 0.84


# --- Words
def test_nobody_real_is_named():
    """Whoever plays is called after what they are; learners' names are put together from two lists that are ours."""
    invented = {part.name for part in cast.PARTS.values()}
    invented |= {f"{first} {last}" for first in FIRST for last in LAST}
    invented |= {f"{first} {last}-Moreau" for first in FIRST for last in LAST}
    roles = r"(Committee|Chair|Deputy|Leader|Past|Alternate|Division|Registrar|Issuer|Program|Thought|Visitor)"
    for user in User.objects.all():
        assert user.email.endswith(".example")
        assert user.name in invented or re.search(rf" {roles}$", user.name), user.name


def _sources(folder: Any) -> Iterable[Any]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith((".py", ".html")):
            yield entry


def test_every_address_in_the_demonstrations_words_is_invented():
    for file in _sources(resources.files("insignia.demo")):
        text = file.read_text("utf-8")
        hosts = re.findall(r"(?:https?://|[\w.]@)([\w-]+(?:\.[\w-]+)+)", text)
        assert all(host.endswith(".example") or host.startswith("127.0.0.1") for host in hosts), (file.name, hosts)
