"""`./run crawl`: every page x role x state in Chromium, in both themes and both sizes, measured with axe-core.

Pictures go to ./screenshots, with an index.html to look through them. Arguments go to pytest, so that `./run crawl -k
grantor` looks at one role. What is visited stands in tests/support/routes.py.
"""

import html
import shutil
import subprocess
import sys
from pathlib import Path

from tools import machine

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "screenshots"

STYLE = (
    "body{font:15px system-ui;margin:2rem}figure{display:inline-block;margin:.5rem;vertical-align:top}img{width:20rem}"
)


def write_index() -> int:
    """One page with all the pictures, by name. Returns how many there are."""
    names = sorted(file.name for file in PICTURES.glob("*.png"))
    figures = "\n".join(
        f"<figure><figcaption>{html.escape(name.removesuffix('.png'))}</figcaption>"
        f'<a href="{html.escape(name)}"><img loading="lazy" src="{html.escape(name)}" alt=""></a></figure>'
        for name in names
    )
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title><style>{STYLE}</style>'
    (PICTURES / "index.html").write_text(head + figures)
    return len(names)


def main(arguments: list[str]) -> int:
    machine.install_node_packages()
    if absent := machine.missing():
        print("\n".join(absent), "`./run test --install` installs what is missing.", file=sys.stderr)
        return 1
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    command = [sys.executable, "-m", "pytest", "tests/journeys/test_every_page.py", "--crawl=everything"]
    code = subprocess.run([*command, f"--crawl-into={PICTURES}", "-n", "2", *arguments], cwd=ROOT).returncode
    print(f"{write_index()} pictures: screenshots/index.html")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
