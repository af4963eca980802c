"""What every page knows without being told: whose site it is, and whether it is the demonstration."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class House:
    """The name over the door: the institution's where the address names one, else the installation's."""

    name: str
    institution: Any | None
    demo: bool
    languages: tuple[tuple[str, str], ...]
    sign_in_elsewhere: bool


def site(request: HttpRequest) -> dict[str, House]:
    """The context processor. Its word is `house`, because allauth's pages have a `site` of their own.

    `request.institution` is set by the tenant middleware where the address names one.
    """
    institution = getattr(request, "institution", None)
    return {
        "house": House(
            name=institution.name if institution else "Insignia",
            institution=institution,
            demo=settings.DEMO,
            languages=tuple(settings.LANGUAGES),
            sign_in_elsewhere=bool(settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS")),
        )
    }
