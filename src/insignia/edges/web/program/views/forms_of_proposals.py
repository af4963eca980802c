"""The forms of proposals and intents: which there are, one with its questions as they are asked, its versions."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.people import names as people
from insignia.domain.proposals.forms import queries
from insignia.domain.proposals.writing import queries as writing

from ..doors import admit, institution
from ..governing.form_sheets import sheet_of
from ..governing.sheets import differences
from ..page import page
from .routes import own_kinds


@require_safe
def forms(request: HttpRequest) -> HttpResponseBase:
    """All of them, with where each is used."""
    admit(request, Permission.WORKFLOW_MANAGE)
    used, kinds = _levels(), own_kinds()
    intent = institution(request).policy("intent_form")
    rows = [
        {
            "version": one,
            "levels": used.get(one.key, []),
            "kind": kinds.get(one.key, ""),
            "is_intent": one.key == intent,
        }
        for one in queries.forms()
    ]
    return page(request, "proposal_forms/list.html", {"rows": rows})


def _levels() -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for level in institutions.levels():
        used.setdefault(level.policy.form, []).append(level.name)
    return used


@require_safe
def form(request: HttpRequest, key: str) -> HttpResponseBase:
    """One form as it is asked now, and every version of it."""
    return _show(request, key, 0)


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """One version, and what it changed."""
    return _show(request, key, number)


def _show(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    by = admit(request, Permission.WORKFLOW_MANAGE)
    shown: Any = queries.form(key, number)
    versions = queries.versions(key)
    before = next((one for one in versions if one.number == shown.number - 1), None)
    makers = people.names_of(one.made_by for one in versions)
    written = writing.unfinished_by_form()
    reads_guide = by.may_somewhere(Permission.PROPOSAL_START)
    context = {
        "version": shown,
        "is_newest": shown.number == versions[0].number,
        "sheet": sheet_of(shown.form),
        "levels": _levels().get(key, []),
        "is_intent": institution(request).policy("intent_form") == key,
        "kind": own_kinds().get(key, ""),
        "guide": reverse("governance:guide", args=[institution(request).slug, key]) if reads_guide else "",
        "versions": [(one, makers.get(one.made_by, ""), written.get(one.pk, 0)) for one in versions],
        "changes": differences(sheet_of(before.form), sheet_of(shown.form)) if before else None,
    }
    return page(request, "proposal_forms/form.html", context)
