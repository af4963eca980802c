"""Rows of an institution show inside it only, and are born in it only."""

import threading

import pytest
from django.db import connection

from insignia.domain.ground import tenancy
from insignia.domain.institutions.models import Institution, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return Institution.objects.create(slug="here", name="Here College")


@pytest.fixture
def there():
    return Institution.objects.create(slug="there", name="There College")


def a_unit(institution, code):
    with tenancy.of(institution):
        return Unit.objects.create(name=code, code=code)


def test_without_an_institution_there_are_no_rows_but_an_error():
    with pytest.raises(tenancy.NoTenant):
        Unit.objects.all()
    with pytest.raises(tenancy.NoTenant):
        tenancy.current()
    assert tenancy.current_or_none() is None


def test_a_row_is_seen_in_its_own_institution_and_not_in_another(here, there):
    unit = a_unit(here, "MATH")
    with tenancy.of(here):
        assert list(Unit.objects.all()) == [unit]
    with tenancy.of(there):
        assert not Unit.objects.filter(pk=unit.pk).exists()
        with pytest.raises(Unit.DoesNotExist):
            Unit.objects.get(public_id=unit.public_id)
        assert Unit.objects.filter(pk=unit.pk).update(name="stolen") == 0
        assert Unit.objects.filter(pk=unit.pk).delete() == (0, {})
    assert list(Unit.across_institutions.all()) == [unit]


def test_rows_reached_through_a_key_are_those_of_the_institution_too(here):
    parent = a_unit(here, "ARTS")
    with tenancy.of(here):
        child = parent.children.create(name="Dance", code="DANCE")
        assert child.institution_id == here.pk
        assert list(parent.children.all()) == [child]
    with pytest.raises(tenancy.NoTenant):
        list(parent.children.all())


def test_every_way_of_creating_fills_in_the_institution(here):
    with tenancy.of(here):
        made = [
            Unit.objects.create(name="A", code="A"),
            Unit.objects.get_or_create(code="B", defaults={"name": "B"})[0],
            Unit.objects.update_or_create(code="C", defaults={"name": "C"})[0],
            *Unit.objects.bulk_create([Unit(name="D", code="D"), Unit(name="E", code="E", institution=here)]),
        ]
    assert {unit.institution_id for unit in made} == {here.pk}


def test_a_row_of_another_institution_cannot_be_made_here(here, there):
    with tenancy.of(here):
        with pytest.raises(tenancy.WrongTenant):
            Unit.objects.create(name="A", code="A", institution=there)
        with pytest.raises(tenancy.WrongTenant):
            Unit.objects.create(name="A", code="A", institution_id=there.pk)
        with pytest.raises(tenancy.WrongTenant):
            Unit.objects.bulk_create([Unit(name="A", code="A", institution=there)])
    assert Unit.across_institutions.count() == 0


def test_a_row_without_an_institution_cannot_be_made_at_all():
    with pytest.raises(tenancy.NoTenant):
        Unit.objects.create(name="A", code="A")
    with pytest.raises(tenancy.NoTenant):
        Unit.objects.bulk_create([Unit(name="A", code="A")])


def test_the_inner_scope_holds_and_the_outer_one_returns_even_after_an_error(here, there):
    with tenancy.of(here):
        with tenancy.of(there):
            assert tenancy.current() == tenancy.Tenant(there.pk, there.public_id)
        with pytest.raises(Unit.DoesNotExist), tenancy.of(there):
            Unit.objects.get(code="none")
        assert tenancy.current().public_id == here.public_id


def test_another_thread_does_not_inherit_the_institution(here):
    seen = []
    with tenancy.of(here):
        thread = threading.Thread(target=lambda: seen.append(tenancy.current_or_none()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_the_scope_is_taken_when_the_query_is_written_and_not_when_it_runs(here, there):
    a_unit(there, "THERE")
    mine = a_unit(here, "HERE")
    with tenancy.of(here):
        query = Unit.objects.order_by("pk")
    with tenancy.of(there):
        assert list(query) == [mine]
    assert f"{here.pk}" in str(query.query), connection.vendor
