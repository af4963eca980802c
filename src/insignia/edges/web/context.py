"""What every page knows without being told: whose site it is, and whether it is the demonstration."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Site:
    """The name over the door: the institution's where the address names one, else the installation's."""

    name: str
    institution: Any | None
    demo: bool
    languages: tuple[tuple[str, str], ...]


def site(request: HttpRequest) -> dict[str, Site]:
    """The context processor; `request.institution` is set by the tenant middleware where the address names one."""
    institution = getattr(request, "institution", None)
    return {
        "site": Site(
            name=institution.name if institution else "Insignia",
            institution=institution,
            demo=settings.DEMO,
            languages=tuple(settings.LANGUAGES),
        )
    }
