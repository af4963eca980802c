"""The page of one proposal: beside what it says stand the review, where each decision leads, and what happened."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.workflow import actions, queries
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import http

from ..answers import changes_of, parts_of
from ..pages import done, page
from ..remarks import Talk, talk_about
from ..writing import showing as own_pages
from ..writing.standing import tone
from . import nexts, showing, words
from .forms import DecisionForm
from .gathering import Matter, gathered, rail_at
from .options import Options, options_for
from .timeline import timeline

TABS = ("answers", "changes", "discussion", "history")


@dataclass(frozen=True, slots=True)
class Seen:
    """Which two versions are compared: the one that the reader saw last, and the newest, unless others are chosen."""

    versions: list[Any]
    old: Any
    new: Any


@require_safe
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it is, who has it, what happens next, and the decision; for those who write it, the page on which they do."""
    matter = gathered(request, public_id)
    if "tab" not in request.GET and (matter.is_writer or matter.row is None):
        return own_pages.show(request, public_id)
    return shown(request, matter)


def shown(
    request: HttpRequest, matter: Matter, form: DecisionForm | None = None, *, task: str = "", status: int = 200
) -> HttpResponse:
    """The page; with a `form` that was sent and refused, everything that was typed still stands in it."""
    key = task or chosen_task(matter, request.GET.get("task", ""))
    options = options_for(matter, key)
    tab = _tab(request, matter)
    context = {
        "matter": matter,
        "proposal": matter.proposal,
        "rail": rail_at(request, "tasks" if matter.my_tasks or not matter.is_insider else "all_proposals"),
        "tone": tone(matter.proposal),
        "tab": tab,
        "tabs": _tabs(matter),
        "task": key,
        "tasks": [(one, words.readable(one)) for one in matter.my_tasks] if len(matter.my_tasks) > 1 else [],
        "options": options,
        "kept": _kept(form) if form is not None and not options.main else (),
        "form": form or (form_for(matter, options, key) if options.every else None),
        "version": newest(matter),
        "bar": _bar(matter, key),
        **_head(matter, options, key),
        **_reading(request, matter, tab),
    }
    return page(request, "review/proposal.html", context, status=status)


def _kept(form: DecisionForm) -> list[str]:
    """What was typed for a decision that is not to be taken any more: so that it can be said elsewhere."""
    typed = [str(value).strip() for name, value in form.data.items() if name == "comment" or name.startswith("say-")]
    return [text for text in typed if text]


def _bar(matter: Matter, key: str) -> str:
    """What the decision is about, beside its buttons."""
    row = next((item.row for item in matter.items if item.row.task == key), None) if key else None
    return _("Your decision: %(task)s") % {"task": row.label} if row is not None and row.label else ""


def chosen_task(matter: Matter, wanted: str) -> str:
    """The task on which the reader decides: the one asked for, if it is theirs, else their first."""
    mine = matter.my_tasks
    return wanted if wanted in mine else mine[0] if mine else ""


def form_for(matter: Matter, options: Options, key: str, *args: Any) -> DecisionForm:
    """The form of the task in hand."""
    verbs = {one.choice.verb for one in options.every}
    levels = [(one.key, one.name) for one in institutions.levels()] if "recommend_type" in verbs else []
    return DecisionForm(
        *args,
        task=matter.task(key) if key else None,
        labels=matter.route.labels,
        verbs=verbs,
        levels=levels,
        roles=sorted(matter.house.roles.items(), key=lambda pair: pair[1]) if "custom_route" in verbs else (),
    )


def newest(matter: Matter) -> int:
    """The number of the newest version; 0 before there is one."""
    return int(getattr(matter.row, "newest", 0) or 0)


def _head(matter: Matter, options: Options, key: str) -> dict[str, Any]:
    if matter.row is None:
        return {}
    return {
        "steps": showing.steps(matter),
        "holders": showing.holders(matter, None),
        "standing": showing.ballot(matter, key) if key else _ballot_of_any(matter),
        "nexts": nexts.nexts(matter, options, key) if options.every else (),
        "editable": _editable(matter),
    }


