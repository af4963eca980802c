"""Somebody at an editor of routes or forms, without scripts: fills in what stands open and presses buttons."""

import html
from dataclasses import dataclass, field
from typing import Any

from lxml import html as markup

from tests.edges.web.program.staff import Desk, words


@dataclass
class Writer:
    """A page with an editor, as a browser holds it."""

    desk: Desk
    name: str
    ids: tuple[str, ...] = ()
    query: str = ""
    response: Any = None
    form: Any = None
    changed: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._take(self.desk.client.get(self.address))

    @property
    def address(self) -> str:
        return self.desk.at(self.name, *self.ids) + self.query

    @property
    def says(self) -> str:
        """The words of the page."""
        return words(self.response)

    @property
    def status(self) -> int:
        return int(self.response.status_code)

    def field_of(self, label: str, within: int = 0) -> Any:
        """The control that is called `label`; `within` the n-th of several."""
        found = [one for one in self.form.iter("label", "legend") if _text(one).removesuffix(" (optional)") == label]
        assert found, f"no field “{label}”, but {[_text(one) for one in self.form.iter('label', 'legend')]}"
        one = found[within]
        if one.tag == "legend":
            return one.getparent()
        return self.form.get_element_by_id(one.get("for"))

    def write(self, label: str, value: Any, within: int = 0) -> "Writer":
        """Write into a field, choose from it by the words of an option, or tick boxes by theirs (a list)."""
        control = self.field_of(label, within)
        if control.tag == "fieldset":
            boxes = control.xpath(".//input[@type='checkbox']")
            labels = {_text(box.getparent()): box for box in boxes}
            for box in boxes:
                box.checked = False
            for word in value:
                labels[word].checked = True
        elif control.tag == "select":
            options = {_text(option): option.get("value") for option in control.iter("option")}
            assert value in options, f"“{value}” is not among {list(options)}"
            control.value = options[value]
        elif control.get("type") == "checkbox":
            control.checked = value
        elif control.tag == "textarea":
            control.text = value
        else:
            control.value = value
        return self

    def value(self, label: str, within: int = 0) -> Any:
        """What stands in a field."""
        control = self.field_of(label, within)
        if control.tag == "fieldset":
            return [_text(box.getparent()) for box in control.xpath(".//input[@type='checkbox']") if box.checked]
        if control.get("type") == "checkbox":
            return control.checked
        return control.value

    def press(self, text: str) -> "Writer":
        """Press the button that says `text`."""
        buttons = [one for one in self.form.iter("button") if _text(one) == text]
        assert buttons, f"no button “{text}”, but {[_text(one) for one in self.form.iter('button')]}"
        sent: dict[str, list[str]] = {}
        for name, value in self.form.form_values():
            sent.setdefault(name, []).append(value or "")
        sent[buttons[0].get("name")] = [buttons[0].get("value")]
        self._take(self.desk.client.post(self.address, sent, follow=True))
        return self

    def _take(self, response: Any) -> None:
        self.response = response
        page = markup.fromstring(response.content.decode())
        forms = [one for one in page.forms if one.get("data-unsaved") is not None]
        self.form = forms[0] if forms else None


def _text(element: Any) -> str:
    return " ".join(html.unescape(element.text_content()).split())
