"""Headers that every answer carries, so that a page can do only what our own files make it do."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header

PERMISSIONS = ", ".join(
    [
        *(f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


def identity_providers(providers: Mapping[str, Any]) -> tuple[str, ...]:
    """Origins of the OpenID Connect providers that the installation names.

    A browser holds `form-action` against the redirect that follows a form, and the form "Sign in with …" leads there.
    """
    apps = providers.get("openid_connect", {}).get("APPS", [])
    addresses = [urlsplit(app.get("settings", {}).get("server_url", "")) for app in apps]
    return tuple(sorted({f"{url.scheme}://{url.netloc}" for url in addresses if url.scheme and url.netloc}))


def content_security_policy(*, form_targets: tuple[str, ...] = ()) -> str:
    """What a page may load: nothing but our own files, no inline script or style, no string that becomes markup."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            " ".join(["form-action 'self'", *form_targets]),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            # The one policy of static/js/trusted-types.js, under which htmx puts in what our server sent.
            "trusted-types default",
        ]
    )


class SecurityHeaders:
    """Puts the headers on; a view that must say otherwise (an image, a page that may be embedded) says so first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        policy = content_security_policy(form_targets=identity_providers(settings.SOCIALACCOUNT_PROVIDERS))
        self.headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            # Private unless a view says that it is public (`http.indexable`).
            "X-Robots-Tag": "noindex, nofollow",
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if isinstance(response, HttpResponse) and is_personal(request, response):
            # What one person saw must not be shown to the next one at the same machine.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer was made for one signed-in person: it looked at the session that the request brought."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and has_vary_header(response, "Cookie")
