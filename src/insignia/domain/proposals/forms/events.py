"""News of forms."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class FormChanged(Event):
    """A form was written anew: what is begun from now on is asked this."""

    name: ClassVar[str] = "forms.changed"
    form: str
    number: int
