"""What other tests rely on does what it says: no network, and a mail server that misbehaves on request."""

import smtplib
import socket

import pytest
from playwright.sync_api import Browser

from tests.support.mail import SmtpSink
from tests.support.network import NetworkIsOff

MESSAGE = "Subject: Your badge\r\n\r\nHere it is."


def send(sink: SmtpSink, recipient: str) -> None:
    with smtplib.SMTP(sink.host, sink.port, timeout=2) as connection:
        connection.sendmail("from@a.example", [recipient], MESSAGE)


def test_nothing_outside_this_machine_answers() -> None:
    with pytest.raises(NetworkIsOff):
        socket.create_connection(("93.184.216.34", 80))
    with pytest.raises(NetworkIsOff):
        socket.getaddrinfo("www.example.org", 443)


def test_the_sink_keeps_what_it_is_sent(smtp_sink: SmtpSink) -> None:
    send(smtp_sink, "to@b.example")
    (received,) = smtp_sink.wait_for(1)
    assert (received.sender, received.recipients) == ("from@a.example", ("to@b.example",))
    assert received.message["Subject"] == "Your badge"


def test_the_sink_refuses_one_address_and_not_another(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("gone@b.example", "550 5.1.1 No such mailbox")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send(smtp_sink, "gone@b.example")
    assert refusal.value.recipients["gone@b.example"][0] == 550
    send(smtp_sink, "here@b.example")
    assert len(smtp_sink.messages) == 1


def test_a_dropped_connection_leaves_the_sender_in_doubt_and_the_mail_delivered(smtp_sink: SmtpSink) -> None:
    smtp_sink.drop_after_data()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_sink, "to@b.example")
    assert len(smtp_sink.to("to@b.example")) == 1


def test_a_server_that_hangs_costs_the_sender_its_timeout_and_nothing_more(smtp_sink: SmtpSink) -> None:
    smtp_sink.hang()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_sink, "to@b.example")
    smtp_sink.behave()
    send(smtp_sink, "to@b.example")


def test_a_browser_and_the_sink_work_in_one_test(chromium: Browser, smtp_sink: SmtpSink) -> None:
    page = chromium.new_page()
    page.set_content("<h1>Inbox</h1>")
    send(smtp_sink, "to@b.example")
    assert page.inner_text("h1") == "Inbox"
    assert len(smtp_sink.messages) == 1
    page.close()
