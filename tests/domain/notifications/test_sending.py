"""Sending over real SMTP: at most once, never silently lost, and nobody holds up the others (reliability F5)."""

from datetime import timedelta

import pytest

from insignia.domain.ground import clock, outside
from insignia.domain.notifications import actions, owed, queries, sending, smtp, turns
from insignia.domain.notifications.models import Message, Sender
from tests.domain.notifications.mails import again, an_offer, drop_others, offer_of, sent
from tests.support.builders import a_member, an_achievement, an_earner, an_institution, here, offered, worked_through

pytestmark = pytest.mark.usefixtures("institution")


def offers(*addresses, achievement=None):
    """One offer to each address, in this order, and nothing else to send."""
    achievement = achievement or an_achievement(level="souvenir")
    awards = [offered(achievement=achievement, earner=an_earner(email=address)) for address in addresses]
    worked_through()
    messages = [offer_of(award) for award in awards]
    drop_others(*messages)
    return messages


class TestWhatArrives:
    @pytest.mark.requirement("R-201")
    def test_an_offer_goes_once_to_its_earner(self, smtp_sink):
        award, message = an_offer()
        drop_others(message)
        assert sent() == {"sent": 1}
        assert sent() == {}
        (mail,) = smtp_sink.messages
        assert mail.recipients == (award.recipient.email,)
        assert mail.message["Message-ID"] == message.message_id
        done = again(message)
        assert (done.state, done.smtp_code, done.attempts) == ("sent", 250, 1)
        assert done.subject == mail.message["Subject"]
        assert done.sent_at is not None

    def test_mails_of_one_run_go_over_one_connection(self, smtp_sink):
        offers("a@students.example", "b@students.example", "c@students.example")
        smtp_sink.refuse("b@students.example")
        assert sent() == {"sent": 2, "refused": 1}
        assert smtp_sink.connections == 1

    def test_the_return_path_names_the_mail_where_one_is_set(self, smtp_sink, settings):
        first, second = offers("a@students.example", "b@students.example")
        settings.DEFAULT_FROM_EMAIL = "Badges <badges@pinecrest.example>"
        settings.MAIL_RETURN = "bounces@pinecrest.example"
        sent()
        assert [mail.sender for mail in smtp_sink.messages] == [
            f"bounces+{first.public_id}@pinecrest.example",
            f"bounces+{second.public_id}@pinecrest.example",
        ]

    def test_no_mail_goes_while_a_transaction_is_open(self, smtp_sink):
        from django.db import transaction

        offers("a@students.example")
        with transaction.atomic(), pytest.raises(outside.InsideTransaction):
            sending.send_due()
        assert smtp_sink.messages == []


class TestRefusals:
    @pytest.mark.requirement("R-125")
    def test_a_refused_address_is_told_in_the_servers_words_and_holds_up_nobody(self, smtp_sink):
        first, bad, last = offers("a@students.example", "nobody@students.example", "c@students.example")
        smtp_sink.refuse("nobody@students.example", "550 5.1.1 No such mailbox here")
        assert sent() == {"sent": 2, "refused": 1}
        refused = again(bad)
        assert (refused.state, refused.smtp_code) == ("refused", 550)
        assert "No such mailbox here" in refused.smtp_text
        assert {again(first).state, again(last).state} == {"sent"}
        assert sent() == {}

    def test_a_refusal_of_the_content_is_for_good_as_well(self, smtp_sink):
        (message,) = offers("a@students.example")
        smtp_sink.answer_data("554 5.7.1 Looks like spam")
        assert sent() == {"refused": 1}
        assert (again(message).smtp_code, smtp_sink.messages) == (554, [])

    def test_not_now_is_tried_again_later_and_later_for_a_day(self, smtp_sink):
        (message,) = offers("a@students.example")
        smtp_sink.refuse("a@students.example", "451 4.7.1 Greylisted, come back")
        start = at = clock.now()
        tries = []
        while again(message).state in ("pending", "deferred"):
            with clock.frozen(at - timedelta(seconds=1)):
                assert not tries or sent() == {}
            with clock.frozen(at):
                tries.append((at - start, *sent()))
            at = again(message).not_before
        minutes = [round(when.total_seconds() / 60) for when, _state in tries]
        assert minutes[:6] == [0, 1, 6, 21, 81, 141]
        assert tries[-1][1] == "refused"
        assert timedelta(hours=24) <= tries[-1][0] < timedelta(hours=25)
        given_up = again(message)
        assert (given_up.state, given_up.reason, given_up.smtp_code) == ("refused", "gave_up", 451)
        assert "Greylisted" in given_up.smtp_text

    def test_a_greylisting_server_gets_the_mail_the_second_time(self, smtp_sink):
        offers("a@students.example")
        smtp_sink.refuse("a@students.example", "451 4.7.1 Greylisted")
        assert sent() == {"deferred": 1}
        smtp_sink.behave()
        assert sent() == {}
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            assert sent() == {"sent": 1}
        assert len(smtp_sink.to("a@students.example")) == 1

    def test_a_later_mail_to_the_same_person_waits_for_the_earlier_one(self, smtp_sink):
        achievement = an_achievement(level="souvenir")
        first, other = offers("a@students.example", "b@students.example", achievement=achievement)
        second = actions.send_test(by=a_member("administrator"), institution=here(), to="a@students.example")
        smtp_sink.refuse("a@students.example", "451 Later")
        assert sent() == {"deferred": 1, "sent": 1}
        smtp_sink.behave()
        assert (sent(), again(second).state) == ({}, "pending")
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            assert sent() == {"sent": 2}
        assert [mail.message["Message-ID"] for mail in smtp_sink.messages] == [
            other.message_id,
            first.message_id,
            second.message_id,
        ]


