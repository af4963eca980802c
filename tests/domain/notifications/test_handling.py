"""What people do about mails: who may, what it does, what is written down."""

import re
from pathlib import Path

import pytest

from insignia.core.errors import Conflict, NotFound, NotPermitted, Rejected
from insignia.domain import notifications
from insignia.domain.awards.models import AwardBatch
from insignia.domain.journal import bus
from insignia.domain.notifications import actions, queries
from insignia.domain.notifications.models import Kind, Message, NoReminders, SilentBatch
from tests.domain.notifications.mails import again, an_offer, drop_others, sent
from tests.support.builders import a_grantor, a_member, a_person, acting, an_institution, here, offered, worked_through

pytestmark = pytest.mark.usefixtures("institution")


def uncertain(smtp_sink):
    _award, message = an_offer()
    drop_others(message)
    smtp_sink.drop_after_data()
    assert sent() == {"uncertain": 1}
    smtp_sink.behave()
    return again(message)


class TestSendingAgain:
    @pytest.mark.requirement("R-907", "R-125")
    def test_an_uncertain_mail_is_sent_again_by_hand_as_the_same_mail(self, smtp_sink):
        message = uncertain(smtp_sink)
        actions.send_again(by=a_member("registrar"), message=message)
        assert sent() == {"sent": 1}
        first, second = smtp_sink.messages
        assert first.message["Message-ID"] == second.message["Message-ID"] == message.message_id
        assert bus.read(name="notifications.sent_again").get().data == {"message": message.public_id}

    @pytest.mark.requirement("R-125")
    def test_a_refused_mail_is_sent_again_once_the_mailbox_is_there(self, smtp_sink):
        award, message = an_offer()
        drop_others(message)
        smtp_sink.refuse(award.recipient.email)
        assert sent() == {"refused": 1}
        smtp_sink.behave()
        actions.send_again(by=a_member("registrar"), message=again(message))
        cleared = again(message)
        assert (cleared.state, cleared.attempts, cleared.smtp_code, cleared.smtp_text) == ("pending", 0, None, "")
        assert sent() == {"sent": 1}

    def test_a_mail_that_went_is_not_sent_twice(self, smtp_sink):
        _award, message = an_offer()
        drop_others(message)
        sent()
        with pytest.raises(Rejected):
            actions.send_again(by=a_member("registrar"), message=again(message))
        assert sent() == {}

    def test_of_two_people_who_send_the_same_mail_again_one_wins(self, smtp_sink):
        message = uncertain(smtp_sink)
        other = again(message)
        by = a_member("registrar")
        actions.send_again(by=by, message=message)
        with pytest.raises(Conflict):
            actions.mark_sent(by=by, message=other)


def test_an_uncertain_mail_can_be_known_to_have_gone(smtp_sink):
    message = uncertain(smtp_sink)
    actions.mark_sent(by=a_member("registrar"), message=message)
    assert (message.state, message.sent_at is not None) == ("sent", True)
    assert sent() == {}


@pytest.mark.requirement("R-907")
def test_a_mail_can_be_stopped_before_it_goes(smtp_sink):
    _award, message = an_offer()
    drop_others(message)
    actions.suppress(by=a_member("registrar"), message=message)
    assert sent() == {}
    assert (again(message).state, queries.why(again(message))) == ("suppressed", "Somebody stopped it.")


@pytest.mark.parametrize("role", ["grantor", "auditor", "designer"])
def test_who_may_not_correct_awards_does_not_move_their_mails(role):
    _award, message = an_offer()
    by = a_member(role)
    for action in (actions.send_again, actions.mark_sent, actions.suppress):
        with pytest.raises(NotPermitted):
            action(by=by, message=message)
    assert again(message).state == "pending"


def test_a_mail_about_no_award_asks_for_the_right_that_made_it():
    message = actions.send_test(by=a_member("administrator"), institution=here(), to="me@staff.example")
    with pytest.raises(NotPermitted):
        actions.suppress(by=a_member("registrar"), message=message)
    actions.suppress(by=a_member("administrator"), message=message)


def test_after_a_restore_no_mail_goes_that_may_have_gone_already(smtp_sink):
    messages = [an_offer()[1] for _ in range(3)]
    drop_others(*messages)
    Message.objects.filter(pk=messages[0].pk).update(state="sent")
    Message.objects.filter(pk=messages[1].pk).update(state="deferred")
    assert actions.doubt_what_waits() == 2
    assert sent() == {}
    assert queries.counts()["uncertain"] == 2
    assert queries.why(again(messages[2]))


