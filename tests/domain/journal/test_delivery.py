"""Doing what is owed: done, later, failed, dead; leases, tokens, fairness."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from insignia.core.errors import Conflict, Rejected, Unavailable
from insignia.core.words import N_
from insignia.domain.ground import clock, outside, tenancy, tracing
from insignia.domain.journal import bus, claiming, dead_letters, delivery
from insignia.domain.journal.models import Delivery, DeliveryState, Entry

from .news import NAME, Somebody, owed, tell

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def seen():
    """A reaction that notes what it is given."""
    notes = []

    @bus.subscribe(NAME, name="test.note")
    def note(data, entry):
        notes.append((data["deliveries"], tenancy.current_or_none(), tracing.request_id()))

    return notes


def failing(error, *, tries=5):
    @bus.subscribe(NAME, name="test.fail", tries=tries)
    def fail(data, entry):
        raise error


def lapse(owed):
    """Let the lease of `owed` have run out a second ago."""
    Delivery.objects.filter(pk=owed.pk).update(leased_until=clock.database_now() - timedelta(seconds=1))


def claimed():
    (one,) = claiming.claim(bus.reactions(), 1)
    return one


class TestRunning:
    def test_a_reaction_runs_inside_its_institution_and_for_the_request_that_caused_it(self, seen, college):
        with tracing.of("request-7"):
            tell(college, "x")
        assert delivery.run_due() == 1
        assert seen == [(["x"], college, "request-7")]
        assert tenancy.current_or_none() is None

    def test_news_of_the_installation_is_delivered_outside_any_institution(self, seen):
        with transaction.atomic():
            bus.publish(bus.REGISTERED[NAME](deliveries=("x",)), by=Somebody(id="system"))
        delivery.run_due()
        assert seen == [(["x"], None, "")]

    def test_what_is_done_is_not_done_again(self, seen, college):
        entry = tell(college, "x")
        assert [delivery.run_due(), delivery.run_due()] == [1, 0]
        done = owed(entry)
        assert (done.state, done.attempts, done.leased_until) == (DeliveryState.DONE, 1, None)
        assert done.finished_at is not None

    def test_nothing_is_run_before_it_is_due(self, seen, college):
        with clock.frozen(NOON):
            tell(college, "x", not_before=NOON + timedelta(minutes=15))
            assert delivery.drain().run == 0
        with clock.frozen(NOON + timedelta(minutes=15)):
            assert delivery.drain().run == 1

    def test_chaos_runs_every_reaction_twice(self, seen, college, monkeypatch):
        monkeypatch.setenv("CHAOS_DOUBLE", "1")
        tell(college, "x")
        assert delivery.run_due() == 1
        assert len(seen) == 2

    def test_a_worker_inside_a_transaction_is_a_mistake(self, seen, college):
        tell(college, "x")
        with transaction.atomic(), pytest.raises(outside.InsideTransaction):
            delivery.run_due()
        assert seen == []

    def test_a_reaction_may_publish_the_next_chunk(self, college):
        done = []

        @bus.subscribe(NAME, name="test.chunk")
        def chunk(data, entry):
            (at,) = data["deliveries"]
            done.append(int(at))
            if int(at) < 50:
                tell(college, str(int(at) + 1))

        tell(college, "1")
        assert delivery.drain().count(delivery.Outcome.DONE) == 50
        assert done == list(range(1, 51))

    def test_draining_stops_as_soon_as_it_is_told(self, seen, college, monkeypatch):
        monkeypatch.setattr(delivery, "BATCH", 1)
        for one in "abc":
            tell(college, one)
        assert delivery.drain(until=lambda: len(seen) == 2).run == 2

    def test_reactions_that_this_process_does_not_know_are_left_to_one_that_does(self, seen, college, monkeypatch):
        entry = tell(college, "x")
        with monkeypatch.context() as patch:
            patch.setattr(bus, "_reactions", {})
            assert delivery.run_due() == 0
        assert owed(entry).state == DeliveryState.DUE
        assert delivery.run_due() == 1

    def test_one_delivery_can_be_run_by_its_number_once(self, seen, college):
        entry = tell(college, "x")
        pk = owed(entry).pk
        assert delivery.run_one(pk) is delivery.Outcome.DONE
        assert delivery.run_one(pk) is None
        later = owed(tell(college, "y", not_before=clock.now() + timedelta(hours=1)))
        assert delivery.run_one(later.pk) is None
        assert len(seen) == 1


class TestLater:
    def test_it_is_run_again_at_that_time_and_did_not_fail(self, college):
        runs = []

        @bus.subscribe(NAME, name="test.wait", tries=1)
        def wait(data, entry):
            runs.append(clock.now())
            if clock.now() < NOON + timedelta(minutes=3):
                raise delivery.Later(clock.now() + timedelta(minutes=1))

        with clock.frozen(NOON):
            entry = tell(college, "x")
        for minute in range(6):
            with clock.frozen(NOON + timedelta(minutes=minute)):
                assert delivery.drain().error is None
        assert runs == [NOON + timedelta(minutes=minute) for minute in range(4)]
        assert owed(entry).state == DeliveryState.DONE


class TestFailing:
    def test_it_is_tried_again_after_growing_pauses_and_then_buried_with_the_reason(self, college):
        failing(ValueError("Ada Example has no address"), tries=3)
        with clock.frozen(NOON):
            entry = tell(college, "x")
        at, outcomes, pauses = NOON, [], []
        for _ in range(5):
            with clock.frozen(at):
                outcomes += delivery.drain().outcomes
            one = owed(entry)
            if one.state == DeliveryState.DUE:
                pauses.append((one.due_at - at).total_seconds())
                at = one.due_at
        assert outcomes == [delivery.Outcome.FAILED, delivery.Outcome.FAILED, delivery.Outcome.DEAD]
        assert 1.6 <= pauses[0] <= 2.4
        assert 8 <= pauses[1] <= 12
        one = owed(entry)
        assert (one.state, one.attempts) == (DeliveryState.DEAD, 3)
        assert one.last_error.startswith("ValueError in ")
        assert "Ada" not in one.last_error

    def test_a_refusal_of_ours_is_named_by_its_code(self, college):
        failing(Rejected(N_("%(name)s has no address."), code="no_address", params={"name": "Ada"}), tries=1)
        entry = tell(college, "x")
        delivery.drain()
        assert owed(entry).last_error == "no_address: %(name)s has no address."

    def test_what_can_never_succeed_is_not_tried_again(self, college):
        failing(Unavailable(N_("No such mailbox."), permanent=True))
        entry = tell(college, "x")
        delivery.drain()
        assert (owed(entry).state, owed(entry).attempts) == (DeliveryState.DEAD, 1)

    def test_one_failure_does_not_keep_the_others_from_running(self, seen, college):
        failing(ValueError())
        for one in "abc":
            tell(college, one)
        tally = delivery.drain()
        assert len(seen) == 3
        assert (tally.count(delivery.Outcome.DONE), tally.count(delivery.Outcome.FAILED)) == (3, 3)

    def test_a_loud_drain_raises_what_went_wrong(self, college):
        failing(KeyError("here"))
        tell(college, "x")
        with pytest.raises(KeyError, match="here"):
            delivery.drain_loudly()

    def test_an_operator_replays_a_dead_letter_with_all_its_tries(self, college, author, seen):
        failing(ValueError(), tries=1)
        entry = tell(college, "x")
        delivery.drain()
        with tenancy.of(college):
            (dead,) = dead_letters.of_institution()
            assert dead.entry == entry
            bus._reactions.pop("test.fail")
            bus.subscribe(NAME, name="test.fail")(lambda data, entry: None)
            dead_letters.replay(by=author, delivery=dead)
            (noted,) = bus.read(subject=("delivery", dead.public_id))
            assert (noted.author, noted.data) == (author.id, {"deliveries": [dead.public_id]})
            with pytest.raises(Conflict):
                dead_letters.replay(by=author, delivery=dead)
        assert delivery.run_one(dead.pk) is delivery.Outcome.DONE

    def test_an_institution_sees_its_own_dead_letters_only(self, college, school):
        failing(ValueError(), tries=1)
        tell(college, "x")
        tell(school, "y")
        delivery.drain()
        with tenancy.of(school):
            assert [dead.entry.data["deliveries"] for dead in dead_letters.of_institution()] == [["y"]]
        assert dead_letters.of_installation().count() == 2


class TestLeases:
    def test_what_is_leased_is_nobody_elses(self, seen, college):
        tell(college, "x")
        held = claimed()
        assert claiming.claim(bus.reactions(), 10) == []
        assert claiming.claim_one(bus.reactions(), held.pk) is None

    def test_a_lapsed_lease_is_taken_over_and_the_zombie_writes_nothing(self, seen, college):
        entry = tell(college, "x")
        zombie = claimed()
        lapse(zombie)
        heir = claimed()
        assert (heir.pk, heir.token) == (zombie.pk, zombie.token + 1)
        before = Delivery.objects.values().get()
        assert not claiming.begin(zombie)
        assert not claiming.finish(zombie)
        assert not claiming.extend(zombie)
        assert not claiming.postpone(zombie, clock.now())
        assert not claiming.retry_later(zombie, "x")
        assert not claiming.bury(zombie, "x")
        claiming.hand_back([zombie])
        assert Delivery.objects.values().get() == before
        assert claiming.finish(heir)
        assert owed(entry).state == DeliveryState.DONE

    def test_a_zombie_is_told_and_its_transaction_rolled_back(self, college):
        fates = []

        @bus.subscribe(NAME, name="test.slow")
        def slow(data, entry):
            held = owed(entry)
            if held.token == 1:
                lapse(held)
                heir = claimed()
                try:
                    with transaction.atomic():
                        Entry.objects.create(name="zombie.was_here", author="zombie")
                        delivery.heartbeat()
                except delivery.LeaseLost:
                    claiming.hand_back([heir])
                    raise
            fates.append(held.attempts)

        entry = tell(college, "x")
        tally = delivery.Tally()
        delivery._run_batch(1, tally, delivery.threading.Event())
        assert tally.outcomes == {delivery.Outcome.LOST: 1}
        assert not Entry.objects.filter(name="zombie.was_here").exists()
        assert owed(entry).state == DeliveryState.DUE

    def test_a_heartbeat_keeps_long_work(self, college):
        leases = []

        @bus.subscribe(NAME, name="test.long")
        def long(data, entry):
            Delivery.objects.update(leased_until=clock.database_now() + timedelta(seconds=1))
            leases.append(owed(entry).leased_until)
            delivery.heartbeat()
            leases.append(owed(entry).leased_until)

        tell(college, "x")
        delivery.run_due()
        assert leases[1] - leases[0] > timedelta(seconds=20)

    def test_a_heartbeat_outside_a_delivery_is_nothing(self):
        delivery.heartbeat()

    def test_a_worker_that_dies_every_time_ends_with_the_dead_letters(self, college):
        bus.subscribe(NAME, name="test.poison", tries=3)(lambda data, entry: None)
        entry = tell(college, "x")
        for _ in range(3):
            dying = claimed()
            assert claiming.begin(dying)
            lapse(dying)
        assert claiming.claim(bus.reactions(), 10) == []
        buried = owed(entry)
        assert (buried.state, buried.attempts, buried.last_error) == (DeliveryState.DEAD, 3, claiming.DIED)

    def test_what_was_only_claimed_together_with_it_pays_nothing(self, college):
        bus.subscribe(NAME, name="test.poison", tries=1)(lambda data, entry: None)
        entries = [tell(college, one) for one in "abc"]
        together = claiming.claim(bus.reactions(), 10)
        assert claiming.begin(together[0])
        for one in together:
            lapse(one)
        assert delivery.drain().outcomes == {delivery.Outcome.DONE: 2}
        assert [owed(entry).state for entry in entries] == ["dead", "done", "done"]

    def test_what_lapsed_while_it_waited_for_its_turn_is_not_begun(self, college):
        runs = []

        @bus.subscribe(NAME, name="test.slow")
        def slow(data, entry):
            runs.append(data["deliveries"])
            if len(runs) == 1:
                lapse(owed(entries[1]))
                claimed()

        entries = [tell(college, one) for one in "ab"]
        tally = delivery.Tally()
        delivery._run_batch(2, tally, delivery.threading.Event())
        assert tally.outcomes == {delivery.Outcome.DONE: 1, delivery.Outcome.LOST: 1}
        assert runs == [["a"]]

    def test_work_not_begun_is_handed_back_as_if_never_claimed(self, seen, college, monkeypatch):
        monkeypatch.setattr(delivery, "SLICE", 0.0)
        entries = [tell(college, one) for one in "abc"]
        assert delivery.run_due() == 1
        states = [(owed(entry).state, owed(entry).attempts) for entry in entries]
        assert states == [("done", 1), ("due", 0), ("due", 0)]
        assert delivery.drain().run == 2

    def test_a_stop_between_two_deliveries_hands_the_rest_back(self, college):
        stop = delivery.threading.Event()
        bus.subscribe(NAME, name="test.stop")(lambda data, entry: stop.set())
        entries = [tell(college, one) for one in "abc"]
        assert delivery.run_due(stop=stop) == 1
        assert [owed(entry).state for entry in entries] == ["done", "due", "due"]

    def test_an_interrupted_worker_hands_back_what_it_has_not_begun(self, college):
        def interrupt(data, entry):
            raise KeyboardInterrupt

        bus.subscribe(NAME, name="test.interrupt")(interrupt)
        entries = [tell(college, one) for one in "ab"]
        with pytest.raises(KeyboardInterrupt):
            delivery.run_due()
        assert [owed(entry).state for entry in entries] == ["running", "due"]


class TestFairness:
    def test_institutions_share_a_claim(self, seen, college, school):
        for number in range(30):
            tell(college, f"c{number}")
        tell(school, "s0")
        batch = claiming.claim(bus.reactions(), 10)
        assert {one.institution_pk for one in batch} == {college.pk, school.pk}
        assert len(batch) == 6

    def test_a_small_institution_waits_for_one_batch_of_a_large_one_at_most(self, seen, college, school, monkeypatch):
        monkeypatch.setattr(delivery, "SLICE", 0.0)
        for number in range(40):
            tell(college, f"c{number}")
        delivery.run_due(10)
        tell(school, "s0")
        for _ in range(2):
            delivery.run_due(10)
        assert ["s0"] in [note[0] for note in seen]

    def test_more_institutions_than_a_claim_holds_take_turns(self, seen):
        many = [tenancy.Tenant(pk, str(pk).ljust(26, "a")) for pk in range(1, 8)]
        for institution in many * 2:
            tell(institution, "x")
        turns = [{one.institution_pk for one in claiming.claim(bus.reactions(), 3)} for _ in range(3)]
        assert turns == [{1, 2, 3}, {4, 5, 6}, {7, 1, 2}]

    def test_what_is_held_back_takes_no_share(self, seen, college, school):
        tell(school, "s0", not_before=clock.now() + timedelta(hours=1))
        for number in range(10):
            tell(college, f"c{number}")
        assert len(claiming.claim(bus.reactions(), 10)) == 10


def test_an_idle_worker_takes_no_write_lock(seen, college, django_assert_num_queries):
    with django_assert_num_queries(2) as queries:
        assert delivery.run_due() == 0
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_a_reaction_that_breaks_a_constraint_in_its_own_transaction_is_only_a_failure(college):
    @bus.subscribe(NAME, name="test.twice")
    def twice(data, entry):
        with transaction.atomic():
            Entry.objects.create(public_id=entry.public_id, name="x", author="x")

    entry = tell(college, "x")
    tally = delivery.drain()
    assert isinstance(tally.error, IntegrityError)
    assert owed(entry).last_error.startswith(("IntegrityError in", "UniqueViolation in")), connection.vendor
