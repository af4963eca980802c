"""What comes on an agenda, in which order, and what becomes of it when time runs out."""

from datetime import timedelta

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.workflow.route import Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.meetings import actions, queries
from insignia.domain.proposals.meetings.models import AgendaItem
from tests.support import builders
from tests.support.governance import decided, ksu_cast

from .sitting import a_meeting, before_the_committee, mcc, on, opened


def test_what_waits_by_the_cut_off_is_on_the_agenda_in_the_order_of_arrival(institution: Institution) -> None:
    cast = ksu_cast()
    first = before_the_committee(cast, title="First to come")
    second = before_the_committee(cast, title="Second to come")
    meeting = a_meeting()
    assert [item.proposal for item in on(meeting)] == [first, second]
    assert {item.state for item in on(meeting)} == {"on_agenda"}


def test_what_comes_after_the_cut_off_is_put_on_by_hand_or_waits_for_the_next(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting(cut_off_in=0)
    later = a_meeting(in_days=40, cut_off_in=30)
    with clock.frozen(clock.now() + timedelta(days=2)):
        late = before_the_committee(cast, title="Late")
        builders.worked_through()
        assert [item.proposal for item in on(meeting)] == []
        assert [item.proposal for item in on(later)] == [late]
        (item,) = on(later)
        actions.drop_item(by=cast.actor("member_1"), item=item)
        (waiting,) = queries.unscheduled(mcc())
        actions.put(by=cast.actor("member_1"), meeting=meeting, task=waiting.public_id)
        assert [item.proposal for item in on(meeting)] == [late]
        with pytest.raises(Conflict, match="on an agenda already"):
            actions.put(by=cast.actor("member_1"), meeting=later, task=waiting.public_id)


def test_a_proposal_comes_on_the_next_agenda_by_itself_and_only_once(institution: Institution) -> None:
    cast = ksu_cast()
    meeting, later = a_meeting(), a_meeting(in_days=40, cut_off_in=30)
    proposal = before_the_committee(cast)
    builders.worked_through()
    actions.fill_next(by=SYSTEM, body=mcc())
    assert [item.proposal for item in on(meeting)] == [proposal]
    assert on(later) == []


def test_what_was_taken_off_does_not_come_back_by_itself(institution: Institution) -> None:
    cast = ksu_cast()
    before_the_committee(cast)
    meeting = a_meeting()
    actions.drop_item(by=SYSTEM, item=on(meeting)[0])
    assert actions.fill(by=SYSTEM, meeting=meeting) == []
    assert [row.run.proposal.state for row in queries.unscheduled(mcc())] == ["in_review"]


@pytest.mark.requirement("R-090")
def test_an_agenda_takes_items_that_are_no_proposals(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    item = actions.add_item(
        by=cast.actor("member_1"), meeting=meeting, title="Badges for lab assistants", presenter="Hollis Fenwick"
    )
    meeting = opened(cast, meeting)
    (item,) = on(meeting)
    actions.discuss(by=cast.actor("member_1"), item=item)
    actions.settle_free(by=cast.actor("member_1"), item=item, outcome="agreed", reason="Career services draft it.")
    (item,) = on(meeting)
    assert (item.kind, item.state, item.outcome, item.reason) == (
        "free",
        "recorded",
        "agreed",
        "Career services draft it.",
    )


def test_items_change_places(institution: Institution) -> None:
    meeting = a_meeting()
    items = [actions.add_item(by=SYSTEM, meeting=meeting, title=title) for title in ("One", "Two", "Three")]
    actions.move_item(by=SYSTEM, item=on(meeting)[2], where="up")
    assert [item.title for item in on(meeting)] == ["One", "Three", "Two"]
    actions.move_item(by=SYSTEM, item=on(meeting)[0], where="up")  # at the top nothing happens
    actions.move_item(by=SYSTEM, item=on(meeting)[0], where="down")
    assert [item.title for item in on(meeting)] == ["Three", "One", "Two"]
    assert len(items) == 3


def test_what_is_tabled_goes_to_the_next_meeting_and_says_where_it_comes_from(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting, later = a_meeting(), a_meeting(in_days=40, cut_off_in=30)
    item = on(meeting)[0]
    actions.table(by=cast.actor("member_1"), item=item)
    assert [one.state for one in on(meeting)] == ["tabled"]
    (followed,) = on(later)
    assert (followed.proposal, followed.came_from, followed.state) == (proposal, item, "on_agenda")


def test_what_is_tabled_without_a_next_meeting_waits_for_it(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    actions.add_item(by=SYSTEM, meeting=meeting, title="An idea")
    for item in on(meeting):
        actions.table(by=SYSTEM, item=item)
    later = a_meeting(in_days=40, cut_off_in=30)
    assert [(item.title, item.proposal, item.came_from is not None) for item in on(later)] == [
        ("An idea", None, True),
        ("", proposal, True),
    ]


def test_a_cancelled_meeting_gives_its_agenda_to_the_next(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting, later = a_meeting(), a_meeting(in_days=40, cut_off_in=30)
    with pytest.raises(Rejected, match="Say why"):
        actions.cancel_meeting(by=cast.actor("member_1"), meeting=meeting, reason=" ")
    cancelled = actions.cancel_meeting(by=cast.actor("member_1"), meeting=meeting, reason="Snow")
    assert (cancelled.state, cancelled.sequence) == ("cancelled", 1)
    assert [item.proposal for item in on(later)] == [proposal]
    with pytest.raises(Rejected, match="not possible here"):
        actions.open_meeting(by=cast.actor("member_1"), meeting=cancelled, present=[])


def test_a_meeting_that_moves_counts_up_for_calendars(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    moved = actions.move_meeting(
        by=cast.actor("member_1"),
        meeting=meeting,
        starts_at=meeting.starts_at + timedelta(days=1),
        ends_at=None,
        cut_off_on=meeting.cut_off_on,
        place="Online",
    )
    assert (moved.sequence, moved.place, moved.state) == (1, "Online", "planned")
    opened(cast, meeting)
    with pytest.raises(Conflict):
        actions.move_meeting(
            by=SYSTEM, meeting=meeting, starts_at=meeting.starts_at, ends_at=None, cut_off_on=meeting.cut_off_on
        )


def test_times_have_to_make_sense(institution: Institution) -> None:
    now = clock.now()
    for starts, ends, cut_off, said in (
        (now - timedelta(hours=1), None, now.date(), "in the past"),
        (now + timedelta(days=2), now + timedelta(days=1), now.date(), "ends before"),
        (now + timedelta(days=2), None, (now + timedelta(days=9)).date(), "after the meeting"),
    ):
        with pytest.raises(Rejected, match=said):
            actions.plan_meeting(by=SYSTEM, body=mcc(), starts_at=starts, ends_at=ends, cut_off_on=cut_off)


def test_only_who_manages_the_body_calls_meetings_and_arranges_agendas(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting(by=cast.actor("member_1"))
    item = actions.add_item(by=cast.actor("program_manager"), meeting=meeting, title="From the office")
    for name in ("member_2", "proposer", "executive"):
        with pytest.raises(NotPermitted):
            a_meeting(by=cast.actor(name), in_days=50)
        with pytest.raises(NotPermitted):
            actions.move_item(by=cast.actor(name), item=item, where="up")
        with pytest.raises(NotPermitted):
            actions.table(by=cast.actor(name), item=item)


def test_closing_records_what_was_voted_and_puts_off_the_rest(institution: Institution) -> None:
    cast = ksu_cast()
    voted, rest = before_the_committee(cast, title="Voted on"), before_the_committee(cast, title="Not reached")
    meeting = opened(cast, a_meeting())
    later = a_meeting(in_days=40, cut_off_in=30)
    for name in ("member_1", "member_2", "member_3"):
        voted = decided(cast, name, voted, Verb.VOTE, task="mcc", vote=Vote.APPROVE)
    builders.worked_through()
    assert [item.state for item in on(meeting)] == ["voted", "on_agenda"]
    actions.close_meeting(by=cast.actor("member_1"), meeting=meeting)
    assert [(item.state, item.outcome) for item in on(meeting)] == [("recorded", "approve"), ("tabled", "")]
    assert [(item.kind, item.proposal or item.minutes_of) for item in on(later)] == [
        ("minutes", meeting),
        ("proposal", rest),
    ]


def test_minutes_are_accepted_at_the_next_meeting_and_then_stay(institution: Institution) -> None:
    cast = ksu_cast()
    chair = cast.actor("member_1")
    meeting = opened(cast, a_meeting())
    with pytest.raises(Rejected, match="once the meeting is closed"):
        actions.write_minutes(by=chair, meeting=meeting, text="Too early")
    meeting = actions.close_meeting(by=chair, meeting=meeting)
    actions.write_minutes(by=chair, meeting=meeting, text="What was said.")
    following = opened(cast, a_meeting(in_days=40, cut_off_in=30))
    (item,) = on(following)
    assert item.kind == AgendaItem.Kind.MINUTES
    actions.settle_free(by=chair, item=item, outcome="accepted")
    meeting = queries.meeting(meeting.public_id)
    assert (meeting.minutes, meeting.minutes_approved_at is not None) == ("What was said.", True)
    with pytest.raises(Conflict, match="stay as they are"):
        actions.write_minutes(by=chair, meeting=meeting, text="Something else.")
