"""How allauth makes accounts here: people are known by their address; some were known before they first sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


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
