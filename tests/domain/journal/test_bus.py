"""Publishing: what is written down, what is owed, and that a rollback leaves neither."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import transaction

from insignia.domain.ground import clock, tenancy, tracing
from insignia.domain.journal import bus
from insignia.domain.journal.engines import embedded
from insignia.domain.journal.events import DeliveriesReplayed, Event
from insignia.domain.journal.models import Delivery, Entry

from .news import NAME, Somebody, owed, tell


class TestWrittenDown:
    pytestmark = pytest.mark.django_db

    def test_who_what_where_why_and_ids_only(self, college):
        by = Somebody(institution=college.public_id, on_behalf_of="boss".ljust(26, "a"), door="token")
        at = datetime(2026, 5, 1, 12, tzinfo=UTC)
        with tenancy.of(college), tracing.of("request-1"), clock.frozen(at), transaction.atomic():
            bus.publish(DeliveriesReplayed(deliveries=("x",)), by=by, subject=("award", "y"), reason="asked by phone")
        entry = Entry.objects.get()
        assert (entry.name, entry.version, entry.data) == (NAME, 1, {"deliveries": ["x"]})
        assert (entry.institution, entry.institution_pk) == (college.public_id, college.pk)
        assert (entry.subject_kind, entry.subject_id) == ("award", "y")
        assert (entry.author, entry.on_behalf_of, entry.door) == (by.id, by.on_behalf_of, "token")
        assert (entry.request_id, entry.reason, entry.at) == ("request-1", "asked by phone", at)
        assert by.name not in str(Entry.objects.values().get())

    def test_one_delivery_is_owed_to_each_reaction_to_it_and_to_no_other(self, college):
        bus.subscribe(NAME, name="test.first")(lambda data, entry: None)
        bus.subscribe(NAME, name="test.second")(lambda data, entry: None)
        bus.subscribe("something.else", name="test.third")(lambda data, entry: None)
        entry = tell(college, "x")
        owed = Delivery.objects.filter(entry=entry)
        assert {delivery.reaction for delivery in owed} == {"test.first", "test.second"}
        assert {delivery.institution_pk for delivery in owed} == {college.pk}

    def test_news_of_the_installation_itself_has_no_institution(self):
        with transaction.atomic():
            entry = bus.publish(DeliveriesReplayed(deliveries=()), by=Somebody(id="system"))
        assert (entry.institution, entry.institution_pk) == ("", None)

    def test_not_before_holds_the_reaction_back_and_not_the_fact(self, college):
        bus.subscribe(NAME, name="test.first")(lambda data, entry: None)
        later = clock.now() + timedelta(minutes=15)
        entry = tell(college, "x", not_before=later)
        assert owed(entry).due_at == later
        assert entry.at < later

    def test_an_author_of_another_institution_is_a_mistake(self, college, school):
        event = DeliveriesReplayed(deliveries=())
        with tenancy.of(school), transaction.atomic(), pytest.raises(tenancy.WrongTenant):
            bus.publish(event, by=Somebody(institution=college.public_id))
        with transaction.atomic(), pytest.raises(tenancy.NoTenant):
            bus.publish(event, by=Somebody(institution=college.public_id))
        assert not Entry.objects.exists()

    def test_reading_stays_inside_the_institution(self, college, school):
        mine, _theirs = tell(college, "x"), tell(school, "y")
        with tenancy.of(college), transaction.atomic():
            about = bus.publish(
                DeliveriesReplayed(deliveries=()), by=Somebody(institution=college.public_id), subject=("award", "z")
            )
        with tenancy.of(college):
            assert list(bus.read()) == [about, mine]
            assert list(bus.read(subject=("award", "z"))) == [about]
            assert list(bus.read(name="nothing")) == []
        with pytest.raises(tenancy.NoTenant):
            bus.read()


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_a_rollback_leaves_neither_the_fact_nor_its_consequences(self, college):
        bus.subscribe(NAME, name="test.first")(lambda data, entry: None)
        with transaction.atomic():
            tell(college, "x")
            transaction.set_rollback(True)
        assert not Entry.objects.exists()
        assert not Delivery.objects.exists()

    def test_publishing_outside_a_transaction_is_a_mistake(self, college, author):
        with tenancy.of(college), pytest.raises(RuntimeError, match="transaction"):
            bus.publish(DeliveriesReplayed(deliveries=()), by=author)

    def test_the_worker_is_hinted_after_the_commit_and_not_before(self, college):
        bus.subscribe(NAME, name="test.first")(lambda data, entry: None)
        embedded._woken.clear()
        with transaction.atomic():
            tell(college, "x")
            assert not embedded._woken.is_set()
        assert embedded._woken.is_set()

    def test_emptying_the_database_between_tests_leaves_the_journal_guarded(self, college):
        from django.core.management import call_command
        from django.db import DatabaseError, connection

        from insignia.domain.journal import append_only

        tell(college, "x")
        call_command("flush", interactive=False, verbosity=0)
        assert not Entry.objects.exists()
        assert append_only.missing(connection) == []
        tell(college, "y")
        with pytest.raises(DatabaseError):
            Entry.objects.all().delete()


class TestEvents:
    def test_two_events_cannot_share_a_name(self):
        with pytest.raises(TypeError, match="called"):
            type("Impostor", (Event,), {"name": NAME})

    @pytest.mark.parametrize(
        "value", ["Ada Example", "ada@example.org", 1.5, {"a": 1}, object(), ("ok", "not ok"), "x" * 201, b"x"]
    )
    def test_only_ids_codes_and_numbers_are_written_down(self, value):
        with pytest.raises(TypeError, match="deliveries"):
            DeliveriesReplayed(deliveries=value).data()

    @pytest.mark.parametrize("value", ["award:grant", 3, None, True, ("a", "b"), (), "2026-05-01T12:00:00+00:00"])
    def test_ids_codes_and_numbers_are(self, value):
        data = DeliveriesReplayed(deliveries=value).data()
        assert data == {"deliveries": list(value) if isinstance(value, tuple) else value}

    @pytest.mark.django_db
    def test_an_event_that_is_not_registered_cannot_be_published(self, author, college):
        @dataclass(frozen=True)
        class Nameless(Event):
            name: ClassVar[str] = ""

        with tenancy.of(college), transaction.atomic(), pytest.raises(TypeError, match="registered"):
            bus.publish(Nameless(), by=author)


class TestSubscribing:
    def test_two_reactions_cannot_share_a_name(self):
        def one(data, entry):
            """Something."""

        def other(data, entry):
            """Something else."""

        bus.subscribe(NAME, name="test.first")(one)
        bus.subscribe(NAME, name="test.first")(one)
        with pytest.raises(TypeError, match="called"):
            bus.subscribe(NAME, name="test.first")(other)
        assert list(bus.reactions()) == ["test.first"]
