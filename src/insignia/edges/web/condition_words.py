"""Conditions as sentences: when a step is on the way, when something is asked."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from insignia.core.workflow.conditions import Condition, Operator

# What a fact or question is called, and what one of its values is called.
Called = Callable[[str], str]
Answered = Callable[[str, str | int | bool], str]


def answer(value: object) -> str:
    """A value without a label of its own."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def said(condition: Condition, called: Called, answered: Answered) -> str:
    """When it holds, as the end of a sentence that begins with “if”."""
    if condition.operator is Operator.NOT:
        inner = condition.parts[0]
        if inner.parts:
            return _("not (%(part)s)") % {"part": said(inner, called, answered)}
        return _("“%(question)s” is not %(answers)s") % _test(inner, called, answered)
    if condition.parts:
        joint = _(" and ") if condition.operator is Operator.ALL else _(" or ")
        return joint.join(_inside(part, called, answered) for part in condition.parts)
    return _("“%(question)s” is %(answers)s") % _test(condition, called, answered)


def _inside(part: Condition, called: Called, answered: Answered) -> str:
    text = said(part, called, answered)
    return f"({text})" if part.operator in (Operator.ALL, Operator.ANY) and len(part.parts) > 1 else text


def _test(one: Condition, called: Called, answered: Answered) -> dict[str, str]:
    answers = _(" or ").join(f"“{answered(one.fact, value)}”" for value in one.values)
    return {"question": called(one.fact), "answers": answers}
