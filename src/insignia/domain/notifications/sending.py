"""Sending what is due: one mail after the other, over one connection, at the installation's pace.

A mail is offered to the server; when its recipient is accepted, `sending` is committed; then the content goes, and the
answer is committed. No transaction is open while the server is spoken to. So a crash leaves a mail either waiting, or
`sending` in the one window in which nobody can know: the next sender lists it as uncertain, and never sends it.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import translation

from insignia.domain.ground import clock, failpoints, outside, tenancy

from . import letters, mime, owed, rendering, rules, turns
from .models import Message
from .smtp import Answer, Line, NoAnswer, Unreachable
from .turns import Turn, TurnLost

log = logging.getLogger(__name__)

State = Message.State
Tally = Counter[str]
"""How many mails ended in which state in one run."""
Rest = Callable[[timedelta], bool]


def only_what_may_go_now(pause: timedelta) -> bool:
    """Go on while the pace asks for no pause."""
    return not pause


def send_due(*, rest: Rest = only_what_may_go_now) -> Tally:
    """Send what is due; gives how many mails went into which state.

    Before each mail `rest` is told how long the pace lets it wait (0 for not at all); it waits, or says that it was
    enough. Nothing is sent while the server rests, or while another sender is at it.
    """
    outside.assert_no_transaction()
    tally: Tally = Counter()
    if not owed.anything_to_do():
        return tally
    with turns.taken() as turn:
        if turn is None:
            return tally
        tally[State.UNCERTAIN] += _list_the_lost(turn)
        if not turn.is_resting:
            _run(turn, tally, rest)
    return +tally


def _run(turn: Turn, tally: Tally, rest: Rest) -> None:
    try:
        with Line() as line:
            while rest(turn.wait()) and (message := owed.next_due(turn.last_institution)) is not None:
                turn.step(message.institution_id)
                try:
                    with tenancy.of(message.institution), translation.override(message.language):
                        tally[_send(message, line, turn)] += 1
                except Unreachable as error:
                    log.warning("The mail server cannot be reached, or wants no mail from us: %s", error)
                    turn.rest(str(error))
                    break
                turn.reached()
    except TurnLost:
        log.warning("Another sender has taken over.")


def _list_the_lost(turn: Turn) -> int:
    """What a former sender left in the middle of being sent is uncertain from now on."""
    lost = Message.across_institutions.filter(state=State.SENDING, sender_token__lt=turn.token)
    return lost.update(state=State.UNCERTAIN, reason="worker_died")


def _send(message: Message, line: Line, turn: Turn) -> str:
    """Send one mail; gives the state in which it ended."""
    try:
        mail = _written(message)
    except mime.Unwritable:
        return _end(message, State.REFUSED, reason="address_unwritable")
    except Exception:
        # A mail that cannot be put into words must not hold up the others; whoever reads the log mends it.
        log.exception("Message %s could not be written.", message.public_id)
        return _put_off(message, None, reason="not_written")
    if mail is None:
        return _end(message, State.SUPPRESSED, reason="no_longer_true")
    answer = line.offer(mail)
    if not answer.is_yes:
        line.forget()
        return _denied(message, answer)
    if not _begin(message, turn):
        line.forget()
        return State.PENDING
    failpoints.reach("notifications.send.before_data")
    try:
        answer = line.hand_over(mail)
    except Unreachable:
        _move(message, State.PENDING)
        raise
    except NoAnswer as error:
        return _end(message, State.UNCERTAIN, answer=Answer(0, str(error)), reason="no_answer")
    failpoints.reach("notifications.send.after_data")
    return _end(message, State.SENT, answer=answer) if answer.is_yes else _denied(message, answer)


def _written(message: Message) -> mime.Mail | None:
    letter = letters.compose(message)
    if letter is None:
        return None
    words = rendering.render(letter)
    message.subject = words.subject
    return mime.assemble(message, letter, words, at=clock.now())


def _begin(message: Message, turn: Turn) -> bool:
    """Commit that the content is about to go. False when the mail was moved, or grew, since it was read."""
    with transaction.atomic():
        begun = Message.objects.filter(
            pk=message.pk, state=message.state, revision=message.revision, attempts=message.attempts
        ).update(state=State.SENDING, sender_token=turn.token, subject=message.subject, reason="")
        if begun:
            turn.keep()  # the fence: who lost the turn begins nothing
    if begun:
        message.state, message.sender_token = State.SENDING, turn.token
    return bool(begun)


def _denied(message: Message, answer: Answer) -> str:
    return _put_off(message, answer) if answer.is_later else _end(message, State.REFUSED, answer=answer)


def _put_off(message: Message, answer: Answer | None, *, reason: str = "") -> str:
    now = clock.now()
    attempts, first = message.attempts + 1, message.first_tried_at or now
    again = rules.next_try(attempts=attempts, first_tried_at=first, now=now)
    if again is None:
        return _end(message, State.REFUSED, answer=answer, reason=reason or "gave_up")
    _move(
        message,
        State.DEFERRED,
        **_said(answer),
        reason=reason,
        attempts=attempts,
        first_tried_at=first,
        not_before=again,
    )
    return State.DEFERRED


def _end(message: Message, state: str, *, answer: Answer | None = None, reason: str = "") -> str:
    sent_at = clock.now() if state == State.SENT else None
    _move(message, state, **_said(answer), reason=reason, attempts=message.attempts + 1, sent_at=sent_at)
    return state


def _said(answer: Answer | None) -> dict[str, object]:
    return {"smtp_code": (answer.code or None) if answer else None, "smtp_text": answer.text if answer else ""}


def _move(message: Message, state: str, **values: object) -> None:
    """Write how it went, if the mail is still as it was left.

    A sender that was taken for dead may find its mail uncertain: it knows better.
    """
    rows = Message.objects.filter(pk=message.pk)
    if message.state == State.SENDING:
        rows = rows.filter(state__in=[State.SENDING, State.UNCERTAIN], sender_token=message.sender_token)
    else:
        rows = rows.filter(state=message.state)
    if not rows.update(state=state, **values):
        log.warning("Message %s was moved by somebody else while it was being sent.", message.public_id)
