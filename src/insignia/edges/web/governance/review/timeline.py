"""What happened, the newest first: decisions, versions, votes as they were counted.

Those who review see who decided; everybody else in which role it was decided. How somebody voted in a secret ballot, nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb
from insignia.domain.people import names
from insignia.domain.proposals.workflow import queries, telling
from insignia.domain.proposals.writing import queries as writing

from . import words
from .gathering import Matter

# What is decided for everybody to read; a vote's reasons are for those who count it.
_PRIVATE = frozenset({Verb.VOTE, Verb.RECUSE, Verb.CONVENE})


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline. `counts` are the votes, where a vote was counted."""

    at: datetime
    who: str
    what: str
    where: str = ""
    comment: str = ""
    ratings: tuple[tuple[str, int, str], ...] = ()
    attested: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    files: tuple[Any, ...] = ()
    note: str = ""


def timeline(matter: Matter) -> list[Event]:
    """Everything that the reader may know, the newest first."""
    told = telling.happenings(matter.row)
    files: dict[int, list[Any]] = {}
    for one in queries.enclosures_of(matter.row):
        files.setdefault(one.revision, []).append(one)
    people = {one.entry.by.person for one in told} | {one.entry.by.stands_for for one in told}
    known = {person: matter.name(person) for person in people if matter.name(person)}
    if gone := people - {*known, "", "insignia"}:
        known |= names.names_of(gone)
    found = [_event(matter, one, known, files.get(one.entry.revision, ())) for one in told]
    events = [one for one in found if one is not None] + _amendments(matter)
    return sorted(events, key=lambda one: one.at, reverse=True)


def _event(matter: Matter, one: telling.Happening, known: dict[str, str], files: Sequence[Any]) -> Event | None:
    decision, verb = one.entry.decision, one.verb
    if verb is Verb.START or (verb in _PRIVATE and not matter.is_insider and not _counted(one)):
        return None
    counted = _counted(one)
    open_to_reader = matter.is_insider and not one.is_secret
    return Event(
        one.at,
        _who(matter, one, known),
        _what(one, shows_vote=open_to_reader),
        one.task or one.step,
        comment=decision.comment if verb not in _PRIVATE or open_to_reader else "",
        ratings=tuple((words.criterion(r.criterion, matter.route.labels), r.value, r.comment) for r in decision.ratings)
        if open_to_reader
        else (),
        attested=tuple(words.attestation(key, matter.route.labels) for key in sorted(decision.attestations)),
        counts=tuple((str(words.TALLY.get(vote, vote)), count) for vote, count in counted.counts) if counted else (),
        files=tuple(files),
        note=_note(one),
    )


def _who(matter: Matter, one: telling.Happening, known: dict[str, str]) -> str:
    by = one.entry.by
    if by.person == "insignia":
        return _("Insignia")
    own = by.person in matter.writers or engine.PROPOSER in by.roles
    if one.is_secret or (one.verb is Verb.VOTE and not matter.is_insider):
        return one.task or _("A member")
    if not matter.is_insider and not own:
        return matter.role(one.role or matter.route.manager)
    name = known.get(by.person) or _("Somebody who is no longer here")
    if by.stands_for and matter.is_insider:
        return _("%(name)s for %(other)s") % {"name": name, "other": known.get(by.stands_for, "")}
    return name


def _what(one: telling.Happening, *, shows_vote: bool) -> str:
    if one.verb is Verb.VOTE:
        vote = one.entry.decision.vote
        return str(words.VOTED[vote]) if shows_vote and vote else _("A vote was cast")
    return str(words.PAST.get(one.verb, words.readable(one.verb.value)))


def _counted(one: telling.Happening) -> engine.VoteCounted | None:
    return next((effect for effect in one.effects if isinstance(effect, engine.VoteCounted)), None)


def _note(one: telling.Happening) -> str:
    """What followed that no button said."""
    said = []
    for effect in one.effects:
        match effect:
            case engine.VoteCounted(outcome=None):
                said.append(_("It is a tie: whoever presides decides."))
            case engine.VoteCounted(outcome=Verb.APPROVE):
                said.append(_("The vote carried it."))
            case engine.VoteCounted():
                said.append(_("The vote did not carry it."))
            case engine.StepSkipped(step=step, reason=""):
                said.append(
                    _("Step “%(step)s” was passed over: it does not apply here.") % {"step": words.readable(step)}
                )
            case engine.Ended(state=engine.State.APPROVED):
                said.append(_("With this it is approved."))
    return " ".join(said)


def _amendments(matter: Matter) -> list[Event]:
    """Versions that a reviewer made; those that were handed in stand in the journal already."""
    return [
        Event(
            version.created_at,
            str(version.made_by) if matter.is_insider and version.made_by else _("A reviewer"),
            _("changed answers: version %(number)s") % {"number": version.number},
            comment=version.note,
        )
        for version in writing.versions_of(matter.proposal)
        if version.made_by is not None and version.made_by.public_id not in matter.writers
    ]
