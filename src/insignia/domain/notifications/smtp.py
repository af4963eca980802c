"""The conversation with the mail server, in the steps that matter to us.

`offer` names sender and recipient, `hand_over` sends the content. Between the two stands the moment that cannot be
taken back, and the caller writes it down; that is why `smtplib.sendmail`, which does both, is not used.
"""

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass

from django.conf import settings

from insignia.domain.ground.outside import assert_no_transaction

from . import places, rules
from .mime import Mail

_FAILURES = (OSError, smtplib.SMTPException)  # timeouts and TLS refusals are OSErrors


class Unreachable(Exception):
    """The server cannot be spoken to, or wants no mail from us. Nothing was handed over; it concerns every mail."""


class NoAnswer(Exception):
    """The connection ended after the content had begun to go: it may have arrived or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said about one mail."""

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        """Taken."""
        return 200 <= self.code < 300

    @property
    def is_later(self) -> bool:
        """Not now; anything else that is no yes is a no for good."""
        return 400 <= self.code < 500


class Line:
    """One connection, opened when it is first needed, used for every mail of a run, opened anew when it broke."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            with contextlib.suppress(*_FAILURES):
                self._smtp.quit()
        self._close()

    def offer(self, mail: Mail) -> Answer:
        """Ask whether the server takes a mail for its recipient.

        Raises `Unreachable`, also when it refuses us as senders: that is not the mail's fault, and no mail is given up.
        """
        assert_no_transaction()
        smtp = self._open()
        try:
            answer = _answer(smtp.mail(mail.sender))
            if not answer.is_yes:
                raise Unreachable(f"{answer.code} {answer.text}")
            answer = _answer(smtp.rcpt(mail.recipient))
        except _FAILURES as error:
            raise self._broken(error) from error
        except Unreachable:
            self._close()
            raise
        self._leave_if_told(answer)
        return answer

    def hand_over(self, mail: Mail) -> Answer:
        """Send the content of the mail that was just accepted.

        Raises `Unreachable` before any of it went, `NoAnswer` after.
        """
        assert_no_transaction()
        smtp = self._open()
        try:
            answer = _answer(smtp.docmd("DATA"))
        except _FAILURES as error:
            raise self._broken(error) from error
        if answer.code != 354:
            self._leave_if_told(answer)
            return answer
        try:
            smtp.send(dotted(mail.content))
            return _answer(smtp.getreply())
        except _FAILURES as error:
            self._close()
            raise NoAnswer(_told(error)) from error

    def forget(self) -> None:
        """Give up the mail that was offered; the connection stays."""
        if self._smtp is not None:
            with contextlib.suppress(*_FAILURES):
                self._smtp.rset()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is not None and not self._is_alive(self._smtp):
            self._close()
        if self._smtp is None:
            try:
                self._smtp = _connected()
            except _FAILURES as error:
                raise self._broken(error) from error
        return self._smtp

    @staticmethod
    def _is_alive(smtp: smtplib.SMTP) -> bool:
        try:
            return smtp.noop()[0] == 250
        except _FAILURES:
            return False

    def _leave_if_told(self, answer: Answer) -> None:
        if answer.code == 421:  # the server closes the connection (RFC 5321 3.8)
            self._close()
            raise Unreachable(f"421 {answer.text}")

    def _broken(self, error: Exception) -> Unreachable:
        self._close()
        return Unreachable(_told(error))

    def _close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def dotted(content: bytes) -> bytes:
    """`content` as DATA takes it (RFC 5321 4.5.2): lines end in CRLF, leading dots are doubled, a lone dot ends it."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _connected() -> smtplib.SMTP:
    place = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "timeout": settings.EMAIL_TIMEOUT}
    smtp: smtplib.SMTP
    if settings.EMAIL_USE_SSL:
        smtp = smtplib.SMTP_SSL(**place, local_hostname=places.host(), context=ssl.create_default_context())
    else:
        smtp = smtplib.SMTP(**place, local_hostname=places.host())
    try:
        if settings.EMAIL_USE_TLS:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _answer(reply: tuple[int, bytes]) -> Answer:
    code, text = reply
    if code < 200:
        raise smtplib.SMTPServerDisconnected("The server said nothing that could be understood.")
    return Answer(code, rules.one_line(text.decode("utf-8", "replace"))[:500])


def _told(error: Exception) -> str:
    """The failure in a line: the server's words where it had some."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return rules.one_line(f"{error.smtp_code} {words}")[:500]
    return rules.one_line(str(error) or type(error).__name__)[:500]
