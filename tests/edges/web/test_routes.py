"""The table of addresses is complete: a page nobody listed is a page that nobody looks at."""

from tests.support import routes


def test_every_address_of_the_site_is_in_the_table() -> None:
    assert routes.without_entry() == []


def test_the_table_lists_no_address_that_is_gone() -> None:
    assert routes.without_address() == []


def test_every_page_says_what_it_shows_in_each_state_that_it_can_be_in() -> None:
    assert [route.name for route in routes.ROUTES if not route.states or not route.roles] == []
    assert routes.ROUTES, "the table is empty"


def test_what_is_not_a_page_says_why() -> None:
    assert [name for name, reason in routes.NOT_PAGES.items() if len(reason) < 10] == []
