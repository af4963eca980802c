"""What changes about forms: a new version, never an old one."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from . import queries
from .events import FormChanged
from .models import FormVersion
from .rules import as_form


@transaction.atomic
def set_form(*, by: Actor, institution: Institution, key: str, data: Mapping[str, Any]) -> FormVersion:
    """Let the form `key` ask what `data` writes. The same once more makes no version. `Rejected` lists every fault."""
    by.require(Permission.WORKFLOW_MANAGE, on=institution)
    before = queries.newest(key)
    if before is not None and before.data == dict(data):
        return before
    number = before.number + 1 if before else 1
    as_form(data, key=key, number=number)
    try:
        with transaction.atomic():
            version = FormVersion.objects.create(
                institution=institution, key=key, number=number, data=dict(data), made_by=by.id[:26]
            )
    except IntegrityError:
        raise Conflict(
            N_("Somebody else changed this form a moment ago. Look at it first."), code="form_moved"
        ) from None
    publish(FormChanged(form=key, number=number), by=by, subject=("form", key))
    return version
