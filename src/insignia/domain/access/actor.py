"""Who acts. One function decides what an actor may; actions, lists and pages all rest on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from insignia.core.errors import NotPermitted
from insignia.core.words import N_

from .permissions import NEEDS_SECOND_FACTOR, Permission


class Door(StrEnum):
    """Through which door an actor came in."""

    PAGE = "page"
    TOKEN = "token"
    COMMAND = "command"
    CLAIM_LINK = "claim_link"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Scope:
    """A place in which a right holds: a kind of thing and its public id."""

    kind: str
    public_id: str


class Scoped(Protocol):
    """A thing on which rights may hold."""

    def scopes(self) -> Sequence[Scope]:
        """The places that hold the thing, the nearest first, its institution last."""
        ...


@dataclass(frozen=True, slots=True)
class Holding:
    """A set of permissions held in one scope."""

    scope: Scope
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something acting: for whom, with which permissions on which scope, through which door.

    `id` is the public id of a person, or the name of the system; `addresses` are the verified e-mail addresses
    of that person, normalised, by which "oneself" is recognised when awarding. `second_factor` says that the account
    has one, or that none is asked of this actor.
    """

    id: str
    name: str
    door: Door
    institution: str = ""
    holdings: tuple[Holding, ...] = ()
    addresses: frozenset[str] = frozenset()
    on_behalf_of: str = ""
    user_pk: int | None = None
    second_factor: bool = True
    limited_to: frozenset[Permission] | None = field(default=None)
    almighty: bool = False

    def may(self, permission: Permission, *, on: Scoped) -> bool:
        """Whether this actor holds `permission` in one of the places that hold `on`. The one decision of the house."""
        if self.limited_to is not None and permission not in self.limited_to:
            return False
        places = on.scopes()
        if self.almighty:
            return not self.institution or Scope("institution", self.institution) in places
        return any(holding.scope in places and permission in holding.permissions for holding in self.holdings)

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether the actor holds `permission` in any place at all: for menus, never for locks."""
        if self.limited_to is not None and permission not in self.limited_to:
            return False
        return self.almighty or any(permission in holding.permissions for holding in self.holdings)

    def places(self, permission: Permission, kind: str) -> frozenset[str]:
        """Public ids of the scopes of `kind` in which the actor holds `permission`: what `visible_to` filters by."""
        if self.limited_to is not None and permission not in self.limited_to:
            return frozenset()
        if self.almighty and kind == "institution" and self.institution:
            return frozenset({self.institution})
        return frozenset(
            h.scope.public_id for h in self.holdings if h.scope.kind == kind and permission in h.permissions
        )

    def require(self, permission: Permission, *, on: Scoped) -> None:
        """Raise `NotPermitted` unless `may`. The first line of every action."""
        if not self.may(permission, on=on):
            raise NotPermitted(
                N_(
                    "You may not do this here. Ask a program manager of the institution for the right “%(permission)s”."
                ),
                code="not_permitted",
                params={"permission": permission.value},
            )
        if permission in NEEDS_SECOND_FACTOR and not self.second_factor:
            raise NotPermitted(
                N_("For this your account needs a second factor: a passkey or a code from an app. Set one up first."),
                code="second_factor_needed",
            )

    @property
    def lacks_second_factor(self) -> bool:
        """Whether this person holds a right that asks for a second factor, and has none set up."""
        return not self.second_factor and any(h.permissions & NEEDS_SECOND_FACTOR for h in self.holdings)

    def limited(self, permissions: Iterable[Permission]) -> "Actor":
        """The same actor with no more than `permissions`: what a token's scopes do."""
        return replace(self, limited_to=frozenset(permissions))

    @property
    def is_person(self) -> bool:
        """Whether a human being stands behind this actor."""
        return self.user_pk is not None


SYSTEM = Actor(id="system", name="Insignia", door=Door.SYSTEM, almighty=True)
ANONYMOUS = Actor(id="", name="", door=Door.PAGE)
