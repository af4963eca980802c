"""The buttons of the decision bar, and which of them stand where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb, Vote

from . import words
from .gathering import Matter

_MAIN = (Verb.APPROVE, Verb.REQUEST_CHANGES, Verb.FEEDBACK, Verb.INVITE, Verb.ASK, Verb.HOLD, Verb.DECLINE, Verb.REJECT)
_MORE = (Verb.APPROVE_WITH_COMMENTS, Verb.RECOMMEND_TYPE, Verb.CUSTOM_ROUTE, Verb.RECUSE)
_OF_VOTE = {
    Vote.APPROVE: None,
    Vote.REQUEST_CHANGES: Verb.REQUEST_CHANGES,
    Vote.REJECT: Verb.REJECT,
    Vote.ABSTAIN: None,
}
# After these nothing more can be decided, so they are asked for twice.
ENDING = frozenset({Verb.REJECT, Verb.DECLINE, Verb.WITHDRAW, Verb.APPROVE_CANCEL})


@dataclass(frozen=True, slots=True)
class Option:
    """One button: what it sends, its words, its kind."""

    choice: engine.Choice
    vote: Vote | None
    label: str
    kind: str = ""

    @property
    def value(self) -> str:
        """What the button sends: the verb, the vote where it is one, and the task."""
        return ":".join((self.choice.verb.value, self.vote.value if self.vote else "", self.choice.task))


@dataclass(frozen=True, slots=True)
class Options:
    """All buttons for the task in hand, and for the whole run."""

    main: tuple[Option, ...] = ()
    more: tuple[Option, ...] = ()
    whole: tuple[Option, ...] = ()

    @property
    def every(self) -> tuple[Option, ...]:
        """In the order of the page."""
        return (*self.main, *self.more, *self.whole)

    def find(self, value: str) -> Option | None:
        """The button that sent `value`, if it is still there."""
        return next((one for one in self.every if one.value == value), None)

    def offers(self, verb: Verb) -> bool:
        """Whether one of them is of this kind."""
        return any(one.choice.verb is verb for one in self.every)


def options_for(matter: Matter, key: str) -> Options:
    """What the reader may decide about the task `key`, and about the whole run."""
    if matter.row is None:
        return Options()
    on_task = [choice for choice in matter.choices if choice.task == key and key]
    main: list[Option] = []
    more: list[Option] = []
    if key:
        task = matter.task(key)
        found = {choice.verb: choice for choice in on_task}
        main += _votes(task, found)
        # Whoever presides records; where they vote as well, that is the rarer way.
        labels = words.RECORDS if task.rule else words.BUTTONS
        records = _decisions(found, labels, _MAIN, first="" if main else "primary")
        main, more = (main, records) if main else (records, [])
        if Verb.CONVENE in found and task.rule and not _is_convened(matter, key):
            main.insert(0, Option(found[Verb.CONVENE], None, str(words.BUTTONS[Verb.CONVENE]), "primary"))
        if Verb.CLOSE_VOTE in found:
            more.append(Option(found[Verb.CLOSE_VOTE], None, str(words.BUTTONS[Verb.CLOSE_VOTE])))
        more += _decisions(found, labels, _MORE)
    whole = [
        Option(choice, None, str(words.BUTTONS[choice.verb]), "danger" if choice.verb in ENDING else "")
        for choice in matter.choices
        if not choice.task and choice.verb in words.BUTTONS
    ]
    return Options(tuple(main), tuple(more), tuple(whole))


def _is_convened(matter: Matter, key: str) -> bool:
    open_task = matter.run.task(key)
    return open_task is not None and open_task.ballot is not None


def _votes(task: engine.Task, found: Mapping[Verb, engine.Choice]) -> list[Option]:
    if Verb.VOTE not in found:
        return []
    choice = found[Verb.VOTE]
    votes = [vote for vote, needs in _OF_VOTE.items() if needs is None or task.allows(needs)]
    kinds = {Vote.APPROVE: "primary", Vote.REJECT: "danger"}
    return [Option(choice, vote, str(words.VOTES[vote]), kinds.get(vote, "")) for vote in votes]


def _decisions(
    found: Mapping[Verb, engine.Choice], labels: Mapping[Verb, object], verbs: Iterable[Verb], first: str = ""
) -> list[Option]:
    """Those of `verbs` that are found, the first of them drawn as `first`."""
    made: list[Option] = []
    for verb in verbs:
        if verb not in found:
            continue
        kind = "danger" if verb in ENDING else "" if made else first
        made.append(Option(found[verb], None, str(labels.get(verb) or words.BUTTONS[verb]), kind))
    return made
