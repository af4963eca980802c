"""`insignia backup` and `insignia restore`: everything but the secrets, in one file."""

import argparse
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

import insignia
from insignia.core.errors import InsigniaError, Rejected, Unavailable
from insignia.core.words import N_
from insignia.domain.credentials import keys
from insignia.domain.ground import clock
from insignia.domain.journal import seal
from insignia.domain.notifications import actions as notifications

from . import checking

_DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_EMPTY = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT oid::regclass AS name FROM pg_class c
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        LOOP EXECUTE format('DROP TABLE %s CASCADE', one.name); END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        LOOP EXECUTE format('DROP FUNCTION %s CASCADE', one.name); END LOOP;
END $$
"""
"""Drops tables and functions on PostgreSQL; the whole schema could be dropped only by its owner, which we need not be."""


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", metavar="FILE", help="the .tar.gz to write; must not exist")


def backup(options: argparse.Namespace) -> int:
    """Seal the journal, then copy database and files, with a digest of each, while everything goes on."""
    target = Path(options.file)
    seal.seal()
    save(target)
    print(
        f"{target} written. The secrets in {settings.SECRETS_FOLDER} are not in it: keep them elsewhere.",
        file=sys.stderr,
    )
    return 0


def save(target: Path) -> None:
    """Copy database and files into `target`, with a digest of each. Asks almost nothing of the tables: they may be older."""
    with tempfile.TemporaryDirectory(dir=target.parent or Path()) as folder:
        copy = Path(folder) / _DATABASES[connection.vendor]
        _copy_database(copy)
        files = [(copy, copy.name), *((path, f"files/{path.relative_to(settings.MEDIA_ROOT)}") for path in _files())]
        manifest = {
            "insignia": insignia.__version__,
            "made_at": clock.now().isoformat(),
            "database": connection.vendor,
            "public_url": settings.PUBLIC_URL,
            "journal_head": seal.head(),
            "sha256": {name: _digest(path) for path, name in files},
        }
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
            text = json.dumps(manifest, indent=2).encode()
            entry = tarfile.TarInfo("manifest.json")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            for path, name in files:
                archive.add(path, name, recursive=False)


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """From where."""
    parser.add_argument("file", metavar="FILE", help="a file that `insignia backup` wrote")


def restore(options: argparse.Namespace) -> int:
    """Put a backup back where nothing is yet, check every digest before and every invariant after."""
    if has_data():
        raise Rejected(N_("There is data here already. Restore into an empty installation; nothing was changed."))
    with _opened(Path(options.file)) as root:
        _put_in(root / _DATABASES[connection.vendor])
        if (root / "files").is_dir():
            shutil.copytree(root / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
    call_command("migrate", verbosity=0)
    # What waited when the backup was made may have gone since: nobody is told twice.
    notifications.doubt_what_waits()
    try:
        keys.key_encryption_key()
    except InsigniaError as error:
        print(f"insignia: restored, and read-only for now. {error}", file=sys.stderr)
    return checking.invariants(argparse.Namespace(json=False))


def put_back(file: Path) -> None:
    """Make database and files what they were when `file` was saved; whatever came since is gone."""
    with _opened(file) as root:
        _put_in_place_of(root / _DATABASES[connection.vendor])
        for path in _files():
            if not (root / "files" / path.relative_to(settings.MEDIA_ROOT)).is_file():
                path.unlink()
        if (root / "files").is_dir():
            shutil.copytree(root / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)


@contextmanager
def _opened(file: Path) -> Iterator[Path]:
    """The folder with what a backup holds, once every digest is right and the kind of database is ours."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(file, "r:gz") as archive:
        archive.extractall(folder, filter="data")
        root = Path(folder)
        manifest: dict[str, Any] = json.loads((root / "manifest.json").read_text())
        for name, wanted in manifest["sha256"].items():
            if not (root / name).is_file() or _digest(root / name) != wanted:
                raise Rejected(N_("The backup is damaged: %(name)s is not what was saved."), params={"name": name})
        if manifest["database"] != connection.vendor:
            raise Rejected(
                N_("The backup is of %(theirs)s, and this installation is set to %(ours)s."),
                params={"theirs": manifest["database"], "ours": connection.vendor},
            )
        yield root


def _copy_database(copy: Path) -> None:
    if connection.vendor == "sqlite":
        # The online backup reads a consistent state while others write.
        with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        return
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={copy}")


def _put_in(copy: Path) -> None:
    """Load a copy where nothing is of ours."""
    if connection.vendor == "sqlite":
        _put_in_place_of(copy)
        return
    connection.close()
    _run("pg_restore", "--no-owner", "--clean", "--if-exists", "--single-transaction",
         f"--dbname={settings.DATABASES['default']['NAME']}", str(copy))  # fmt: skip


def _put_in_place_of(copy: Path) -> None:
    """Load a copy whole or not at all; what is there now goes, also what the copy knows nothing of."""
    connection.close()
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.restoring")
        shutil.copyfile(copy, beside)
        for leftover in (Path(f"{path}-wal"), Path(f"{path}-shm")):
            leftover.unlink(missing_ok=True)
        beside.replace(path)
        return
    script = copy.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--clean", "--if-exists", f"--file={script}", str(copy))
    _run("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
         f"--command={_EMPTY}", f"--file={script}")  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    database = settings.DATABASES["default"]
    environment = {
        **os.environ,
        "PGHOST": database.get("HOST") or "",
        "PGPORT": str(database.get("PORT") or ""),
        "PGUSER": database.get("USER") or "",
        "PGPASSWORD": database.get("PASSWORD") or "",
        "PGDATABASE": database["NAME"],
        "PGOPTIONS": "--client-min-messages=warning",
    }
    found = shutil.which(program)
    if found is None:
        raise Unavailable(
            N_("%(program)s is not installed; it comes with the PostgreSQL client."), params={"program": program}
        )
    subprocess.run([found, *arguments], env=environment, check=True)  # noqa: S603 - fixed programs, our own arguments


def has_data() -> bool:
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    tables = connection.introspection.table_names()
    if "institutions_institution" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM institutions_institution")
        return bool(cursor.fetchone()[0])


def _files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
