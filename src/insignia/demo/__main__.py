"""`./run demo`: two invented universities, their people, badges, proposals and mail, at http://localhost:8000.

Everything lives in one data folder named after the public address, on SQLite, and nothing leaves this machine. Ended and
started again it goes on where it was; delete the folder to begin anew.
"""

import gc
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


def main() -> int:
    """Set up what is missing, then serve pages, worker and mail catcher until stopped."""
    if os.environ.get("DATABASE_URL"):
        print(
            "The demo keeps its data in SQLite and refuses DATABASE_URL; unset it, or use `insignia serve`.",
            file=sys.stderr,
        )
        return 1
    began = time.monotonic()
    port = int(os.environ.get("PORT", "8000"))
    data = prepare(port)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from insignia.config import processes
    from insignia.demo import story
    from insignia.domain.journal import supervisor

    # Beside the story, which is long.
    static = subprocess.Popen([sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"])
    if not (data / "ready").exists():
        print("Making the demonstration: two universities, their badges, people and proposals …", flush=True)
        with connection.cursor() as cursor:
            # A story whose making was interrupted is made anew: nothing has to be on the disk before it is whole.
            cursor.execute("PRAGMA synchronous=OFF")
        gc.set_threshold(200_000, 20, 100)  # a migration makes thousands of classes: collected often, they cost seconds
        story.found()
        gc.set_threshold(700, 10, 10)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (data / "ready").touch()
    else:
        call_command("migrate", verbosity=0)
    connection.close()
    if static.wait():
        return 1
    stop = threading.Event()
    supervisor.stop_on_signals(stop)
    catcher = supervisor.Child("mail catcher", [sys.executable, "-m", "insignia.demo.catcher"])
    threading.Thread(target=announce, args=(port, began, stop), daemon=True).start()
    supervisor.supervise([processes.web("127.0.0.1", port, 8), processes.worker(), catcher], stop)
    return 0


def prepare(port: int) -> Path:
    """Point every setting at the demo's own folder; a folder whose making was interrupted is made anew."""
    base = Path(os.environ.get("INSIGNIA_DATA") or "data").expanduser().resolve()
    data = base / f"demo-localhost-{port}"
    if data.exists() and not (data / "ready").exists():
        shutil.rmtree(data)
        shutil.rmtree(data.with_name(data.name + ".secrets"), ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)
    hidden = data.with_name(data.name + ".secrets")
    hidden.mkdir(mode=0o700, exist_ok=True)
    if not (hidden / "secret_key").exists():
        (hidden / "secret_key").write_text(secrets.token_urlsafe(48))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="insignia.config.settings",
        INSIGNIA_DEMO="1",
        INSIGNIA_DATA=str(data),
        INSIGNIA_SECRETS=str(hidden),
        INSIGNIA_PUBLIC_URL=f"http://localhost:{port}",
        INSIGNIA_MAIL_URL=f"smtp://127.0.0.1:{mail_port(port)}",
        INSIGNIA_MAIL_FROM="Insignia demonstration <badges@insignia.example>",
        INSIGNIA_MAIL_PER_MINUTE="600",
        INSIGNIA_LOG_LEVEL=os.environ.get("INSIGNIA_LOG_LEVEL", "WARNING"),
    )
    return data


def mail_port(port: int) -> int:
    """Where the demo's mail catcher listens: far from the pages, and different for every demo."""
    return 20_000 + port % 20_000


def announce(port: int, began: float, stop: threading.Event) -> None:
    """Say where it is, once it answers."""
    while not stop.wait(0.2):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                break
        except (URLError, OSError):
            continue
    if not stop.is_set():
        print(
            f"Insignia is ready after {time.monotonic() - began:.0f} s: http://localhost:{port}/demo/  (Ctrl+C ends it)",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
