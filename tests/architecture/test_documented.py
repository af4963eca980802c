"""A permission, an event, a setting, a command that is not explained does not exist for people: the build fails."""

import re
from pathlib import Path

import pytest

from insignia.cli import verbs
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import DEFAULT_POLICIES
from insignia.domain.journal.events import REGISTERED

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "insignia"


def text(name: str) -> str:
    return (PROJECT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_is_explained(permission: Permission) -> None:
    assert f"`{permission.value}`" in text("guides/roles.md")


def test_permissions_are_in_alphabetical_order() -> None:
    assert [p.value for p in Permission] == sorted(p.value for p in Permission)


@pytest.mark.parametrize("name", sorted(name for name in REGISTERED if not name.startswith("tests.")))
def test_every_event_is_explained(name: str) -> None:
    assert f"`{name}`" in text("operate/events.md")


@pytest.mark.parametrize("verb", [verb.name for verb in verbs.ALL])
def test_every_command_is_explained(verb: str) -> None:
    assert f"`insignia {verb}" in text("operate/commands.md")


@pytest.mark.parametrize("policy", sorted(DEFAULT_POLICIES))
def test_every_policy_is_explained(policy: str) -> None:
    assert f"`{policy}`" in text("operate/policies.md")


def settings_read() -> set[str]:
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        found |= set(re.findall(r'["\'](INSIGNIA_[A-Z_]+|DATABASE_URL)["\']', path.read_text(encoding="utf-8")))
    return {name.removesuffix("_FILE") if name.endswith("_KEY_FILE") else name for name in found}


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in text("operate/settings.md")


def test_no_made_up_address_leads_to_somebody() -> None:
    """Presets and demonstration name nobody: every address in them ends in `.example`."""
    for path in [*SOURCE.glob("presets/*.toml"), *SOURCE.glob("demo/*.py")]:
        for address in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", path.read_text(encoding="utf-8")):
            assert address.endswith(".example"), f"{path.name}: {address}"
