"""Bodies and their seats on their pages."""

from datetime import timedelta

import pytest

from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications.models import Message
from insignia.domain.proposals.bodies import actions, queries
from insignia.domain.proposals.bodies.models import Body
from tests.support import builders
from tests.support.governance import a_colleague, cu_cast, ksu_cast

from .table import at, words


def mcc() -> Body:
    return queries.body("MCC")


@pytest.mark.requirement("R-088")
def test_the_preset_brings_a_seat_for_each_constituency_and_vacant_ones_are_flagged(db: None) -> None:
    with builders.an_institution(preset="cu_boulder"):
        cast = cu_cast(members=2)
        page = at(cast, "program_manager").read("body", queries.body("MAC").public_id)
    for constituency in (
        "Academic colleges",
        "Continuing education",
        "Student affairs",
        "Information technology",
        "Teaching and learning center",
        "University libraries",
        "Office of the Registrar",
    ):
        assert constituency in page
    assert "5 seats are vacant" in page
    assert page.count("Vacant") == 5


@pytest.mark.requirement("R-088")
def test_a_seat_is_taken_for_a_term_with_an_alternate_and_vacant_when_the_term_is_over(
    institution: Institution,
) -> None:
    cast = ksu_cast(members=1)
    chair, body = at(cast, "member_1"), mcc()
    seat = queries.sittings(body)[1].seat
    newcomer, stand_in = a_colleague("faculty", name="Corin Vance"), a_colleague(name="Ines Calloway")
    builders.a_member("registrar", user=stand_in)
    assert "Corin Vance" in chair.read("seat", body.public_id, seat.public_id, "member", q="corin")
    today = builders.today()
    for who, place in ((newcomer, "member"), (stand_in, "alternate")):
        sent = chair.send(
            "seat",
            body.public_id,
            seat.public_id,
            place,
            q=who.email,
            person=who.public_id,
            starts_on=today.isoformat(),
            ends_on=(today + timedelta(days=365)).isoformat(),
        )
        assert "The seat" in words(sent)
    sitting = queries.sittings(body)[1]
    assert sitting.member
    assert sitting.alternate
    assert (sitting.member.user, sitting.alternate.user) == (newcomer, stand_in)
    page = chair.read("body", body.public_id)
    assert "Corin Vance" in page
    assert "Ines Calloway" in page
    assert "until" in page
    actions.take_seat(
        by=SYSTEM,
        seat=seat,
        user=newcomer,
        starts_on=today - timedelta(days=9),
        ends_on=today - timedelta(days=1),
    )
    assert queries.sittings(body)[1].is_vacant
    assert "6 seats are vacant" in chair.read("body", body.public_id)


@pytest.mark.requirement("R-086")
def test_the_page_shows_what_members_are_besides_and_the_standards(institution: Institution) -> None:
    cast = ksu_cast(members=1)
    seats = queries.sittings(mcc())
    assert [sitting.seat.constituency for sitting in seats] == ["Faculty"] * 4 + ["Staff"] * 3
    professor = a_colleague("faculty", name="Ada Winterbourne", scope=cast.unit)
    clerk = a_colleague("registrar", name="Bram Tolliver")
    for place, user in ((1, professor), (4, clerk)):
        actions.take_seat(by=SYSTEM, seat=seats[place].seat, user=user, starts_on=None, ends_on=None)
    page = at(cast, "member_1").read("body", mcc().public_id)
    assert "Ada Winterbourne Faculty, College of Computing" in page
    assert "Bram Tolliver Registrar" in page
    for standard in mcc().standards:
        assert standard in page


