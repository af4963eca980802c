"""`smtp_sink`: a real SMTP server on this machine that keeps what it is sent, and misbehaves on request."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Received:
    """One mail as it came in: the envelope beside the message, since bounces follow the envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


@dataclass
class SmtpSink:
    """Where mail arrives. `refuse`, `hang`, `drop_after_data` and their like hold until `behave` is called."""

    host: str = "127.0.0.1"
    port: int = 0
    messages: list[Received] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    refuse_everybody: str = ""
    sender_answer: str = ""
    data_answer: str = ""
    connections: int = 0
    hanging: bool = False
    dropping: bool = False
    # Called with each mail after its data came in and before it is answered: the window in which a sender cannot know.
    after_data: Callable[[Received], None] | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def refuse(self, address: str, answer: str = "550 5.1.1 No such mailbox") -> None:
        """Answer RCPT TO for this address with `answer`: a 5xx for good, a 4xx for now."""
        self.refusals[address.lower()] = answer

    def refuse_all(self, answer: str = "451 4.3.2 Try again later") -> None:
        self.refuse_everybody = answer

    def refuse_sender(self, answer: str = "550 5.7.1 You may not send here") -> None:
        """Answer MAIL FROM with `answer`, whoever the mail is for."""
        self.sender_answer = answer

    def answer_data(self, answer: str) -> None:
        """Take no content: answer it with `answer`, and keep nothing."""
        self.data_answer = answer

    def hang(self) -> None:
        """Take the connection and answer no recipient."""
        self.hanging = True

    def drop_after_data(self) -> None:
        """Keep the message and close the connection without an answer: arrived, and the sender does not know."""
        self.dropping = True

    def behave(self) -> None:
        self.refusals.clear()
        self.refuse_everybody, self.hanging, self.dropping, self.after_data = "", False, False, None
        self.sender_answer = self.data_answer = ""

    def to(self, address: str) -> list[Received]:
        return [mail for mail in self.messages if address.lower() in (one.lower() for one in mail.recipients)]

    def wait_for(self, number: int, timeout: float = 20) -> list[Received]:
        """The messages, once there are `number` of them. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.messages) >= number, timeout):
                raise TimeoutError(f"{len(self.messages)} of {number} mails came in {timeout} seconds")
            return list(self.messages)

    # What aiosmtpd calls, in its own thread.
    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hanging:
            await asyncio.Event().wait()
        if answer := self.refuse_everybody or self.refusals.get(address.lower()):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answer:
            return self.data_answer
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        received = Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), content)
        with self._changed:
            self.messages.append(received)
            self._changed.notify_all()
        if self.after_data:
            self.after_data(received)
        if self.dropping:
            transport: Any = server.transport
            transport.abort()
        return "250 OK: kept"


@pytest.fixture
def smtp_sink(settings: Any) -> Iterator[SmtpSink]:
    """A running sink, to which Django's settings point for the length of the test."""
    sink = SmtpSink()
    started = threading.Event()
    finish: list[Callable[[], object]] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        done = asyncio.Event()
        finish.append(lambda: loop.call_soon_threadsafe(done.set))
        server = await loop.create_server(
            lambda: SMTP(sink, enable_SMTPUTF8=True, ident="sink", loop=loop, hostname="sink.example"), sink.host, 0
        )
        sink.port = server.sockets[0].getsockname()[1]
        started.set()
        await done.wait()
        server.close()  # what still hangs is cancelled with the loop

    # All of it in a thread: a browser in the same test keeps an event loop in this one.
    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert started.wait(timeout=10), "the mail sink did not start"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    finish[0]()
    thread.join(timeout=5)
