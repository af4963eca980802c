"""People at an event write themselves on a list, within its hours; whoever awards the badge hands the list to awarding."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from insignia.core.errors import Conflict, NotFound, NotPermitted, Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions as awards
from insignia.domain.awards import check_in_queries as queries
from insignia.domain.awards import check_ins
from insignia.domain.awards.models import Award, AwardBatch, BatchRow, CheckIn, CheckInEntry
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import retention
from insignia.domain.journal.models import Entry
from tests.support.builders import (
    a_member,
    a_person,
    acting,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    here,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def at(minutes: int) -> datetime:
    return clock.now() + timedelta(minutes=minutes)


def opened(
    achievement: Achievement | None = None, *, by: Actor | None = None, hours: tuple[int, int] = (-5, 60), **more: Any
) -> tuple[Actor, CheckIn]:
    achievement = achievement or an_achievement(level="souvenir")
    by = by or a_member("issuer")
    more.setdefault("title", "Open day")
    opens_at, closes_at = (at(minutes) for minutes in hours)
    return by, awards.open_check_in(by=by, achievement=achievement, opens_at=opens_at, closes_at=closes_at, **more)


def comes(check_in: CheckIn, *names: str) -> None:
    for name in names:
        awards.check_in_oneself(check_in=check_in, name=name, email=f"{name.lower()}@students.example")


def handed_over(by: Actor, check_in: CheckIn) -> AwardBatch:
    awards.close_check_in(by=by, check_in=check_in)
    return awards.list_check_in(by=by, check_in=check_in)


@pytest.mark.requirement("R-021")
def test_whoever_checked_in_is_awarded_in_one_batch_that_can_be_undone() -> None:
    achievement = an_achievement(level="souvenir")
    an_award(achievement, by=(by := a_member("issuer")), earner=an_earner("ben@students.example", "Ben"))
    _by, check_in = opened(achievement, by=by)
    comes(check_in, "Ana", "Ben", "Cyd")
    batch = handed_over(by, check_in)
    assert (batch.source, batch.filename, batch.state) == ("checkin", "Open day", "checked")
    assert list(BatchRow.objects.filter(batch=batch).values_list("line__name", "state")) == [
        ("Ana", "waiting"),
        ("Ben", "duplicate"),
        ("Cyd", "waiting"),
    ]
    awards.confirm_batch(by=by, batch=batch)
    worked_through()
    made = Award.objects.filter(batch=batch)
    assert sorted(made.values_list("recipient__name", "state", "recipient__age_band")) == [
        ("Ana", "held", "adult"),
        ("Cyd", "held", "adult"),
    ]
    assert {award.awarded_on for award in made} == {clock.today_in(here().zone)}
    assert not any(award.evidence.exists() for award in made)
    assert awards.undo_batch(by=by, batch=batch) == 2


def test_a_list_that_was_thrown_away_goes_back_to_the_check_in() -> None:
    by, check_in = opened()
    comes(check_in, "Ana")
    batch = handed_over(by, check_in)
    for act in (
        lambda: awards.list_check_in(by=by, check_in=check_in),
        lambda: awards.add_to_check_in(by=by, check_in=check_in, name="Ben", email="ben@students.example"),
        lambda: awards.close_check_in(by=by, check_in=check_in),
    ):
        with pytest.raises(Conflict):
            act()
    awards.cancel_batch(by=by, batch=batch)
    awards.add_to_check_in(by=by, check_in=check_in, name="Ben", email="ben@students.example")
    assert awards.list_check_in(by=by, check_in=check_in).rows.count() == 2


def test_the_link_is_derived_and_cannot_be_guessed_or_altered() -> None:
    _by, check_in = opened()
    token = check_ins.token_of(check_in)
    assert check_ins.check_in_of(token).pk == check_in.pk
    assert token not in str(list(CheckIn.objects.values()))
    for wrong in (check_in.public_id, token[:-1], token.replace(check_in.public_id, "0" * 26), "", "a.b"):
        with pytest.raises(NotFound):
            check_ins.check_in_of(wrong)


def test_names_are_taken_within_the_hours_and_not_before_or_after() -> None:
    _by, check_in = opened(hours=(10, 70))
    for minutes, refused in ((0, True), (10, False), (69, False), (70, True)):
        with clock.frozen(at(minutes)):
            if refused:
                with pytest.raises(Rejected, match="not open now"):
                    comes(check_in, f"Early{minutes}a")
            else:
                comes(check_in, f"Person{minutes}a")
    assert CheckInEntry.objects.count() == 2


def test_closing_holds_at_once_and_another_time_opens_it_again() -> None:
    by, check_in = opened()
    awards.close_check_in(by=by, check_in=check_in)
    check_in.refresh_from_db()
    with pytest.raises(Rejected):
        comes(check_in, "Ana")
    awards.change_check_in(
        by=by, check_in=check_in, title="Open  evening", place="Hall", opens_at=at(-1), closes_at=at(5)
    )
    check_in.refresh_from_db()
    assert (check_in.title, check_in.state) == ("Open evening", "open")
    comes(check_in, "Ana")


def test_each_person_is_on_it_once_and_a_second_time_changes_nothing() -> None:
    by, check_in = opened()
    awards.check_in_oneself(check_in=check_in, name="Ana Núñez", email=" Ana@Students.example ")
    awards.check_in_oneself(check_in=check_in, name="Somebody Else", email="ana@students.EXAMPLE")
    entry = CheckInEntry.objects.get()
    assert (entry.name, entry.email, entry.email_given) == ("Ana Núñez", "ana@students.example", "Ana@Students.example")
    assert Entry.objects.filter(name="awards.checked_in").count() == 1
    with pytest.raises(Conflict) as told:
        awards.add_to_check_in(by=by, check_in=check_in, name="Ana", email="ana@students.example")
    assert told.value.code == "on_the_list"
    awards.remove_from_check_in(by=by, check_in=check_in, entry=entry)
    assert not CheckInEntry.objects.exists()


def test_what_is_no_name_or_no_address_is_refused_with_both_reasons() -> None:
    _by, check_in = opened()
    with pytest.raises(Rejected) as refused:
        awards.check_in_oneself(check_in=check_in, name="=cmd()", email="ana@students")
    assert [reason.code for reason in refused.value.details] == ["name", "email"]


def test_a_full_list_takes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_ins, "MOST_PEOPLE", 1)
    _by, check_in = opened()
    comes(check_in, "Ana")
    with pytest.raises(Rejected, match="full"):
        comes(check_in, "Ben")


@pytest.mark.parametrize(
    ("hours", "code"),
    [((10, 5), "hours_turned"), ((-60, -5), "hours_over"), ((0, 60 * 24 * 40), "hours_too_long")],
)
def test_hours_that_make_no_sense_are_refused(hours: tuple[int, int], code: str) -> None:
    with pytest.raises(Rejected) as refused:
        opened(hours=hours)
    assert refused.value.code == code


@pytest.mark.requirement("R-023")
@pytest.mark.parametrize("level", ["level_1", "level_2", "certificate_practiced"])
def test_a_badge_for_which_somebody_judges_work_is_not_given_for_being_there(level: str) -> None:
    with pytest.raises(Rejected) as refused:
        opened(an_achievement(level=level))
    assert refused.value.code == "not_by_check_in"


def test_only_those_who_award_the_badge_open_see_and_change_a_check_in(institution: Institution) -> None:
    by, check_in = opened()
    stranger = acting(a_person())
    assert [found.pk for found in queries.check_ins(by)] == [check_in.pk]
    assert not queries.check_ins(stranger)
    with pytest.raises(NotFound):
        queries.check_in_for(stranger, check_in.public_id)
    with pytest.raises(NotPermitted):
        opened(check_in.achievement, by=stranger)
    with pytest.raises(NotPermitted):
        awards.close_check_in(by=stranger, check_in=check_in)
    with an_institution(), pytest.raises(NotFound):
        queries.check_in_for(a_member("administrator"), check_in.public_id)


@pytest.mark.requirement("R-021")
def test_attendance_at_several_events_is_counted_over_the_check_ins_of_the_badge() -> None:
    achievement = an_achievement(level="souvenir", extra={"basis": "event_attendance", "events": 2})
    by, first = opened(achievement)
    _by, second = opened(achievement, by=by)
    comes(first, "Ana", "Ben")
    comes(second, "Ana", "Cyd")
    batch = handed_over(by, second)
    assert [row.line["name"] for row in batch.rows.all()] == ["Ana"]
    _by, third = opened(achievement, by=by)
    comes(third, "Dee")
    with pytest.raises(Rejected, match="often enough"):
        handed_over(by, third)


def test_entries_are_forgotten_after_they_became_awards_and_still_counted() -> None:
    by, check_in = opened()
    comes(check_in, "Ana", "Ben")
    handed_over(by, check_in)
    _by, unlisted = opened(check_in.achievement, by=by)
    comes(unlisted, "Cyd")
    for days, left in ((29, 3), (31, 1), (364, 1), (366, 0)):
        with clock.frozen(clock.now() + timedelta(days=days, minutes=61)):
            retention.carry_out()
            assert CheckInEntry.objects.count() == left
    check_in.refresh_from_db()
    assert queries.people_of(check_in) == 2


@pytest.mark.requirement("R-021")
@pytest.mark.parametrize(
    ("says", "told", "code"),
    [
        ({"activity": ""}, {}, "basis_missing"),
        ({"activity": "course"}, {"basis": "conspiracy"}, "basis_missing"),
        ({"activity": ""}, {"basis": "active_membership"}, "period_missing"),
        ({"activity": "membership"}, {"period": " "}, "period_missing"),
        ({"activity": "membership"}, {"period": "2026–27"}, ""),
        ({"activity": ""}, {"basis": "extracurricular_engagement"}, ""),
        ({"activity": "", "extra": {"basis": "active_membership", "membership_period": "2026–27"}}, {}, ""),
    ],
)
def test_a_souvenir_is_not_awarded_before_it_is_said_for_what(
    says: dict[str, Any], told: dict[str, str], code: str
) -> None:
    achievement, by = an_achievement(level="souvenir", **says), a_member("issuer")
    if not code:
        award = an_award(achievement, by=by, **told)
        assert (award.basis, award.period) == (told.get("basis", ""), told.get("period", ""))
        opened(achievement, by=by, **told)
        return
    with pytest.raises(Rejected) as refused:
        an_award(achievement, by=by, **told)
    assert refused.value.code == code
    with pytest.raises(Rejected) as refused:
        opened(achievement, by=by, **told)
    assert refused.value.code == code
