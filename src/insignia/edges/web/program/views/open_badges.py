"""Badges of another system come in as drafts: looked at one by one first, then those that somebody chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.catalog import actions, borrowing, importing
from insignia.domain.catalog import queries as catalog
from insignia.domain.credentials import verification
from insignia.domain.institutions import queries as institutions
from insignia.edges.web.words import translated

from .. import achievement_sketch as sketch
from ..achievement_doors import admit_writer
from ..doors import institution
from ..forms.open_badges import ForeignBadgesForm, SourceForm
from ..forms.people import STALE
from ..page import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponseBase:
    """Ask where the badges are, show what each becomes, make drafts of those that were chosen."""
    by, lines = admit_writer(request)
    given: dict[str, Any] = {"lines": lines, "levels": list(institutions.levels())}
    if request.method != "POST":
        return _ask(request, SourceForm(initial={"url": request.GET.get("url", "")[:2000]}, **given))
    if "document" in request.POST:
        try:
            return _decide(request, by, given)
        except Rejected as refused:
            return _ask(request, SourceForm(**given), problem=translated(refused))
    form = SourceForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        return _ask(request, form)
    try:
        text = _text_of(form.cleaned_data)
        badges = importing.read_badges(text, language=institution(request).language)
    except InsigniaError as refused:
        return _ask(request, form, problem=translated(refused))
    pictures = borrowing.pictures(badges)
    choice = ForeignBadgesForm(
        initial=_proposed(form.cleaned_data, text, badges, pictures), badges=badges, pictures=pictures, **given
    )
    return _shown(request, choice, badges, pictures)


def _ask(request: HttpRequest, form: SourceForm, *, problem: str = "") -> HttpResponse:
    status = 422 if problem or form.is_bound else 200
    return page(request, "achievements/open_badges.html", {"form": form, "problem": problem}, status=status)


def _text_of(given: Mapping[str, Any]) -> str:
    """What was handed in, the first of file, address and text; raises `Rejected` or `Unavailable`."""
    if given["file"]:
        data = given["file"].read(importing.MAX_JSON + 1)
    elif given["url"]:
        if any(given["url"].startswith(f"{base}/") for base in verification.own_urls()):
            raise Rejected(
                N_("This is an address of this installation: its badges are here already."), code="own_badge"
            )
        data = borrowing.fetch_badges(given["url"].strip())
    else:
        data = given["text"].encode("utf-8", "surrogatepass")
    try:
        return str(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Rejected(N_("The file is not written in UTF-8, as JSON has to be."), code="json_unreadable") from None


def _proposed(
    given: Mapping[str, Any],
    text: str,
    badges: Sequence[importing.ForeignBadge],
    pictures: Mapping[int, borrowing.Borrowed],
) -> dict[str, Any]:
    slugs = catalog.taken_slugs()
    initial: dict[str, Any] = {"unit": given["unit"], "document": text}
    for badge in badges:
        n = badge.number
        initial |= {f"take_{n}": not _objection(badge, slugs), f"level_{n}": given["level"]}
        if n in pictures:
            initial |= {f"alt_{n}": badge.picture.alt if badge.picture else "", f"picture_{n}": pictures[n].sha256}
    return initial


def _objection(badge: importing.ForeignBadge, slugs: frozenset[str]) -> str:
    """Why a badge is not ticked from the start; "" where nothing is against it."""
    slug = slugify(badge.content.name)
    if not slug:
        return _("It needs a name with letters or digits. Correct the file.")
    return _("There is a badge with this name already.") if slug in slugs else ""


@dataclass(frozen=True, slots=True)
class Offered:
    """One badge with everything that the page shows of it. `picture` is an address that holds it."""

    badge: importing.ForeignBadge
    objection: str
    picture: str
    borrowed: borrowing.Borrowed | None
    take: forms.BoundField
    level: forms.BoundField
    alt: forms.BoundField | None
    hidden: forms.BoundField | None


def _shown(
    request: HttpRequest,
    form: ForeignBadgesForm,
    badges: Sequence[importing.ForeignBadge],
    pictures: Mapping[int, borrowing.Borrowed],
    *,
    status: int = 200,
) -> HttpResponse:
    slugs = catalog.taken_slugs()
    offered = [_offered(form, badge, pictures.get(badge.number), _objection(badge, slugs)) for badge in badges]
    return page(request, "achievements/open_badges_preview.html", {"form": form, "offered": offered}, status=status)


def _offered(
    form: ForeignBadgesForm, badge: importing.ForeignBadge, borrowed: borrowing.Borrowed | None, objection: str
) -> Offered:
    n = badge.number
    has_picture = borrowed is not None and bool(borrowed.png)
    return Offered(
        badge=badge,
        objection=objection,
        picture=sketch.data_address(borrowed.png, "png") if borrowed and has_picture else "",
        borrowed=borrowed,
        take=form[f"take_{n}"],
        level=form[f"level_{n}"],
        alt=form[f"alt_{n}"] if has_picture else None,
        hidden=form[f"picture_{n}"] if has_picture else None,
    )


def _decide(request: HttpRequest, by: Actor, given: Mapping[str, Any]) -> HttpResponseBase:
    text = request.POST.get("document", "")
    if not text:
        raise Rejected(STALE, code="rows_missing")
    badges = importing.read_badges(text, language=institution(request).language)
    # Only the pictures of those that were ticked, and that were there to be seen, are fetched once more.
    chosen = [b for b in badges if request.POST.get(f"take_{b.number}") and request.POST.get(f"picture_{b.number}")]
    pictures = borrowing.pictures(chosen)
    form = ForeignBadgesForm(request.POST, badges=badges, pictures=pictures, **given)
    if form.is_valid() and not form.taken(badges):
        form.add_error(None, _("Tick the badges that shall come in."))
    if not form.is_valid():
        return _shown(request, form, badges, pictures, status=422)
    unit = next(line.unit for line in given["lines"] if line.unit.public_id == form.cleaned_data["unit"])
    levels = {level.key: level for level in given["levels"]}
    wanted = [_wanted(form.cleaned_data, badge, pictures, levels) for badge in form.taken(badges)]
    outcomes = actions.take_over(by=by, unit=unit, wanted=wanted)
    for outcome in outcomes:
        if outcome.error is not None:
            name = badges[outcome.row - 1].content.name or "–"
            messages.error(request, _("“%(name)s”: %(why)s") % {"name": name, "why": translated(outcome.error)})
    _say_which_pictures_changed(request, wanted, form.cleaned_data)
    came = sum(1 for outcome in outcomes if outcome.error is None)
    said = ngettext("%(count)d draft is made.", "%(count)d drafts are made.", came) % {"count": came}
    return done(request, f"{said} " + _("Each says what it still lacks."), "achievements")


def _wanted(
    given: Mapping[str, Any],
    badge: importing.ForeignBadge,
    pictures: Mapping[int, borrowing.Borrowed],
    levels: Mapping[str, Any],
) -> actions.Wanted:
    """The badge with its picture, if it is the very picture that was seen."""
    n = badge.number
    picture = pictures.get(n, borrowing.Borrowed())
    is_same = bool(picture.png) and given.get(f"picture_{n}") == picture.sha256
    alt = given.get(f"alt_{n}", "")
    return actions.Wanted(badge, levels[given[f"level_{n}"]], picture.data if is_same else b"", alt)


def _say_which_pictures_changed(
    request: HttpRequest, wanted: Sequence[actions.Wanted], given: Mapping[str, Any]
) -> None:
    for one in wanted:
        if request.POST.get(f"picture_{one.badge.number}") and one.alt and not one.picture:
            text = _("The picture of “%(name)s” was another this time, or could not be had; its draft has none.")
            messages.error(request, text % {"name": one.badge.content.name})
