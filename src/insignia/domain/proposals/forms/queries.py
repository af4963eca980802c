"""What may be asked about forms."""

from insignia.core.errors import NotFound
from insignia.core.words import N_

from .models import FormVersion


def forms() -> list[FormVersion]:
    """The newest version of each form of the current institution."""
    newest: dict[str, FormVersion] = {}
    for version in FormVersion.objects.order_by("key", "-number"):
        newest.setdefault(version.key, version)
    return list(newest.values())


def newest(key: str) -> FormVersion | None:
    """The newest version of the form `key`, if there is one."""
    return FormVersion.objects.filter(key=key).order_by("-number").first()


def form(key: str, number: int = 0) -> FormVersion:
    """The form `key` in one version, the newest where none is named; raises `NotFound`."""
    found = FormVersion.objects.filter(key=key, **({"number": number} if number else {})).order_by("-number").first()
    if found is None:
        raise NotFound(N_("There is no form “%(key)s” here."), params={"key": key})
    return found


def versions(key: str) -> list[FormVersion]:
    """Every version of one form, the newest first."""
    return list(FormVersion.objects.filter(key=key).order_by("-number"))
