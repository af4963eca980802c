"""What changes about forms: a new version, never an old one."""

from collections.abc import Mapping
from dataclasses import replace
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

_MOVED = N_("Somebody else changed this form meanwhile. Look at the newest version first; yours is not saved yet.")


@transaction.atomic
def set_form(
    *, by: Actor, institution: Institution, key: str, data: Mapping[str, Any], after: int | None = None
) -> FormVersion:
    """Let the form `key` ask what `data` writes. The same once more makes no version. `Rejected` lists every fault.

    `after` is the version that was looked at, 0 for none; where there is a newer one meanwhile, that is a `Conflict`.
    """
    by.require(Permission.WORKFLOW_MANAGE, on=institution)
    before = queries.newest(key)
    number = before.number + 1 if before else 1
    if after is not None and after != number - 1:
        raise Conflict(_MOVED, code="form_moved")
    if before is not None and before.data == dict(data):
        return before
    form = as_form(data, key=key, number=number)
    if before is not None and replace(form, version=before.number) == before.form:
        return before
    try:
        with transaction.atomic():
            version = FormVersion.objects.create(
                institution=institution, key=key, number=number, data=dict(data), made_by=by.id[:26]
            )
    except IntegrityError:
        raise Conflict(_MOVED, code="form_moved") from None
    publish(FormChanged(form=key, number=number), by=by, subject=("form", key))
    return version
