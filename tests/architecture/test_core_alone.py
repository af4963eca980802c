"""The core needs nothing but Python and the libraries of its trade: no Django, no settings, no database."""

import subprocess
import sys

import pytest

# A fresh interpreter, because this one has loaded Django long ago. Django is made unfindable, not only absent from the
# list afterwards, so that an import inside a `try` shows as well.
ALONE = """
import importlib, pkgutil, sys

class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "ninja", "allauth", "celery"}:
            raise AssertionError(f"the core asked for {name}")

sys.meta_path.insert(0, NoDjango())
import %(package)s
names = ["%(package)s"]
for found in pkgutil.walk_packages(%(package)s.__path__, "%(package)s."):
    importlib.import_module(found.name)
    names.append(found.name)
loaded = {name for name in sys.modules if name.startswith("insignia")}
print(len(names))
print(*sorted(loaded - set(names)))
"""


def run(package: str) -> tuple[int, list[str]]:
    """How many modules the package has, and which other modules of ours they brought with them."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE % {"package": package}], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    count, others = done.stdout.splitlines()
    return int(count), others.split()


@pytest.mark.parametrize("package", ["insignia.core", "insignia.core.workflow", "insignia.core.rules"])
def test_the_core_is_imported_without_django(package):
    count, others = run(package)
    assert count >= (30 if package == "insignia.core" else 1)
    assert [name for name in others if not name.startswith("insignia.core") and name != "insignia"] == []


def test_open_badges_can_be_lifted_out_as_it_stands():
    count, others = run("insignia.core.openbadges")
    assert count >= 25
    assert others == ["insignia", "insignia.core"]
