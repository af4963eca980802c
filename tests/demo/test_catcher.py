"""The demonstration's mail: caught over SMTP, listed, opened without harm."""

import smtplib
import socket
from email.message import EmailMessage

import pytest

from insignia.core.errors import NotFound, Rejected
from insignia.demo import catcher, inbox
from tests.domain.notifications.mails import an_offer, drop_others, sent


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def keep(html="<p>Hello</p>", subject="Hello", to=("ada@students.example",)):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", ", ".join(to), subject
    mail.set_content("Hello, see http://localhost:8000/claim/abc. and http://elsewhere.example/x")
    mail.add_alternative(html, subtype="html")
    return inbox.keep(sender="a@x.example", recipients=to, content=mail.as_bytes())


@pytest.mark.usefixtures("institution")
def test_a_badge_mail_is_caught_whole_and_its_claim_link_found(settings, port):
    award, message = an_offer()
    drop_others(message)
    with catcher.catching("127.0.0.1", port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        assert sent() == {"sent": 1}
    (listed,) = inbox.messages()
    assert listed.to == (award.recipient.email,)
    opened = inbox.message(listed.number)
    assert opened.headers["Message-ID"] == message.message_id
    assert [link.split("/claim/")[0] for link in opened.links] == ["http://localhost:8000"]
    (picture,) = opened.pictures.values()
    assert picture == bytes(award.image.png)
    assert 'src="data:image/png;base64,' in opened.html
    assert award.version.name in opened.text


def test_the_newest_comes_first_and_words_narrow_the_list():
    first, second = keep(subject="One badge"), keep(subject="100% sure", to=("ben@students.example",))
    assert [mail.number for mail in inbox.messages()] == [second, first]
    assert [mail.number for mail in inbox.messages("badge ada")] == [first]
    assert [mail.number for mail in inbox.messages("0% s")] == [second]
    assert inbox.messages("%%") == inbox.messages("_") == []
    assert inbox.count() == 2


def test_only_links_to_the_demonstration_are_offered_to_click():
    assert inbox.message(keep()).links == ("http://localhost:8000/claim/abc",)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="http://tracker.example/pixel.png">',
        '<img src="x" onerror="alert(1)">',
        '<p style="background:url(http://tracker.example)">x</p>',
        "<style>@import url(http://tracker.example)</style>",
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="http://tracker.example"></iframe>',
        '<svg onload="alert(1)"></svg>',
        '<img src="data:image/svg+xml;base64,AAAA">',
    ],
)
def test_nothing_in_a_mail_does_harm_on_the_page(html):
    shown = inbox.message(keep(html)).html
    assert not any(word in shown for word in ("alert", "tracker", "style", "onload", "onerror", "javascript", "data:"))


def test_a_mail_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        inbox.message(7)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"Subject: x\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff"]
)
def test_a_broken_mail_is_kept_and_shown_as_far_as_it_goes(content):
    number = inbox.keep(sender="", recipients=["a@b.example"], content=content)
    assert inbox.message(number).content == content


def test_it_listens_on_this_machine_only():
    with pytest.raises(Rejected), catcher.catching("0.0.0.0", 0):
        pass


def test_what_was_answered_is_kept(port):
    with catcher.catching("127.0.0.1", port), smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        for number in range(3):
            client.sendmail("a@x.example", ["b@x.example"], f"Subject: {number}\r\n\r\nText".encode())
            assert inbox.count() == number + 1