def _editable(matter: Matter) -> bool:
    return bool(queries.editable(matter.by, matter.proposal, matter.row, matter.house, matter.writers))


def _ballot_of_any(matter: Matter) -> showing.Standing | None:
    keys = [item.row.task for item in matter.items if item.row.ballot]
    return showing.ballot(matter, keys[0]) if keys else None


def _tab(request: HttpRequest, matter: Matter) -> str:
    """What is read: what was asked for; else what is new to the reader; else the answers."""
    wanted = request.GET.get("tab", "")
    if wanted in TABS and (matter.row is not None or wanted in ("answers", "discussion")):
        return wanted
    return "changes" if _base(matter) and not matter.is_writer else "answers"


def _tabs(matter: Matter) -> list[tuple[str, str]]:
    remarks = matter.row.remark_count if matter.row is not None and not matter.is_writer else 0
    discussion = _("Discussion, %(count)d") % {"count": remarks} if remarks else _("Discussion")
    base = _base(matter)
    changes = _("Changes since version %(number)s") % {"number": base} if base else _("Changes")
    every = [("answers", _("Proposal")), ("changes", changes), ("discussion", discussion), ("history", _("History"))]
    return every if matter.row is not None else every[:1] + every[2:3]


def _base(matter: Matter) -> int:
    """The version that the reader saw before the newest; 0 where there is nothing new to them."""
    if matter.row is None:
        return 0
    number, seen, before = newest(matter), matter.row.seen, matter.row.seen_before
    if seen and seen < number:
        return int(seen)
    return int(before) if seen == number else 0


def _reading(request: HttpRequest, matter: Matter, tab: str) -> dict[str, Any]:
    """What the tab shows. That its newest version was looked at is remembered where it is read."""
    if tab == "discussion":
        return {"talk": _talk(request, matter), "answers_url": "?tab=answers"}
    if tab == "history":
        return {"events": timeline(matter)}
    base = _base(matter)
    if matter.row is not None and request.method == "GET" and matter.row.seen < newest(matter):
        actions.note_look(by=matter.by, proposal=matter.proposal, version=newest(matter))
    if tab == "changes":
        return _changes(request, matter, base)
    return {"parts": parts_of(request, matter.proposal)}


def _talk(request: HttpRequest, matter: Matter) -> Talk:
    """What is said about it. What reviewers say among themselves is not for guests either."""
    talk = replace(talk_about(request, matter.by, matter.proposal), back=request.get_full_path())
    if matter.is_insider or matter.is_writer:
        return talk
    return replace(
        talk,
        open=tuple(one for one in talk.open if one.thread.remark.audience == "all"),
        settled=tuple(one for one in talk.settled if one.thread.remark.audience == "all"),
        may_speak_among_reviewers=False,
    )


def _changes(request: HttpRequest, matter: Matter, base: int) -> dict[str, Any]:
    versions = writing.versions_of(matter.proposal)
    numbers = {str(one.number): one for one in versions}
    new = numbers.get(request.GET.get("new", "")) or versions[0]
    old = numbers.get(request.GET.get("old", "")) or numbers.get(str(base)) or versions[min(1, len(versions) - 1)]
    if old.number > new.number:
        old, new = new, old
    return {
        "seen": Seen(versions, old, new),
        "comparison": changes_of(request, matter.proposal, old, new) if old is not new else None,
        "base": base,
    }


@require_POST
def watch(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Hear from now on what becomes of it."""
    by = http.actor(request)
    actions.watch(by=by, proposal=queries.reads(by, public_id))
    return done(request, _("You hear from now on what becomes of it."), "proposal", public_id)


@require_POST
def unwatch(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Hear no more of it."""
    by = http.actor(request)
    actions.unwatch(by=by, proposal=queries.reads(by, public_id))
    return done(request, _("You hear no more of it, unless you are asked about it."), "proposal", public_id)


@require_safe
def enclosure(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A document that came with a decision, to be saved: never opened as a page of ours."""
    proposal = queries.reads(http.actor(request), public_id)
    file = queries.enclosure_of(proposal, file_id)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
