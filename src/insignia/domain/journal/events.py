"""News, and who made it. Pure values: no database, no Django.

An event says what has happened, in the past tense and the plural, with ids only: `AwardsGranted(awards=("q3…",))`.
Whoever wants more reads it from the rows; a name or an address written down here could never be forgotten again,
because entries are never changed.
"""

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Protocol

_ID_OR_CODE = re.compile(r"[^\s@]{0,200}")


class Author(Protocol):
    """Who made an event. `access.Actor` is one."""

    @property
    def id(self) -> str:
        """Public id of the person, or `system`."""

    @property
    def name(self) -> str:
        """For logs and pages; never written into the journal."""

    @property
    def on_behalf_of(self) -> str:
        """Public id of the person for whom a delegate acts; empty when for themselves."""

    @property
    def door(self) -> str:
        """How they came in: page, token, command, lti, system."""

    @property
    def institution(self) -> str:
        """Public id of the institution they act in; empty for the installation itself."""


REGISTERED: dict[str, "type[Event]"] = {}
"""Every event that exists, by name; the documentation lists the same."""


@dataclass(frozen=True)
class Event:
    """Base of all events. A subclass is a frozen dataclass with a registered `name`; the name outlives the class.

        @dataclass(frozen=True)
        class AwardsGranted(Event):
            name: ClassVar[str] = "awards.granted"
            awards: tuple[str, ...]

    `version` grows when the fields change; readers look at it before they read old entries.
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not cls.name:
            return
        known = REGISTERED.get(cls.name)
        if known is not None and (known.__module__, known.__qualname__) != (
            cls.__module__,
            cls.__qualname__,
        ):
            raise TypeError(f"Two events are called {cls.name!r}: {known.__qualname__} and {cls.__qualname__}.")
        REGISTERED[cls.name] = cls

    def data(self) -> dict[str, Any]:
        """The fields as JSON values. TypeError when one is not an id, a code or a number, or a row of those."""
        return {field.name: _plain(field.name, getattr(self, field.name)) for field in fields(self)}


def _plain(field: str, value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(field, item) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str) and _ID_OR_CODE.fullmatch(value):
        return str(value)
    raise TypeError(f"Event field {field!r} must hold ids, codes or numbers, not {type(value).__name__} values.")


@dataclass(frozen=True)
class DeliveriesReplayed(Event):
    """Somebody had dead letters tried again."""

    name: ClassVar[str] = "journal.deliveries_replayed"
    deliveries: tuple[str, ...]
