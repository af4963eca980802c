"""The environment that Insignia's settings read, the same on every machine.

It has to stand before Django reads its settings, which is why pytest-django is not told the module's name in
pyproject.toml: it would read them before any file of ours runs.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Asked of the outside on purpose; everything else named INSIGNIA_ is the developer's own installation.
KEPT = ("INSIGNIA_TEST_DATABASE_URL", "INSIGNIA_VECTORS", "INSIGNIA_LABOUR_DATA", "INSIGNIA_CHROMIUM")


def prepare() -> None:
    """Point every setting at a folder of this process's own, and load the settings."""
    for name in [name for name in os.environ if name.startswith("INSIGNIA_") and name not in KEPT]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="insignia-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "data" / "static").mkdir(parents=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="insignia.config.settings",
        DATABASE_URL=os.environ.get("INSIGNIA_TEST_DATABASE_URL")
        or f"sqlite:///{folder / 'data' / 'insignia.sqlite3'}",
        INSIGNIA_DATA=str(folder / "data"),
        INSIGNIA_SECRETS=str(folder / "secrets"),
        INSIGNIA_SECRET_KEY="not a secret: the tests' own",
        INSIGNIA_PUBLIC_URL="http://localhost:8000",
        INSIGNIA_LOG_LEVEL="WARNING",
        # Playwright's synchronous interface keeps an event loop in the thread of the test. Our code has none.
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )
    import django

    django.setup()
