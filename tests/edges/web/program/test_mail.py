"""The mail page: what went, what did not, and what can be done about it."""

from typing import Any

import pytest

from insignia.domain.access.actor import SYSTEM
from insignia.domain.notifications import actions as notifications
from insignia.domain.notifications import sending
from insignia.domain.notifications.models import Message
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders
from tests.support.mail import SmtpSink

State = Message.State


@pytest.fixture
def desk(institution: Any, settings: Any) -> Desk:
    settings.MAIL_PER_MINUTE = 1_000_000
    return desk_of("administrator")


def a_mail(to: str = "trial@mail.example", *, state: str = "", **values: Any) -> Message:
    message = notifications.send_test(by=SYSTEM, institution=builders.here(), to=to)
    if state:
        Message.objects.filter(pk=message.pk).update(state=state, **values)
    message.refresh_from_db()
    return message


def test_a_test_mail_goes_the_way_of_all_mails_and_the_page_tells_how_it_fared(desk: Desk, smtp_sink: SmtpSink) -> None:
    assert "Below you see how it fares." in words(desk.send("testmail", to="noor@pinecrest.example"))
    page = desk.get("testmail").content.decode()
    assert "Waiting" in page
    assert "hx-trigger" in page
    sending.send_due()
    assert smtp_sink.to("noor@pinecrest.example")
    page = desk.get("testmail").content.decode()
    assert "Sent" in page
    assert "hx-trigger" not in page


def test_the_answer_of_the_mail_server_is_shown_word_for_word(desk: Desk, smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("gone@mail.example", "550 5.1.1 No such mailbox here")
    desk.send("testmail", to="gone@mail.example")
    sending.send_due()
    assert "No such mailbox here" in desk.read("testmail")
    message = Message.objects.get(address="gone@mail.example")
    assert "No such mailbox here" in desk.read("message", message.public_id)


@pytest.mark.parametrize("to", ["nobody", "a@b@c.example", "two words@x.example", "", "a" * 250 + "@x.example"])
def test_a_test_mail_to_no_address_is_refused(desk: Desk, to: str) -> None:
    assert desk.send("testmail", to=to).status_code == 422
    assert not Message.objects.filter(kind="test").exists()


def test_the_fragment_of_the_last_tests_is_a_piece_of_the_page(desk: Desk) -> None:
    a_mail("piece@mail.example")
    headers = {"HX-Request": "true", "HX-Target": "tests"}
    piece = desk.client.get(desk.at("testmail"), headers=headers).content.decode()
    assert "piece@mail.example" in piece
    assert "<html" not in piece


def test_mails_are_found_by_address_state_and_kind(desk: Desk) -> None:
    a_mail("ada@mail.example", state=State.SENT)
    a_mail("bo@mail.example", state=State.REFUSED)
    builders.offered()
    builders.worked_through()
    assert "bo@mail.example" not in desk.read("mail", q="ADA")
    assert "ada@mail.example" not in desk.read("mail", state="refused")
    assert "bo@mail.example" not in desk.read("mail", kind="offer")
    assert "@students.example" in desk.read("mail", kind="offer")
    assert "No mail matches" in desk.read("mail", q="nobody of this name")


def test_an_uncertain_mail_is_explained_and_can_be_settled_either_way(desk: Desk) -> None:
    arrived = a_mail("one@mail.example", state=State.UNCERTAIN, reason="worker_died")
    lost = a_mail("two@mail.example", state=State.UNCERTAIN, reason="worker_died")
    assert "2 mails are uncertain." in desk.read("mail")
    assert "Whether it arrived is not known." in desk.read("message", arrived.public_id)
    assert "It counts as sent." in words(desk.send("message_sent", arrived.public_id))
    assert "It is sent again." in words(desk.send("message_again", lost.public_id))
    arrived.refresh_from_db()
    lost.refresh_from_db()
    assert (arrived.state, lost.state) == (State.SENT, State.PENDING)
    assert " uncertain. The sender stopped" not in desk.read("mail")


def test_a_waiting_mail_can_be_stopped_and_sent_all_the_same(desk: Desk) -> None:
    message = a_mail()
    assert "It is not sent." in words(desk.send("message_stop", message.public_id))
    message.refresh_from_db()
    assert message.state == State.SUPPRESSED
    assert "Somebody stopped it." in desk.read("message", message.public_id)
    desk.send("message_again", message.public_id)
    message.refresh_from_db()
    assert message.state == State.PENDING


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.PENDING, {"message_stop"}),
        (State.SENDING, set()),
        (State.SENT, set()),
        (State.DEFERRED, {"message_stop", "message_again"}),
        (State.REFUSED, {"message_again"}),
        (State.UNCERTAIN, {"message_again", "message_sent"}),
        (State.SUPPRESSED, {"message_again"}),
    ],
)
def test_the_page_offers_what_the_state_allows_and_nothing_else(desk: Desk, state: str, offered: set[str]) -> None:
    message = a_mail(state=state, sender_token=1)
    page = desk.get("message", message.public_id).content.decode()
    verbs = {"message_stop", "message_again", "message_sent"}
    assert {verb for verb in verbs if f'"{desk.at(verb, message.public_id)}"' in page} == offered


def test_what_the_state_does_not_allow_is_refused_and_said(desk: Desk) -> None:
    message = a_mail(state=State.SENT)
    for verb in ("message_again", "message_stop", "message_sent"):
        response = desk.send(verb, message.public_id)
        assert response.status_code == 200
        assert 'data-tone="bad"' in response.content.decode()
    message.refresh_from_db()
    assert message.state == State.SENT


def test_an_auditor_reads_about_mail_and_moves_none(institution: Any) -> None:
    message = a_mail(state=State.REFUSED)
    desk = desk_of("auditor")
    assert desk.get("message", message.public_id).status_code == 200
    assert desk.send("message_again", message.public_id).status_code == 403


def test_a_list_of_mails_asks_the_same_number_of_questions_however_long(desk: Desk) -> None:
    achievement = builders.an_achievement()

    def more(number: int) -> None:
        for _one in range(number):
            builders.offered(achievement=achievement)
        builders.worked_through()

    more(1)
    few = desk.questions("mail")
    more(6)
    assert desk.questions("mail") == few