class TestSilence:
    def test_only_who_awards_it_silences_a_batch(self):
        award = offered()
        batch = AwardBatch.objects.create(achievement=award.achievement, source="file", created_by=a_person())
        with pytest.raises(NotPermitted):
            actions.silence_batch(by=a_member("auditor"), batch=batch)
        assert not queries.is_silent(batch)
        by = a_grantor(of=award.achievement)
        actions.silence_batch(by=by, batch=batch)
        actions.silence_batch(by=by, batch=batch)
        assert (SilentBatch.objects.count(), bus.read(name="notifications.batch_silenced").count()) == (1, 1)
        assert queries.is_silent(batch)


class TestTestMail:
    @pytest.mark.requirement("R-125")
    def test_it_arrives_and_its_fate_can_be_read(self, smtp_sink):
        by = a_member("administrator")
        message = actions.send_test(by=by, institution=here(), to="me@staff.example")
        drop_others(message)
        assert sent() == {"sent": 1}
        assert queries.message_for(by, message.public_id).state == "sent"
        (mail,) = smtp_sink.to("me@staff.example")
        assert here().name in mail.message["Subject"]

    def test_who_may_not_manage_the_institution_sends_none(self):
        with pytest.raises(NotPermitted):
            actions.send_test(by=a_member("registrar"), institution=here(), to="me@staff.example")

    @pytest.mark.parametrize(
        "to", ["", "me", "a@b@c", "a b@c.example", "a@b.example\nBcc: x", "a@b.example, c@d.example"]
    )
    def test_what_is_no_address_is_refused(self, to):
        with pytest.raises(Rejected):
            actions.send_test(by=a_member("administrator"), institution=here(), to=to)


class TestReading:
    def test_only_who_may_read_mail_sees_it(self):
        award, message = an_offer()
        assert message in queries.messages_for(a_member("auditor"))
        grantor = a_grantor(of=award.achievement)
        assert not queries.messages_for(grantor).exists()
        with pytest.raises(NotFound):
            queries.message_for(grantor, message.public_id)
        assert list(queries.messages_of(award)) == [message]

    def test_mail_of_another_institution_is_not_seen(self):
        _award, message = an_offer()
        with an_institution():
            by = a_member("auditor")
            assert not queries.messages_for(by).exists()
            with pytest.raises(NotFound):
                queries.message_for(by, message.public_id)

    def test_a_right_in_a_unit_shows_no_mail_of_the_house(self):
        an_offer()
        assert not queries.messages_for(acting(a_person())).exists()

    def test_counts_have_every_state_and_problems_are_what_needs_a_person(self):
        messages = [an_offer()[1] for _ in range(3)]
        for message, state in zip(messages, ("refused", "uncertain", "sent"), strict=True):
            Message.objects.filter(pk=message.pk).update(state=state)
        drop_others(*messages)
        assert queries.counts() == {
            "pending": 0,
            "sending": 0,
            "sent": 1,
            "deferred": 0,
            "refused": 1,
            "uncertain": 1,
            "suppressed": 0,
        }
        assert {one.state for one in queries.problems(a_member("auditor"))} == {"refused", "uncertain"}

    def test_every_reason_that_is_written_has_words(self):
        sources = "".join(file.read_text() for file in Path(notifications.__path__[0]).rglob("*.py"))
        used = set(re.findall(r'reason="(\w+)"', sources)) | {"gave_up"}
        assert used <= set(queries.WHY)


class TestReminders:
    def test_stopping_them_twice_is_stopping_them_once(self):
        award, _message = an_offer()
        earner = acting(a_person(award.recipient.email))
        actions.stop_reminders(by=earner, recipient=award.recipient)
        actions.stop_reminders(by=earner, recipient=award.recipient)
        assert (NoReminders.objects.count(), queries.wants_no_reminders(award.recipient)) == (1, True)
        assert bus.read(name="notifications.reminders_stopped").count() == 1


def test_a_wording_is_the_institutions_business():
    worked_through()
    with pytest.raises(NotPermitted):
        actions.set_mail_text(by=a_member("registrar"), institution=here(), kind=Kind.OFFER, language="en", body="Hi")
    with pytest.raises(Rejected):
        actions.set_mail_text(by=a_member("administrator"), institution=here(), kind="spam", language="en", body="Hi")
