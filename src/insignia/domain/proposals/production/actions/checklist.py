"""What an institution's production asks for: a new version, never an old one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import queries
from ..events import ChecklistChanged
from ..models import ChecklistVersion
from ..rules import as_tasks


@transaction.atomic
def set_checklist(*, by: Actor, institution: Institution, tasks: Sequence[Mapping[str, Any]]) -> ChecklistVersion:
    """Let what is approved from now on ask for `tasks`. The same once more makes no version; `Rejected` lists every fault."""
    by.require(Permission.WORKFLOW_MANAGE, on=institution)
    before = queries.newest_checklist()
    data = [dict(task) for task in tasks]
    if before is not None and before.data == data:
        return before
    as_tasks(data)
    number = before.number + 1 if before else 1
    try:
        with transaction.atomic():
            version = ChecklistVersion.objects.create(
                institution=institution, number=number, data=data, made_by=by.id[:26]
            )
    except IntegrityError:
        raise Conflict(
            N_("Somebody else changed the checklist a moment ago. Look at it first."), code="checklist_moved"
        ) from None
    publish(ChecklistChanged(number=number), by=by, subject=("checklist", str(number)))
    return version
