"""`insignia upgrade`: back up, migrate, look whether all is well, or put everything back as it was."""

import argparse
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import insignia
from insignia.core.errors import InsigniaError, Rejected, Unavailable
from insignia.core.openbadges.checks import Outcome
from insignia.core.words import N_
from insignia.domain.awards.models import Award
from insignia.domain.credentials import verification
from insignia.domain.credentials.models import IssuedCredential
from insignia.domain.ground import clock
from insignia.domain.journal import holding

from . import backups, checking

PUT_BACK, NOT_PUT_BACK = 2, 3
_OF_EACH_END = 10
"""How many credentials are verified afterwards: so many of the oldest, and so many of the newest."""
_TAKEN_BACK = (Award.State.CANCELLED, Award.State.SUSPENDED, Award.State.REVOKED, Award.State.SUPERSEDED)
_OF_TIME = ("valid_from", "not_expired")


class NotWell(Exception):
    """What is wrong after the migrations, line by line."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the backup goes."""
    parser.add_argument("--backup", metavar="FILE", help="the .tar.gz to write first [backups/ in the data folder]")


def upgrade(options: argparse.Namespace) -> int:
    """Save everything, migrate, then run the invariants, look at what `doctor` looks at, and verify some old credentials.
    Exit code 0: upgraded, and all is well. 1: refused, and nothing was done. 2: it failed, and everything was put back as
    it was before. 3: it failed and could not be put back; what to do is said. See docs/operate/upgrading.md."""
    with holding.alone():
        if not backups.has_data():
            raise Rejected(N_("Nothing is set up here that could be upgraded. Run `insignia init`."))
        before = _applied()
        _refuse_what_is_newer(before)
        if not (waiting := _waiting()):
            return _nothing_to_do()
        file = _save(Path(options.backup) if options.backup else _default_place())
        _say(f"Everything was saved in {file}. Migrations to apply: {waiting}.")
        try:
            call_command("migrate", verbosity=0)
            verified = _make_sure()
        except BaseException as error:  # also an impatient Ctrl-C: half an upgrade must not stay
            return _back(file, before, error)
    _say(f"Upgraded to {insignia.__version__}: {waiting} migrations, {verified} old credentials verified.")
    _say(f"Start `insignia serve` and the workers again. Keep {file} until you are sure.")
    _tell_what_is_wrong_around()
    return 0


def _nothing_to_do() -> int:
    """Nothing to migrate, so nothing can have gone wrong by it; what is wrong is said all the same."""
    try:
        _make_sure()
    except NotWell as error:
        _say(f"The database is of this release already, and not all is well:\n{error}")
        return 1
    _say("The database is of this release already, and all is well.")
    return 0


def _save(file: Path) -> Path:
    """The backup; `Unavailable` where it cannot be written, before anything was touched."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        backups.save(file)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unavailable(
            N_("The backup could not be written, so nothing was upgraded and nothing changed: %(why)s"),
            code="no_backup",
            params={"why": _why(error)},
        ) from error
    return file


def _default_place() -> Path:
    moment = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return Path(settings.DATA_FOLDER) / "backups" / f"before-{insignia.__version__}-{moment}.tar.gz"


def _make_sure() -> int:
    """Raise `NotWell` with all that is wrong; gives how many credentials were verified."""
    wrong = [
        f"{finding.subject}: {finding.found} {finding.what_to_do}".rstrip()
        for finding in checking.look_at(checking.STORED)
        if not finding.well
    ]
    wrong += checking.what_is_broken()
    sample = _sample()
    wrong += chain.from_iterable(_what_is_wrong_with(award) for award in sample)
    if wrong:
        raise NotWell("\n".join(f"  - {line}" for line in wrong))
    return len(sample)


def _sample() -> list[Award]:
    signed = Award.across_institutions.filter(credential__state=IssuedCredential.State.SIGNED).select_related(
        "credential"
    )
    oldest = list(signed.order_by("pk")[:_OF_EACH_END])
    return oldest + list(signed.order_by("-pk").exclude(pk__in=[award.pk for award in oldest])[:_OF_EACH_END])


def _what_is_wrong_with(award: Award) -> Iterator[str]:
    """A line for each check that does not find what the award's state says. Time may have passed: that is no fault."""
    if (credential := award.credential) is None:
        return
    for check in verification.verify(bytes(credential.document or b"")).checks:
        taken_back = check.name == "not_revoked" and award.state in _TAKEN_BACK
        wanted = Outcome.FAILED if taken_back else Outcome.PASSED
        if check.name not in _OF_TIME and check.outcome is not wanted:
            yield f"credential {credential.public_id}: {check}"


def _back(file: Path, before: frozenset[tuple[str, str]], error: BaseException) -> int:
    """Put back what was saved, and say what happened."""
    _say(f"The upgrade failed:\n{_why(error)}")
    try:
        with _undisturbed():
            backups.put_back(file)
            if _applied() != before:
                raise NotWell("  - the migrations that it names as applied are others than before")
    except Exception as another:
        _say(f"And what was saved could not be put back:\n{_why(another)}")
        _say(f"Start nothing. Restore {file} into an empty database with `insignia restore` of the former release.")
        return NOT_PUT_BACK
    _say(f"Everything is as it was before; {file} stays. Install the former release again and start it, and report")
    _say("what is said above.")
    return PUT_BACK


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not stop the putting back."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _applied() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationExecutor(connection).loader.applied_migrations)


def _waiting() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_what_is_newer(applied: frozenset[tuple[str, str]]) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    newer = sorted(f"{app}.{name}" for app, name in applied if (app, name) not in known)
    if newer:
        raise Rejected(
            N_(
                "The database was made by a later release: it knows %(names)s. Install that release; nothing was changed."
            ),
            code="newer_database",
            params={"names": ", ".join(newer)},
        )


def _tell_what_is_wrong_around() -> None:
    for finding in checking.look_at(checking.AROUND):
        if not finding.well:
            _say(f"To look at besides: {finding.subject}: {finding.found} {finding.what_to_do}".rstrip())


def _why(error: BaseException) -> str:
    if isinstance(error, NotWell | InsigniaError):
        return str(error)
    return f"  - {type(error).__name__}: {error}"


def _say(line: str) -> None:
    print(line, file=sys.stderr)
