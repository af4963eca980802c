"""How allauth makes accounts here: people are known by their address; some were known before they first sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import email_confirmed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from insignia.domain.people import actions as people


class Accounts(DefaultAccountAdapter):
    """Our adapter: no redirect off the site, and our sender."""

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of our own site are redirected to after signing in or out."""
        return bool(url) and url_has_allowed_host_and_scheme(url or "", allowed_hosts={self.request.get_host()})

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Keep the name that the sign-up form may carry."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        if commit:
            user.save()
        return user


@receiver(email_confirmed, dispatch_uid="insignia.forget_prepared_sign_ins")
def forget_what_others_prepared(request: HttpRequest, email_address: Any, **_more: Any) -> None:
    """When a first sign-in by a mailed code proves an address, only that code was proved: not the password beside it."""
    user = email_address.user
    by_code = any(record["method"] == "code" for record in get_authentication_records(request, user))
    if by_code and user.last_login is None:
        people.forget_prepared_sign_ins(user)
