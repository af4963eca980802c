"""What changes about routes: a new version, never an old one."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.core.workflow.plain import from_plain, to_plain
from insignia.core.workflow.route import Route
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import defining, queries
from ..events import RouteChanged
from ..models import RouteVersion

_MOVED = N_("Somebody else changed this route meanwhile. Look at the newest version first; yours is not saved yet.")


@transaction.atomic
def set_route(
    *, by: Actor, institution: Institution, key: str, data: Mapping[str, Any], after: int | None = None
) -> RouteVersion:
    """Let proposals that are handed in from now on take the route that `data` writes.

    The same once more makes no version. `Rejected` lists every fault, in words that a program manager understands.
    `after` is the version that was looked at, 0 for none; where there is a newer one meanwhile, that is a `Conflict`.
    """
    by.require(Permission.WORKFLOW_MANAGE, on=institution)
    before = queries.newest_route(key)
    number = before.number + 1 if before else 1
    if after is not None and after != number - 1:
        raise Conflict(_MOVED, code="route_moved")
    if before is not None and before.data == dict(data):
        return before
    route = defining.read(data, key=key)
    if before is not None and defining.means_the_same(before, route):
        return before
    numbered: Route = from_plain(Route, {**route.to_data(), "version": number}, where=key)
    try:
        with transaction.atomic():
            version = RouteVersion.objects.create(
                institution=institution,
                key=key,
                number=number,
                data=dict(data),
                read=to_plain(numbered),
                made_by=by.id[:26],
            )
    except IntegrityError:
        raise Conflict(_MOVED, code="route_moved") from None
    publish(RouteChanged(route=key, number=number), by=by, subject=("route", key))
    return version
