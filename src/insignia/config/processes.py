"""The processes of an installation, and the secrets that they need: used by the command line and by the demonstration."""

import os
import secrets
import sys
from pathlib import Path

from django.conf import settings

from insignia.domain.credentials import keys
from insignia.domain.journal import supervisor


def web(host: str, port: int, threads: int) -> supervisor.Child:
    """The web process: gunicorn with threads, which ends with its parent."""
    command = [
        sys.executable, "-m", "gunicorn", "insignia.config.wsgi:application",
        "--bind", f"{host}:{port}", "--workers", "1", "--threads", str(threads), "--worker-class", "gthread",
        "--no-control-socket", "--config", "python:insignia.config.gunicorn", "--log-level", "warning",
    ]  # fmt: skip
    return supervisor.Child("web", command)


def worker() -> supervisor.Child:
    """The worker process."""
    return supervisor.Child("worker", [sys.executable, "-m", "insignia.cli", "worker"])


def make_secrets() -> None:
    """Make the key-encryption file and the secret key, readable by their owner only, unless they are there."""
    folder: Path = settings.SECRETS_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not Path(settings.KEY_ENCRYPTION_FILE).exists():
        keys.write_key_encryption_file(Path(settings.KEY_ENCRYPTION_FILE))
    write_once(folder / "secret_key", secrets.token_urlsafe(48))


def write_once(path: Path, text: str) -> None:
    """Write a file that only its owner reads; one that exists is kept."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text)
