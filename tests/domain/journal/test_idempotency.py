"""One effect for one request, however often and in whatever order it arrives."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from insignia.core.errors import Conflict, Rejected
from insignia.domain.ground import clock
from insignia.domain.journal.idempotency import Reservation, Stored, once
from insignia.domain.journal.models import Entry, IdempotencyKey

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def ask(key="k", *, actor_id="ada", request_hash="h" * 64, institution="college"):
    return once(key, actor_id=actor_id, request_hash=request_hash, institution=institution)


def answer(reservation, body=b'{"id": 1}'):
    reservation.finish(status=201, content_type="application/json", body=body)


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_the_first_may_and_the_second_gets_the_same_reply(self):
        first = ask()
        assert isinstance(first, Reservation)
        answer(first)
        assert ask() == Stored(status=201, content_type="application/json", body=b'{"id": 1}')

    def test_another_request_under_the_same_key_is_refused_before_and_after_the_reply(self):
        first = ask()
        with pytest.raises(Rejected) as refused:
            ask(request_hash="x" * 64)
        assert refused.value.code == "idempotency_mismatch"
        answer(first)
        with pytest.raises(Rejected):
            ask(request_hash="x" * 64)

    def test_while_the_first_is_at_it_the_second_is_asked_to_wait(self):
        ask()
        with pytest.raises(Conflict) as waiting:
            ask()
        assert waiting.value.code == "idempotency_in_flight"

    def test_keys_belong_to_one_actor_in_one_institution(self):
        answer(ask())
        assert isinstance(ask(actor_id="bob"), Reservation)
        assert isinstance(ask(institution="school"), Reservation)

    def test_an_abandoned_key_can_be_used_again_with_a_mended_request(self):
        ask().abandon()
        assert isinstance(ask(request_hash="x" * 64), Reservation)

    def test_when_the_first_died_another_takes_over_after_a_minute(self):
        with clock.frozen(NOON):
            dead = ask()
        with clock.frozen(NOON + timedelta(seconds=60)), pytest.raises(Conflict):
            ask()
        with clock.frozen(NOON + timedelta(seconds=61)):
            heir = ask()
            assert heir.token == dead.token + 1
            with pytest.raises(Conflict):
                ask()

    def test_of_a_slow_first_and_its_heir_only_one_commits(self):
        with clock.frozen(NOON):
            slow = ask()
        with clock.frozen(NOON + timedelta(minutes=2)):
            heir = ask()

        def act(reservation, body):
            with transaction.atomic():
                Entry.objects.create(name="effect", author="x")
                answer(reservation, body)

        with pytest.raises(Conflict):
            act(slow, b"slow")
        act(heir, b"heir")
        assert Entry.objects.count() == 1
        assert ask().body == b"heir"
        slow.abandon()
        assert ask().body == b"heir"

    @pytest.mark.parametrize("key", ["", "x" * 256])
    def test_an_impossible_key_is_refused(self, key):
        with pytest.raises(Rejected) as refused:
            ask(key)
        assert refused.value.code == "idempotency_key"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_may():
    outcomes, ready = [], threading.Barrier(8)

    def race():
        ready.wait()
        try:
            outcomes.append(type(ask()).__name__)
        except Conflict:
            outcomes.append("Conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Conflict"] * 7 + ["Reservation"]
    assert IdempotencyKey.objects.count() == 1
