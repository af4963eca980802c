"""What templates need to show values: words, dates in the institution's zone, Markdown, addresses. They never query."""

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import nh3
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from insignia.edges.web import words

register = template.Library()

# --- Text that people wrote: parsed once and cleaned once, here and nowhere else.
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").enable("strikethrough")
_TAGS = {"p", "br", "em", "strong", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"} | {
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip


@lru_cache(maxsize=512)
def to_html(text: str) -> str:
    """`text`, written in Markdown, as HTML that holds no script, no image, no style, and only web and mail links."""
    tokens = [_lower_heading(token) for token in _markdown.parse(text)]
    return nh3.clean(
        _markdown.renderer.render(tokens, _markdown.options, {}),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )


def _lower_heading(token: Token) -> Token:
    # A page has its own first and second headings; what people write stands below them.
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    return token


@register.filter
def markdown(text: str | None) -> SafeString:
    """User text as clean HTML, to stand in `<div class="prose">`."""
    return mark_safe(to_html(str(text or "")))


# --- Words
@register.filter
def t(thing: Any) -> str:
    """The message of an error, check or reason from core or domain, in the reader's language."""
    return words.translated(thing)


@register.filter
def state_tone(state: str) -> str:
    """The tone, and so the shape, of a state: "", going, good, wait or bad."""
    return words.tone(state)


@register.filter
def result(outcome: str) -> str:
    """How an outcome of verification is drawn: yes, no or unknown."""
    return words.answer(outcome)[0]


@register.filter
def answer(outcome: str) -> str:
    """How an outcome of verification is said: Yes, No, Could not check."""
    return words.answer(outcome)[1]


@register.filter
def check_words(name: str) -> str:
    """What a check of a verification asks."""
    return words.check(name)


@register.filter
def initials(name: Any) -> str:
    """Up to two letters for a person: "Noor Hartwell" is NH, "noor@x.example" is N."""
    parts = str(name).split("@")[0].split()
    ends = parts[:1] + (parts[-1:] if len(parts) > 1 else [])
    return "".join(part[0] for part in ends).upper()


# --- Dates: everything is shown in the institution's zone, which the request has activated, or in the one given.
def _local(value: dt.date | None, zone: str) -> dt.date | None:
    if not isinstance(value, dt.datetime) or timezone.is_naive(value):
        return value
    return timezone.localtime(value, ZoneInfo(zone) if zone else None)


def _formatted(value: dt.date | None, zone: str, form: str) -> str:
    local = _local(value, zone)
    return formats.date_format(local, form) if local else ""


@register.filter
def day(value: dt.date | None, zone: str = "") -> str:
    """24 November 2026"""
    return _formatted(value, zone, "j F Y")


@register.filter
def day_short(value: dt.date | None, zone: str = "") -> str:
    """24 Nov, or 24 Nov 2025 when it is of another year: for tables."""
    local = _local(value, zone)
    this_year = _local(timezone.now(), zone)
    form = "j M" if local and this_year and local.year == this_year.year else "j M Y"
    return _formatted(value, zone, form)


@register.filter
def moment(value: dt.datetime | None, zone: str = "") -> str:
    """24 November 2026, 14:00"""
    return _formatted(value, zone, "j F Y, H:i")


@register.filter
def iso(value: dt.date | None) -> str:
    """What a machine reads in `<time datetime>`."""
    return value.isoformat() if value else ""


# --- Lists and addresses
@register.filter
def page_numbers(page: Page) -> list[str | int]:
    """The pages to offer beside this one, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def public_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The full public address of a named page, for sharing, printing and QR codes."""
    return settings.PUBLIC_URL + reverse(name, args=args, kwargs=kwargs)
