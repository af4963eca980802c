"""`insignia upgrade`: a release that works is put on whole, and one that does not leaves everything as it was."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import postgres

INSIGNIA = str(Path(sys.executable).with_name("insignia"))
SETTINGS = "from insignia.config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'tomorrow']\n"
GOOD = """
from pathlib import Path
from django.conf import settings
from django.db import migrations, models

def remember(apps, editor):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.MEDIA_ROOT / "new").write_text("made by the new release")
    (settings.MEDIA_ROOT / "kept").write_text("changed by the new release")
    apps.get_model("institutions", "Institution")._base_manager.update(name="Renamed by the new release")

class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial")]
    operations = [
        migrations.CreateModel("Note", [("id", models.BigAutoField(primary_key=True)), ("of",
            models.ForeignKey("institutions.institution", models.CASCADE))]),
        migrations.RunSQL("CREATE FUNCTION of_tomorrow() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        if "postgresql" in settings.DATABASES["default"]["ENGINE"] else migrations.RunSQL("CREATE VIEW of_tomorrow AS SELECT 1"),
        migrations.RunPython(remember),
    ]
"""
IMPOSSIBLE = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("tomorrow", "0001_good")]
    operations = [migrations.RunSQL("CREATE UNIQUE INDEX one_award_a_state ON awards_award (state)")]
"""
HARMFUL = """
from django.db import migrations

def forget_revocations(apps, editor):
    for row in apps.get_model("credentials", "StatusList")._base_manager.all():
        row.bits = bytes(len(row.bits))
        row.save()

class Migration(migrations.Migration):
    dependencies = [("tomorrow", "0001_good"), ("credentials", "0001_initial")]
    operations = [migrations.RunPython(forget_revocations)]
"""
SOMEBODY = """
import django; django.setup()
from django.db import connection
from insignia.domain.journal import holding
with holding.together():
    connection.ensure_connection()
    print("serving", flush=True)
    input()
"""
Release = Callable[..., dict[str, str]]


@pytest.fixture
def release(old: dict[str, str], tmp_path: Path) -> Release:
    """The old installation under a release of tomorrow, whose migrations are named."""

    def make(**migrations: str) -> dict[str, str]:
        environment = {
            **old,
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{old.get('PYTHONPATH', '')}",
            "PATH": f"{postgres.installation() / 'bin'}{os.pathsep}{old['PATH']}",
            "INSIGNIA_SECRET_KEY": "not a secret: the tests' own",
            "DJANGO_SETTINGS_MODULE": "settings_of_tomorrow",
        }
        (tmp_path / "settings_of_tomorrow.py").write_text(SETTINGS)
        (tmp_path / "tomorrow" / "migrations").mkdir(parents=True)
        for name, text in {"__init__": "", **migrations}.items():
            (tmp_path / "tomorrow" / "migrations" / f"{name}.py").write_text(text)
        (tmp_path / "tomorrow" / "__init__.py").touch()
        # What is not of tomorrow is applied before: what other releases brought has its own tests.
        done = insignia({**environment, "DJANGO_SETTINGS_MODULE": "insignia.config.settings"}, "migrate")
        assert done.returncode == 0, done.stderr
        (tmp_path / "files").mkdir()
        (tmp_path / "files" / "kept").write_text("as it was")
        return environment

    return make


def insignia(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([INSIGNIA, *arguments], env=environment, capture_output=True, text=True, timeout=200)


def everything(environment: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The database as text, and the files."""
    url, data = environment["DATABASE_URL"], Path(environment["INSIGNIA_DATA"])
    files = {path.name: path.read_text() for path in (data / "files").iterdir()}
    if url.startswith("sqlite"):
        with sqlite3.connect(data / "db") as database:
            return "\n".join(database.iterdump()), files
    command = [str(postgres.installation() / "bin" / "pg_dump"), "--no-owner", url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = re.sub(r"^\\(un)?restrict .*$", "", text, flags=re.MULTILINE)
    # PostgreSQL writes the same condition in another way once it was dumped and read again.
    return re.sub(r"\(ARRAY\[(.*?)\]\)::text\[\]", _each_cast, text), files


def _each_cast(found: re.Match[str]) -> str:
    return f"ARRAY[{', '.join(f'({one})::text' for one in found[1].split(', '))}]"


def test_an_upgrade_that_works(release: Release, tmp_path: Path) -> None:
    new = release(**{"0001_good": GOOD})
    done = insignia(new, "upgrade", "--backup", str(tmp_path / "saved.tar.gz"))
    assert done.returncode == 0, done.stderr
    assert "20 old credentials verified" in done.stderr
    assert "tomorrow_note" in everything(new)[0]
    again = insignia(new, "upgrade")
    assert (again.returncode, "of this release already, and all is well" in again.stderr) == (0, True), again.stderr
    assert (tmp_path / "saved.tar.gz").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("migration", "said"),
    [(IMPOSSIBLE, "IntegrityError"), (HARMFUL, "and its status list says otherwise")],
    ids=["a migration that fails", "a migration that does harm"],
)
def test_an_upgrade_that_fails_leaves_everything_as_it_was(release: Release, migration: str, said: str) -> None:
    new = release(**{"0001_good": GOOD, "0002_bad": migration})
    before = everything(new)
    done = insignia(new, "upgrade")
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Everything is as it was before" in done.stderr
    assert everything(new) == before
    # And it is of use: the former release finds all well, and the backup stands where it was said.
    former = {**new, "DJANGO_SETTINGS_MODULE": "insignia.config.settings"}
    assert insignia(former, "invariants").returncode == 0
    assert len(list((Path(new["INSIGNIA_DATA"]) / "backups").glob("before-*.tar.gz"))) == 1


def test_nobody_is_upgraded_while_somebody_serves(release: Release) -> None:
    new = release(**{"0001_good": GOOD})
    before = everything(new)
    with subprocess.Popen(
        [sys.executable, "-c", SOMEBODY], env=new, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline() == "serving\n"
        refused = insignia(new, "upgrade")
        serving.communicate("\n")
    assert (refused.returncode, "Stop" in refused.stderr) == (1, True), refused.stderr
    assert everything(new) == before
    assert insignia(new, "upgrade").returncode == 0


def test_what_cannot_be_saved_is_not_upgraded(release: Release, tmp_path: Path) -> None:
    new = release(**{"0001_good": GOOD})
    before = everything(new)
    (tmp_path / "there").write_text("something else")
    refused = insignia(new, "upgrade", "--backup", str(tmp_path / "there"))
    assert (refused.returncode, "nothing changed" in refused.stderr) == (2, True), refused.stderr
    assert everything(new) == before
    assert (tmp_path / "there").read_text() == "something else"


def test_a_database_of_a_later_release_is_left_alone(release: Release) -> None:
    new = release(**{"0001_good": GOOD})
    assert insignia(new, "upgrade").returncode == 0
    refused = insignia({**new, "DJANGO_SETTINGS_MODULE": "insignia.config.settings"}, "upgrade")
    assert (refused.returncode, "tomorrow.0001_good" in refused.stderr) == (1, True), refused.stderr
