"""The ladder: what each level asks for."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import queries as catalog
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import ladder, presets, queries
from insignia.domain.institutions.rules import LevelPolicy

from ..doors import admit, institution
from ..forms.levels import LevelForm, as_initial
from ..level_words import described
from ..page import carried_out, done, page, status_of


@require_safe
def levels(request: HttpRequest) -> HttpResponseBase:
    """All of them, from the lowest."""
    admit(request, Permission.LEVEL_MANAGE)
    context = {"levels": described(list(queries.levels()), catalog.templates(), _choices(request))}
    return page(request, "levels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """One more level on top."""
    by = admit(request, Permission.LEVEL_MANAGE)
    here = institution(request)
    form = _form(request, queries.levels(), LevelPolicy(), {"evidence": "none", "training_required": True})

    def put_on_top() -> None:
        given = form.cleaned_data
        level = ladder.add_level(
            by=by, institution=here, name=given["name"], policy=form.policy(), purpose=given["purpose"]
        )
        if aliases := form.aliases_given():
            _set(by, here, level, form, aliases)

    if carried_out(form, put_on_top):
        return done(request, _("The level is added. Badges can be written at it from now on."), "levels")
    return page(request, "level.html", {"form": form, "level": None}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def level(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Change a level; what was awarded stays as it was."""
    by = admit(request, Permission.LEVEL_MANAGE)
    here = institution(request)
    found = ladder.level(public_id)
    others = queries.levels().exclude(pk=found.pk)
    form = _form(request, others, found.policy, as_initial(found))
    if carried_out(form, lambda: _set(by, here, found, form, form.aliases_given())):
        return done(request, _("The level is changed, for awards from now on."), "levels")
    _level, facts, template = described([found], catalog.templates(), _choices(request), others=others)[0]
    context = {"form": form, "level": found, "facts": facts, "template": template}
    return page(request, "level.html", context, status=status_of(form))


def _form(request: HttpRequest, others: Any, known: LevelPolicy, initial: dict[str, Any]) -> LevelForm:
    return LevelForm(
        request.POST or None,
        initial=initial,
        templates=catalog.templates(),
        levels=others,
        known=known,
        choices=_choices(request),
    )


def _choices(request: HttpRequest) -> dict[str, dict[str, str]]:
    """What a level may name: roles that propose, and routes and forms as far as the institution has any."""
    here = institution(request)
    return {
        "propose": {role.key: role.name for role in queries.roles()},
        "workflow": presets.named(here, "workflows"),
        "form": presets.named(here, "forms"),
    }


def _set(by: Any, here: Any, found: Any, form: LevelForm, aliases: list[str]) -> None:
    given = form.cleaned_data
    institutions.set_level(
        by=by,
        institution=here,
        key=found.key,
        name=given["name"],
        policy=form.policy(),
        purpose=given["purpose"],
        aliases=aliases,
    )
