"""Conditions without code: a few tests, joined by “all” or “any”; as fields, as raw words, and as data."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.core.errors import InsigniaError
from insignia.core.workflow.conditions import Condition, Operator
from insignia.edges.web.fields import choose_from

from .drafts import Raw
from .lenient import Lenient, encoded, select_field, ticks_field
from .names import Value

ROWS = 3
ALWAYS, WRITTEN = "always", "written"
# The answers of a fact can be ticked as soon as it is chosen; without scripts a button shows them.
_SHOW_ANSWERS = {
    "hx-post": "",
    "hx-vals": '{"act": "look"}',
    "hx-target": "#editor",
    "hx-select": "#editor",
    "hx-swap": "outerHTML show:none",
}


class ConditionFields(Lenient):
    """When something is on the way: always, or if all or any of up to three tests hold."""

    when = select_field(
        _("When"),
        required=True,
        choices=[
            (ALWAYS, _("Always")),
            ("all", _("Only if all of these hold")),
            ("any", _("Only if one of these holds")),
        ],
    )
    when_written = forms.CharField(required=False, widget=forms.HiddenInput, max_length=5000)

    def add_rows(self, facts: Mapping[str, Any], values: Mapping[str, Sequence[tuple[str, Any]]]) -> None:
        """The rows of tests; `facts` are what can be asked, `values` the answers of each."""
        if self["when_written"].value():
            known = [*self.fields["when"].choices]  # type: ignore[attr-defined]
            choose_from(self, "when", [*known, (WRITTEN, _("As it is written in the text"))])
        for row in range(1, ROWS + 1):
            self.fields[f"fact_{row}"] = select_field(_("What is asked"))
            self.fields[f"is_{row}"] = select_field(
                _("Holds if it"), choices=[("is", _("is one of the ticked")), ("not", _("is none of the ticked"))]
            )
            self.fields[f"values_{row}"] = ticks_field(_("Answers"))
            self.fields[f"fact_{row}"].widget.attrs |= _SHOW_ANSWERS
            self.keep(f"fact_{row}", [("", _("Nothing")), *facts.items()])
            self.keep(f"values_{row}", values.get(str(self[f"fact_{row}"].value() or ""), ()))

    @property
    def is_conditional(self) -> bool:
        """Whether it depends on anything, or something is wrong with that."""
        asks = self["when"].value() not in (None, ALWAYS)
        return asks or any(name.startswith(("when", "fact_", "values_")) for name in self.errors)

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each row that asks something, and one more."""
        asking = [row for row in range(1, ROWS + 1) if self[f"fact_{row}"].value()]
        shown = min(max(asking, default=0) + 1, ROWS)
        return [(row, self[f"fact_{row}"], self[f"is_{row}"], self[f"values_{row}"]) for row in range(1, shown + 1)]

    def clean(self) -> dict[str, Any]:
        """A test without answers asks nothing, and neither do no tests at all."""
        values = super().clean() or {}
        if values.get("when") not in ("all", "any"):
            return values
        asked = [row for row in range(1, ROWS + 1) if values.get(f"fact_{row}")]
        if not asked:
            self.add_error("when", _("Choose what is asked, or let it be on the way always."))
        for row in asked:
            if not values.get(f"values_{row}"):
                self.add_error(f"values_{row}", _("Tick at least one answer."))
        return values


def condition_raw(condition: Condition | None) -> Raw:
    """A condition as rows of tests; one that needs more than these is kept as it is written."""
    if condition is None:
        return {"when": ALWAYS}
    joined = condition.operator if condition.operator in (Operator.ALL, Operator.ANY) else None
    tests = condition.parts if joined else (condition,)
    if len(tests) > ROWS or not all(_is_test(one) for one in tests):
        return {"when": WRITTEN, "when_written": json.dumps(condition.written(), ensure_ascii=False)}
    raw: Raw = {"when": (joined or Operator.ALL).value}
    for row, one in enumerate(tests, 1):
        test = one.parts[0] if one.operator is Operator.NOT else one
        raw[f"fact_{row}"] = test.fact
        raw[f"is_{row}"] = "not" if one.operator is Operator.NOT else "is"
        raw[f"values_{row}"] = [encoded(value) for value in test.values]
    return raw


def _is_test(condition: Condition) -> bool:
    one = condition.parts[0] if condition.operator is Operator.NOT else condition
    return one.operator in (Operator.IS, Operator.IN)


def condition_data(
    given: Mapping[str, Any], decoded: Callable[[str, str], Value], keys: Mapping[str, str] | None = None
) -> dict[str, Any] | None:
    """The condition of valid fields, as a file writes it; none: always. `keys` of what the page names otherwise."""
    if given["when"] == WRITTEN:
        try:
            return Condition.read(json.loads(given["when_written"])).written()
        except (ValueError, RecursionError, InsigniaError):
            return None
    if given["when"] not in ("all", "any"):
        return None
    tests: list[dict[str, Any]] = []
    for row in range(1, ROWS + 1):
        fact = given[f"fact_{row}"]
        if not fact:
            continue
        values = [decoded(one, fact) for one in given[f"values_{row}"]]
        asked = (keys or {}).get(fact, fact)
        test: dict[str, Any] = {"fact": asked, "is": values[0]} if len(values) == 1 else {"fact": asked, "in": values}
        tests.append({"not": test} if given[f"is_{row}"] == "not" else test)
    return tests[0] if len(tests) == 1 else {given["when"]: tests}
