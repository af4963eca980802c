"""What can be done on a route, and the states that a run knows."""

from enum import StrEnum


class Verb(StrEnum):
    """One kind of decision. Which of them a task offers is data of the route; the office's are always open to it."""

    START = "start"

    # On a task, by whoever has it.
    SUBMIT = "submit"
    APPROVE = "approve"
    APPROVE_WITH_COMMENTS = "approve_with_comments"
    REQUEST_CHANGES = "request_changes"
    RECOMMEND_TYPE = "recommend_type"  # a request for changes that names the type it takes for the right one
    REJECT = "reject"
    DECLINE = "decline"
    HOLD = "hold"
    INVITE = "invite"
    ASK = "ask"
    FEEDBACK = "feedback"
    CUSTOM_ROUTE = "custom_route"
    RECUSE = "recuse"

    # On a task that a body decides.
    CONVENE = "convene"
    VOTE = "vote"
    CLOSE_VOTE = "close_vote"

    # On the whole run.
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    SUSPEND = "suspend"
    RESUME = "resume"
    SKIP = "skip"
    REQUEST_CANCEL = "request_cancel"
    APPROVE_CANCEL = "approve_cancel"
    REFUSE_CANCEL = "refuse_cancel"
    APPROVE_CUSTOM_ROUTE = "approve_custom_route"
    REFUSE_CUSTOM_ROUTE = "refuse_custom_route"

    # By nobody: what the timers said is kept beside the decisions, so that it is said once.
    TELL = "tell"


class State(StrEnum):
    """Where a run is. The last five are its ends."""

    DRAFT = "draft"  # with the proposer, who has yet to submit
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    ON_HOLD = "on_hold"
    SUSPENDED = "suspended"
    APPROVED = "approved"
    REJECTED = "rejected"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


ENDS = frozenset({State.APPROVED, State.REJECTED, State.DECLINED, State.CANCELLED, State.WITHDRAWN})

APPROVING = frozenset({Verb.APPROVE, Verb.APPROVE_WITH_COMMENTS})
PASSING = APPROVING | {Verb.SUBMIT, Verb.INVITE, Verb.FEEDBACK}  # done with the task, on with the run
RETURNING = frozenset({Verb.REQUEST_CHANGES, Verb.RECOMMEND_TYPE, Verb.ASK})

# What a route may offer on a task.
OFFERED = PASSING | RETURNING | {Verb.REJECT, Verb.DECLINE, Verb.HOLD, Verb.CUSTOM_ROUTE, Verb.SUSPEND, Verb.WITHDRAW}

# Whoever may say the one may say the other.
IMPLIED_BY = {Verb.APPROVE_WITH_COMMENTS: Verb.APPROVE, Verb.RECOMMEND_TYPE: Verb.REQUEST_CHANGES}

# What a proposer may do to the own proposal, and nothing else.
PROPOSERS = frozenset({Verb.SUBMIT, Verb.RESUBMIT, Verb.WITHDRAW, Verb.REQUEST_CANCEL, Verb.RECUSE})

# Who takes one of these owes the others a reason.
COMMENTED = frozenset(
    {
        Verb.APPROVE_WITH_COMMENTS,
        Verb.REQUEST_CHANGES,
        Verb.RECOMMEND_TYPE,
        Verb.REJECT,
        Verb.DECLINE,
        Verb.HOLD,
        Verb.ASK,
        Verb.FEEDBACK,
        Verb.CUSTOM_ROUTE,
        Verb.SUSPEND,
        Verb.SKIP,
        Verb.REQUEST_CANCEL,
        Verb.REFUSE_CANCEL,
        Verb.REFUSE_CUSTOM_ROUTE,
    }
)
