"""The ways in: the house's form, an address outside, and what staff register that came from there."""

import html
from typing import Any

import pytest
from django.urls import reverse

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders
from tests.support.clients import Browserlike
from tests.support.governance import (
    Cast,
    a_colleague,
    a_proposal,
    again,
    decided,
    filled,
    holds,
    ksu_cast,
    open_tasks,
    submitted,
)

OUTSIDE = "https://engagement.example/"


def browser_of(user: User) -> Browserlike:
    client = Browserlike()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, *ids: str) -> str:
    return reverse(f"governance:{name}", args=[builders.here().slug, *ids])


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def only_outside(institution: Institution) -> None:
    """Students ask outside only, from now on."""
    version = queries.newest_route("souvenir_light")
    assert version is not None
    data = {key: value for key, value in version.route.to_data().items() if key not in ("key", "version")}
    students = data["route_by_audience"]["students"]  # type: ignore[index]
    data["route_by_audience"] = {  # type: ignore[assignment]
        **data["route_by_audience"],  # type: ignore[dict-item]
        "students": {**students, "mode": "external_link"},
    }
    workflow.set_route(by=SYSTEM, institution=institution, key="souvenir_light", data=data)


@pytest.mark.requirement("R-025", "R-026")
def test_students_are_shown_the_platform_and_the_form_beside_it_and_staff_only_the_form(
    institution: Institution,
) -> None:
    cast = ksu_cast()
    me = browser_of(cast["proposer"])
    begin = text(me.get(at("proposal_begin")))
    assert "Requests for students are made at" in begin
    assert OUTSIDE in begin
    for audience, shown in ((["students"], True), (["staff"], False), (["students", "staff"], False)):
        proposal = a_proposal(cast, level="souvenir", audience=audience)
        for name in ("proposal_write", "proposal_check"):
            page = text(me.get(at(name, proposal.public_id)))
            assert (OUTSIDE in page) is shown, (audience, name)
            assert ("You can also use the form here" in page) is shown
        assert "Submit the proposal" in page


@pytest.mark.requirement("R-026")
def test_where_requests_are_made_outside_only_the_form_is_not_handed_in(institution: Institution) -> None:
    cast = ksu_cast()
    only_outside(institution)
    proposal = a_proposal(cast, level="souvenir", audience=["students"])
    page = text(browser_of(cast["proposer"]).get(at("proposal_check", proposal.public_id)))
    assert "Go to Student engagement platform" in page
    assert "Submit the proposal" not in page
    with pytest.raises(Rejected) as refused:
        workflow.submit(by=cast.actor("proposer"), proposal=proposal)
    assert refused.value.code == "made_outside"
    staff = a_proposal(cast, level="souvenir", audience=["staff"])
    workflow.submit(by=cast.actor("proposer"), proposal=staff)
    assert again(staff).state == "in_review"


def registered(cast: Cast, who: str, **changes: str) -> Any:
    form = {
        "level": "souvenir",
        "unit": cast.unit.public_id,
        "name": "Stella Student",
        "email": "stella@students.example",
        **changes,
    }
    return browser_of(cast[who]).post(at("proposal_register"), form, follow=True)


def handed_in(cast: Cast, who: str) -> Proposal:
    proposal = Proposal.objects.latest("pk")
    writing.write_answers(
        by=cast.actor(who),
        proposal=proposal,
        sent=filled(proposal.form.form, audience=["students"], **proposal.answers),
        revision=proposal.revision,
    )
    workflow.submit(by=cast.actor(who), proposal=again(proposal))
    return again(proposal)


@pytest.mark.requirement("R-026")
@pytest.mark.parametrize("who", ["student_engagement_staff", "program_manager"])
def test_a_request_that_came_from_outside_is_registered_for_whoever_made_it(institution: Institution, who: str) -> None:
    cast = ksu_cast()
    only_outside(institution)
    cast.people["colleague"] = a_colleague("student_engagement_staff", name="Colleague Cam")
    assert "Register a request" in text(browser_of(cast[who]).get(at("tasks")))
    page = text(registered(cast, who))
    assert "Asked for outside of this system by Stella Student" in page.replace('<span translate="no">', "").replace(
        "</span>", ""
    )
    proposal = handed_in(cast, who)
    assert (proposal.proposer.email, proposal.via, proposal.state) == (
        "stella@students.example",
        "registered",
        "in_review",
    )
    assert open_tasks(proposal) == {"channel_approval"}
    assert decided(cast, "colleague", proposal, Verb.APPROVE, task="channel_approval").state == "approved"
    requester = builders.acting(User.objects.get(email="stella@students.example"))
    assert queries.reads(requester, proposal.public_id).pk == proposal.pk


@pytest.mark.requirement("R-026")
def test_it_is_handed_in_by_its_requester_and_whoever_held_the_pen_may_decide(institution: Institution) -> None:
    cast = ksu_cast()
    registered(cast, "student_engagement_staff")
    me = browser_of(cast["student_engagement_staff"])
    proposal = handed_in(cast, "student_engagement_staff")
    assert me.get(at("proposal_write", proposal.public_id)).status_code == 403
    row = queries.run_of(proposal)
    assert row is not None
    assert {entry.by.person for entry in row.run.history} == {proposal.proposer.public_id}
    with pytest.raises(NotPermitted):
        writing.write_answers(
            by=cast.actor("student_engagement_staff"), proposal=proposal, sent={}, revision=proposal.revision
        )
    done = decided(cast, "student_engagement_staff", proposal, Verb.APPROVE, task="channel_approval")
    assert done.state == "approved"


@pytest.mark.requirement("R-026")
def test_whoever_holds_the_pen_for_others_does_not_decide_on_what_they_ask_for_themselves(
    institution: Institution,
) -> None:
    cast = ksu_cast()
    cast.people["proposer"] = cast.people["student_engagement_staff"]
    holds(cast["proposer"], "faculty")
    own = submitted(cast, level="souvenir", audience=["students"])
    with pytest.raises(NotPermitted):
        decided(cast, "student_engagement_staff", own, Verb.APPROVE, task="channel_approval")


def test_nobody_registers_for_themselves_and_what_was_typed_stays(institution: Institution) -> None:
    cast = ksu_cast()
    answer = registered(cast, "program_manager", email=cast["program_manager"].email)
    assert answer.status_code == 422
    assert "propose it yourself" in text(answer)
    assert "Stella Student" in text(answer)
    assert registered(cast, "program_manager", email="stella@").status_code == 422
    assert registered(cast, "program_manager", level="level_1").status_code == 422
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("who", ["proposer", "unit_leader", "executive", "member_1"])
def test_who_does_not_approve_in_a_channel_registers_nothing(institution: Institution, who: str) -> None:
    cast = ksu_cast()
    assert browser_of(cast[who]).get(at("proposal_register")).status_code == 403
    assert registered(cast, who).status_code == 403
    assert "Register a request" not in text(browser_of(cast[who]).get(at("tasks")))
    with pytest.raises(NotPermitted, match="registered by those who approve"):
        workflow.register_request(
            by=cast.actor(who),
            unit=cast.unit,
            level=institution_queries.levels().get(key="souvenir"),
            name="Stella",
            email="stella@students.example",
        )
