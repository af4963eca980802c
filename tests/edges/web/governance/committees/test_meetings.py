"""Meetings, agendas, votes and records on their pages."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import zeal

from insignia.core.workflow.route import Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.meetings import actions, agenda, queries
from tests.domain.proposals.meetings.sitting import a_meeting, before_the_committee, mcc, on, opened, revision
from tests.support import builders
from tests.support.governance import Cast, again, decided, ksu_cast

from .table import Seat, at, words

CRITERIA = ("workforce_alignment", "taxonomy_fit", "evidence_types", "issuer_expertise", "skill_assessment_alignment")


def ballot(item: Any, vote: str, proposal: Any, **more: str) -> dict[str, Any]:
    """A vote as the form of an item sends it, its review form filled in."""
    prefix = f"v{item.public_id[-8:]}-"
    marks = {f"{prefix}rate_{key}": "4" for key in CRITERIA} if vote == "approve" else {}
    own = {f"{prefix}{name}": value for name, value in more.items()}
    return {f"{prefix}vote": vote, **marks, **own, "revision": revision(proposal), "version": 1}


def reason(item: Any, text: str) -> dict[str, str]:
    return {f"r{item.public_id[-8:]}-comment": text}


def test_a_chair_calls_a_meeting_in_the_time_of_the_house(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    chair = at(cast, "member_1")
    day = builders.today() + timedelta(days=20)
    form = {"day": day.isoformat(), "begins": "14:00", "ends": "15:30", "place": "Hawthorn Room", "cut_off_on": ""}
    page = words(chair.send("meeting_plan", mcc().public_id, **form))
    assert str(proposal) in page
    (meeting,) = queries.ahead(mcc())
    begins = meeting.starts_at.astimezone(ZoneInfo(institution.zone))
    assert (begins.date(), begins.hour, meeting.cut_off_on) == (day, 14, day - timedelta(days=7))
    assert "14:00 to 15:30 · Hawthorn Room" in page
    moved = words(chair.send("meeting_move", meeting.public_id, **{**form, "begins": "09:15", "ends": ""}))
    assert "09:15" in moved
    refused = chair.send("meeting_plan", mcc().public_id, **{**form, "day": "2020-01-01"})
    assert refused.status_code == 422
    assert "begin in the past" in words(refused)
    assert 'value="Hawthorn Room"' in refused.content.decode()


@pytest.mark.requirement("R-085")
def test_a_meeting_from_its_agenda_to_its_minutes(institution: Institution) -> None:
    cast = ksu_cast(members=4)
    voted, recorded = before_the_committee(cast, title="Voted on"), before_the_committee(cast, title="Recorded")
    meeting = a_meeting()
    chair = at(cast, "member_1")
    first, second = on(meeting)
    present = [cast[f"member_{number}"].public_id for number in (1, 2, 3)]
    page = words(chair.send("meeting_attend", meeting.public_id, present=present))
    assert "3 of 4 present" in page
    assert "There is a quorum." in page
    page = words(chair.send("item_discuss", meeting.public_id, first.public_id))
    assert "Under discussion" in page
    for number in (1, 2):
        at(cast, f"member_{number}").send(
            "item_vote", meeting.public_id, first.public_id, **ballot(first, "approve", voted)
        )
    page = words(
        at(cast, "member_3").send("item_vote", meeting.public_id, first.public_id, **ballot(first, "abstain", voted))
    )
    assert "2 approve, 1 abstains" in page
    page = words(chair.send("item_close_vote", meeting.public_id, first.public_id, revision=revision(voted)))
    assert "The vote is closed." in page
    assert again(voted).run.step == "executive"
    form = {"verb": "request_changes", "revision": revision(recorded), "version": 1, **reason(second, "Name a site.")}
    page = words(chair.send("item_record", meeting.public_id, second.public_id, **form))
    assert "Changes requested" in page
    assert again(recorded).state == "changes_requested"
    page = words(chair.send("meeting_close", meeting.public_id))
    for said in (
        "In the chair: Member 1",
        "Present: Member 1, Member 2, Member 3",
        "Absent: Member 4",
        "Votes: 2 approve, 1 abstains.",
        "Approve: Member 1, Member 2",
        "Recorded by Member 1.",
        "Name a site.",
    ):
        assert said in page, said
    page = words(chair.send("minutes_edit", meeting.public_id, text="# Minutes\n\nAs it was."))
    assert "As it was." in page
    following = a_meeting(in_days=40, cut_off_in=30)
    chair.send("meeting_attend", following.public_id, present=present)
    (item,) = on(following)
    chair.send("item_record", following.public_id, item.public_id, verb="accepted", **reason(item, ""))
    assert "Accepted" in chair.read("minutes", meeting.public_id)
    assert chair.get("minutes_edit", meeting.public_id).status_code == 302


def test_minutes_that_nobody_edited_are_accepted_as_drafted(institution: Institution) -> None:
    cast = ksu_cast()
    before_the_committee(cast, title="Lab Safety")
    meeting = actions.close_meeting(by=SYSTEM, meeting=opened(cast, a_meeting()))
    following = opened(cast, a_meeting(in_days=40, cut_off_in=30))
    item = next(one for one in on(following) if one.kind == "minutes")
    form = {"verb": "accepted", **reason(item, "")}
    at(cast, "member_1").send("item_record", following.public_id, item.public_id, **form)
    kept = queries.meeting(meeting.public_id)
    assert kept.minutes_approved_at
    assert "Lab Safety" in kept.minutes
    assert "Put off to the next meeting." in kept.minutes


def test_a_secret_ballot_is_counted_and_nothing_more(institution: Institution) -> None:
    from insignia.domain.proposals.workflow import actions as workflow
    from insignia.domain.proposals.workflow import queries as workflow_queries

    route = workflow_queries.route_version("full")
    steps = [
        {**step, "rule": {**step["rule"], "ballots": "secret"}} if step["key"] == "mcc" else step
        for step in route.data["steps"]
    ]
    workflow.set_route(by=SYSTEM, institution=institution, key="full", data={**route.data, "steps": steps})
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = opened(cast, a_meeting())
    (item,) = on(meeting)
    for number, vote in ((2, "approve"), (3, "request_changes")):
        at(cast, f"member_{number}").send(
            "item_vote", meeting.public_id, item.public_id, **ballot(item, vote, proposal, comment="Unclear to me.")
        )
    page = at(cast, "member_1").read("meeting", meeting.public_id)
    assert "2 of 3 voted" in page
    for hidden in ("Who voted how", "1 approves", "1 requests changes", "Unclear to me."):
        assert hidden not in page
    assert "Unclear to me." not in at(cast, "member_1").read("packet", meeting.public_id)
    at(cast, "member_1").send("item_vote", meeting.public_id, item.public_id, **ballot(item, "approve", proposal))
    actions.close_meeting(by=SYSTEM, meeting=queries.meeting(meeting.public_id))
    minutes = at(cast, "member_1").read("minutes", meeting.public_id)
    assert "Votes: 2 approve, 1 requests changes." in minutes
    assert "Approve: Member" not in minutes
    assert "Unclear to me." not in minutes


def test_a_vote_that_lacks_something_is_shown_again_with_what_was_typed(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    (item,) = on(meeting)
    member = at(cast, "member_2")
    form = ballot(item, "approve", proposal, comment="I like it.")
    del form[f"v{item.public_id[-8:]}-rate_taxonomy_fit"]
    refused = member.send("item_vote", meeting.public_id, item.public_id, **form)
    assert refused.status_code == 422
    assert "Rate this from 1 to 4" in words(refused)
    assert "I like it." in refused.content.decode()
    refused = member.send("item_vote", meeting.public_id, item.public_id, **ballot(item, "request_changes", proposal))
    assert "Say why" in words(refused)
    member.send("item_vote", meeting.public_id, item.public_id, **ballot(item, "abstain", proposal))
    assert "you: Abstain" in member.read("meeting", meeting.public_id)


def test_a_vote_on_words_that_were_changed_meanwhile_is_not_taken(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    (item,) = on(meeting)
    form = {**ballot(item, "abstain", proposal), "version": 7}
    refused = at(cast, "member_2").send("item_vote", meeting.public_id, item.public_id, **form)
    assert refused.status_code == 422
    assert "Look at it, then decide" in words(refused)


def test_who_has_a_conflict_stays_out_and_the_page_says_who_presides(institution: Institution) -> None:
    cast = ksu_cast(members=3)
    bodies.appoint_chair(by=SYSTEM, body=mcc(), user=cast["member_2"], starts_on=None, ends_on=None, place="deputy")
    proposal = before_the_committee(cast)
    meeting = opened(cast, a_meeting())
    (item,) = on(meeting)
    chair = at(cast, "member_1")
    assert "cannot be taken back" in chair.read("item_recuse", meeting.public_id, item.public_id)
    page = words(chair.send("item_recuse", meeting.public_id, item.public_id, revision=revision(proposal)))
    assert "stays out: Member 1" in page
    assert "Member 2 presides." in page
    assert "Record: approved" not in page
    assert "Record: approved" in at(cast, "member_2").read("meeting", meeting.public_id)


def test_members_see_the_agenda_and_vote_but_arrange_and_record_nothing(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = opened(cast, a_meeting())
    (item,) = on(meeting)
    member = at(cast, "member_2")
    page = member.read("meeting", meeting.public_id)
    assert "Cast your vote" in page
    for hidden in ("Close the meeting", "Record: approved", "Take off", "Add an item"):
        assert hidden not in page
    for name in ("item_discuss", "item_table", "item_order", "item_drop"):
        assert member.send(name, meeting.public_id, item.public_id, where="up").status_code == 403
    form = {"verb": "approve", "revision": revision(proposal)}
    refused = member.send("item_record", meeting.public_id, item.public_id, **form)
    assert refused.status_code == 403
    assert at(cast, "proposer").get("meeting", meeting.public_id).status_code == 403
    assert at(cast, "unit_leader").get("meeting", meeting.public_id).status_code == 403


def test_items_are_added_described_ordered_put_off_and_taken_off(institution: Institution) -> None:
    cast = ksu_cast()
    meeting, later = a_meeting(), a_meeting(in_days=40, cut_off_in=30)
    chair = at(cast, "member_1")
    for title in ("Taxonomy", "Idea"):
        form = {"title": title, "text": "", "presenter": "Hollis Fenwick", "minutes": "5"}
        chair.send("item_add", meeting.public_id, **form)
    first, second = on(meeting)
    chair.send("item_order", meeting.public_id, second.public_id, where="up")
    assert [item.title for item in on(meeting)] == ["Idea", "Taxonomy"]
    form = {"title": "A better idea", "text": "<b>Bold</b>", "presenter": "", "minutes": "15", "notes": "Long talk."}
    chair.send("item", meeting.public_id, second.public_id, **form)
    page = chair.get("meeting", meeting.public_id).content.decode()
    assert "A better idea" in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    refused = chair.send("item", meeting.public_id, second.public_id, **{**form, "minutes": "900"})
    assert refused.status_code == 422
    chair.send("item_table", meeting.public_id, first.public_id)
    assert [item.title for item in on(later)] == ["Taxonomy"]
    chair.send("item_drop", meeting.public_id, second.public_id)
    assert "A better idea" not in chair.read("meeting", meeting.public_id)


def test_what_came_late_is_put_on_by_hand(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting(cut_off_in=0)
    with clock.frozen(clock.now() + timedelta(days=2)):
        before_the_committee(cast, title="Came late")
        builders.worked_through()
        chair = at(cast, "member_1")
        assert "1 proposal came after the cut-off." in chair.read("meeting", meeting.public_id)
        assert "Came late" in chair.read("item_add", meeting.public_id)
        (row,) = queries.unscheduled(mcc())
        page = words(chair.send("item_put", meeting.public_id, task=row.public_id))
        assert "It is on the agenda." in page
        assert "Came late" in page


def test_a_cancelled_meeting_says_why(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    chair = at(cast, "member_1")
    assert chair.send("meeting_cancel", meeting.public_id, reason="").status_code == 422
    chair.send("meeting_cancel", meeting.public_id, reason="Snow")
    page = chair.read("meeting", meeting.public_id)
    assert "This meeting is cancelled. Snow" in page
    assert "Open the meeting" not in page


def seated(cast: Cast, number: int) -> None:
    """So many seats and members in all."""
    body = mcc()
    while len(body_queries.sittings_only(body)) < number:
        bodies.add_seat(by=SYSTEM, body=body, constituency="Faculty")
    for sitting in body_queries.sittings_only(body)[:number]:
        if sitting.is_vacant:
            bodies.take_seat(by=SYSTEM, seat=sitting.seat, user=builders.a_person(), starts_on=None, ends_on=None)


@pytest.mark.slow
def test_an_agenda_of_thirty_items_and_forty_members_asks_no_more_than_a_short_one(
    institution: Institution, django_assert_max_num_queries: Any
) -> None:
    cast = ksu_cast()
    before_the_committee(cast)
    small = a_meeting()
    member = at(cast, "member_2")
    few = member.questions("meeting", small.public_id)
    seated(cast, 40)
    for _number in range(29):
        before_the_committee(cast)
    builders.worked_through()
    assert len(on(small)) == 30
    with zeal.zeal_context():
        many = member.questions("meeting", small.public_id)
    assert many <= few
    meeting = queries.meeting(small.public_id)
    with django_assert_max_num_queries(15):
        found = agenda.agenda_for(cast.actor("member_2"), meeting)
    assert (len(found.lines), len(found.sittings)) == (30, 40)


def test_votes_cast_elsewhere_show_on_the_agenda(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    decided(cast, "member_3", proposal, Verb.VOTE, task="mcc", vote=Vote.ABSTAIN)
    page = at(cast, "member_1").read("meeting", meeting.public_id)
    assert "1 of 3 voted" in page
    assert "1 abstains" in page


def test_another_seat_is_nobody_here(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    with builders.an_institution():
        foreigner = builders.a_person()
        builders.a_member("administrator", user=foreigner)
    seat: Seat = at(foreigner)
    for name in ("meeting", "packet", "packet_file", "minutes", "meeting_calendar"):
        assert seat.get(name, meeting.public_id).status_code in (403, 404)
    assert cast["member_1"]
