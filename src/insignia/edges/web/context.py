"""What every page knows without being told: whose site it is, and whether it is the demonstration."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from insignia.domain.institutions import queries as institutions


@dataclass(frozen=True, slots=True)
class House:
    """The name over the door: the institution's where the address names one, else the installation's."""

    name: str
    institution: Any | None
    demo: bool
    languages: tuple[tuple[str, str], ...]
    sign_in_elsewhere: bool
    # Whom to ask who cannot get in or on; looked up only by a page that says so.
    help_at: Any


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
            help_at=SimpleLazyObject(lambda: _help_at(request, institution)),
        )
    }


def _help_at(request: HttpRequest, institution: Any | None) -> str:
    """The contact of the institution of the address, of that to which a sign-in leads on, or of the only one."""
    if institution is None:
        _i, slug = ([*request.GET.get("next", "").split("/"), "", "", ""])[1:3]
        known = institutions.all_institutions().filter(slug=slug).first() if _i == "i" else None
        institution = known or institutions.the_only_institution()
    return institution.contact_email if institution else ""
