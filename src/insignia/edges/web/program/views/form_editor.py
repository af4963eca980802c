"""Writing a form without code: its sections and questions on a page, or the same as text; each time it is kept, a new version."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.questions.definition import Form
from insignia.core.workflow.plain import from_plain
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.forms import actions, queries
from insignia.domain.proposals.forms.rules import read_strictly
from insignia.edges.web.words import translated

from ..doors import admit, institution
from ..governing import form_data
from ..governing.drafts import HEAD, Draft, Node, unlike
from ..governing.editing import Editor, Open, edit, told_of_save
from ..governing.form_fields import FormForm, QuestionForm, SectionForm
from ..governing.form_raw import QUESTION, SECTION, as_new, blank, draft_of, earlier
from ..governing.lines import key_of
from ..governing.route_data import Fault, Made
from ..page import address


class FormEditor(Editor):
    """The editor of one form, or of one that is new."""

    template = "proposal_forms/edit.html"

    def __init__(self, request: HttpRequest, by: Actor, version: Any, *, copied: Any = None) -> None:
        self.request = request
        self.by = by
        self.version = version  # none: it is new
        self.copied = copied

    def begin(self) -> Draft:
        if self.version:
            return draft_of(self.version.form, after=self.version.number)
        if self.copied:
            return as_new(draft_of(self.copied.form), _("Copy of %(form)s") % {"form": self.copied.form.title})
        return blank()

    def opened(self, draft: Draft) -> list[Open]:
        node = draft.node(draft.opened)
        if node is None:
            return [Open(HEAD, FormForm, draft.head, {})]
        kind = SectionForm if node in draft.parts else QuestionForm
        return [Open(node.uid, kind, node.raw, {"earlier": earlier(draft, node)})]

    def made(self, draft: Draft) -> Made:
        return form_data.made(draft)

    def faults(self, draft: Draft, made: Made) -> list[Fault]:
        try:
            read_strictly(made.data, key=draft.key or "form")
        except Rejected as refused:
            return self.placed(refused, draft, made)
        return []

    def placed(self, refused: InsigniaError, draft: Draft, made: Made) -> list[Fault]:
        return form_data.placed(refused.details or (refused,), draft, made.keys)

    def from_data(self, data: Mapping[str, Any], key: str, after: int) -> Draft:
        form: Form = from_plain(Form, {"key": key or "form", **data}, where=key or "form")
        draft = draft_of(form, after=after)
        draft.key = key
        return draft

    def text_faults(self, data: Mapping[str, Any], key: str) -> list[str]:
        try:
            read_strictly(data, key=key or "form")
        except Rejected as refused:
            return [translated(one) for one in refused.details or (refused,)]
        return []

    def add_part(self, draft: Draft) -> str:
        """A section with one question, after the one that stands open."""
        here = draft.node(draft.opened)
        section = here if here is None or here in draft.parts else draft.part_of(here.uid)
        part = Node(draft.fresh(), dict(SECTION))
        draft.parts.insert(draft.parts.index(section) + 1 if section else len(draft.parts), part)
        part.items.append(Node(draft.fresh(), dict(QUESTION)))
        return part.uid

    def add_item(self, draft: Draft, beside: Node) -> str:
        part = draft.part_of(beside.uid)
        item = Node(draft.fresh(), dict(QUESTION))
        if part is None:
            beside.items.append(item)
        else:
            part.items.insert(part.items.index(beside) + 1, item)
        draft.opened = item.uid
        return item.uid

    def save(self, data: Mapping[str, Any], key: str, after: int) -> str:
        key = key or unlike(key_of(str(data.get("title", "")), "form")[:36], {one.key for one in queries.forms()})
        read_strictly(data, key=key)
        version = actions.set_form(
            by=self.by, institution=institution(self.request), key=key, data=dict(data), after=after
        )
        text = _(
            "Version %(number)s is saved. What is begun from now on asks this; drafts keep the form they began with."
        )
        told_of_save(self.request, is_new=version.number != after, text=text % {"number": version.number})
        return address(self.request, "proposal_form", key)

    def newest(self, key: str) -> int:
        found = queries.newest(key) if key else None
        return found.number if found else 0

    def title(self, draft: Draft, node: Node) -> str:
        return form_data.title(node, draft)

    def context(self, draft: Draft | None) -> Mapping[str, Any]:
        node = draft.node(draft.opened) if draft else None
        return {
            "version": self.version,
            "others": [] if self.version else queries.forms(),
            "is_section": bool(draft and node in draft.parts),
            "has_hints": bool(draft and draft.head.get("hints")),
        }


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """A new form: from the beginning, or as a copy of another."""
    by = admit(request, Permission.WORKFLOW_MANAGE)
    copied = request.GET.get("copy", "")
    return edit(request, FormEditor(request, by, None, copied=queries.form(copied) if copied else None))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponseBase:
    """The newest version of a form, to be changed."""
    by = admit(request, Permission.WORKFLOW_MANAGE)
    return edit(request, FormEditor(request, by, queries.form(key)))
