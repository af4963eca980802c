"""From words to the bytes that go over the wire.

Every header goes through `email.message` with a policy that refuses line breaks; what comes from people is also freed
of control characters first. Nothing in the mail is fetched from anywhere: the badge's picture travels inside.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings

from . import rules
from .letters import Letter
from .models import Message
from .rendering import Rendered

# Seven bits throughout: no relay on the way has to understand more.
POLICY = SMTP.clone(cte_type="7bit")
NAME_MOST = 120


class Unwritable(Exception):
    """No mail can be written to this address."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail with its envelope."""

    sender: str
    recipient: str
    content: bytes


def assemble(message: Message, letter: Letter, words: Rendered, *, at: datetime) -> Mail:
    """The mail of `message`. Raises `Unwritable` when its address is none that mail can go to."""
    recipient, own = wire_address(message.address), _own(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    mail = EmailMessage(policy=POLICY)
    try:
        mail["To"] = _address(letter.to, recipient)
    except (ValueError, IndexError, MessageError) as error:  # the header parser has all three to say no
        raise Unwritable from error
    mail["From"] = _address(letter.institution.name, own)
    with suppress(Unwritable):  # a contact address that is none costs the answers, not the mail
        mail["Reply-To"] = _address(letter.institution.name, wire_address(letter.institution.contact_email))
    mail["Subject"] = words.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = letter.language
    _fill(mail, letter, words)
    content = mail.as_bytes()
    if BytesHeaderParser().parsebytes(content).keys() != mail.keys():
        raise ValueError("Something that was written into a header became another one.")
    return Mail(return_path(message, own), recipient, content)


def _own(address: str) -> str:
    """An address of ours as the wire takes it. ValueError when it is none: that is no fault of the mail's recipient."""
    try:
        return wire_address(address)
    except Unwritable as error:
        raise ValueError("INSIGNIA_MAIL_FROM or INSIGNIA_MAIL_RETURN holds no mail address.") from error


def return_path(message: Message, own: str) -> str:
    """Where refusals that come later are sent: an address that names the mail (VERP), if one is set, else our own."""
    if not settings.MAIL_RETURN:
        return own
    local, _at, domain = _own(settings.MAIL_RETURN).partition("@")
    return f"{local}+{message.public_id}@{domain}"


def wire_address(address: str) -> str:
    """`address` as the wire takes it: the domain in its ASCII form. Raises `Unwritable`."""
    local, at, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Unwritable from error
    if not (at and local and domain and plain.isascii()) or any(c.isspace() or not c.isprintable() for c in plain):
        raise Unwritable
    return plain


def _address(name: str, address: str) -> Address:
    return Address(display_name=rules.one_line(name)[:NAME_MOST], addr_spec=address)


def _fill(mail: EmailMessage, letter: Letter, words: Rendered) -> None:
    mail.set_content(words.text)
    mail.add_alternative(words.html, subtype="html")
    page = mail.get_body(("html",))
    if page is None:
        raise TypeError("An HTML part was added a moment ago.")
    for picture, badge in {badge.picture: badge for badge in letter.badges}.items():
        name = f"{picture.partition('@')[0]}.png"
        page.add_related(badge.png, "image", "png", cid=f"<{picture}>", disposition="inline", filename=name)
