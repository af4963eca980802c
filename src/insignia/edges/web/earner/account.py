"""The reader's account, and where one lands after signing in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.domain.access.actor import Door
from insignia.domain.awards import queries as awards
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.people import actions as people
from insignia.edges.web.desk import start_of
from insignia.edges.web.http import actor, render

from .forms import ProfileForm
from .house import at_home


@require_safe
@login_required
def my_home(request: HttpRequest) -> HttpResponseBase:
    """The reader's badges; or, for somebody who has none and works for an institution, their desk there."""
    user = request.user
    has_badges = awards.earned_by(user).exists() or awards.waiting_at(actor(request).addresses).exists()  # type: ignore[arg-type]
    works_for = institutions.institutions_of(user, clock.now().date())  # type: ignore[arg-type]
    if works_for and not has_badges:
        by = institutions.actor_for(user, works_for[0], door=Door.PAGE)  # type: ignore[arg-type]
        return redirect(start_of(by), works_for[0].slug)
    return redirect("earner:home")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponseBase:
    """Name, language and theme, and the way to everything else about the account."""
    at_home(request)
    user = request.user
    known = {"name": user.name, "theme": user.theme, "language": user.language}  # type: ignore[union-attr]
    form = ProfileForm(request.POST or None, initial=known)
    if request.method != "POST" or not form.is_valid():
        return render(request, "earner/account.html", {"form": form}, status=422 if form.errors else 200)
    chosen = {**known, **form.cleaned_data}
    people.change_profile(user, **chosen)  # type: ignore[arg-type]
    messages.success(request, _("Saved."))
    response = redirect("earner:account")
    if chosen["language"]:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen["language"], max_age=365 * 24 * 3600, samesite="Lax")
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
