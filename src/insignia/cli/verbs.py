"""The commands there are, in the order in which one needs them."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from . import awarding, backups, checking, founding, serving, sharing, upgrading, verifying


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: its name, its line of help, its arguments, and what it does."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _none(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


ALL = (
    Verb("init", "set up this installation and an institution", founding.arguments, founding.init),
    Verb("migrate", "bring the database up to this release", _none, founding.migrate),
    Verb("preset", "write, compare and take in how a programme is run", sharing.arguments, sharing.preset),
    Verb("serve", "serve the pages and, on SQLite, do the background work", serving.serve_arguments, serving.serve),
    Verb("worker", "do the background work", _none, serving.worker),
    Verb("doctor", "say what is wrong with this installation and what to do", checking.json_argument, checking.doctor),
    Verb("achievements", "list what can be awarded", awarding.achievements_arguments, awarding.achievements),
    Verb("award", "award an achievement to everybody on a roster", awarding.award_arguments, awarding.award),
    Verb("export", "write signed credentials into a folder", awarding.export_arguments, awarding.export),
    Verb("verify", "check a badge: a file or an address", verifying.arguments, verifying.verify),
    Verb("invariants", "check that everything is as it must be", checking.json_argument, checking.invariants),
    Verb("backup", "copy everything but the secrets into one file", backups.backup_arguments, backups.backup),
    Verb("restore", "put a backup back into an empty installation", backups.restore_arguments, backups.restore),
    Verb(
        "upgrade", "bring everything up to this release, or leave it as it was", upgrading.arguments, upgrading.upgrade
    ),
)
