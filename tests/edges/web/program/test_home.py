"""The front page of the desk: counts of what is there, what waits, and what failed."""

from typing import Any

import pytest

from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import tenancy
from insignia.domain.journal import bus
from insignia.domain.journal.models import Delivery, DeliveryState
from insignia.domain.notifications import actions as notifications
from insignia.domain.notifications.models import Message
from insignia.edges.web.program.overview import greeting
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("administrator")


def figures(desk: Desk) -> dict[str, int]:
    return {figure.label: figure.value for figure in desk.get("home").context["figures"]}


def a_failed_task() -> Delivery:
    """The offer of a badge, which nobody could be told of."""
    builders.offered()
    delivery = Delivery.objects.filter(reaction="notifications.offer").latest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.DEAD, attempts=5, last_error="OSError: No space left on device"
    )
    return delivery


def test_an_empty_programme_needs_nobody(desk: Desk) -> None:
    text = desk.read("home")
    assert "Nothing went wrong." in text
    assert "Nothing waits." in text
    assert figures(desk)["units" if figures(desk).get("units") else "unit"] == 1


def test_counts_are_those_of_the_rows(desk: Desk) -> None:
    achievement = builders.an_achievement()
    builders.a_draft()
    builders.accepted(achievement=achievement)
    builders.offered(achievement=achievement)
    builders.a_grantor(of=achievement, trained_on=None)
    counted = figures(desk)
    assert counted["active badge"] == 1
    assert counted["awards"] == 2
    assert counted["trained Grantors"] == 2
    text = desk.read("home")
    for said in ("1 badge waits for its earner", "1 draft of a badge", "1 Grantor is not trained yet"):
        assert said in text


def test_what_another_institution_has_is_not_counted(desk: Desk) -> None:
    with builders.an_institution():
        builders.offered()
    assert "awards" in figures(desk)
    assert sum(figures(desk).values()) == 2  # one unit, one person


def test_a_failed_task_is_shown_with_its_cause_and_tried_again(desk: Desk) -> None:
    failed = a_failed_task()
    text = desk.read("home")
    for said in ("1 task failed for good", "Tell earners of their badges", "tried 5 times", "No space left on device"):
        assert said in text
    assert "It is tried again now." in words(desk.send("replay", failed.public_id))
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (DeliveryState.DUE, 0)
    assert bus.read(name="journal.deliveries_replayed").count() == 1
    builders.worked_through()
    assert Message.objects.filter(kind="offer").count() == 1
    assert "failed for good" not in desk.read("home")


def test_a_task_is_tried_again_once(desk: Desk) -> None:
    failed = a_failed_task()
    desk.send("replay", failed.public_id)
    assert desk.send("replay", failed.public_id).status_code == 404
    assert bus.read(name="journal.deliveries_replayed").count() == 1


def test_failed_tasks_are_tried_again_by_whoever_may_and_only_ones_own(desk: Desk) -> None:
    failed = a_failed_task()
    manager = desk_of("program_manager")
    assert "No space left on device" not in manager.read("home")
    assert manager.send("replay", failed.public_id).status_code == 403
    with builders.an_institution() as other:
        foreign = a_failed_task()
    assert desk.send("replay", foreign.public_id).status_code == 404
    with tenancy.of(other):
        foreign.refresh_from_db()
        assert foreign.state == DeliveryState.DEAD


def test_mails_that_need_somebody_lead_to_their_list(desk: Desk) -> None:
    for state in (Message.State.REFUSED, Message.State.UNCERTAIN):
        message = notifications.send_test(by=SYSTEM, institution=builders.here(), to="trial@mail.example")
        Message.objects.filter(pk=message.pk).update(state=state)
    page = desk.get("home").content.decode()
    assert f'{desk.at("mail")}?state=refused"' in page
    assert f'{desk.at("mail")}?state=uncertain"' in page
    assert "2 things need somebody." in desk.read("home")


def test_a_designer_sees_what_a_designer_may(institution: Any) -> None:
    builders.offered()
    desk = desk_of("designer")
    page = desk.get("home").content.decode()
    assert set(figures(desk)) == {"active badge", "trained Grantor"}
    assert desk.at("journal") not in page
    assert desk.at("mail") not in page
    assert desk.at("people") not in page
    assert desk.at("templates") in page


def test_the_page_asks_the_same_number_of_questions_however_much_there_is(desk: Desk) -> None:
    def more(number: int) -> None:
        for _one in range(number):
            a_failed_task()
            builders.a_member("registrar")

    more(1)
    few = desk.questions("home")
    more(4)
    assert desk.questions("home") == few


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_is_that_of_the_hour(hour: int, said: str) -> None:
    assert greeting("Noor Hartwell", hour) == f"{said}, Noor"
    assert greeting("noor@pinecrest.example", hour) == f"{said}, noor"
