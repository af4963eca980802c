"""What changes about mails: owing them, and what people do about them."""

from .governing import tell_address, tell_digests, tell_people
from .handling import (
    doubt_what_waits,
    mark_sent,
    resume_reminders,
    send_again,
    send_test,
    silence_batch,
    stop_reminders,
    suppress,
)
from .telling import (
    new_message,
    tell_earners,
    tell_grantor,
    tell_member,
    tell_of_batch,
    tell_of_expiry,
    tell_of_request,
)
from .wording import drop_mail_text, set_mail_text

__all__ = [
    "doubt_what_waits",
    "drop_mail_text",
    "mark_sent",
    "new_message",
    "resume_reminders",
    "send_again",
    "send_test",
    "set_mail_text",
    "silence_batch",
    "stop_reminders",
    "suppress",
    "tell_address",
    "tell_digests",
    "tell_earners",
    "tell_grantor",
    "tell_member",
    "tell_of_batch",
    "tell_of_expiry",
    "tell_of_request",
    "tell_people",
]
