"""`insignia serve` and `insignia worker`."""

import argparse
import os
import threading

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from insignia.config import processes
from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal import holding, supervisor


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at [127.0.0.1]")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port to listen at [8000]"
    )
    parser.add_argument("--threads", type=int, default=8, help="threads of the web process [8]")
    parser.add_argument("--no-worker", action="store_true", help="pages only: workers run elsewhere")


def serve(options: argparse.Namespace) -> int:
    """One web process with threads and, unless workers run elsewhere, one worker; both are started again if they die."""
    refuse_when_unsafe()
    call_command("collectstatic", verbosity=0, interactive=False)
    children = [processes.web(options.host, options.port, options.threads)]
    if not options.no_worker:
        children.append(processes.worker())
    stop = threading.Event()
    supervisor.stop_on_signals(stop)
    connection.close()
    with holding.together():
        supervisor.supervise(children, stop)
    return 0


def worker(_options: argparse.Namespace) -> int:
    """Work until told to stop."""
    refuse_when_unsafe()
    supervisor.run_worker()
    return 0


def refuse_when_unsafe() -> None:
    """Raise `Rejected` where serving would sign with lost secrets, or under another address than issued credentials carry."""
    if settings.SECRET_KEY_IS_EPHEMERAL:
        raise Rejected(
            N_("There is no secret key in %(folder)s. Run `insignia init` first."),
            params={"folder": str(settings.SECRETS_FOLDER)},
        )
    installation = institutions.installation()
    if installation is not None and installation.public_url != settings.PUBLIC_URL:
        raise Rejected(
            N_(
                "Issued credentials carry %(issued)s, and this installation is set to %(set)s. Set INSIGNIA_PUBLIC_URL back; "
                "how to move to another address is told in docs/operate/moving.md."
            ),
            code="public_url_changed",
            params={"issued": installation.public_url, "set": settings.PUBLIC_URL},
        )
