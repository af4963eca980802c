"""What the tests of mail have in common: news becomes messages, messages become mails."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from insignia.domain.awards.models import Award
from insignia.domain.ground import clock
from insignia.domain.notifications import letters, mime, rendering, sending
from insignia.domain.notifications.models import Kind, Message
from tests.support.builders import offered, worked_through

REMOTE = re.compile(
    r"""(?:src|srcset|background|poster|data)\s*=(?!\s*["']?cid:)|url\(|@import|<link|<script|<iframe""", re.I
)


def an_offer(**values: Any) -> tuple[Award, Message]:
    """An award that is offered, and the message that will tell of it."""
    award = offered(**values)
    worked_through()
    return award, offer_of(award)


def offer_of(award: Award) -> Message:
    return Message.objects.get(tells_of__award=award, kind=Kind.OFFER)


def about(award: Award, kind: str = "") -> list[Message]:
    found = Message.objects.filter(tells_of__award=award).order_by("pk")
    return list(found.filter(kind=kind) if kind else found)


def drop_others(*kept: Message) -> None:
    """Leave nothing to send but `kept`: mails to Grantors are not what the test is about."""
    Message.across_institutions.exclude(pk__in=[message.pk for message in kept]).delete()


def again(message: Message) -> Message:
    return Message.across_institutions.get(pk=message.pk)


def written(message: Message) -> EmailMessage:
    """The mail as it would go now, parsed."""
    letter = letters.compose(message)
    assert letter is not None
    mail = mime.assemble(message, letter, rendering.render(letter), at=clock.now())
    return message_from_bytes(mail.content, policy=policy.default)  # type: ignore[return-value]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return part.get_content()


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return part.get_content()


def pictures_of(mail: EmailMessage) -> list[Any]:
    return [part for part in mail.walk() if part.get_content_maintype() == "image"]


def sent() -> dict[str, int]:
    """Send what is due, and how it went."""
    return dict(sending.send_due())
