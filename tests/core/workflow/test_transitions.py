"""The life of one thing as a table."""

import pytest

from insignia.core.errors import Rejected
from insignia.core.workflow.transitions import Lifecycle, Transition

HOLD = Transition("issue", "granted", "held")
RELEASE = Transition("release", "held", "offered", needs=frozenset({"undo window over", "signed"}))
CANCEL = Transition("cancel", "held", "cancelled")
# Two rows for one verb: with its special case first.
SKIP = Transition("close", "offered", "archived", needs=frozenset({"never opened"}))
CLOSE = Transition("close", "offered", "closed")
LIFE = Lifecycle("granted", (HOLD, RELEASE, CANCEL, SKIP, CLOSE))
READY = {"undo window over", "signed", "something else"}


@pytest.mark.parametrize(
    ("state", "facts", "open_now"),
    [
        ("granted", set(), (HOLD,)),
        ("held", set(), (CANCEL,)),
        ("held", {"signed"}, (CANCEL,)),
        ("held", READY, (RELEASE, CANCEL)),
        ("offered", {"never opened"}, (SKIP, CLOSE)),
        ("cancelled", READY, ()),
        ("no such state", READY, ()),
    ],
)
def test_open_is_what_starts_here_and_has_its_facts(state, facts, open_now):
    assert LIFE.open_to(state, facts=facts) == open_now


def test_a_verb_is_taken_once_its_facts_hold():
    assert LIFE.take("release", "held", facts=READY) is RELEASE
    assert LIFE.take("release", "held", facts=frozenset(READY)).target == "offered"


def test_of_several_rows_the_first_whose_facts_hold_is_taken():
    assert LIFE.take("close", "offered", facts={"never opened"}) is SKIP
    assert LIFE.take("close", "offered", facts=set()) is CLOSE


def test_what_is_missing_is_named():
    with pytest.raises(Rejected) as caught:
        LIFE.take("release", "held", facts={"undo window over"})
    assert caught.value.code == "facts_missing"
    assert str(caught.value) == "“release” has to wait until this holds: signed."


def test_a_verb_that_does_not_start_here_is_refused_and_says_where_we_are():
    for verb in ("release", "no such verb"):
        with pytest.raises(Rejected) as caught:
            LIFE.take(verb, "granted", facts=READY)
        assert caught.value.code == "not_possible_in_this_state"
        assert str(caught.value) == f"“{verb}” is not possible here: the state is “granted”."
