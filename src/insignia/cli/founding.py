"""`insignia init` and `insignia migrate`."""

import argparse
import sys
from getpass import getpass

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from insignia.config import processes
from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM
from insignia.domain.credentials import actions as credentials
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.people import actions as people

_ASKED = (
    ("institution", "Name of the institution", ""),
    ("public_url", "Public address of this installation, for ever", ""),
    ("zone", "Time zone", "UTC"),
    ("language", "Language", "en"),
    ("admin_email", "E-mail address of the first administrator", ""),
    ("admin_name", "Name of the first administrator", ""),
    ("contact", "Contact address shown to earners", ""),
    ("mail_url", "Mail server, such as smtp+tls://user:password@mail.example:587", "smtp://localhost:25"),
    ("mail_from", "Sender of mails", ""),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `init` would otherwise ask for."""
    for name, question, default in _ASKED:
        parser.add_argument(f"--{name.replace('_', '-')}", help=f"{question}{f' [{default}]' if default else ''}")
    parser.add_argument("--slug", default="", help="short name of the institution in addresses")
    parser.add_argument(
        "--preset", default="blank", choices=presets.whole_names(), help="how the programme runs [blank]"
    )
    parser.add_argument("--admin-password", help="a password for the administrator; without one they sign in by mail")
    parser.add_argument("--yes", action="store_true", help="ask nothing: take defaults for what is not given")


def init(options: argparse.Namespace) -> int:
    """Make secrets, database, institution, keys and the first administrator; safe to run again for a second institution."""
    answers = {name: _answer(options, name, question, default) for name, question, default in _ASKED}
    missing = [name for name in ("institution", "public_url", "admin_email") if not answers[name]]
    if missing:
        raise Rejected(
            N_("Missing: %(names)s. Give them as options, or run `insignia init` in a terminal."),
            params={"names": ", ".join(f"--{name.replace('_', '-')}" for name in missing)},
        )
    _write_secrets(answers)
    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        institution = institutions.found_institution(
            name=answers["institution"],
            slug=options.slug,
            zone=answers["zone"],
            language=answers["language"],
            contact_email=answers["contact"] or answers["admin_email"],
        )
        institutions.remember_public_url(answers["public_url"].rstrip("/"))
    with tenancy.of(institution):
        presets.apply(by=SYSTEM, institution=institution, name=options.preset)
        credentials.open_issuer(by=SYSTEM, issuer=institution_queries.issuer_of(None))
        institutions.give_role(
            by=SYSTEM,
            institution=institution,
            email=answers["admin_email"],
            name=answers["admin_name"],
            role_key="administrator",
        )
    if password := options.admin_password or _ask_password(options):
        people.set_password(people.person_at(answers["admin_email"]), password)
    print(f"{institution.name} is set up.", file=sys.stderr)
    print(f"  data     {settings.DATA_FOLDER}", file=sys.stderr)
    print(
        f"  secrets  {settings.SECRETS_FOLDER}   keep a copy elsewhere: without it nothing can be signed",
        file=sys.stderr,
    )
    print(f"  next     insignia serve, then open {answers['public_url']}/i/{institution.slug}/setup", file=sys.stderr)
    print("           (signing in needs mail, or the password that you gave)", file=sys.stderr)
    return 0


def migrate(_options: argparse.Namespace) -> int:
    """Bring the database up to this release."""
    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    return 0


def _answer(options: argparse.Namespace, name: str, question: str, default: str) -> str:
    given: str | None = getattr(options, name)
    if given is not None:
        return given
    if options.yes or not sys.stdin.isatty():
        return default
    return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default


def _ask_password(options: argparse.Namespace) -> str:
    if options.yes or not sys.stdin.isatty():
        return ""
    return getpass("Password for the administrator (empty: sign in by mail): ")


def _write_secrets(answers: dict[str, str]) -> None:
    """Make the secrets folder, beside the data folder and readable by its owner only; what exists is kept."""
    processes.make_secrets()
    lines = {
        "INSIGNIA_PUBLIC_URL": answers["public_url"].rstrip("/"),
        "INSIGNIA_MAIL_URL": answers["mail_url"],
        "INSIGNIA_MAIL_FROM": answers["mail_from"] or f"{answers['institution']} <{answers['admin_email']}>",
        "INSIGNIA_LANGUAGE": answers["language"],
    }
    processes.write_once(
        settings.SECRETS_FOLDER / "settings.env", "".join(f"{name}={_quoted(value)}\n" for name, value in lines.items())
    )


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
