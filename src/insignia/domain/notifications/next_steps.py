"""What to do next about an award, in a sentence: from its state, how its mails fared, and how far its earner came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from insignia.core.words import N_
from insignia.domain.awards.earners import Claiming
from insignia.domain.awards.models import Award

from .models import Message

_OFFERING = ("offer", "reoffer", "reminder")


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: a sentence, and the act that it names, if it is one of ours: a verb of `acts`, or "mail" for `letter`."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    act: str = ""
    letter: Message | None = None


def of(award: Award, letters: Sequence[Message], claiming: Claiming) -> Step:
    """The next step about `award`; `letters` are the mails about it, the newest first."""
    if award.state == Award.State.OFFERED:
        return _of_offer(next((one for one in letters if one.kind in _OFFERING), None), claiming)
    if award.state == Award.State.GRANTED and award.issue_error:
        return Step(N_("It could not be signed. Tell whoever runs this site; it is tried again by itself."))
    message, act = _BY_STATE[award.state]
    return Step(message, {"day": _day(award), "until": _moment(award.release_at)}, act)


def _of_offer(letter: Message | None, claiming: Claiming) -> Step:
    """An offer waits for its earner, and all depends on whether they ever heard of it."""
    if letter is None:
        return Step(
            N_("The offer waits, and no mail tells of it. Send it, or ask the earner to sign in."), act="reoffer"
        )
    when = {"day": _moment(letter.sent_at or letter.created_at), "next": _moment(letter.not_before)}
    if letter.state == Message.State.SENT:
        if claiming.is_claimed:
            text = N_(
                "The offer waits; the last mail went on %(day)s, and the earner has an account. Ask them to sign in, "
                "or send it again."
            )
        elif claiming.opened_at:
            when["opened"] = _moment(claiming.opened_at)
            text = N_(
                "The offer waits; the link in the mail was opened on %(opened)s and nothing was accepted. Ask where they "
                "got stuck, or send it again."
            )
        else:
            text = N_("The offer waits; the last mail went on %(day)s. Send it again.")
        return Step(text, when, "reoffer")
    message, act = _BY_LETTER[letter.state]
    return Step(message, when, act, letter if act == "mail" else None)


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else "–"


def _day(award: Award) -> str:
    """The day on which the award came into its state, as far as it is known."""
    if award.state == Award.State.EXPIRED and award.expires_on:
        return award.expires_on.isoformat()
    return _moment(award.decided_at)


_BY_LETTER: dict[str, tuple[str, str]] = {
    Message.State.PENDING: (N_("The offer waits; its mail goes out as soon as its turn comes."), ""),
    Message.State.SENDING: (N_("The offer waits; its mail is being sent now."), ""),
    Message.State.DEFERRED: (
        N_("The offer waits; the mail server put its mail off and is asked again on %(next)s. Nothing has to be done."),
        "",
    ),
    Message.State.REFUSED: (
        N_(
            "The mail was refused, so the earner knows nothing of the offer. Correct the address; the offer then goes there."
        ),
        "correct",
    ),
    Message.State.UNCERTAIN: (
        N_("Nobody can say whether the mail of %(day)s arrived. Ask the earner, then say so, or send it again."),
        "mail",
    ),
    Message.State.SUPPRESSED: (
        N_("The offer waits, and its mail was not sent. Tell the earner another way, or send it."),
        "reoffer",
    ),
}
_BY_STATE: dict[str, tuple[str, str]] = {
    Award.State.GRANTED: (N_("It is being signed. That takes a moment; nothing has to be done."), ""),
    Award.State.HELD: (N_("It is signed and goes out on %(until)s; until then it can be taken back. Send it now if you are sure."),
                       "release"),
    Award.State.CANCELLED: (N_("It was undone before anybody was told. If it was earned after all, award it anew."), ""),
    Award.State.ACCEPTED: (N_("It was accepted on %(day)s. Nothing has to be done."), ""),
    Award.State.DECLINED: (N_("The earner declined it on %(day)s. If that was a mistake, offer it again."), "reoffer"),
    Award.State.LAPSED_OFFER: (
        N_("The offer lapsed because nobody answered; it can still be accepted. Offer it again if they ask for it."),
        "reoffer",
    ),
    Award.State.EXPIRED: (N_("It expired on %(day)s. Renew it if it was earned again."), "renew"),
    Award.State.SUSPENDED: (N_("It is suspended. End the suspension once it was looked into, or revoke it."), "reinstate"),
    Award.State.REVOKED: (
        N_("It was revoked, which cannot be taken back. If that was wrong, award it anew."),
        "",
    ),
    Award.State.SUPERSEDED: (N_("A corrected badge took its place; look at that one."), ""),
}  # fmt: skip
