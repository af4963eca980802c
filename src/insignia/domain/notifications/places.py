"""Addresses of our own pages that mails lead to. The domain knows no page; a test keeps these true."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings


def host() -> str:
    """The installation's name: what Message-IDs and Content-IDs end in, and what the mail server is greeted with."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def claim(secret: str) -> str:
    """Where an earner sets up an account or signs in, and accepts or declines."""
    return f"{settings.PUBLIC_URL}/claim/{secret}"


def credential(public_id: str) -> str:
    """The page of a credential."""
    return f"{settings.PUBLIC_URL}/c/{public_id}"


def home(slug: str) -> str:
    """An institution's own page."""
    return f"{settings.PUBLIC_URL}/i/{slug}/"


def awarding(slug: str) -> str:
    """Where Grantors find the badges that they may award."""
    return f"{settings.PUBLIC_URL}/i/{slug}/awarding"


def roster(slug: str, public_id: str) -> str:
    """The page of a roster and how each of its rows ended."""
    return f"{settings.PUBLIC_URL}/i/{slug}/batches/{public_id}"


def issuance(slug: str, public_id: str) -> str:
    """The page of a request for issuance, for the unit that filed it."""
    return f"{settings.PUBLIC_URL}/i/{slug}/requests/{public_id}"


def tasks(slug: str) -> str:
    """Where everybody finds what waits for them."""
    return f"{settings.PUBLIC_URL}/i/{slug}/governance/tasks"


def proposal(slug: str, public_id: str) -> str:
    """The page of a proposal."""
    return f"{settings.PUBLIC_URL}/i/{slug}/governance/proposals/{public_id}"


def intent(slug: str, public_id: str) -> str:
    """The page of an intent."""
    return f"{settings.PUBLIC_URL}/i/{slug}/governance/intents/{public_id}"


def invitation(slug: str, token: str) -> str:
    """Where somebody begins the proposal to which they were invited."""
    return f"{settings.PUBLIC_URL}/i/{slug}/governance/invitations/{token}"


def sign_in_by_code(then: str) -> str:
    """Where somebody without a password signs in by a code that is mailed to them, and is led to `then`."""
    after = then.removeprefix(settings.PUBLIC_URL) or "/"
    return f"{settings.PUBLIC_URL}/accounts/login/code/?{urlencode({'next': after})}"
