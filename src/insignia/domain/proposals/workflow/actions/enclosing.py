"""Documents that come with a decision."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.writing import rules

from ..models import Enclosure, Run


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent."""

    name: str
    content: bytes


def checked(file: File) -> tuple[File, str]:
    """The file with the kind that its first bytes tell; refuses what is empty, too large or of another kind."""
    if not file.content:
        raise Rejected(N_("The file is empty."), code="file_empty")
    if len(file.content) > rules.MOST_BYTES:
        raise Rejected(
            N_("The file is larger than %(most)s MB. Share a smaller one, or a link."),
            code="file_too_large",
            params={"most": rules.MOST_BYTES // 1024 // 1024},
        )
    kind = rules.media_type(file.content, file.name)
    if not kind:
        raise Rejected(
            N_("This kind of file is not taken. Possible are PDF, PNG, JPEG, plain text and office documents."),
            code="file_kind",
        )
    return file, kind


def keep(by: Actor, row: Run, files: Sequence[tuple[File, str]], *, revision: int) -> None:
    """Store the files beside the decision that made `revision`."""
    for file, kind in files:
        Enclosure.objects.create(
            institution_id=row.institution_id,
            run=row,
            revision=revision,
            name=file.name.replace("\\", "/").rpartition("/")[2][-200:] or "file",
            media_type=kind,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
            content=file.content,
            added_by_id=by.user_pk,
        )
