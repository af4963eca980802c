"""The editor of a route or a form: every button hands in all that was written, and shows it again with one thing done.

It works without scripts; htmx only saves the way back to where one was. Nothing is stored before it is kept.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from insignia.core.errors import Conflict, InsigniaError, Rejected
from insignia.domain.institutions import presets
from insignia.edges.web.words import translated

from ..page import page
from .conditions import ROWS
from .drafts import HEAD, Draft, Node, Raw, checked, filled, typed
from .route_data import Fault, Made


@dataclass
class Shown:
    """What the page says besides the fields."""

    faults: list[Fault] = field(default_factory=list)
    is_checked: bool = False  # whether the fields say what is wrong with them
    focus: str = ""  # the id of what has the focus

    @property
    def is_sound(self) -> bool:
        """Whether it was checked, and nothing is wrong."""
        return self.is_checked and not self.faults


@dataclass(frozen=True, slots=True)
class Open:
    """A form that stands open: its name in the page, its kind and what that needs, and the words in it."""

    uid: str
    kind: type[forms.Form]
    raw: Raw
    options: Mapping[str, Any]


class Editor(ABC):
    """What differs between routes and forms."""

    template = ""

    @abstractmethod
    def begin(self) -> Draft:
        """What stands in the fields at first."""

    @abstractmethod
    def opened(self, draft: Draft) -> list["Open"]:
        """The forms of the part that stands open."""

    @abstractmethod
    def made(self, draft: Draft) -> Made:
        """The data of the draft, or what is wrong with its fields."""

    @abstractmethod
    def faults(self, draft: Draft, made: Made) -> list[Fault]:
        """What the engine says against data whose fields are sound."""

    @abstractmethod
    def placed(self, refused: InsigniaError, draft: Draft, made: Made) -> list[Fault]:
        """Each fault of a refusal at its place."""

    @abstractmethod
    def from_data(self, data: Mapping[str, Any], key: str, after: int) -> Draft:
        """The draft that data in the words of a file make; `Rejected` where they cannot be read."""

    @abstractmethod
    def text_faults(self, data: Mapping[str, Any], key: str) -> list[str]:
        """What is wrong with data that were written as text."""

    @abstractmethod
    def add_part(self, draft: Draft) -> str:
        """One more part; its name."""

    @abstractmethod
    def add_item(self, draft: Draft, beside: Node) -> str:
        """One more item, in a part or after another item; its name."""

    @abstractmethod
    def save(self, data: Mapping[str, Any], key: str, after: int) -> str:
        """Keep it; the address of the page that shows it, and a message is left there."""

    @abstractmethod
    def newest(self, key: str) -> int:
        """The number of the newest version, 0 where there is none."""

    @abstractmethod
    def title(self, draft: Draft, node: Node) -> str:
        """What the page calls a part or an item."""

    @abstractmethod
    def context(self, draft: Draft | None) -> Mapping[str, Any]:
        """What the template needs besides."""


def edit(request: HttpRequest, editor: Editor) -> HttpResponseBase:
    """The whole conversation with an editor."""
    if request.method != "POST":
        draft = editor.begin()
        if request.GET.get("as") == "text":
            return _as_text(request, editor, draft)
        return _page(request, editor, draft, Shown())
    if "text" in request.POST:
        return _of_text(request, editor)
    draft = Draft.read(request.POST.get("draft", ""))
    _take(request, editor, draft)
    act, _colon, uid = request.POST.get("act", "").partition(":")
    if act == "save":
        return _save(request, editor, draft)
    if act == "check":
        return _page(request, editor, draft, _checked(editor, draft))
    if act == "text":
        return _as_text(request, editor, draft)
    return _page(request, editor, draft, Shown(focus=_done(editor, draft, act, uid)))


def _take(request: HttpRequest, editor: Editor, draft: Draft) -> None:
    """Put what stands in the open fields into the draft."""
    for one in editor.opened(draft):
        before = dict(one.raw)
        one.raw.update(typed(one.kind(request.POST, prefix=one.uid, **one.options)))
        for row in range(1, ROWS + 1):
            # The answers of another question are no answers of this one.
            if before.get(f"fact_{row}", "") != one.raw.get(f"fact_{row}", ""):
                one.raw[f"values_{row}"] = []


def _done(editor: Editor, draft: Draft, act: str, uid: str) -> str:
    match act:
        case "open":
            draft.opened = uid if draft.node(uid) else HEAD
            return f"opened-{draft.opened}"
        case "up" | "down":
            draft.move(uid, -1 if act == "up" else 1)
            return f"{act}-{uid}"
        case "remove":
            draft.remove(uid)
            return f"put-back-{uid}"
        case "put_back":
            draft.put_back(uid)
            return f"opened-{draft.opened}"
        case "add_part":
            draft.opened = editor.add_part(draft)
            return f"opened-{draft.opened}"
        case "add_item":
            beside = draft.node(uid)
            return f"opened-{editor.add_item(draft, beside)}" if beside else ""
    return ""  # the fields are shown anew, such as the answers of a fact that was chosen


def _checked(editor: Editor, draft: Draft) -> Shown:
    made = editor.made(draft)
    faults = made.faults or editor.faults(draft, made)
    return Shown(faults, is_checked=True, focus="said")


def _save(request: HttpRequest, editor: Editor, draft: Draft) -> HttpResponseBase:
    made = editor.made(draft)
    faults = made.faults
    if not faults:
        try:
            return redirect(editor.save(made.data, draft.key, draft.after))
        except Rejected as refused:
            faults = editor.placed(refused, draft, made)
        except Conflict as moved:
            # Whoever keeps it once more has been told.
            draft.after = editor.newest(draft.key)
            faults = [Fault(HEAD, translated(moved))]
    return _page(request, editor, draft, Shown(faults, is_checked=True, focus="said"))


def _page(request: HttpRequest, editor: Editor, draft: Draft, shown: Shown) -> HttpResponseBase:
    by_uid: dict[str, list[str]] = {}
    for fault in shown.faults:
        by_uid.setdefault(fault.uid, []).append(fault.text)
    make = checked if shown.is_checked else filled
    titles = {node.uid: editor.title(draft, node) for node in draft.nodes}
    context = {
        "draft": draft,
        "written": draft.written(),
        "shown": shown,
        "faults": [(fault, titles.get(fault.uid, "")) for fault in shown.faults],
        "here": by_uid.get(draft.opened, ()),
        "outline": [
            (
                part,
                titles[part.uid],
                by_uid.get(part.uid, ()),
                [(item, titles[item.uid], by_uid.get(item.uid, ())) for item in part.items],
            )
            for part in draft.parts
        ],
        "opened": titles.get(draft.opened, ""),
        "gone": [(one.node.uid, editor.title(draft, one.node)) for one in draft.removed],
        "open_forms": [
            (one.uid, make(one.kind, one.raw, one.uid, **one.options), titles.get(one.uid, ""))
            for one in editor.opened(draft)
        ],
        "is_changed": request.method == "POST",
        **editor.context(draft),
    }
    return page(request, editor.template, context, status=422 if shown.faults else 200)


# --- The same as text
def _as_text(request: HttpRequest, editor: Editor, draft: Draft) -> HttpResponseBase:
    made = editor.made(draft)
    if made.faults:
        return _page(request, editor, draft, Shown(made.faults, is_checked=True, focus="said"))
    return _text_page(request, editor, presets.as_toml(made.data), draft.key, draft.after)


def _of_text(request: HttpRequest, editor: Editor) -> HttpResponseBase:
    text, key = request.POST["text"], request.POST.get("key", "")
    after = int(number) if (number := request.POST.get("after", "")).isdecimal() else 0
    act = request.POST.get("act", "")
    try:
        data = presets.parse(text.encode())
        if act == "fields":
            return _page(request, editor, editor.from_data(data, key, after), Shown())
        if act == "save":
            return redirect(editor.save(data, key, after))
    except Conflict as moved:
        return _text_page(request, editor, text, key, editor.newest(key), [translated(moved)])
    except Rejected as refused:
        return _text_page(request, editor, text, key, after, _told(refused))
    return _text_page(request, editor, text, key, after, editor.text_faults(data, key), is_checked=True)


def _told(refused: InsigniaError) -> list[str]:
    return [translated(one) for one in refused.details or (refused,)]


def _text_page(
    request: HttpRequest,
    editor: Editor,
    text: str,
    key: str,
    after: int,
    faults: Iterable[str] = (),
    *,
    is_checked: bool = False,
) -> HttpResponseBase:
    said = list(faults)
    context = {
        "text": text,
        "key": key,
        "after": after,
        "faults": said,
        "is_sound": is_checked and not said,
        "is_changed": request.method == "POST",
        **editor.context(None),
    }
    template = editor.template.replace("edit.html", "text.html")
    return page(request, template, context, status=422 if said else 200)


def told_of_save(request: HttpRequest, *, is_new: bool, text: Any) -> None:
    """Leave word on the next page of what was kept, or that there was nothing to keep."""
    if is_new:
        messages.success(request, text)
    else:
        messages.info(request, _("Nothing was changed, so there is no new version."))
