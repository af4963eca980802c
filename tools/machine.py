"""What the tests want from the machine besides Python: a Chromium, and Node with the packages of tests/node.

Neither is needed to use Insignia. Where one is missing the tests that need it skip, and say so; with `CI=true` nothing
may be missing, so it is installed (`./run test --install` does the same on a machine of your own, with apt).
"""

import os
import shutil
import subprocess
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_FOLDER = ROOT / "tests" / "node"
# The first opens no windows, not even unseen ones, which makes a suite with hundreds of pages a third faster.
HEADLESS = "chromium-headless-shell"
CHROMIUM_NAMES = (HEADLESS, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
CHROMIUM_PLACES = (
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def nothing_may_be_missing() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def chromium() -> str | None:
    """The path of a Chromium or Chrome that is installed here (INSIGNIA_CHROMIUM names another one)."""
    for name in (os.environ.get("INSIGNIA_CHROMIUM", ""), *CHROMIUM_NAMES, *CHROMIUM_PLACES):
        if name and (path := shutil.which(name)):
            return path
    return None


def node() -> str | None:
    """The path of Node, if the packages of tests/node are installed beside it."""
    path = shutil.which("node")
    return path if path and (NODE_FOLDER / "node_modules").is_dir() else None


def install_missing() -> None:
    """Install Chromium, Node and npm by apt where they are missing. Raises CalledProcessError."""
    browser = [] if chromium() else ["chromium"]
    wanted = browser + [name for name, program in (("nodejs", "node"), ("npm", "npm")) if not shutil.which(program)]
    if not wanted:
        return
    if not shutil.which("apt-get"):
        print(f"Missing here, and no apt-get to install them with: {' '.join(wanted)}", flush=True)
        return
    before = [] if os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {' '.join(wanted)} ...", flush=True)
    subprocess.run([*before, "apt-get", "update", "-qq"], check=True, env=environment)
    if browser and subprocess.run(["apt-cache", "show", HEADLESS], capture_output=True).returncode == 0:
        wanted[0] = HEADLESS
    command = [*before, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def install_node_packages() -> None:
    """`npm ci` in tests/node, once per change of its lock file. Without npm nothing happens."""
    lock = NODE_FOLDER / "package-lock.json"
    if not lock.is_file() or not shutil.which("npm") or not shutil.which("node"):
        return
    stamp = NODE_FOLDER / "node_modules" / f".installed-{zlib.crc32(lock.read_bytes()):08x}"
    if stamp.exists():
        return
    print("Installing the packages of tests/node ...", flush=True)
    # No package of ours needs to run anything when it is installed, so none may.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=NODE_FOLDER, capture_output=True, text=True)
    if done.returncode:
        print(f"npm ci failed; the tests that need Node will say so.\n{done.stderr[-2000:]}", flush=True)
        shutil.rmtree(NODE_FOLDER / "node_modules", ignore_errors=True)
        return
    stamp.touch()


def missing() -> list[str]:
    """What is not here, as a sentence each."""
    sentences = []
    if not chromium():
        sentences.append("No Chromium was found, so no test in a browser can run.")
    if not node():
        sentences.append(
            "Node, or its packages in tests/node, were not found, so no test against Node's verifier can run."
        )
    return sentences
