"""A member goes through an agenda and votes without a mouse, and so does whoever presides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from insignia.domain.proposals.meetings import queries
from tests.domain.proposals.meetings.sitting import a_meeting, before_the_committee, on
from tests.support import builders
from tests.support.browsing import Browsing
from tests.support.governance import ksu_cast
from tests.support.keyboard import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)
CRITERIA = (
    "Aligned with workforce skills",
    "Fits the taxonomy",
    "Evidence shows",
    "Issuer has the expertise",
    "Skills are assessed",
)


@pytest.mark.appearance
@pytest.mark.parametrize("javascript", ["on", "off"])
def test_a_meeting_by_keyboard_alone(browser: Browsing, axe: Callable[..., Any], javascript: Any) -> None:
    with builders.an_institution() as institution:
        cast = ksu_cast()
        before_the_committee(cast, title="Lab Safety Practice")
        meeting = a_meeting()
        address = reverse("governance:meeting", args=[institution.slug, meeting.public_id])

        # A member votes before the meeting.
        page = browser.page(as_=cast["member_2"], javascript=javascript)
        page.goto(address)
        keys = Keyboard(page)
        keys.to("0 of 3 voted")
        page.keyboard.press("Enter")
        keys.to("Approve")
        page.keyboard.press("Space")
        keys.to("Review form")
        page.keyboard.press("Enter")
        for _criterion in CRITERIA:
            keys.to("1")  # the first mark of the line; the arrows choose among its marks
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
        keys.open("Cast your vote")
        assert "Your vote is cast." in page.inner_text("body")
        assert "1 of 3 voted" in page.inner_text("main")
        if javascript == "on":
            assert axe(page) == []

        # The chair opens the meeting, turns to the proposal and records it.
        page = browser.page(as_=cast["member_1"], javascript=javascript)
        page.goto(address)
        keys = Keyboard(page)
        keys.open("Open the meeting")
        for number in (1, 2):
            keys.to(f"Member {number}")
            page.keyboard.press("Space")
        keys.open("Open the meeting")
        assert "2 of 3 present" in page.inner_text("main")
        keys.open("Turn to it")
        if javascript == "on":
            assert axe(page) == []
        keys.write("Reason for the record", "It fits the taxonomy.")
        keys.open("Record: approved")
        assert "Approved" in page.inner_text("main")
        keys.open("Close the meeting")
        keys.open("Close the meeting")
        assert "It fits the taxonomy." in page.inner_text("main")
        (item,) = on(queries.meeting(meeting.public_id))
        assert (item.state, item.outcome) == ("recorded", "approve")
