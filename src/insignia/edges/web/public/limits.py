"""How often one reader may ask for work that costs us something."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from insignia.domain.ground import clock

A_MINUTE = 60


def seconds_to_wait(request: HttpRequest, what: str, *, a_minute: int) -> int:
    """Count this request; 0 while its address stays within `a_minute`, else the seconds until it may ask again."""
    now = int(clock.now().timestamp())
    # The address as allauth reads it, so that a proxy is named once for sign-in and for this.
    who = get_adapter().get_client_ip(request)
    key = f"limit:{what}:{who}:{now // A_MINUTE}"
    cache.add(key, 0, timeout=2 * A_MINUTE)
    return A_MINUTE - now % A_MINUTE if cache.incr(key) > a_minute else 0
