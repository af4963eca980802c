"""The life of an intent (functional specification 3.1), and when it is overdue."""

from datetime import date, timedelta

from insignia.core.workflow.transitions import Lifecycle, Transition

LIFECYCLE = Lifecycle(
    start="draft",
    transitions=(
        Transition("submit", "draft", "submitted"),
        Transition("start_support", "submitted", "in_support"),
        Transition("invite", "submitted", "invited", frozenset({"by_invitation"})),
        Transition("invite", "in_support", "invited", frozenset({"by_invitation"})),
        Transition("invite", "lapsed", "invited", frozenset({"by_invitation"})),
        Transition("invite", "invited", "invited", frozenset({"by_invitation"})),
        Transition("revoke_invitation", "invited", "in_support"),
        Transition("open_proposal", "submitted", "converted", frozenset({"without_invitation"})),
        Transition("open_proposal", "in_support", "converted", frozenset({"without_invitation"})),
        Transition("open_link", "invited", "converted"),
        Transition("decline", "submitted", "declined"),
        Transition("decline", "in_support", "declined"),
        Transition("lapse", "invited", "lapsed"),
        *(
            Transition("withdraw", state, "withdrawn")
            for state in ("draft", "submitted", "in_support", "invited", "lapsed")
        ),
    ),
)

OPEN = frozenset({"submitted", "in_support", "invited", "lapsed"})


def is_overdue(state: str, received_on: date | None, first_contact_on: date | None, *, days: int, today: date) -> bool:
    """Whether nobody got in touch within `days` of hearing of it (R-058)."""
    waits = state == "submitted" and first_contact_on is None and received_on is not None
    return bool(waits and received_on and today > received_on + timedelta(days=days))
