"""Several people at once: pasted, ticked, with one claim for all, and looked through before anybody is awarded."""

from typing import Any

import pytest

from insignia.domain.awards.models import Award, AwardBatch, BatchRow
from insignia.domain.catalog.models import Achievement
from tests.edges.web.issuing.clerk import FRAGMENT, Clerk, at, text
from tests.support.builders import (
    a_grantor,
    acting,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    today,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def awarding(level: str = "level_1") -> tuple[Clerk, Achievement]:
    achievement = an_achievement(level=level)
    return Clerk(a_grantor(of=achievement)), achievement


def sent(clerk: Clerk, achievement: Achievement, **changes: Any) -> Any:
    form = {
        "people": "Ana Núñez <ana@students.example>\nbo@students.example, Bo Ek",
        "awarded_on": today().isoformat(),
        "narrative": "Mapped a town.",
        "evidence_1_name": "Maps",
        "evidence_1_url": "https://work.example/maps",
    }
    return clerk.post("many", achievement.public_id, data={**form, **changes})


def test_pasted_people_are_previewed_and_then_awarded_with_one_claim_for_all() -> None:
    clerk, achievement = awarding()
    page = text(sent(clerk, achievement))
    assert "Award to 2 people" in page
    assert "Bo Ek" in page
    clerk.post("confirm", AwardBatch.objects.get().public_id)
    worked_through()
    awarded = Award.objects.order_by("recipient__name")
    assert [(a.recipient.name, a.narrative) for a in awarded] == [
        ("Ana Núñez", "Mapped a town."),
        ("Bo Ek", "Mapped a town."),
    ]
    assert [a.evidence.get().url for a in awarded] == ["https://work.example/maps"] * 2


def test_several_people_on_one_line_are_each_a_row() -> None:
    clerk, achievement = awarding()
    page = text(sent(clerk, achievement, people='Ana <ana@x.example>; "Ek, Bo" <bo@x.example>; bad@x,example'))
    assert "Award to 2 people" in page
    assert [row.number for row in BatchRow.objects.all()] == [1, 2, 3]


def test_people_who_earned_something_before_are_ticked_and_their_names_known() -> None:
    clerk, achievement = awarding()
    other = an_achievement()
    a_grantor(of=other, user=clerk.user)
    award = an_award(other, by=acting(clerk.user), earner=an_earner("ana@students.example", "Ana Núñez"))
    page = text(clerk.get("many", achievement.public_id))
    assert "Ana Núñez" in page
    page = text(sent(clerk, achievement, people="", recipient=[award.recipient.public_id]))
    assert "Award to 1 person" in page
    assert "Ana Núñez" in page


def test_known_people_may_be_pasted_by_address_alone() -> None:
    clerk, achievement = awarding()
    other = an_achievement()
    a_grantor(of=other, user=clerk.user)
    an_award(other, by=acting(clerk.user), earner=an_earner("ana@students.example", "Ana Núñez"))
    page = text(sent(clerk, achievement, people="Ana@students.example stranger@students.example"))
    assert "Award to 1 person" in page
    assert "The name is missing." in page


def test_searching_people_keeps_what_was_ticked_and_typed() -> None:
    clerk, achievement = awarding()
    other = an_achievement()
    a_grantor(of=other, user=clerk.user)
    ana, _bo = (
        an_award(other, by=acting(clerk.user), earner=an_earner(f"{name}@students.example", name.title()))
        for name in ("ana", "bo")
    )
    form = {"search": "1", "q": "bo@", "people": "Cy <cy@x.example>", "recipient": [ana.recipient.public_id]}
    page = text(sent(clerk, achievement, **form))
    assert "Cy <cy@x.example>" in page
    assert f'value="{ana.recipient.public_id}" checked' in page
    assert "bo@students.example" in page
    piece = clerk.client.post(
        at("many", achievement.public_id), {"search": "1", "q": "bo@"}, headers={**FRAGMENT, "HX-Target": "recipients"}
    )
    assert b"<html" not in piece.content
    assert "ana@students.example" not in text(piece)
    assert not AwardBatch.objects.exists()


def test_recipients_of_another_institution_are_neither_shown_nor_ticked() -> None:
    with an_institution():
        stranger = an_award(earner=an_earner("stranger@students.example", "Stranger")).recipient
    clerk, achievement = awarding()
    assert "Stranger" not in text(clerk.get("many", achievement.public_id))
    response = sent(clerk, achievement, people="", recipient=[stranger.public_id])
    assert response.status_code == 422
    assert "Stranger" not in text(response)


@pytest.mark.requirement("R-030")
def test_the_level_policy_holds_for_pasted_people() -> None:
    clerk, achievement = awarding()
    page = text(sent(clerk, achievement, evidence_1_name="", evidence_1_url=""))
    assert "needs an assessed artifact" in page
    assert "Award to" not in page


@pytest.mark.requirement("R-031")
def test_pasted_people_may_have_been_assessed_elsewhere() -> None:
    clerk, achievement = awarding()
    told = {"attested_where": "Portfolio", "attested_on": today().isoformat(), "attested_by": "Odile Banner"}
    assert "Award to 2 people" in text(sent(clerk, achievement, evidence_1_name="", evidence_1_url="", **told))


@pytest.mark.requirement("R-035")
def test_pasted_people_need_consent_where_the_level_shares() -> None:
    clerk, achievement = awarding("level_2")
    assert "Give the day on which the earner agreed" in text(sent(clerk, achievement))
    assert "Award to 2 people" in text(sent(clerk, achievement, share_consent_on=today().isoformat()))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("", "Paste at least one person"),
        ("x" * 200_001, "more text than fits here"),
        ("\n".join(f"a{i}@x.example, A" for i in range(1_001)), "more than 1000 people"),
    ],
)
def test_nobody_or_too_many_is_said_and_what_was_typed_stays(people: str, words: str) -> None:
    clerk, achievement = awarding()
    response = sent(clerk, achievement, people=people)
    assert response.status_code == 422
    assert words in text(response)
    assert "Mapped a town." in text(response)
    assert people[:1000] in text(response)
    assert not AwardBatch.objects.exists()
