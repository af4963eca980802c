"""`./run pins`: compile requirements/*.txt from pyproject.toml.

Without arguments nothing that still satisfies pyproject.toml moves; `./run pins --upgrade` takes the newest, and
`./run pins --upgrade-package NAME` one package. The files hold hashes and no addresses, for every platform and every
Python from 3.11 on; plain pip installs them too.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements"

# Each set with what it is compiled from, and the sets whose versions it has to keep: what is tested is what is served.
SETS: dict[str, tuple[list[str], list[str]]] = {
    "base": (["pyproject.toml"], []),
    "scale": (["pyproject.toml", "--extra", "scale"], ["base"]),
    "dev": (["pyproject.toml", "--group", "dev"], ["base"]),
    "postgres": (["--group", "postgres"], ["base", "dev"]),
    "build": (["--group", "build"], ["base", "dev"]),
    "uv": (["--group", "uv"], []),
}


def compile_set(name: str, options: list[str]) -> None:
    sources, kept = SETS[name]
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
    command += ["--no-emit-index-url", "--custom-compile-command", "./run pins", *sources]
    for other in kept:
        command += ["--constraint", f"requirements/{other}.txt"]
    subprocess.run([*command, "--output-file", f"requirements/{name}.txt", *options], cwd=ROOT, check=True)


def main(options: list[str]) -> int:
    PINS.mkdir(exist_ok=True)
    for name in SETS:
        compile_set(name, options)
        pinned = sum(1 for line in (PINS / f"{name}.txt").read_text().splitlines() if "==" in line and line[0] != " ")
        print(f"requirements/{name}.txt: {pinned} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
