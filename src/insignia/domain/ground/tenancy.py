"""Whose data we are looking at.

One installation may serve several institutions. The current one is set once per request or delivery; `Model.objects`
shows its rows only and raises without one, so that a forgotten scope is an error and never a leak. The exception has a
name that stands out in review: `Model.across_institutions`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class NoTenant(RuntimeError):
    """Rows of an institution were asked for while no institution was set: a mistake in our code, not a user's."""


class WrongTenant(RuntimeError):
    """A row of one institution was about to be written while another was set."""


class InstitutionLike(Protocol):
    """Anything that says which institution it is: the row itself, or a `Tenant`."""

    @property
    def pk(self) -> Any: ...

    @property
    def public_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tenant:
    """An institution, as far as the lower floors need to know it."""

    pk: int
    public_id: str


_current: ContextVar[Tenant | None] = ContextVar("tenant", default=None)


@contextmanager
def of(institution: InstitutionLike) -> Iterator[Tenant]:
    """Work inside `institution`: `with tenancy.of(institution): ...`. May be nested; the inner one holds."""
    tenant = Tenant(pk=int(institution.pk), public_id=institution.public_id)
    token = _current.set(tenant)
    try:
        yield tenant
    finally:
        _current.reset(token)


def current() -> Tenant:
    """The institution we are in. NoTenant when there is none."""
    tenant = _current.get()
    if tenant is None:
        raise NoTenant("No institution is set; wrap the work in `tenancy.of(institution)`.")
    return tenant


def current_or_none() -> Tenant | None:
    """The institution we are in, or None: for the few who serve everybody (journal, logs)."""
    return _current.get()


class TenantQuerySet(models.QuerySet[Row]):
    """Rows are born in the current institution, and in no other."""

    def create(self, **values: Any) -> Row:
        tenant = current()
        if "institution" not in values and "institution_id" not in values:
            values["institution_id"] = tenant.pk
        given = values.get("institution_id", getattr(values.get("institution"), "pk", None))
        if given != tenant.pk:
            raise WrongTenant(f"{self.model._meta.label}: a row of another institution may not be made here.")
        return super().create(**values)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        tenant = current()
        rows = list(objs)
        for row in rows:
            given = getattr(row, "institution_id", None)
            if given is None:
                row.institution_id = tenant.pk  # type: ignore[attr-defined]
            elif given != tenant.pk:
                raise WrongTenant(f"{self.model._meta.label}: a row of another institution may not be made here.")
        return super().bulk_create(rows, *args, **options)


class TenantManager(models.Manager[Row]):
    """`Model.objects`: the rows of the current institution. Everything it makes goes through its query set."""

    def get_queryset(self) -> TenantQuerySet[Row]:
        return TenantQuerySet[Row](self.model, using=self._db).filter(institution_id=current().pk)


class Tenanted(models.Model):
    """Base of every row that belongs to an institution; which is every row except people and the installation's own."""

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    across_institutions: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
