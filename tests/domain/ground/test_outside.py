"""Slow work is refused while a transaction of ours is open."""

import pytest
from django.db import transaction

from insignia.domain.ground import outside


@pytest.mark.django_db
def test_the_transaction_around_a_test_does_not_count():
    outside.assert_no_transaction()


@pytest.mark.django_db
def test_a_transaction_of_ours_counts_even_inside_the_one_around_the_test():
    with transaction.atomic(), pytest.raises(outside.InsideTransaction):
        outside.assert_no_transaction()
    outside.assert_no_transaction()


@pytest.mark.django_db(transaction=True)
def test_a_real_transaction_counts_at_any_depth():
    outside.assert_no_transaction()
    with transaction.atomic(), transaction.atomic(), pytest.raises(outside.InsideTransaction):
        outside.assert_no_transaction()
