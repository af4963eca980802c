"""The page behind the code at an event: two fields within its hours, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from insignia.domain.awards import actions as awards
from insignia.domain.awards import check_ins
from insignia.domain.awards.models import CheckIn, CheckInEntry
from insignia.domain.ground import clock
from insignia.edges.web.public.views import checkin
from tests.edges.web.issuing.clerk import text
from tests.support.builders import a_member, an_achievement

pytestmark = pytest.mark.usefixtures("institution")


@pytest.fixture
def check_in() -> CheckIn:
    now = clock.now()
    return awards.open_check_in(
        by=a_member("issuer"),
        achievement=an_achievement(level="souvenir"),
        title="Morning tour",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(hours=2),
    )


def path(check_in: CheckIn) -> str:
    return f"/checkin/{check_ins.token_of(check_in)}"


def sends(check_in: CheckIn, client: Client | None = None, **changes: str) -> Any:
    form = {"name": "Ana Núñez", "email": "ana@students.example", "website": "", **changes}
    return (client or Client()).post(path(check_in), form, follow=True)


def test_somebody_without_an_account_checks_in(check_in: CheckIn) -> None:
    page = Client().get(path(check_in))
    for said in ("Morning tour", "to send you this badge, and for nothing else", "30 days", "365 days"):
        assert said in text(page)
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert "you are on the list" in text(sends(check_in))
    assert CheckInEntry.objects.get().name == "Ana Núñez"


def test_the_second_time_is_answered_like_the_first_and_tells_nothing_of_the_first(check_in: CheckIn) -> None:
    first = text(sends(check_in))
    second = text(sends(check_in, name="Nosy Parker"))
    assert "Ana" not in second
    assert first.split("<main")[1] == second.split("<main")[1]
    assert CheckInEntry.objects.get().name == "Ana Núñez"


def test_before_and_after_the_hours_the_page_says_so_and_takes_nothing(check_in: CheckIn) -> None:
    for hours, said in ((-1, "It is not open yet."), (3, "This check-in is over.")):
        with clock.frozen(clock.now() + timedelta(hours=hours)):
            page = text(Client().get(path(check_in)))
            assert said in page
            assert "<form" not in page.split("<main")[1]
            assert sends(check_in).status_code == 422
    assert not CheckInEntry.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_stays(check_in: CheckIn) -> None:
    page = sends(check_in, name="Ana <b>", email="ana@students")
    assert page.status_code == 422
    assert "“ana@students” is not a mail address." in text(page)
    assert "Ana <b>" in text(page)
    assert "Ana <b>" not in page.content.decode()
    assert sends(check_in, name="", email="").status_code == 422
    assert not CheckInEntry.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_not_listed(check_in: CheckIn) -> None:
    assert "you are on the list" in text(sends(check_in, website="https://buy.example"))
    assert not CheckInEntry.objects.exists()


def test_one_network_can_fill_the_list_only_so_fast(check_in: CheckIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkin, "A_MINUTE", 2)
    answers = [sends(check_in, email=f"person{n}@students.example") for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert int(answers[-1]["Retry-After"]) <= 60
    assert CheckInEntry.objects.count() == 2


@pytest.mark.parametrize("token", ["nothing", "a.b", "01234567890123456789012345.xyz"])
def test_a_link_that_we_did_not_make_opens_nothing(token: str) -> None:
    answer = Client().get(f"/checkin/{token}")
    assert answer.status_code == 404
    assert "This link does not open anything." in text(answer)
