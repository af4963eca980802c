"""A check-in is opened, fills itself, is put right and closed, and its people are handed to awarding."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from insignia.core.errors import Conflict, InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Door
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import check_in_queries as queries
from .. import check_ins, rules
from ..check_ins import Phase
from ..events import CheckedIn, CheckInChanged, CheckInOpened
from ..models import AwardBatch, CheckIn, CheckInEntry
from ..participation import unsaid
from ..roster import AwardLine, Parsed, addresses, cleaning
from .authority import require_direct
from .batches import CHUNK, list_batch, person

SOURCE = "checkin"


@transaction.atomic
def open_check_in(
    *,
    by: Actor,
    achievement: Achievement,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    place: str = "",
    basis: str = "",
    period: str = "",
) -> CheckIn:
    """Open a list on which people write themselves. Only for badges that taking part is enough for."""
    require_direct(by, achievement)
    if achievement.current is None or achievement.state != Achievement.State.ACTIVE:
        raise rules.not_active(str(achievement))
    content, policy = achievement.current.content, achievement.level.policy
    if refusal := check_ins.hindrance(achievement) or unsaid(policy, content, basis=basis, period=period):
        raise refusal
    _check_hours(opens_at, closes_at)
    if closes_at <= clock.now():
        raise Rejected(N_("It would be over already. Choose a later end."), code="hours_over")
    made = CheckIn.objects.create(
        achievement=achievement,
        title=_title(title),
        place=place.strip()[:120],
        opens_at=opens_at,
        closes_at=closes_at,
        basis=basis,
        period=period.strip(),
        made_by_id=person(by),
    )
    publish(CheckInOpened(check_in=made.public_id), by=by, subject=("achievement", achievement.public_id))
    return made


@transaction.atomic
def change_check_in(
    *, by: Actor, check_in: CheckIn, title: str, place: str, opens_at: datetime, closes_at: datetime
) -> None:
    """Give it another name, place or time. One that was closed takes names again, within its hours."""
    now = _held(by, check_in)
    _check_hours(opens_at, closes_at)
    CheckIn.objects.filter(pk=now.pk).update(
        title=_title(title),
        place=place.strip()[:120],
        opens_at=opens_at,
        closes_at=closes_at,
        state=CheckIn.State.OPEN,
    )
    _tell(by, now, "change")


@transaction.atomic
def close_check_in(*, by: Actor, check_in: CheckIn) -> None:
    """Take no more names, whatever the hours say."""
    now = _held(by, check_in)
    if CheckIn.objects.filter(pk=now.pk, state=CheckIn.State.OPEN).update(state=CheckIn.State.CLOSED):
        _tell(by, now, "close")


@transaction.atomic
def check_in_oneself(*, check_in: CheckIn, name: str, email: str) -> None:
    """Somebody who is there writes themselves on the list. Whoever is on it already stays as they are, and is not told so.

    Raises `Rejected` outside of its hours, for what is no name or no address, and when the list is full.
    """
    line = _line(name, email)
    if check_ins.phase(check_in, clock.now()) is not Phase.OPEN:
        raise Rejected(N_("This check-in is not open now."), code="check_in_not_open")
    if CheckInEntry.objects.filter(check_in=check_in).count() >= check_ins.MOST_PEOPLE:
        raise Rejected(N_("This list is full. Tell those who hold the event."), code="check_in_full")
    _entry, is_new = CheckInEntry.objects.get_or_create(
        check_in=check_in,
        email=line[1],
        defaults={"name": line[0], "email_given": addresses.trimmed(email), "institution_id": check_in.institution_id},
    )
    if is_new:
        visitor = Actor("", "", Door.PAGE, institution=check_in.institution.public_id)
        event = CheckedIn(check_in=check_in.public_id)
        publish(event, by=visitor, subject=("achievement", check_in.achievement.public_id))


@transaction.atomic
def add_to_check_in(*, by: Actor, check_in: CheckIn, name: str, email: str) -> CheckInEntry:
    """Write somebody on the list who was there and has no phone; also after its hours."""
    now = _held(by, check_in)
    clean_name, clean_email = _line(name, email)
    entry, is_new = CheckInEntry.objects.get_or_create(
        check_in=now,
        email=clean_email,
        defaults={"name": clean_name, "email_given": addresses.trimmed(email), "added_by": by.id},
    )
    if not is_new:
        raise Conflict(
            N_("%(email)s is on the list already, as %(name)s."),
            code="on_the_list",
            params={"email": entry.email_given, "name": entry.name},
        )
    _tell(by, now, "add")
    return entry


@transaction.atomic
def remove_from_check_in(*, by: Actor, check_in: CheckIn, entry: CheckInEntry) -> None:
    """Take an entry off the list: a slip, a joke, somebody who was not there."""
    now = _held(by, check_in)
    if CheckInEntry.objects.filter(pk=entry.pk, check_in=now).delete()[0]:
        _tell(by, now, "remove")


@transaction.atomic
def list_check_in(*, by: Actor, check_in: CheckIn) -> AwardBatch:
    """Hand everybody who came often enough to awarding, as a list that is looked through like any other."""
    now = _held(by, check_in)
    if not check_ins.may_be_listed(now, clock.now()):
        raise Conflict(N_("It still takes names. Close it first."), code="check_in_open")
    came = list(queries.entries(now).order_by("at", "pk"))
    qualified = _often_enough(now, came)
    if not qualified:
        raise Rejected(
            N_("Nobody on this list has come often enough yet. Add those who did, or award after the next event."),
            code="batch_empty",
        )
    batch = list_batch(
        by=by,
        achievement=now.achievement,
        parsed=_as_lines(now, qualified),
        source=SOURCE,
        filename=now.title,
        basis=now.basis,
        period=now.period,
    )
    CheckIn.objects.filter(pk=now.pk).update(state=CheckIn.State.LISTED, batch=batch)
    keys = [entry.pk for entry in qualified]
    for i in range(0, len(keys), CHUNK):
        CheckInEntry.objects.filter(pk__in=keys[i : i + CHUNK]).update(listed_at=clock.now())
    _tell(by, now, "list")
    return batch


def _often_enough(check_in: CheckIn, came: list[CheckInEntry]) -> list[CheckInEntry]:
    needed = check_ins.events_needed(check_in)
    if needed < 2:
        return came
    times: dict[str, int] = {}
    for i in range(0, len(came), CHUNK):
        times |= queries.attendance(check_in, [entry.email for entry in came[i : i + CHUNK]])
    return [entry for entry in came if times[entry.email] >= needed]


def _as_lines(check_in: CheckIn, people: list[CheckInEntry]) -> Parsed:
    zone = check_in.achievement.institution.zone
    day = min(check_in.opens_at.astimezone(ZoneInfo(zone)).date(), clock.today_in(zone))
    lines = (
        AwardLine(row=number, email=entry.email, email_given=entry.email_given, name=entry.name, awarded_on=day)
        for number, entry in enumerate(people, start=1)
    )
    return Parsed(lines=tuple(lines), errors=(), duplicates=())


def _held(by: Actor, check_in: CheckIn) -> CheckIn:
    """The row, held until the end of the transaction, for somebody who may award its badge, while it can change."""
    require_direct(by, check_in.achievement)
    now = (
        CheckIn.objects.select_for_update(of=("self",))
        .select_related(
            "batch",
            "achievement__current",
            "achievement__level",
            "achievement__institution",
            "achievement__unit__parent__parent__parent",
        )
        .get(pk=check_in.pk)
    )
    if check_ins.is_fixed(now):
        raise Conflict(
            N_("The people of this check-in are with awarding already. Change the list there, or take it back first."),
            code="check_in_listed",
        )
    return now


def _check_hours(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Rejected(N_("It has to close after it opens."), code="hours_turned")
    if closes_at - opens_at > check_ins.LONGEST:
        raise Rejected(
            N_("A check-in is open for %(days)s days at most. Make one for each event."),
            code="hours_too_long",
            params={"days": check_ins.LONGEST.days},
        )


def _title(given: str) -> str:
    title = " ".join(given.split())[:120]
    if not title:
        raise Rejected(N_("Say what the event is called."), code="title_missing")
    return title


def _line(name: str, email: str) -> tuple[str, str]:
    """Name and address by the rules of a roster; `Rejected` lists what is wrong with either."""
    wrong: list[InsigniaError] = []
    clean = ["", ""]
    for place, (given, rule) in enumerate(((name, _name), (email, addresses.address))):
        try:
            clean[place] = rule(given)
        except cleaning.Unfit as unfit:
            code = ("name", "email")[place]
            wrong.append(Rejected(unfit.message, code=code, params=dict(unfit.params)))
    if wrong:
        raise Rejected(N_("Something in it is not right yet."), code="wrong_entry", details=wrong)
    return clean[0], clean[1]


def _name(given: str) -> str:
    return cleaning.person_name(given, 200)


def _tell(by: Actor, check_in: CheckIn, verb: str) -> None:
    event = CheckInChanged(check_in=check_in.public_id, verb=verb)
    publish(event, by=by, subject=("achievement", check_in.achievement.public_id))
