"""Writing a route without code: its steps and tasks on a page, or the same as text; each time it is kept, a new version."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.workflow.plain import Reader
from insignia.core.workflow.reading import in_full
from insignia.core.workflow.route import Route
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.workflow import actions, defining, queries
from insignia.edges.web.words import translated

from ..doors import admit, institution
from ..governing import route_data
from ..governing.drafts import HEAD, Draft, Node, unlike
from ..governing.editing import Editor, Open, edit, told_of_save
from ..governing.lines import key_of
from ..governing.names import Names
from ..governing.route_data import Fault, Made
from ..governing.route_fields import RouteForm, StepForm, TaskForm
from ..governing.route_raw import STEP, as_new, blank, draft_of, new_task
from ..page import address


class RouteEditor(Editor):
    """The editor of one route, or of one that is new."""

    template = "routes/edit.html"

    def __init__(self, request: HttpRequest, by: Actor, version: Any, *, copied: Any = None) -> None:
        self.request = request
        self.by = by
        self.version = version  # none: it is new
        self.copied = copied
        self.names = Names.here()

    def begin(self) -> Draft:
        if self.version:
            return draft_of(self.version.route, after=self.version.number)
        if self.copied:
            label = self.copied.route.label or self.copied.key
            return as_new(draft_of(self.copied.route), _("Copy of %(route)s") % {"route": label})
        manager = "program_manager" if "program_manager" in self.names.roles else next(iter(self.names.roles), "")
        return blank(manager, first=_("Proposal"), last=_("Decision"))

    def opened(self, draft: Draft) -> list[Open]:
        names = {"names": self.names}
        part = draft.node(draft.opened)
        if part is None:
            return [Open(HEAD, RouteForm, draft.head, names)]
        step = Open(part.uid, StepForm, part.raw, {**names, "earlier": route_data.earlier(draft, part)})
        return [step, *(Open(item.uid, TaskForm, item.raw, names) for item in part.items)]

    def made(self, draft: Draft) -> Made:
        return route_data.made(draft, self.names)

    def faults(self, draft: Draft, made: Made) -> list[Fault]:
        try:
            defining.read(made.data, key=draft.key or "route")
        except Rejected as refused:
            return self.placed(refused, draft, made)
        return []

    def placed(self, refused: InsigniaError, draft: Draft, made: Made) -> list[Fault]:
        return route_data.placed(refused.details or (refused,), draft, made.keys, self.names)

    def from_data(self, data: Mapping[str, Any], key: str, after: int) -> Draft:
        reader = Reader()
        route = reader.read(Route, in_full({"key": key or "route", **data}), key or "route")
        reader.finish(key or "route")
        draft = draft_of(route, after=after)
        draft.key = key
        return draft

    def text_faults(self, data: Mapping[str, Any], key: str) -> list[str]:
        try:
            defining.read(data, key=key or "route")
        except Rejected as refused:
            return [translated(one) for one in refused.details or (refused,)]
        return []

    def add_part(self, draft: Draft) -> str:
        """A step with one task: after the one that stands open, but before the last word."""
        item = Node("", new_task())
        part = Node(draft.fresh(), dict(STEP), [item])
        here = draft.node(draft.opened)
        place = draft.parts.index(here) + 1 if here else len(draft.parts)
        if place == len(draft.parts) and draft.parts and draft.parts[-1].raw.get("final"):
            place -= 1
        draft.parts.insert(place, part)
        item.uid = draft.fresh()
        return part.uid

    def add_item(self, draft: Draft, beside: Node) -> str:
        item = Node(draft.fresh(), new_task())
        beside.items.append(item)
        return item.uid

    def save(self, data: Mapping[str, Any], key: str, after: int) -> str:
        key = key or self._new_key(str(data.get("label", "")))
        version = actions.set_route(
            by=self.by, institution=institution(self.request), key=key, data=dict(data), after=after
        )
        told_of_save(
            self.request,
            is_new=version.number != after,
            text=_(
                "Version %(number)s is saved. What is handed in from now on takes it; proposals on their way end "
                "under their own version."
            )
            % {"number": version.number},
        )
        return address(self.request, "route", key)

    def _new_key(self, label: str) -> str:
        return unlike(key_of(label, "route")[:36], {one.key for one in queries.routes()})

    def newest(self, key: str) -> int:
        found = queries.newest_route(key) if key else None
        return found.number if found else 0

    def title(self, draft: Draft, node: Node) -> str:
        return route_data.title(node, draft)

    def context(self, draft: Draft | None) -> Mapping[str, Any]:
        return {"version": self.version, "others": [] if self.version else queries.routes()}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """A new route: from the beginning, or as a copy of another."""
    by = admit(request, Permission.WORKFLOW_MANAGE)
    copied = request.GET.get("copy", "")
    return edit(request, RouteEditor(request, by, None, copied=queries.route_version(copied) if copied else None))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponseBase:
    """The newest version of a route, to be changed."""
    by = admit(request, Permission.WORKFLOW_MANAGE)
    return edit(request, RouteEditor(request, by, queries.route_version(key)))
