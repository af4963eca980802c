"""A thousand learners: every good one becomes a line, every mistake is found in its row."""

from datetime import date

import pytest

from insignia.domain.awards import roster
from tests.support.rosters import expected_of, roster_of


@pytest.mark.parametrize(
    ("n", "bad", "duplicates", "seed"), [(1000, 3, 5, 1), (100, 3, 5, 2), (100, 12, 0, 3), (40, 0, 30, 4)]
)
def test_a_made_roster_gives_exactly_what_it_promises(n, bad, duplicates, seed):
    made = expected_of(n, bad=bad, duplicates=duplicates, seed=seed)
    sheet = roster.read(made.data, "class.csv")
    found = roster.parse(sheet, roster.guess(sheet.headers), today=date(2026, 11, 25))
    assert len(sheet.rows) == n
    assert [(line.email, line.name) for line in found.lines] == list(made.good)
    assert [(error.row, error.column, error.code) for error in found.errors] == list(made.errors)
    assert [(duplicate.row, duplicate.params["first"]) for duplicate in found.duplicates] == list(made.duplicates)
    assert (len(found.lines), len(found.errors), len(found.duplicates)) == (n - bad - duplicates, bad, duplicates)


def test_the_same_arguments_make_the_same_file_and_every_address_is_an_example():
    assert roster_of(50) == roster_of(50)
    assert roster_of(50) != roster_of(50, seed=2)
    assert all(email.endswith(".example") for email, _name in expected_of(50).good)
