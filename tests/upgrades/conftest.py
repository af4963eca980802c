"""What an earlier release left behind, as an installation of its own on the database that the run is on."""

import gzip
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tools import postgres

RELEASES = sorted(path for path in Path(__file__).parent.iterdir() if (path / "sqlite.sqlite3.gz").exists())


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path, django_db_setup: None) -> Iterator[dict[str, str]]:
    """The environment of an installation as that release left it, on the database that the run is on."""
    server = os.environ.get("INSIGNIA_TEST_DATABASE_URL", "")
    (tmp_path / "secrets").mkdir()
    shutil.copyfile(request.param / "key-encryption", tmp_path / "secrets" / "key-encryption")
    environment = {
        **os.environ,
        "INSIGNIA_DATA": str(tmp_path),
        "INSIGNIA_SECRETS": str(tmp_path / "secrets"),
        "INSIGNIA_PUBLIC_URL": "http://localhost:8000",
    }
    if not server:
        (tmp_path / "db").write_bytes(gzip.decompress((request.param / "sqlite.sqlite3.gz").read_bytes()))
        yield {**environment, "DATABASE_URL": f"sqlite:///{tmp_path}/db"}
        return
    name = f"upgrade_{uuid.uuid4().hex[:12]}"
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        psql = str(postgres.installation() / "bin" / "psql")
        dump = gzip.decompress((request.param / "postgresql.sql.gz").read_bytes())
        subprocess.run([psql, "-q", "-v", "ON_ERROR_STOP=1", url], input=dump, check=True, stdout=subprocess.DEVNULL)
        yield {**environment, "DATABASE_URL": url}
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
