"""The rail of the desk: what a person can open there. A view hands the groups to the template as `rail`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class RailItem:
    """One link; `count` is how much waits or stands behind it."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class RailGroup:
    """Links under one heading; the first group of a rail has none."""

    title: str
    items: tuple[RailItem, ...]


def current(request: HttpRequest, groups: Iterable[RailGroup]) -> tuple[RailGroup, ...]:
    """The same groups with the item marked under which the page stands: the longest address that begins its path."""
    groups = tuple(group for group in groups if group.items)
    addresses = [item.url for group in groups for item in group.items if request.path.startswith(item.url)]
    here = max(addresses, key=len, default=None)
    return tuple(
        RailGroup(group.title, tuple(RailItem(i.label, i.url, i.count, is_current=i.url == here) for i in group.items))
        for group in groups
    )