class TestAnUnreachableServer:
    def test_nothing_is_counted_against_a_mail_when_the_server_is_down(self, smtp_sink, settings):
        messages = offers("a@students.example", "b@students.example")
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        assert sent() == {}
        assert {(one.state, one.attempts) for one in map(again, messages)} == {("pending", 0)}
        state = queries.sender_state()
        assert (state.waiting, state.failures, state.is_reachable) == (2, 1, False)
        assert "refused" in state.last_error.lower()
        settings.EMAIL_PORT = port
        assert sent() == {}
        with clock.frozen(clock.now() + timedelta(seconds=6)):
            assert sent() == {"sent": 2}
        assert queries.sender_state().is_reachable

    def test_a_day_of_being_down_loses_nothing_and_sends_nothing_twice(self, smtp_sink, settings):
        messages = offers(*(f"learner{i}@students.example" for i in range(5)))
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        start = clock.now()
        for hour in range(0, 24, 3):
            with clock.frozen(start + timedelta(hours=hour)):
                assert sent() == {}
        settings.EMAIL_PORT = port
        with clock.frozen(start + timedelta(hours=25)):
            assert sent() == {"sent": 5}
        assert [mail.recipients[0] for mail in smtp_sink.messages] == [message.address for message in messages]

    def test_a_server_that_takes_no_mail_from_us_is_no_fault_of_a_mail(self, smtp_sink):
        (message,) = offers("a@students.example")
        smtp_sink.refuse_sender("530 5.7.0 Authentication required")
        assert sent() == {}
        assert again(message).state == "pending"
        assert "Authentication required" in queries.sender_state().last_error

    def test_a_server_that_hangs_is_left_after_the_time_limit(self, smtp_sink, settings):
        (message,) = offers("a@students.example")
        settings.EMAIL_TIMEOUT = 0.2
        smtp_sink.hang()
        assert sent() == {}
        assert (again(message).state, queries.sender_state().failures) == ("pending", 1)

    def test_a_server_that_closes_the_house_keeps_the_mail_waiting(self, smtp_sink):
        first, second = offers("a@students.example", "b@students.example")
        smtp_sink.refuse("a@students.example", "421 4.3.2 Shutting down")
        assert sent() == {}
        assert {again(first).state, again(second).state} == {"pending"}


class TestUncertainty:
    def test_a_connection_lost_after_the_content_leaves_an_uncertain_mail_that_is_never_sent_by_itself(self, smtp_sink):
        first, second = offers("a@students.example", "b@students.example")
        smtp_sink.drop_after_data()
        assert sent() == {"uncertain": 2}
        smtp_sink.behave()
        with clock.frozen(clock.now() + timedelta(days=3)):
            assert sent() == {}
        assert [len(smtp_sink.to(message.address)) for message in (first, second)] == [1, 1]
        assert queries.counts()["uncertain"] == 2
        assert queries.why(again(first))

    def test_what_a_dead_sender_left_half_sent_is_listed_and_not_sent(self, smtp_sink):
        half, _whole = offers("a@students.example", "b@students.example")
        with turns.taken() as dead:
            Message.objects.filter(pk=half.pk).update(state="sending", sender_token=dead.token)
        assert sent() == {"uncertain": 1, "sent": 1}
        assert (again(half).state, again(half).reason) == ("uncertain", "worker_died")
        assert smtp_sink.to("a@students.example") == []

    def test_a_sender_that_was_taken_for_dead_still_tells_what_it_heard(self, smtp_sink, monkeypatch):
        (message,) = offers("a@students.example")
        hand_over = smtp.Line.hand_over

        def overtaken(line, mail):
            answer = hand_over(line, mail)
            Message.objects.filter(pk=message.pk).update(state="uncertain", reason="worker_died")
            return answer

        monkeypatch.setattr(smtp.Line, "hand_over", overtaken)
        assert sent() == {"sent": 1}
        assert (again(message).state, again(message).reason) == ("sent", "")


