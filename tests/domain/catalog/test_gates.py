"""Floors above may ask what they want before an achievement is active; the catalogue refuses with what they say."""

from collections.abc import Iterator

import pytest

from insignia.core.errors import InsigniaError, Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions, gates
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from tests.support import builders


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a gate was asked; it says no the second time in each activation."""
    verbs: list[str] = []

    def question(achievement: Achievement, verb: str) -> Iterator[InsigniaError]:
        verbs.append(verb)
        if len(verbs) % 2 == 0:
            yield Rejected("Somebody reopened a task.", code="task_open")

    monkeypatch.setitem(gates._gates, "test", question)
    return verbs


def test_a_gate_is_asked_again_under_the_lock(institution: Institution, asked: list[str]) -> None:
    draft = builders.a_draft()
    with pytest.raises(Rejected, match="Somebody reopened a task"):
        actions.activate(by=SYSTEM, achievement=draft)
    assert asked == ["activate", "activate"]
    assert Achievement.objects.get(pk=draft.pk).state == "in_production"


def test_what_is_refused_is_said_with_every_reason(institution: Institution, monkeypatch: pytest.MonkeyPatch) -> None:
    def question(achievement: Achievement, verb: str) -> Iterator[InsigniaError]:
        yield Rejected("“%(task)s” is open.", code="task_open", params={"task": "Image"})

    monkeypatch.setitem(gates._gates, "test", question)
    with pytest.raises(Rejected, match="cannot be active yet") as refused:
        actions.activate(by=SYSTEM, achievement=builders.a_draft(links=()))
    assert [reason.code for reason in refused.value.details] == ["missing_links", "task_open"]
