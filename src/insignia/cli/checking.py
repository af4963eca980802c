"""`insignia doctor` and `insignia invariants`."""

import argparse
import json
import os
import shutil
import smtplib
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from insignia.core.errors import InsigniaError
from insignia.domain.awards import invariants as awards
from insignia.domain.credentials import keys
from insignia.domain.credentials.models import SigningKey
from insignia.domain.ground import clock
from insignia.domain.ground import invariants as ground
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal import append_only, backlog, seal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `what_to_do` is empty where all is well."""

    subject: str
    well: bool
    found: str
    what_to_do: str = ""


Look = Callable[[], Iterator[Finding]]


def json_argument(parser: argparse.ArgumentParser) -> None:
    """Machine-readable output."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def doctor(options: argparse.Namespace) -> int:
    """Exit code 0 if all is well, 1 if something is wrong."""
    findings = look_at(EVERYTHING)
    if options.json:
        print(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{'ok   ' if finding.well else 'WRONG'} {finding.subject}: {finding.found}")
            if finding.what_to_do:
                print(f"      {finding.what_to_do}")
    return 0 if all(finding.well for finding in findings) else 1


def invariants(options: argparse.Namespace) -> int:
    """Exit code 0 if everything is as it must be, 1 with a line for each thing that is not."""
    broken = what_is_broken()
    if options.json:
        print(json.dumps(broken, ensure_ascii=False, indent=2))
    else:
        print("\n".join(broken) or "Everything is as it must be.")
    return 1 if broken else 0


def look_at(looks: Sequence[Look]) -> list[Finding]:
    """What was found, look by look."""
    return [finding for look in looks for finding in _looked(look)]


def what_is_broken() -> list[str]:
    """A sentence for each thing that is not as it must be."""
    broken = [*awards.broken(), *ground.broken()]
    if (chain := seal.verify_chain()) is not None:
        broken.append(f"journal: {chain}")
    return broken


def _looked(look: Look) -> list[Finding]:
    """What one look found; a look that fails is a finding itself."""
    try:
        return list(look())
    except Exception as error:
        return [
            Finding(look.__name__.strip("_"), False, f"{type(error).__name__}: {error}", "See docs/operate/doctor.md.")
        ]


def _secrets() -> Iterator[Finding]:
    if settings.SECRET_KEY_IS_EPHEMERAL:
        yield Finding("secret key", False, f"none in {settings.SECRETS_FOLDER}", "Run `insignia init`.")
    else:
        yield Finding("secret key", True, "there")
    path = Path(settings.KEY_ENCRYPTION_FILE)
    try:
        keys.key_encryption_key()
    except InsigniaError as error:
        yield Finding("key-encryption file", False, str(error), "Put back the copy that was kept.")
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    private = mode & 0o077 == 0
    outside = not path.resolve().is_relative_to(settings.DATA_FOLDER)
    yield Finding("key-encryption file", private, f"mode {mode:04o}", "" if private else f"chmod 0400 {path}")
    yield Finding("key-encryption file", outside, "outside the data folder" if outside else "inside the data folder",
                  "" if outside else "Move it out: a copy of the data must not be able to sign.")  # fmt: skip


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
                cursor.execute(f"PRAGMA {pragma}")
                value = cursor.fetchone()[0]
                yield Finding(
                    f"sqlite {pragma}", value == wanted, str(value), "" if value == wanted else f"Should be {wanted}."
                )
        else:
            cursor.execute("SHOW server_version")
            yield Finding("postgresql", True, cursor.fetchone()[0])
    plan = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    yield Finding("migrations", not plan, f"{len(plan)} to apply" if plan else "all applied",
                  "Run `insignia migrate`." if plan else "")  # fmt: skip
    lost = append_only.missing(connection)
    yield Finding("journal triggers", not lost, ", ".join(lost) or "in place", "Restore from a backup." if lost else "")


def _signing() -> Iterator[Finding]:
    for row in SigningKey.across_institutions.filter(state=SigningKey.State.ACTIVE).select_related("issuer"):
        try:
            fits = keys.unseal(row).public_multibase == row.public_multibase
            yield Finding(f"{row.kind} key of {row.issuer.name}", fits, "opens" if fits else "is not the key it says")
        except InsigniaError as error:
            yield Finding(
                f"{row.kind} key of {row.issuer.name}", False, str(error), "Put back the key-encryption file."
            )


def _public_url() -> Iterator[Finding]:
    row = institutions.installation()
    if row is None:
        yield Finding("public address", False, "no institution is set up", "Run `insignia init`.")
        return
    same = row.public_url == settings.PUBLIC_URL
    yield Finding("public address", same, settings.PUBLIC_URL,
                  "" if same else f"Issued credentials carry {row.public_url}: see docs/operate/moving.md.")  # fmt: skip
    secure = settings.PUBLIC_URL.startswith("https://") or settings.DEMO
    yield Finding("https", secure, "yes" if settings.PUBLIC_URL.startswith("https://") else "no",
                  "" if secure else "did:web needs https: other verifiers cannot find your keys otherwise.")  # fmt: skip


def _mail() -> Iterator[Finding]:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
        with kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=10) as server:
            server.noop()
        yield Finding("mail server", True, f"{where} answers")
    except OSError as error:
        yield Finding("mail server", False, f"{where}: {error}", "Set INSIGNIA_MAIL_URL to your mail server.")


def _clock() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        now = "strftime('%s','now')" if connection.vendor == "sqlite" else "extract(epoch from now())"
        cursor.execute(f"SELECT {now}")
        apart = abs(float(cursor.fetchone()[0]) - clock.now().timestamp())
    yield Finding("clock", apart < 5, f"{apart:.0f} s from the database's", "" if apart < 5 else "Set both by NTP.")


def _room() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_FOLDER if settings.DATA_FOLDER.exists() else os.getcwd()).free
    enough = free > 500 * 1024 * 1024
    yield Finding("disk", enough, f"{free // (1024 * 1024)} MB free", "" if enough else "Make room before it is full.")


def _work() -> Iterator[Finding]:
    owed: Any = backlog.measure()
    yield Finding(
        "background work", not owed.dead, f"{owed}", "Look at “What failed” on the program page." if owed.dead else ""
    )


STORED: tuple[Look, ...] = (_database, _signing)
"""What a migration can break."""
AROUND: tuple[Look, ...] = (_secrets, _public_url, _mail, _clock, _room, _work)
EVERYTHING = (*STORED, *AROUND)
