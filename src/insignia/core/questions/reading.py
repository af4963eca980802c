"""Forms from the tables of a file."""

from collections.abc import Mapping, Set

from insignia.core.questions.checking import problems_of
from insignia.core.questions.definition import Form
from insignia.core.workflow.plain import Reader, refusal


def read_form(data: Mapping[str, object], *, key: str, fields: Set[str]) -> Form:
    """The form that `data` writes under the name `key`; `Rejected` lists everything that is wrong with it.

    `fields` are those of an achievement's content, which answers may fill. Where `extra` is among them, so is whatever is
    written `extra.name`.
    """
    reader = Reader()
    form: Form = reader.read(Form, {"key": key, **data}, key)
    # What cannot be read is replaced by what is usual, and nothing should be held against that.
    unread = [str(fault.params["where"]) for fault in reader.problems if fault.code != "unknown_field"]
    unsure = {
        question.key
        for section in form.sections
        for question in section.questions
        if any(f"› {section.key} › questions › {question.key} › " in f"{where} › " for where in unread)
    }
    found = (*reader.problems, *problems_of(form, fields=fields, unsure=unsure))
    if found:
        raise refusal(key, found)
    return form
