"""The earner's pages and those of the account, for tests/support/routes.py."""

from collections.abc import Mapping

from django.urls import reverse

from .routes import Address, Role, Route, State, Visit

EARNER = frozenset({Role.EARNER})
ANYBODY = frozenset({Role.ANYBODY})
SIGNED_IN = frozenset({Role.EARNER, Role.ADMINISTRATOR})

NOT_PAGES = {
    "my_home": "leads on: to one's badges, or to one's desk",
    "earner:claim_account": "a form of the claim page is sent there; it leads on",
    "earner:claim_address": "a form of the claim page is sent there; it leads back",
    "earner:claim_accept": "a form of the claim page is sent there; it leads on",
    "earner:claim_decline": "a form of the claim page is sent there; it leads on",
    "earner:claim_quiet": "a form of the claim page is sent there; it leads back",
    "earner:take_waiting": "a form of one's badges is sent there; it leads back",
    "earner:accept": "a form is sent there; it leads to the choice of who sees it",
    "earner:visibility": "a form of the badge is sent there; it leads back",
    "earner:revoke_token": "a form of the tokens is sent there; it leads back",
    "account_confirm_login_code": "there only while a code is awaited: tests/journeys/test_claim.py passes it",
    "account_email_verification_sent": "there only while a code is awaited: tests/journeys/test_claim.py passes it",
    "account_reset_password_from_key": "there only for a mailed key: tests/journeys/test_claim.py passes it",
    "account_set_password": "leads on where there is a password; like the page that changes one",
    "account_reauthenticate": "leads on where nothing is to be asked again; tests/edges/web/test_base.py looks at it",
    "mfa_authenticate": "there only between password and second factor: tests/journeys/test_claim.py passes it",
    "mfa_reauthenticate": "there only where something is asked again",
    "mfa_reauthenticate_webauthn": "there only where something is asked again",
    "mfa_deactivate_totp": "there only with an app set up; made of the same parts as the page that sets it up",
    "mfa_view_recovery_codes": "there only with codes made",
    "mfa_generate_recovery_codes": "there only with a second factor set up",
    "mfa_download_recovery_codes": "a file to keep",
    "mfa_edit_webauthn": "there only with a passkey, which no test has",
    "mfa_remove_webauthn": "there only with a passkey, which no test has",
    "mfa_login_webauthn": "JSON for the script of the sign-in page",
    "openid_connect_login": "leads to the provider",
    "openid_connect_callback": "comes from the provider",
    "socialaccount_signup": "there only on the way back from a provider",
    "socialaccount_login_cancelled": "there only on the way back from a provider",
    "socialaccount_login_error": "there only on the way back from a provider",
    "socialaccount_connections": "tests/edges/web/test_base.py looks at it; it needs a provider to show anything",
    "/accounts/social/*": "older addresses of the same pages, which lead on",
}


def _fixed(name: str, query: str = "") -> Address:
    return lambda world: reverse(name) + query


def _claim(link: str) -> Address:
    return lambda world: reverse("earner:claim", args=[getattr(world, link)])


def _badge(name: str, thing: str) -> Address:
    return lambda world: reverse(f"earner:{name}", args=[getattr(world, thing).public_id])


def _always(name: str, roles: frozenset[Role]) -> Route:
    return Route(name, roles, {State.EMPTY: Visit(_fixed(name)), State.FULL: Visit(_fixed(name))})


def _page(name: str, states: Mapping[State, Visit], roles: frozenset[Role] = EARNER) -> Route:
    return Route(f"earner:{name}", roles, states)


ROUTES = (
    _page(
        "claim",
        {
            State.FULL: Visit(_claim("claim_secret")),
            State.ERROR: Visit(lambda world: reverse("earner:claim", args=["forged"]), status=404),
        },
        frozenset({Role.ANYBODY, Role.EARNER}),
    ),
    _page(
        "home",
        {
            State.EMPTY: Visit(_fixed("earner:home")),
            State.FULL: Visit(_fixed("earner:home")),
            State.ERROR: Visit(_fixed("earner:home", "?q=zzz")),
        },
    ),
    _page(
        "badge",
        {
            State.FULL: Visit(_badge("badge", "accepted")),
            # The badge of somebody else is not there.
            State.ERROR: Visit(_badge("badge", "shown"), status=404),
        },
    ),
    _page("decline", {State.FULL: Visit(_badge("decline", "own_offer"))}),
    _page(
        "choose",
        {State.FULL: Visit(lambda world: f"{reverse('earner:choose')}?award={world.accepted.public_id}")},
    ),
    _always("earner:account", EARNER),
    _always("earner:tokens", SIGNED_IN),
    _always("account_login", ANYBODY),
    _always("account_request_login_code", ANYBODY),
    _always("account_signup", ANYBODY),
    _always("account_inactive", ANYBODY),
    _always("account_reset_password", ANYBODY),
    _always("account_reset_password_done", ANYBODY),
    _always("account_reset_password_from_key_done", ANYBODY),
    _always("account_email", EARNER),
    _always("account_logout", EARNER),
    _always("mfa_index", SIGNED_IN),
    _always("mfa_list_webauthn", EARNER),
    Route("account_change_password", EARNER, {State.FULL: Visit(_fixed("account_set_password"))}),
    Route("mfa_activate_totp", EARNER, {State.FULL: Visit(_fixed("mfa_activate_totp"))}),
    Route("mfa_add_webauthn", EARNER, {State.FULL: Visit(_fixed("mfa_add_webauthn"))}),
)
