"""What a form may fill, and a form as a value."""

from collections.abc import Mapping
from dataclasses import fields, replace

from insignia.core.questions.definition import Form
from insignia.core.questions.reading import read_form

# The fields of an achievement's content that an answer may fill; whatever else is written `extra.<name>`.
FIELDS = frozenset(
    {
        "activity",
        "assessment",
        "audience",
        "credit",
        "credits",
        "criteria",
        "demand",
        "description",
        "distinction_criteria",
        "effort",
        "extra",
        "links",
        "name",
        "outcomes",
        "skills",
        "tags",
        "valid_months",
    }
)

_STATED = {field.name for field in fields(Form)} - {"key", "version"}


def as_form(data: Mapping[str, object], *, key: str, number: int) -> Form:
    """The form that `data` writes; `Rejected` lists every fault."""
    form = read_form({name: value for name, value in data.items() if name in _STATED}, key=key, fields=FIELDS)
    return replace(form, version=number)


def read_strictly(data: Mapping[str, object], *, key: str) -> Form:
    """The same, where a word that no form knows is a fault as well: somebody has just written it."""
    return read_form({name: value for name, value in data.items() if name != "version"}, key=key, fields=FIELDS)
