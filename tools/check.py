"""`./run check`: all that can be said about the code without running it. Every step runs; the end names what failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tools import requirements, strings

ROOT = Path(__file__).resolve().parent.parent

STEPS: dict[str, list[str]] = {
    "shell scripts": ["sh", "-n", "run"],
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-cache"],
    "django": [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
}


def check_requirements() -> str:
    """What is wrong with the markers and the page of requirements; "" when all is well."""
    try:
        rows = requirements.requirements()
    except requirements.CollectionFailed as failure:
        return str(failure)
    print(f"Proven: {requirements.counted(rows)}.")
    if not requirements.PAGE.exists() or requirements.PAGE.read_text() != requirements.page(rows):
        print("docs/requirements.md is behind the tests: `./run requirements` writes it anew.")
    return ""


def check_strings() -> str:
    catalog = strings.collect()
    print(f"{len(catalog)} messages.")
    return "" if len(catalog) else "not one message was found"


def main(only: list[str]) -> int:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "insignia.config.settings",
        "INSIGNIA_DATA": str(ROOT / "build" / "check"),
        "INSIGNIA_LOG_LEVEL": "WARNING",
    }
    environment.pop("DATABASE_URL", None)
    (ROOT / "build" / "check").mkdir(parents=True, exist_ok=True)
    failed = []
    for name in [*STEPS, "requirements", "translations"]:
        if only and name not in only:
            continue
        print(f"--- {name}", flush=True)
        started = time.monotonic()
        if name in STEPS:
            bad = subprocess.run(STEPS[name], cwd=ROOT, env=environment).returncode != 0
        else:
            said = check_requirements() if name == "requirements" else check_strings()
            print(said, end="\n" if said else "")
            bad = bool(said)
        print(f"    {'FAILED' if bad else 'ok'} in {time.monotonic() - started:.1f} s", flush=True)
        failed += [name] if bad else []
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
