"""The demonstration's mail server: takes every mail that the demonstration sends, and keeps it for the inbox page.

    python -m insignia.demo.catcher      listens where INSIGNIA_MAIL_URL points, until it is stopped or its parent ends

It sends nothing on. It listens on this machine only, whatever the settings say.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from insignia.core.errors import Rejected
from insignia.core.words import N_

HERE = ("127.0.0.1", "::1", "localhost")
LARGEST = 10 * 1024 * 1024


class Catch:
    """What to do with a mail: keep it, then say yes. A mail that was answered is on the disk."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        from insignia.demo import inbox

        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        number = await asyncio.get_running_loop().run_in_executor(
            None,
            lambda: inbox.keep(sender=envelope.mail_from or "", recipients=envelope.rcpt_tos, content=content),
        )
        return f"250 OK: kept as {number}"


@contextmanager
def catching(host: str, port: int) -> Iterator[None]:
    """Take mail at `host` and `port`. Rejected `not_here` for a host other than this machine."""
    if host not in HERE:
        raise Rejected(N_("The demonstration catches its mail on this machine only."), code="not_here")
    catcher = Controller(Catch(), hostname=host, port=port, data_size_limit=LARGEST, ident="Insignia demonstration")
    catcher.start()
    try:
        yield
    finally:
        catcher.stop()


def main() -> int:
    """Listen until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insignia.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from insignia.domain.journal import supervisor

    stop = threading.Event()
    supervisor.stop_on_signals(stop)
    supervisor.tether(stop.set)
    with catching(settings.EMAIL_HOST, settings.EMAIL_PORT):
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