class TestTurns:
    def test_one_sender_at_a_time(self, smtp_sink):
        offers("a@students.example")
        with turns.taken() as turn:
            assert turn is not None
            assert sent() == {}
        assert sent() == {"sent": 1}

    def test_a_lease_held_elsewhere_is_respected_until_it_ends(self, smtp_sink):
        offers("a@students.example")
        Sender.objects.update_or_create(
            pk=1,
            defaults={"holder": "another-host:/data", "token": 7, "leased_until": clock.now() + timedelta(minutes=1)},
        )
        assert sent() == {}
        with clock.frozen(clock.now() + timedelta(minutes=2)):
            assert sent() == {"sent": 1}
        assert Sender.objects.get().token == 8

    def test_who_lost_the_turn_begins_nothing(self, smtp_sink):
        (message,) = offers("a@students.example")

        def overtaken(_pause):
            Sender.objects.update(token=99)
            return True

        assert dict(sending.send_due(rest=overtaken)) == {}
        assert (again(message).state, smtp_sink.messages) == ("pending", [])

    def test_a_badge_that_joins_while_the_mail_is_being_written_is_not_lost(self, smtp_sink, monkeypatch):
        achievement = an_achievement(level="souvenir")
        (message,) = offers("a@students.example", achievement=achievement)
        write = sending._written

        def meanwhile(one):
            monkeypatch.setattr(sending, "_written", write)
            mail = write(one)
            offered(achievement=an_achievement(level="souvenir"), earner=an_earner(email="a@students.example"))
            worked_through()
            return mail

        monkeypatch.setattr(sending, "_written", meanwhile)
        assert sent()["pending"] == 1
        (mail,) = smtp_sink.to("a@students.example")
        assert "2 badges" in mail.message["Subject"]
        assert owed.awards_of(again(message))[1:] != []

    def test_institutions_take_turns(self, smtp_sink):
        offers("a@students.example", "b@students.example")
        mine = set(Message.across_institutions.values_list("pk", flat=True))
        with an_institution() as other:
            award = offered(achievement=an_achievement(level="souvenir"), earner=an_earner(email="z@students.example"))
            worked_through()
            mine.add(offer_of(award).pk)
            assert other.pk != 0
        Message.across_institutions.exclude(pk__in=mine).delete()
        sent()
        assert [mail.recipients[0][0] for mail in smtp_sink.messages] == ["a", "z", "b"]


class TestPace:
    def test_no_more_mails_go_in_a_minute_than_the_setting_says(self, smtp_sink, settings):
        settings.MAIL_PER_MINUTE = 4
        offers(*(f"learner{i}@students.example" for i in range(9)))
        gone = []
        at = clock.now()
        for second in range(0, 150, 2):
            with clock.frozen(at + timedelta(seconds=second)):
                gone += [second] * sent().get("sent", 0)
        assert len(gone) == 9
        assert all(sum(1 for one in gone if start <= one < start + 60) <= 4 for start in range(150))

    def test_a_run_may_wait_for_its_pace(self, smtp_sink, settings):
        settings.MAIL_PER_MINUTE = 60
        offers(*(f"learner{i}@students.example" for i in range(8)))
        pauses = []
        now = clock.now() + timedelta(hours=1)
        with clock.frozen(now):
            Sender.objects.update_or_create(pk=1, defaults={"next_at": now})

            def rest(pause):
                pauses.append(pause.total_seconds())
                clock._frozen[-1] += pause  # time goes on while it waits
                return True

            assert dict(sending.send_due(rest=rest)) == {"sent": 8}
        assert pauses[:4] == [0, 0, 0, 0]
        assert sum(pauses) == pytest.approx(7 * 65 / 60 - 5, abs=1.2)
        assert smtp_sink.connections == 1


def test_a_mail_that_cannot_be_written_holds_up_nobody(smtp_sink, monkeypatch):
    bad, _good = offers("a@students.example", "b@students.example")
    write = sending._written

    def failing(message):
        if message.pk == bad.pk:
            raise RuntimeError("a fault in a template")
        return write(message)

    monkeypatch.setattr(sending, "_written", failing)
    assert sent() == {"deferred": 1, "sent": 1}
    assert (again(bad).state, again(bad).reason) == ("deferred", "not_written")


def test_a_sender_that_is_set_up_wrongly_costs_no_mail(smtp_sink, settings):
    (message,) = offers("a@students.example")
    settings.DEFAULT_FROM_EMAIL = "nobody at all"
    assert sent() == {"deferred": 1}
    settings.DEFAULT_FROM_EMAIL = "Badges <badges@pinecrest.example>"
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert sent() == {"sent": 1}
    assert smtp_sink.messages[0].sender == "badges@pinecrest.example"
    assert again(message).state == "sent"


@pytest.mark.parametrize("address", ["a@b\r\nBcc: c@d.example", "two words@x.example", "ü@x.example", "nobody", "a@"])
def test_an_address_that_no_mail_can_go_to_is_refused_without_asking_the_server(smtp_sink, address):
    (message,) = offers("a@students.example")
    Message.objects.filter(pk=message.pk).update(address=address)
    assert sent() == {"refused": 1}
    assert (again(message).reason, smtp_sink.messages) == ("address_unwritable", [])
