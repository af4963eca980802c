"""What can go wrong, in five meanings. Edges map them to the wire, each in one table.

InsigniaError            message for people, code for programs
├── NotPermitted         the actor may not
├── NotFound             or may not know that it exists
├── Rejected             a rule says no            (details: list of reasons)
├── Conflict             someone was faster, or it exists already
└── Unavailable          an outside service failed (permanent: bool)
"""

from collections.abc import Mapping, Sequence
from typing import Any


class InsigniaError(Exception):
    """Base of all. `message` is an English text marked by `N_`, with `%(name)s` places that `params` fill."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        params: Mapping[str, Any] | None = None,
        details: Sequence["InsigniaError"] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).__name__.lower()
        self.params = dict(params or {})
        self.details = tuple(details)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class NotPermitted(InsigniaError):
    """The actor may not do this."""


class NotFound(InsigniaError):
    """There is no such thing, or the actor may not know that there is."""


class Rejected(InsigniaError):
    """A rule says no; `details` lists each reason where there are several."""


class Conflict(InsigniaError):
    """Someone else was faster, or the thing exists already."""


class Unavailable(InsigniaError):
    """An outside service did not do its part. `permanent` tells whether trying again is pointless."""

    def __init__(self, message: str, *, permanent: bool = False, **more: Any) -> None:
        super().__init__(message, **more)
        self.permanent = permanent
