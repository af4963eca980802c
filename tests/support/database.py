"""Where the tests' rows live, and `--only-database`, which chooses the tests that can differ between databases."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences", "live_server", "installation"})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run only what can differ between databases: the second half of `./run test`, on PostgreSQL",
    )


def depends_on_the_database(item: pytest.Item) -> bool:
    """Whether it touches the database and looks at more than how pages look, which is the same on each."""
    if item.get_closest_marker("appearance") is not None:
        return False
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[item for item in items if not depends_on_the_database(item)])
        items[:] = [item for item in items if depends_on_the_database(item)]


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as in production: in memory it knows neither WAL nor two connections."""
    database = connections.settings["default"]
    if "sqlite3" in database["ENGINE"]:
        database["TEST"]["NAME"] = str(Path(os.environ["INSIGNIA_DATA"]) / "test.sqlite3")
