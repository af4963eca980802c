"""A page of a desk, and what becomes of a form that was sent to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from insignia.core.errors import Conflict, InsigniaError, Rejected

from . import words
from .desk import rail_for
from .doors import institution
from .http import render


@dataclass(frozen=True, slots=True)
class DeskPages:
    """The pages of one desk: its templates lie in the folder `name`, its addresses in the namespace `name`."""

    name: str

    def page(
        self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """`<name>/<template>` with its rail."""
        here = institution(request)
        known = {"institution": here, "slug": here.slug, "rail": rail_for(request)}
        return render(request, f"{self.name}/{template}", {**known, **(context or {})}, status=status)

    def address(self, request: HttpRequest, name: str, *args: object) -> str:
        """The address of the page `name` of this institution."""
        return reverse(f"{self.name}:{name}", args=[institution(request).slug, *args])

    def done(self, request: HttpRequest, text: Any, name: str, *args: object) -> HttpResponseBase:
        """Say what happened, and go on to the page `name`."""
        messages.success(request, text)
        return redirect(self.address(request, name, *args))

    def undone(self, request: HttpRequest, refused: InsigniaError, name: str, *args: object) -> HttpResponseBase:
        """Say why nothing happened, and go back to the page `name`."""
        messages.error(request, words.translated(refused))
        return redirect(self.address(request, name, *args))


def carried_out(form: forms.Form, action: Callable[[], object]) -> bool:
    """Whether `form` is sound and `action` was carried out; what a rule says against it stands on the form."""
    if not form.is_valid():
        return False
    try:
        action()
    except (Rejected, Conflict) as refused:
        form.add_error(None, words.translated(refused))
        return False
    return True


def status_of(form: forms.Form) -> int:
    """A form that was sent and is shown again was refused."""
    return 422 if form.is_bound else 200
