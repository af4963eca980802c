"""What the head of a proposal's page shows: its way, who has it, and the ballot of a body."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.core.workflow import route as engine
from insignia.domain.ground import clock
from insignia.domain.proposals.workflow import deadlines, queries
from insignia.domain.proposals.workflow.keeping import label_of
from insignia.domain.proposals.workflow.people import House

from .gathering import Matter


@dataclass(frozen=True, slots=True)
class Step:
    """A step as `c-steps` draws it."""

    name: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a task now: what it is called, the role or body, the people, since when, and by when it is wanted."""

    label: str
    role: str
    people: tuple[str, ...]
    since: datetime
    due_on: date | None
    is_late: bool
    nobody: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a vote stands, without saying who voted how."""

    base: int
    took_part: int
    needed: int
    yet: tuple[str, ...]  # who has not voted
    recused: tuple[str, ...]
    presiding: str
    is_tied: bool


def steps(matter: Matter) -> list[Step]:
    """The whole way: what was, where it is, what comes."""
    return [
        Step(label_of(stage.step), _note(stage), "todo" if stage.state == "skipped" else stage.state)
        for stage in queries.stages(matter.row, list(matter.items))
    ]


def _note(stage: queries.Stage) -> str:
    if stage.state == "skipped":
        return _("Does not apply")
    if stage.state == "done":
        return _short(stage.left_at)
    if stage.state == "current":
        return _("since %(day)s") % {"day": _short(stage.entered_at)}
    return ""


def _short(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j M") if moment else ""


def holders(matter: Matter, days: deadlines.Days | None) -> list[Holder]:
    """Who has it now. Those who do not review see a body by its name."""
    return [
        holder(item, matter.house, days, is_insider=matter.is_insider or not item.row.body) for item in matter.items
    ]


def holder(item: Any, house: House, days: deadlines.Days | None, *, is_insider: bool = True) -> Holder:
    """Who is asked for one task."""
    row = item.row
    due = days.due_on(row, row.run.route.route) if days else None
    named = [*{one.person: one for one in item.askees.named}.values()] if is_insider else []
    people = tuple(filter(None, (_person(item, house, one) for one in named)))
    role = house.bodies.get(row.body) or house.roles.get(row.role) or _role(row.role)
    return Holder(
        row.label,
        role,
        people,
        row.opened_at,
        due,
        is_late=due is not None and house.day > due,
        nobody=not item.askees.named,
        note=_why(item),
    )


def _person(item: Any, house: House, one: Any) -> str:
    name = house.names.get(one.person, "")
    if not name and one.person == item.proposal.proposer.public_id:
        name = str(item.proposal.proposer)
    instead = house.names.get(one.instead_of, "") if one.instead_of else ""
    return _("%(name)s for %(other)s") % {"name": name, "other": instead} if name and instead else name


def _role(key: str) -> str:
    return _("Proposer") if key == engine.PROPOSER else key.replace("_", " ").capitalize()


def _why(item: Any) -> str:
    """Why somebody else is asked than one would expect."""
    whys = {one.why for one in item.askees.named}
    gaps = {one.gap for one in item.askees.findings}
    if engine.Gap.NOBODY in gaps:
        return _("Nobody holds this role, and nobody stands in. The office has to give it to somebody.")
    reason = (
        _("who holds the role has a conflict of interest") if engine.Gap.CONFLICTED in gaps else _("the role is vacant")
    )
    if engine.Why.STANDS_IN_FROM_ABOVE in whys:
        return _("Asked from above, because %(reason)s.") % {"reason": reason}
    if engine.Why.STANDS_IN_FOR_THE_ROLE in whys:
        return _("The office stands in, because %(reason)s.") % {"reason": reason}
    return ""


def ballot(matter: Matter, key: str) -> Standing | None:
    """Where the vote on this task stands, for those who review."""
    row = next((item.row for item in matter.items if item.row.task == key), None)
    if row is None or row.ballot is None or not matter.is_insider:
        return None
    held = row.ballot
    voters = [one for one in held["members"] if one not in held["recused"]]
    return Standing(
        held["base"],
        held["took_part"],
        held["needed"],
        tuple(matter.name(one) for one in voters if one not in held["voted"]),
        tuple(matter.name(one) for one in held["recused"]),
        matter.name(held["presiding"]) if held["presiding"] else "",
        is_tied=held["state"] == "tied",
    )


def waited(since: datetime) -> str:
    """How long something has waited, in days."""
    days = (timezone.localtime(clock.now()).date() - timezone.localtime(since).date()).days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else _("Since today")
