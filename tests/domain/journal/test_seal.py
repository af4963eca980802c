"""The chain of seals: whole as long as nobody touches the journal, broken by name when somebody does."""

import random
import threading

import pytest
from django.db import connection, transaction

from insignia.domain.journal import append_only, seal
from insignia.domain.journal.models import Entry, Seal

from .news import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def tampering():
    """The hand of one who can take the triggers away."""

    def tamper(statement, *values):
        with connection.cursor() as cursor:
            for table in append_only.TABLES:
                for drop in append_only.drop(connection.vendor, table):
                    cursor.execute(drop)
            cursor.execute(statement, values)

    return tamper


@pytest.fixture
def sealed(college):
    """Three seals of four entries each."""
    entries = []
    for _ in range(3):
        entries += [tell(college, f"x{number}") for number in range(4)]
        assert seal.seal() == 4
    return entries


def test_every_entry_is_sealed_once(college):
    assert (seal.seal(), seal.head()) == (0, seal.BEGINNING)
    tell(college, "x")
    tell(college, "y")
    assert (seal.unsealed(), seal.seal(), seal.unsealed(), seal.seal()) == (2, 2, 0, 0)
    assert seal.verify_chain() is None


def test_each_seal_follows_the_one_before_it(sealed):
    first, second, third = Seal.objects.order_by("id")
    assert first.previous == seal.BEGINNING
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert second.first == first.last + 1
    assert seal.head() == third.digest
    assert seal.verify_chain() is None


def test_many_entries_are_sealed_in_several_links(college, monkeypatch):
    monkeypatch.setattr(seal, "MOST", 3)
    for number in range(8):
        tell(college, f"x{number}")
    assert seal.seal() == 8
    assert [link.count for link in Seal.objects.order_by("id")] == [3, 3, 2]
    assert seal.verify_chain() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "awards.revoked"),
        ("version", 2),
        ("public_id", "z" * 26),
        ("institution", "z" * 26),
        ("institution_pk", 1),
        ("subject_kind", "award"),
        ("subject_id", "z"),
        ("author", "somebody else"),
        ("on_behalf_of", "somebody else"),
        ("door", "command"),
        ("request_id", "z"),
        ("reason", "none"),
        ("data", '{"deliveries": ["z"]}'),
        ("at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_a_changed_field_is_found_in_the_entry_it_was_changed_in(sealed, tampering, column, value):
    tampering(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, sealed[5].pk)
    broken = seal.verify_chain()
    assert (broken.entry, broken.what) == (sealed[5].pk, "this entry is not what was sealed")


def test_there_is_no_field_that_could_be_changed_unnoticed(sealed):
    tried = {case.args[0][0] if hasattr(case, "args") else case[0] for case in _cases()}
    assert tried | {"id"} == {field.column for field in Entry._meta.concrete_fields}


def _cases():
    mark = next(
        mark
        for mark in test_a_changed_field_is_found_in_the_entry_it_was_changed_in.pytestmark
        if mark.name == "parametrize"
    )
    return mark.args[1]


def test_a_dropped_entry_is_named(sealed, tampering):
    tampering("DELETE FROM journal_delivery WHERE entry_id = %s", sealed[6].pk)
    tampering("DELETE FROM journal_entry WHERE id = %s", sealed[6].pk)
    broken = seal.verify_chain()
    assert (broken.entry, broken.what) == (sealed[6].pk, "this entry was sealed and is gone")


def test_an_entry_slipped_in_among_sealed_ones_is_named(sealed, tampering):
    tampering("UPDATE journal_entry SET id = %s WHERE id = %s", -sealed[0].pk, sealed[0].pk)
    assert seal.verify_chain().entry == sealed[0].pk
    tampering("UPDATE journal_entry SET id = %s WHERE id = %s", sealed[0].pk, -sealed[0].pk)
    assert seal.verify_chain() is None
    Seal.objects.filter(pk=Seal.objects.order_by("-last").first().pk).delete()
    last = sealed[-1]
    tampering("UPDATE journal_entry SET id = %s WHERE id = %s", last.pk + 5, last.pk)
    assert seal.seal() == 4
    forged = Entry.objects.create(pk=last.pk, name="forged", author="x")
    broken = seal.verify_chain()
    assert (broken.entry, broken.what) == (forged.pk, "this entry was added among sealed ones")


@pytest.mark.parametrize("column", ["first", "last", "count", "previous", "digest", "leaves", "at"])
def test_a_changed_seal_is_found(sealed, tampering, column):
    second = Seal.objects.order_by("id")[1]
    value = {"leaves": b"x" * 160, "at": "2020-01-01 00:00:00+00:00", "previous": "f" * 64, "digest": "f" * 64}
    number = {"first": second.first - 1, "last": second.last - 1, "count": 9}
    tampering(f'UPDATE journal_seal SET "{column}" = %s WHERE id = %s', (value | number)[column], second.pk)
    broken = seal.verify_chain()
    assert broken.seal in (second.pk, second.pk + 1)


def test_a_dropped_seal_is_found(sealed, tampering):
    second = Seal.objects.order_by("id")[1]
    tampering("DELETE FROM journal_seal WHERE id = %s", second.pk)
    assert seal.verify_chain().seal == second.pk + 1


def test_a_seal_that_leaves_entries_out_is_found_however_well_it_is_made(sealed, college):
    passed_over, sealed_anew = tell(college, "x"), tell(college, "y")
    forged = seal._next_link(sealed_anew.pk)
    forged.first, forged.count, forged.leaves = sealed_anew.pk, 1, seal._pack([sealed_anew])
    forged.digest = seal._digest(forged)
    forged.save()
    assert passed_over.pk < sealed_anew.pk
    assert seal.verify_chain().seal == forged.pk


def test_cutting_the_end_off_changes_the_head(sealed, tampering):
    head = seal.head()
    tampering("DELETE FROM journal_seal WHERE id = %s", Seal.objects.order_by("-id").first().pk)
    assert seal.head() != head


def test_a_hundred_random_changes_are_all_found(sealed, tampering):
    dice = random.Random(2)
    text = ["name", "author", "door", "reason", "request_id", "subject_id"]
    for _ in range(100):
        entry, column = dice.choice(sealed), dice.choice(text)
        before = getattr(entry, column)
        tampering(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", before + "x", entry.pk)
        assert seal.verify_chain().entry == entry.pk
        tampering(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", before, entry.pk)
    assert seal.verify_chain() is None


def test_of_two_sealers_at_once_one_lays_the_link_and_the_other_leaves_it(college, monkeypatch):
    entry = tell(college, "x")
    late = seal._next_link(entry.pk)
    assert seal.seal() == 1
    monkeypatch.setattr(seal, "_next_link", lambda horizon: late)
    assert seal.seal() == 0
    assert Seal.objects.count() == 1
    assert seal.verify_chain() is None


@pytest.mark.django_db(transaction=True)
def test_an_entry_under_way_is_not_passed_over_by_the_seal(college):
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            tell(college, "slow")
            written.set()
            go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(20)
    if connection.vendor == "postgresql":
        tell(college, "fast")  # SQLite would let it wait for the slow one
    assert seal.seal() == 0
    go_on.set()
    thread.join()
    assert seal.seal() == Entry.objects.count()
    assert seal.verify_chain() is None
