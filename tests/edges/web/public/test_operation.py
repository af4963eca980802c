"""Is it alive, is it ready; robots and the favicon."""

import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from insignia.domain.credentials import keys
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.models import Delivery
from tests.support import builders

Usage = namedtuple("Usage", "total used free")


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {"status": "ok"}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
class TestReady:
    def test_all_is_well(self, client: Client, institution: Institution) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json() == {"status": "ok", "wrong": [], "background_work": "ok"}

    def test_without_the_key_encryption_file(
        self, client: Client, institution: Institution, settings: Any, tmp_path: Path
    ) -> None:
        settings.KEY_ENCRYPTION_FILE = tmp_path / "gone"
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["wrong"] == ["key_encryption"]
        assert str(tmp_path) not in answer.content.decode()
        keys.write_key_encryption_file(settings.KEY_ENCRYPTION_FILE)
        assert client.get("/readyz").status_code == 200

    def test_with_a_migration_to_apply(self, client: Client, institution: Institution) -> None:
        (newest,) = MigrationLoader(connection).graph.leaf_nodes("awards")
        MigrationRecorder(connection).record_unapplied(*newest)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["wrong"]) == (503, ["migrations"])

    def test_with_a_disk_that_is_full(
        self, client: Client, institution: Institution, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9, 10**6))
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["wrong"]) == (503, ["disk"])

    def test_work_that_has_fallen_behind_is_said_and_the_pages_go_on(
        self, client: Client, institution: Institution
    ) -> None:
        builders.an_award()
        assert Delivery.objects.exists()
        with clock.frozen(clock.now().replace(year=clock.now().year + 1)):
            answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["background_work"]) == (200, "behind")


def test_robots_are_kept_from_what_is_nobodys_business(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /accounts/\n" in answer.content.decode()
    # A crawler that may not look at a page never learns that it must not list it.
    assert "Disallow: /c/" not in answer.content.decode()


def test_the_favicon_is_found_at_the_old_address(client: Client) -> None:
    answer = client.get("/favicon.ico", follow=True)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