def test_the_office_invites_somebody_new_to_a_seat_and_a_chair_cannot(institution: Institution) -> None:
    cast = ksu_cast(members=1)
    seat = queries.sittings(mcc())[2].seat
    form = {"name": "Edda Whitlock", "email": "edda@pinecrest.example", "starts_on": "", "ends_on": ""}
    refused = at(cast, "member_1").send("seat", mcc().public_id, seat.public_id, "member", **form)
    assert refused.status_code == 422
    assert queries.sittings(mcc())[2].is_vacant
    at(cast, "program_manager").send("seat", mcc().public_id, seat.public_id, "member", **form)
    sitting = queries.sittings(mcc())[2]
    assert sitting.member
    assert sitting.member.user.email == "edda@pinecrest.example"
    builders.worked_through()
    assert Message.objects.filter(address="edda@pinecrest.example").exists()


def test_nobody_has_two_voices(institution: Institution) -> None:
    cast = ksu_cast(members=2)
    office = at(cast, "program_manager")
    seats = queries.sittings(mcc())
    twice = {"q": "Member 1", "person": cast["member_1"].public_id, "starts_on": "", "ends_on": ""}
    page = office.send("seat", mcc().public_id, seats[3].seat.public_id, "member", **twice)
    assert "has a seat here already" in words(page)
    page = office.send("seat", mcc().public_id, seats[0].seat.public_id, "alternate", **twice)
    assert "somebody else than its member" in words(page)


def test_a_body_is_founded_described_and_given_seats(institution: Institution) -> None:
    cast = ksu_cast(members=1)
    office = at(cast, "program_manager")
    form = {"name": "Stackability Board", "short_name": "Board", "charge": "Look at stacks\nSay so", "sponsor": ""}
    page = words(office.send("body_found", **form, standards=""))
    assert "“Stackability Board” is founded" in page
    body = queries.body("Board")
    assert body.charge == ["Look at stacks", "Say so"]
    assert "already" in words(office.send("body_found", **form, standards=""))
    office.send("body_edit", body.public_id, **{**form, "name": "Board of Stacks"}, standards="It stacks")
    office.send("seat_add", body.public_id, constituency="Libraries")
    body = queries.body("Board")
    assert (body.name, body.standards) == ("Board of Stacks", ["It stacks"])
    (sitting,) = queries.sittings(body)
    assert "1 seat is vacant" in office.read("body", body.public_id)
    office.send("seat_drop", body.public_id, sitting.seat.public_id)
    assert queries.sittings(body) == []


def test_chair_and_deputy_are_appointed_by_the_office(institution: Institution) -> None:
    cast = ksu_cast(members=2)
    form = {"q": "Member 2", "person": cast["member_2"].public_id, "starts_on": "", "ends_on": ""}
    assert at(cast, "member_1").send("preside", mcc().public_id, "deputy", **form).status_code == 403
    at(cast, "program_manager").send("preside", mcc().public_id, "deputy", **form)
    assert [held and held.user for held in queries.presiding(mcc())] == [cast["member_1"], cast["member_2"]]
    at(cast, "program_manager").send("preside_release", mcc().public_id, "deputy")
    assert queries.presiding(mcc())[1] is None


def test_a_seat_is_vacated_after_a_question(institution: Institution) -> None:
    cast = ksu_cast(members=2)
    seat = queries.sittings(mcc())[1].seat
    chair = at(cast, "member_1")
    assert "Vacate this place?" in chair.read("seat_vacate", mcc().public_id, seat.public_id, "member")
    assert not queries.sittings(mcc())[1].is_vacant
    chair.send("seat_vacate", mcc().public_id, seat.public_id, "member")
    assert queries.sittings(mcc())[1].is_vacant


def test_members_see_their_body_and_change_nothing(institution: Institution) -> None:
    cast = ksu_cast(members=2)
    member = at(cast, "member_2")
    page = member.read("body", mcc().public_id)
    assert "Add a seat" not in page
    assert "Call a meeting" not in page
    for name, ids in (("seat_add", ()), ("meeting_plan", ()), ("body_edit", ())):
        assert member.get(name, mcc().public_id, *ids).status_code == 403
    assert at(cast, "proposer").get("body", mcc().public_id).status_code == 403
