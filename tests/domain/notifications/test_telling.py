"""Which news becomes which mail: one for each person, once, and none to whom it does not concern."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.awards import roster
from insignia.domain.awards.models import Award, AwardBatch, Grantor
from insignia.domain.awards.periodic import keep
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.journal import bus
from insignia.domain.notifications import actions, letters, reactions, rules
from insignia.domain.notifications.models import Kind, Message, MessageAward
from insignia.domain.notifications.periodic import look_ahead
from tests.domain.notifications.mails import about, an_offer, offer_of
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    accepted,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    held,
    here,
    offered,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def mark_as(message, state):
    Message.objects.filter(pk=message.pk).update(state=state)


class TestOffers:
    @pytest.mark.requirement("R-201")
    def test_a_released_award_is_offered_by_one_mail_whatever_is_published_again(self, monkeypatch):
        monkeypatch.setenv("CHAOS_DOUBLE", "1")
        award, message = an_offer()
        assert (message.state, message.address) == ("pending", award.recipient.email)
        actions.tell_earners(Kind.OFFER, [award.public_id], cause="")
        assert about(award) == [message]

    def test_two_offers_of_one_award_cannot_be_written_down(self):
        award, message = an_offer()
        with pytest.raises(IntegrityError), transaction.atomic():
            MessageAward.objects.create(message=message, award=award, kind=Kind.OFFER, cause="")

    def test_nothing_is_told_before_the_undo_window_is_over(self):
        award = held()
        worked_through()
        assert about(award) == []

    def test_badges_of_one_person_that_are_due_at_once_go_in_one_mail(self):
        one, two, three = (an_achievement(level="souvenir") for _ in range(3))
        earner, other = an_earner(), an_earner()
        mine = [offered(achievement=each, earner=earner) for each in (one, two, three)]
        theirs = offered(achievement=one, earner=other)
        worked_through()
        assert {offer_of(award).pk for award in mine} == {offer_of(mine[0]).pk}
        assert offer_of(theirs).pk != offer_of(mine[0]).pk

    def test_a_badge_does_not_join_a_mail_that_has_begun_to_go(self):
        earner = an_earner()
        first = offered(earner=earner)
        worked_through()
        Message.objects.filter(pk=offer_of(first).pk).update(state="sending", sender_token=1)
        second = offered(earner=earner)
        worked_through()
        assert offer_of(second).pk != offer_of(first).pk

    def test_the_earners_of_a_silent_batch_get_no_offer_but_may_get_one_later(self):
        award = held()
        batch = a_batch_of(award)
        actions.silence_batch(by=a_grantor(of=award.achievement), batch=batch)
        awards.release([award.public_id])
        worked_through()
        message = offer_of(award)
        assert (message.state, message.reason) == ("suppressed", "silent_batch")
        actions.send_again(by=a_member("registrar"), message=message)
        assert message.state == "pending"

    def test_silencing_a_batch_stops_what_has_not_gone_yet(self):
        award = offered()
        batch = a_batch_of(award)
        worked_through()
        actions.silence_batch(by=a_grantor(of=award.achievement), batch=batch)
        assert offer_of(award).state == "suppressed"


def a_batch_of(award: Award):
    batch = AwardBatch.objects.create(
        achievement=award.achievement, source="file", created_by=a_person(), state=AwardBatch.State.GRANTED
    )
    Award.objects.filter(pk=award.pk).update(batch=batch)
    return batch


class TestReminders:
    @pytest.mark.requirement("R-125")
    def test_an_offer_that_waits_is_reminded_of(self):
        award, message = an_offer()
        mark_as(message, "sent")
        with clock.frozen(clock.now() + timedelta(days=3, minutes=1)):
            keep()
            worked_through()
        (reminder,) = about(award, Kind.REMINDER)
        assert reminder.address == award.recipient.email

    @pytest.mark.requirement("R-125")
    @pytest.mark.parametrize("state", ["refused", "uncertain", "suppressed"])
    def test_reminders_stop_when_the_offer_is_not_known_to_have_arrived(self, state):
        award, message = an_offer()
        mark_as(message, state)
        with clock.frozen(clock.now() + timedelta(days=3, minutes=1)):
            keep()
            worked_through()
        assert about(award, Kind.REMINDER) == []

    @pytest.mark.requirement("R-125")
    def test_reminders_stop_when_the_earner_says_so_and_go_on_when_they_change_their_mind(self):
        award, message = an_offer()
        mark_as(message, "sent")
        actions.stop_reminders(by=SYSTEM, recipient=award.recipient)
        with clock.frozen(clock.now() + timedelta(days=3, minutes=1)):
            keep()
            worked_through()
        assert about(award, Kind.REMINDER) == []
        actions.resume_reminders(by=SYSTEM, recipient=award.recipient)
        with clock.frozen(clock.now() + timedelta(days=10, minutes=1)):
            keep()
            worked_through()
        assert len(about(award, Kind.REMINDER)) == 1

    @pytest.mark.requirement("R-125", "R-907")
    def test_an_offer_can_be_mailed_again_as_often_as_somebody_asks(self):
        award, message = an_offer()
        mark_as(message, "sent")
        by = a_grantor(of=award.achievement)
        for _ in range(2):
            awards.reoffer(by=by, award=award)
            worked_through()
        assert len(about(award, Kind.REOFFER)) == 2


class TestWhatBecomesOfBadges:
    def test_revocation_suspension_and_reinstatement_are_told_to_those_who_know_of_the_badge(self):
        award = accepted()
        by = a_member("registrar")
        awards.suspend(by=by, award=award, reason="Looking into it")
        awards.reinstate(by=by, award=award, reason="It was fine")
        awards.revoke(by=by, awards=[award], code="error", reason="Wrong person")
        worked_through()
        kinds = [message.kind for message in about(award) if message.kind != Kind.OFFER]
        assert kinds == ["suspended", "reinstated", "revoked"]

    def test_who_never_heard_of_a_badge_does_not_hear_of_its_end(self):
        award, _message = an_offer()
        awards.revoke(by=a_member("registrar"), awards=[award], code="error", reason="Wrong person")
        worked_through()
        assert about(award, Kind.REVOKED) == []

    def test_a_wrong_address_hears_nothing_more(self):
        award, message = an_offer()
        mark_as(message, "sent")
        fresh = awards.correct_award(
            by=a_member("registrar"), award=award, reason="Wrong address", email="right@students.example"
        )
        worked_through()
        assert about(award, Kind.SUPERSEDED) == []
        assert Message.objects.filter(address=award.recipient.email).exclude(kind=Kind.OFFER).count() == 0
        awards.release([fresh.public_id])
        worked_through()
        assert offer_of(fresh).address == "right@students.example"

    def test_a_corrected_name_is_told_to_the_earner(self):
        award, message = an_offer()
        mark_as(message, "sent")
        awards.correct_award(by=a_member("registrar"), award=award, reason="Married", name="New Name")
        worked_through()
        assert len(about(award, Kind.SUPERSEDED)) == 1

    def test_holders_hear_of_the_end_twice_ahead_and_when_it_has_come(self):
        achievement = an_achievement(level="souvenir", valid_months=12)
        start = clock.now()
        award = accepted(achievement=achievement)
        assert award.expires_on is not None
        last = (award.expires_on - start.date()).days
        counted = []
        for day in (last - 61, last - 59, last - 45, last - 29, last - 10, last + 2):
            with clock.frozen(start + timedelta(days=day)):
                look_ahead()
                look_ahead()
                keep()
                worked_through()
                counted.append((len(about(award, Kind.EXPIRING)), len(about(award, Kind.EXPIRED))))
        assert counted == [(0, 0), (1, 0), (1, 0), (2, 0), (2, 0), (2, 1)]


class TestStaff:
    @pytest.mark.requirement("R-111")
    def test_a_grantor_hears_of_the_appointment_and_of_nothing_else(self):
        user = a_person()
        a_grantor(of=an_achievement(), user=user)
        worked_through()
        (message,) = Message.objects.filter(user=user.public_id)
        assert (message.kind, message.address, message.is_urgent) == ("grantor_appointed", user.email, True)
        assert message.params == {"grantor": Grantor.objects.get(user=user).public_id}

    def test_who_is_given_a_role_is_invited(self):
        institutions.give_role(
            by=SYSTEM, institution=here(), email="new@staff.example", name="New Person", role_key="auditor"
        )
        worked_through()
        assert [m.kind for m in Message.objects.filter(address="new@staff.example")] == ["role_given"]

    def test_the_same_news_twice_is_one_mail(self, monkeypatch):
        monkeypatch.setenv("CHAOS_DOUBLE", "1")
        user = a_person()
        a_grantor(of=an_achievement(), user=user)
        a_member("auditor", user=user)
        worked_through()
        assert Message.objects.filter(user=user.public_id).count() == 2

    def test_who_confirmed_a_roster_hears_how_it_ended(self):
        achievement = an_achievement(level="souvenir")
        by = a_member("issuer")
        data = b"email,name\na@students.example,Ada\nb@students.example,Ben\nbad,Carl\n"
        batch = awards.upload_batch(by=by, achievement=achievement, data=data, filename="roster.csv", source="file")
        mapping = roster.Mapping.from_json(batch.mapping)
        awards.remap_batch(by=by, batch=batch, mapping=mapping, awarded_on=date(2026, 1, 5))
        awards.confirm_batch(by=by, batch=batch)
        worked_through()
        (message,) = Message.objects.filter(kind=Kind.BATCH_FINISHED)
        assert (message.user, message.params) == (by.id, {"batch": batch.public_id})


def test_no_name_and_no_secret_lies_in_a_message():
    award, message = an_offer()
    stored = " ".join(str(getattr(message, field.attname)) for field in Message._meta.concrete_fields)
    assert award.recipient.name not in stored
    assert message.params == {}


def test_every_kind_of_mail_about_awards_follows_from_news():
    news = {kind.value for kind in reactions._TELLING.values()}
    assert news | {"offer", "superseded", "expired", "expiring"} == set(rules.TRUE_WHILE)
    assert all(name in bus.REGISTERED for name in reactions._TELLING)


def test_a_member_of_another_institution_hears_nothing(institution):
    _award, message = an_offer()
    with an_institution():
        assert Message.objects.count() == 0
        award = an_award()
        worked_through()
        assert about(award) == []
    assert message.institution_id == institution.pk


@pytest.mark.parametrize(
    ("kind", "true_in"),
    [
        ("offer", {"offered"}),
        ("reoffer", {"offered"}),
        ("reminder", {"offered"}),
        ("revoked", {"revoked"}),
        ("suspended", {"suspended"}),
        ("reinstated", {"accepted", "offered"}),
        ("superseded", {"superseded"}),
        ("expiring", {"accepted"}),
        ("expired", {"expired"}),
    ],
)
def test_what_was_overtaken_is_not_told_any_more(kind, true_in):
    award, message = an_offer()
    Message.objects.filter(pk=message.pk).update(kind=kind)
    told = set()
    for state in Award.State.values:
        Award.objects.filter(pk=award.pk).update(state=state)
        if letters.compose(Message.objects.get(pk=message.pk)) is not None:
            told.add(state)
    assert told == true_in
