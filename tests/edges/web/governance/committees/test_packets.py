"""The packet of a meeting: on a page, and as PDF."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from insignia.core.workflow.route import Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.meetings import actions
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.domain.proposals.meetings.sitting import a_meeting, before_the_committee, on
from tests.support.governance import Cast, again, decided, ksu_cast

from .table import Seat, at


def pdf(seat: Seat, meeting: Any) -> PdfReader:
    response = seat.get("packet_file", meeting.public_id)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def back_with_changes(cast: Cast, proposal: Proposal) -> Proposal:
    """Sent back by the committee, changed, handed in again."""
    proposal = decided(cast, "member_1", proposal, Verb.REQUEST_CHANGES, task="mcc", comment="Name the evidence.")
    writing.write_answers(
        by=cast.actor("proposer"),
        proposal=proposal,
        sent={"description": "Now the evidence is named."},
        revision=proposal.revision,
    )
    workflow.resubmit(by=cast.actor("proposer"), proposal=proposal)
    return again(proposal)


@pytest.mark.requirement("R-085")
def test_the_packet_holds_answers_changes_and_what_reviewers_said(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast, title="Lab Safety Practice", description="Before it was vague.")
    back_with_changes(cast, proposal)
    meeting = a_meeting()
    actions.add_item(by=SYSTEM, meeting=meeting, title="An idea", text="What do *you* think of #this?")
    seat = at(cast, "member_2")
    page, reader = seat.read("packet", meeting.public_id), pdf(seat, meeting)
    paper = text_of(reader)
    for told in (page, paper):
        for said in (
            "Lab Safety Practice",
            "version 2",
            "Now the evidence is named.",
            "What changed since the version before",
            "vague",
            "Career Casey",
            "Aligned with skills that are wanted at work",
            "Name the evidence.",
            "What do *you* think of #this?",
        ):
            assert said in told, said
    assert f"Page {len(reader.pages)} / {len(reader.pages)}" in text_of(reader)
    # Tagged, titled and in a language: what screen readers ask of a PDF.
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "Micro-Credential Committee" in str(reader.metadata.title if reader.metadata else "")
    assert any("Lab Safety Practice" in str(entry) for entry in reader.outline)


def test_what_people_wrote_is_text_and_no_markup(institution: Institution) -> None:
    cast = ksu_cast()
    wild = 'Tags <script>alert(1)</script>, #sys.inputs, $x^2$, "quotes", \\ back, [brackets], // no comment, *stars*'
    before_the_committee(cast, title="Wild", description=wild)
    meeting = a_meeting()
    seat = at(cast, "member_2")
    html = seat.get("packet", meeting.public_id).content.decode()
    assert "<script>alert" not in html
    paper = text_of(pdf(seat, meeting))
    assert re.sub(r"\s", "", wild) in re.sub(r"\s", "", paper)


def test_every_script_comes_onto_paper(institution: Institution) -> None:
    cast = ksu_cast()
    before_the_committee(cast, title="Ελληνικά, українська, العربية, עברית, 日本語 🎓")
    assert len(pdf(at(cast, "member_2"), a_meeting()).pages) > 1


def test_who_writes_a_proposal_does_not_read_what_reviewers_say_among_themselves(institution: Institution) -> None:
    from tests.support.governance import holds

    cast = ksu_cast()
    cast.people["proposer"] = cast["member_3"]
    holds(cast["member_3"], "faculty")
    before_the_committee(cast, title="My own")
    meeting = a_meeting()
    own, other = at(cast, "member_3"), at(cast, "member_2")
    assert "Career Casey" in other.read("packet", meeting.public_id)
    page = own.read("packet", meeting.public_id)
    assert "My own" in page
    assert "Career Casey" not in page
    assert "Career Casey" not in text_of(pdf(own, meeting))


def test_an_empty_agenda_has_a_packet_too(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    seat = at(cast, "member_2")
    assert "Nothing is on the agenda" in seat.read("packet", meeting.public_id)
    assert len(pdf(seat, meeting).pages) == 1


def test_a_packet_asks_no_more_for_many_proposals_than_for_one(institution: Institution) -> None:
    cast = ksu_cast()
    meeting = a_meeting()
    back_with_changes(cast, before_the_committee(cast))
    actions.fill(by=SYSTEM, meeting=meeting)
    seat = at(cast, "member_2")
    few = seat.questions("packet", meeting.public_id)
    for _number in range(3):
        proposal = back_with_changes(cast, before_the_committee(cast))
        decided(cast, "member_2", proposal, Verb.VOTE, task="mcc", vote=Vote.ABSTAIN)
    actions.fill(by=SYSTEM, meeting=meeting)
    assert len(on(meeting)) == 4
    assert seat.questions("packet", meeting.public_id) <= few
