"""Calendar files, read as another program reads them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from icalendar.prop import vDDDTypes

from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.meetings import actions, queries
from tests.domain.proposals.meetings.sitting import a_meeting, mcc
from tests.support.governance import ksu_cast

from .table import Seat, at


def events(response: Any) -> list[Any]:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def moment(value: vDDDTypes) -> datetime:
    return value.dt.astimezone(UTC)  # type: ignore[union-attr,no-any-return]


def test_a_meeting_goes_into_a_calendar_at_the_right_moment_in_winter_and_summer(institution: Institution) -> None:
    cast = ksu_cast()
    seat = at(cast, "member_1")
    year = clock.now().year + 1
    for month, offset in ((1, 5), (7, 4)):
        day = datetime(year, month, 20)
        form = {"begins": "14:00", "ends": "15:30", "place": "Hawthorn Room; 2nd floor, left", "cut_off_on": ""}
        seat.send("meeting_plan", mcc().public_id, day=day.date().isoformat(), **form)
        meeting = next(one for one in queries.ahead(mcc()) if one.starts_at.month == month)
        (event,) = events(seat.get("meeting_calendar", meeting.public_id))
        assert moment(event["DTSTART"]) == datetime(year, month, 20, 14 + offset, tzinfo=UTC)
        assert moment(event["DTEND"]) - moment(event["DTSTART"]) == timedelta(minutes=90)
        assert str(event["LOCATION"]) == "Hawthorn Room; 2nd floor, left"
        assert str(event["SUMMARY"]) == "Micro-Credential Committee"
        assert str(event["STATUS"]) == "CONFIRMED"


def test_a_calendar_follows_when_a_meeting_is_moved_and_cancelled(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    seat = at(cast, "member_2")
    (before,) = events(seat.get("meeting_calendar", meeting.public_id))
    moved = actions.move_meeting(
        by=SYSTEM,
        meeting=meeting,
        starts_at=meeting.starts_at + timedelta(days=1),
        ends_at=None,
        cut_off_on=meeting.cut_off_on,
    )
    (after,) = events(seat.get("meeting_calendar", meeting.public_id))
    assert str(after["UID"]) == str(before["UID"])
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)
    assert moment(after["DTSTART"]) - moment(before["DTSTART"]) == timedelta(days=1)
    actions.cancel_meeting(by=SYSTEM, meeting=moved, reason="Snow, and no heating")
    (off,) = events(seat.get("meeting_calendar", meeting.public_id))
    assert (str(off["STATUS"]), int(off["SEQUENCE"])) == ("CANCELLED", 2)
    assert "Snow, and no heating" in str(off["DESCRIPTION"])


def feed_of(seat: Seat) -> str:
    page = seat.get("body", mcc().public_id).content.decode()
    return page.split('id="feed" readonly value="')[1].split('"')[0].split("testserver")[1]


def test_the_calendar_of_a_body_needs_no_sign_in_and_ends_with_the_membership(
    institution: Institution, client: Any
) -> None:
    cast = ksu_cast()
    meetings = [a_meeting(), a_meeting(in_days=40, cut_off_in=30)]
    address = feed_of(at(cast, "member_2"))
    assert [str(event["UID"]).split("@")[0] for event in events(client.get(address))] == [
        meeting.public_id for meeting in meetings
    ]
    assert address != feed_of(at(cast, "member_3"))
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404
    seat = body_queries.sittings(mcc())[1].seat
    bodies.vacate_seat(by=SYSTEM, seat=seat)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["meeting_calendar", "packet_file"])
def test_files_of_a_meeting_are_for_its_readers(institution: Institution, client: Any, name: str) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    assert at(cast, "proposer").get(name, meeting.public_id).status_code == 403
    assert client.get(at(cast, "member_2").at(name, meeting.public_id)).status_code == 302
