"""Check-ins at the desk: opened with hours, shown as a code, watched, put right, closed, and handed to awarding."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from insignia.domain.awards import actions as awards
from insignia.domain.awards import check_ins
from insignia.domain.awards.models import Award, AwardBatch, CheckIn, CheckInEntry
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from tests.edges.web.issuing.clerk import Clerk, at, filled, text
from tests.support.builders import a_grantor, a_member, an_achievement, here, today, worked_through

pytestmark = pytest.mark.usefixtures("institution")


def organiser(**values: Any) -> tuple[Clerk, Achievement]:
    return Clerk(a_member("issuer")), an_achievement(level="souvenir", name="Open Day", **values)


def hours(begin: int = -1, end: int = 3, **more: str) -> dict[str, str]:
    with timezone.override(here().zone):
        opens, closes = (timezone.localtime(clock.now() + timedelta(hours=hour)) for hour in (begin, end))
    form = "%Y-%m-%dT%H:%M"
    return {
        "title": "Morning tour",
        "place": "",
        "opens_at": opens.strftime(form),
        "closes_at": closes.strftime(form),
    } | more


def opened(clerk: Clerk, achievement: Achievement, **changes: str) -> CheckIn:
    answer = clerk.post("checkin_new", achievement.public_id, data=hours(**changes))
    assert answer.status_code == 200, text(answer)
    return CheckIn.objects.latest("pk")


def comes(check_in: CheckIn, *names: str) -> None:
    for name in names:
        awards.check_in_oneself(check_in=check_in, name=name, email=f"{name.lower()}@students.example")


@pytest.mark.requirement("R-021")
def test_from_the_desk_to_a_code_a_list_and_awards() -> None:
    clerk, achievement = organiser()
    assert "Open a check-in for Open Day" in text(clerk.get("desk"))
    page = text(clerk.get("checkin_new", achievement.public_id))
    assert "Given for Attendance at an event" in " ".join(
        page.replace("</dt>", " ").replace("<dd>", " ").replace("<dt>", "").split()
    )
    check_in = opened(clerk, achievement)
    page = text(clerk.get("checkin", check_in.public_id))
    link = f"/checkin/{check_ins.token_of(check_in)}"
    assert link in page
    assert "Nobody yet" in page
    assert 'hx-trigger="every 5s"' in page
    assert "Look again" in page
    screen = text(clerk.get("checkin_screen", check_in.public_id))
    assert "Morning tour" in screen
    assert '<svg class="qr"' in screen
    assert link in screen
    comes(check_in, "Ana", "Ben")
    came = text(clerk.fragment("checkin", check_in.public_id, region="came"))
    assert "<html" not in came
    assert "2 people are on the list" in came
    assert "Award to" not in text(clerk.get("checkin", check_in.public_id))
    page = text(clerk.post("checkin_close", check_in.public_id))
    assert "Award to 2 people" in page
    assert "every 5s" not in page
    page = text(clerk.post("checkin_award", check_in.public_id))
    assert "Ready to award" in page
    assert "Morning tour" in page
    clerk.post("confirm", AwardBatch.objects.get().public_id)
    worked_through()
    assert sorted(Award.objects.values_list("recipient__name", flat=True)) == ["Ana", "Ben"]
    page = text(clerk.get("checkin", check_in.public_id))
    assert "The people of this check-in are with awarding." in page
    assert "Add somebody by hand" not in page


def test_it_cannot_be_awarded_while_it_takes_names() -> None:
    clerk, achievement = organiser()
    comes(check_in := opened(clerk, achievement), "Ana")
    assert "It still takes names." in text(clerk.post("checkin_award", check_in.public_id))
    assert not AwardBatch.objects.exists()


def test_the_hours_are_those_of_the_institutions_zone_and_what_was_typed_stays() -> None:
    clerk, achievement = organiser()
    day = today() + timedelta(days=10)
    sent = {"title": "Fair", "place": "Lawn", "opens_at": f"{day}T09:00", "closes_at": f"{day}T08:00"}
    answer = clerk.post("checkin_new", achievement.public_id, data=sent)
    assert answer.status_code == 422
    assert "It has to close after it opens." in text(answer)
    assert f'value="{day}T09:00"' in text(answer)
    clerk.post("checkin_new", achievement.public_id, data={**sent, "closes_at": f"{day}T17:30"})
    check_in = CheckIn.objects.get()
    with timezone.override(here().zone):
        assert f"{timezone.localtime(check_in.closes_at):%Y-%m-%d %H:%M}" == f"{day} 17:30"


def test_staff_add_and_take_off_by_hand_and_are_told_of_slips() -> None:
    clerk, achievement = organiser()
    comes(check_in := opened(clerk, achievement), "Ana")
    answer = clerk.post("checkin_add", check_in.public_id, data={"name": "", "email": "ben@students"})
    assert answer.status_code == 422
    assert "The name is missing." in text(answer)
    assert "“ben@students” is not a mail address." in text(answer)
    again = text(clerk.post("checkin_add", check_in.public_id, data={"name": "X", "email": "ana@students.example"}))
    assert "ana@students.example is on the list already, as Ana." in again
    page = clerk.post("checkin_add", check_in.public_id, data={"name": "Ben", "email": "Ben@Students.example"})
    assert "Ben is on the list." in text(page)
    ben = CheckInEntry.objects.get(email="ben@students.example")
    assert (ben.added_by, ben.email_given) == (clerk.actor.id, "Ben@Students.example")
    assert "Take Ben off the list?" in text(clerk.get("checkin_remove", check_in.public_id, ben.public_id))
    assert CheckInEntry.objects.count() == 2
    assert "Ben is off the list." in text(clerk.post("checkin_remove", check_in.public_id, ben.public_id))
    assert CheckInEntry.objects.get().name == "Ana"
    assert clerk.get("checkin_remove", check_in.public_id, ben.public_id).status_code == 404


def test_check_ins_are_found_by_event_place_and_badge() -> None:
    clerk, achievement = organiser()
    assert "No check-in yet" in text(clerk.get("checkins"))
    opened(clerk, achievement, place="Harbour")
    opened(clerk, achievement, title="Evening tour")
    for words, found in (("harbour", 1), ("tour", 2), ("open day", 2), ("nothing", 0)):
        page = text(clerk.get("checkins", q=words))
        assert page.count("/check-ins/") == found, words
    assert "Nothing matches" in text(clerk.get("checkins", state="closed"))


@pytest.mark.requirement("R-021")
def test_where_several_events_count_the_list_says_how_often_each_has_come() -> None:
    clerk, achievement = organiser(extra={"basis": "event_attendance", "events": 2})
    comes(first := opened(clerk, achievement), "Ana", "Ben")
    comes(second := opened(clerk, achievement), "Ana")
    assert "Attendance at 2 events" in text(clerk.get("one", achievement.public_id))
    clerk.post("checkin_close", second.public_id)
    assert "Award to those who came often enough" in text(clerk.get("checkin", second.public_id))
    clerk.post("checkin_award", second.public_id)
    clerk.post("checkin_close", first.public_id)
    assert AwardBatch.objects.get().rows.get().line["name"] == "Ana"


@pytest.mark.requirement("R-023")
def test_neither_form_nor_file_of_a_souvenir_has_a_place_for_work() -> None:
    clerk, achievement = organiser()
    for way in ("one", "many"):
        page = text(clerk.get(way, achievement.public_id))
        assert "evidence" not in page
        assert "The work" not in page
        assert 'type="file"' not in page
        assert "nobody shows or hands in anything" in page
    sent = filled()
    answer = clerk.post("one", achievement.public_id, data=sent)
    assert answer.status_code == 200, text(answer)
    assert not Award.objects.get().evidence.exists()
    assessed = an_achievement()
    assert "evidence_1_name" in text(Clerk(a_grantor(of=assessed)).get("one", assessed.public_id))


@pytest.mark.requirement("R-021")
def test_what_the_badge_leaves_open_is_asked_of_whoever_awards_and_stands_on_the_badge() -> None:
    clerk, silent = organiser(activity="")
    answer = clerk.post("one", silent.public_id, data=filled())
    assert answer.status_code == 422
    assert "Choose what it is given for." in text(answer)
    member = filled(basis="active_membership", email="cy@students.example")
    answer = clerk.post("one", silent.public_id, data=member)
    assert answer.status_code == 422
    assert "Say for which period the membership was active." in text(answer)
    clerk.post("one", silent.public_id, data={**member, "period": "2026–27"})
    award = Award.objects.get()
    assert (award.basis, award.period) == ("active_membership", "2026–27")
    worked_through()
    awards.issue([award.public_id])
    awards.release([award.public_id])
    award.refresh_from_db()
    page = text(clerk.client.get(f"/c/{award.credential.public_id}"))  # type: ignore[union-attr]
    assert "Active membership, 2026–27" in page
    assert "2026–27" in bytes(award.credential.document).decode()  # type: ignore[union-attr]


@pytest.mark.requirement("R-021")
@pytest.mark.parametrize("way", ["many", "roster", "checkin_new"])
def test_lists_files_and_check_ins_ask_for_the_period_too(way: str) -> None:
    clerk, achievement = organiser(activity="membership")
    listed = {"people": "Ana <ana@students.example>", "awarded_on": today().isoformat(), "narrative": ""}
    data = hours() if way == "checkin_new" else listed

    def send(period: str) -> Any:
        if way == "roster":
            return clerk.upload(achievement, b"email,name\nana@students.example,Ana\n", period=period)
        return clerk.post(way, achievement.public_id, data={**data, "period": period})

    assert "Say for which period the membership was active." in text(send(" "))
    assert not AwardBatch.objects.exists()
    send("2026–27")
    if way == "checkin_new":
        comes(check_in := CheckIn.objects.get(), "Ana")
        clerk.post("checkin_close", check_in.public_id)
        clerk.post("checkin_award", check_in.public_id)
    clerk.post("confirm", AwardBatch.objects.get().public_id)
    worked_through()
    assert Award.objects.get().period == "2026–27"


def test_a_badge_that_is_assessed_offers_no_check_in_and_says_why() -> None:
    achievement = an_achievement()
    clerk = Clerk(a_grantor(of=achievement))
    assert at("checkin_new", achievement.public_id) not in text(clerk.get("one", achievement.public_id))
    answer = clerk.get("checkin_new", achievement.public_id)
    assert answer.status_code == 422
    assert "somebody judges the work" in text(answer)


def test_a_check_in_is_nobodys_who_does_not_award_the_badge() -> None:
    clerk, achievement = organiser()
    check_in = opened(clerk, achievement)
    other = Clerk(a_member("program_manager"))
    for name in ("checkin", "checkin_screen", "checkin_edit"):
        assert other.get(name, check_in.public_id).status_code in (403, 404)
    for name in ("checkin_close", "checkin_award", "checkin_add"):
        assert other.post(name, check_in.public_id).status_code in (403, 404)


def test_queries_do_not_grow_with_people_or_check_ins(django_assert_max_num_queries: Any) -> None:
    clerk, achievement = organiser(extra={"basis": "event_attendance", "events": 2})
    first = opened(clerk, achievement)
    comes(first, "Ana")
    clerk.get("checkin", first.public_id)
    with django_assert_max_num_queries(60) as few:
        clerk.get("checkin", first.public_id)
        clerk.get("checkins")
        most = len(few)
    comes(first, *(f"Person{n}x" for n in range(30)))
    for _number in range(3):
        opened(clerk, achievement)
    with django_assert_max_num_queries(most):
        clerk.get("checkin", first.public_id)
        clerk.get("checkins")
