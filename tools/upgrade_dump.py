"""Keep this release's demonstration for the tests of later upgrades: `python -m tools.upgrade_dump`, once a release.

Makes the demonstration's story on SQLite and on PostgreSQL, and writes into tests/upgrades/<version>/ both dumps and the
key-encryption file (of these dumps only: it protects nothing else).
"""

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import insignia
from tools import postgres

PROJECT = Path(__file__).resolve().parents[1]
STORY = "import django; django.setup(); from insignia.demo import story; story.found()"


def main() -> int:
    """Both dumps."""
    folder = PROJECT / "tests" / "upgrades" / insignia.__version__
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "insignia.config.settings",
            "INSIGNIA_PUBLIC_URL": "http://localhost:8000",
            "INSIGNIA_SECRETS": f"{place}/secrets",
            "INSIGNIA_LOG_LEVEL": "ERROR",
        }
        for name in ("sqlite", "postgresql"):
            data = Path(place) / name
            data.mkdir()
            if name == "sqlite":
                _tell({**environment, "INSIGNIA_DATA": str(data), "DATABASE_URL": f"sqlite:///{data}/db"})
                with sqlite3.connect(data / "db") as database:
                    database.execute("VACUUM INTO ?", [str(data / "small")])
                _pack(data / "small", folder / "sqlite.sqlite3.gz")
            else:
                with postgres.server() as url:
                    _tell({**environment, "INSIGNIA_DATA": str(data), "DATABASE_URL": url})
                    dump = [str(postgres.installation() / "bin" / "pg_dump"), "--no-owner", "--no-privileges", url]
                    text = subprocess.run(dump, check=True, capture_output=True).stdout
                (data / "dump.sql").write_bytes(text)
                _pack(data / "dump.sql", folder / "postgresql.sql.gz")
        shutil.copyfile(f"{place}/secrets/key-encryption", folder / "key-encryption")
    print(f"{folder.relative_to(PROJECT)}: {', '.join(sorted(path.name for path in folder.iterdir()))}")
    return 0


def _tell(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", STORY], env=environment, check=True)


def _pack(source: Path, target: Path) -> None:
    # Without a name and a time in its head, the same content gives the same file.
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as packed,
    ):
        packed.write(source.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
