"""Whom the news of intents and proposals reaches, and whom not."""

from datetime import timedelta

import pytest

from insignia.core.workflow.route import Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications import actions, letters
from insignia.domain.notifications.models import Message
from insignia.domain.proposals.workflow import actions as workflow
from tests.support import builders
from tests.support.governance import a_colleague, decided, ksu_cast, submitted


def told(kind: str) -> set[str]:
    """Whom mails of this kind are owed."""
    builders.worked_through()
    return set(Message.objects.filter(kind=kind).values_list("address", flat=True))


def test_whoever_is_asked_gets_a_mail_and_nobody_else(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    assert told("task_asked") == {cast["skill_reviewer"].email, cast["unit_leader"].email}
    decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    assert told("task_asked") == {cast["skill_reviewer"].email, cast["unit_leader"].email}
    decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")
    members = {cast[f"member_{number}"].email for number in (1, 2, 3)}
    assert told("task_asked") == {cast["skill_reviewer"].email, cast["unit_leader"].email} | members


def test_the_same_news_twice_makes_one_mail(institution: Institution) -> None:
    cast = ksu_cast()
    submitted(cast)
    builders.worked_through()
    before = Message.objects.count()
    builders.worked_through()
    assert Message.objects.count() == before > 0


def test_whoever_has_decided_meanwhile_is_not_asked_any_more(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    builders.worked_through()
    message = Message.objects.get(kind="task_asked", address=cast["skill_reviewer"].email)
    assert letters.compose(message) is not None
    decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    assert letters.compose(message) is None


@pytest.mark.requirement("R-079")
def test_the_approval_is_told_to_the_proposer_and_the_office(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    for who, task in (("skill_reviewer", "skill_review"), ("unit_leader", "unit_leader")):
        proposal = decided(cast, who, proposal, Verb.APPROVE, task=task)
    for member in ("member_1", "member_2", "member_3"):
        proposal = decided(cast, member, proposal, Verb.VOTE, task="mcc", vote=Vote.APPROVE)
    decided(cast, "executive", proposal, Verb.APPROVE, task="executive")
    assert told("proposal_ended") == {cast["proposer"].email, cast["program_manager"].email}


def test_all_that_was_asked_for_stands_in_one_mail_to_those_who_write(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    decided(cast, "unit_leader", proposal, Verb.REQUEST_CHANGES, task="unit_leader", comment="Name the evidence.")
    assert told("proposal_returned") == {cast["proposer"].email}
    letter = letters.compose(Message.objects.get(kind="proposal_returned"))
    assert letter is not None
    assert "Name the evidence." in str(letter.facts["reason"])


@pytest.mark.requirement("R-909")
def test_whoever_watches_gets_one_digest_in_the_morning(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    watcher = a_colleague("auditor")
    workflow.watch(by=builders.acting(watcher), proposal=proposal)
    decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    assert actions.tell_digests(institution) == 0
    midnight = clock.now() + timedelta(days=1)
    with clock.frozen(midnight.replace(hour=17)):
        assert actions.tell_digests(institution) == 1
        actions.tell_digests(institution)
    assert told("digest") == {watcher.email}
    assert Message.objects.filter(kind="digest").count() == 1


def test_a_delegate_is_asked_in_the_place_of_whoever_is_away(institution: Institution) -> None:
    cast, other = ksu_cast(), a_colleague("staff")
    today = clock.today_in(institution.zone)
    workflow.delegate(
        by=SYSTEM, institution=institution, user=cast["unit_leader"], to=other, starts_on=today, ends_on=today
    )
    submitted(cast)
    assert told("task_asked") == {cast["skill_reviewer"].email, other.email}
