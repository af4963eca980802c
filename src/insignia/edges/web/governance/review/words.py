"""What the engine's words are called: verbs on buttons and in the past. Criteria and attestations: `edges/web/review_words`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from insignia.core.workflow.route import Verb, Vote
from insignia.edges.web.review_words import attestation, criterion, readable

__all__ = ["BUTTONS", "PAST", "RECORDS", "TALLY", "VOTED", "VOTES", "attestation", "criterion", "readable"]

BUTTONS: dict[Verb, Any] = {
    Verb.APPROVE: _("Approve"),
    Verb.APPROVE_WITH_COMMENTS: _("Approve with comments"),
    Verb.REQUEST_CHANGES: _("Request changes"),
    Verb.RECOMMEND_TYPE: _("Recommend another type"),
    Verb.REJECT: _("Reject"),
    Verb.DECLINE: _("Decline"),
    Verb.HOLD: _("Hold"),
    Verb.INVITE: _("Invite the proposer"),
    Verb.ASK: _("Ask the proposer"),
    Verb.FEEDBACK: _("Give your answer"),
    Verb.CUSTOM_ROUTE: _("Ask somebody else"),
    Verb.RECUSE: _("I have a conflict of interest"),
    Verb.CONVENE: _("Convene the body"),
    Verb.CLOSE_VOTE: _("Close the vote"),
    Verb.WITHDRAW: _("Withdraw the proposal"),
    Verb.RELEASE: _("Release it"),
    Verb.SUSPEND: _("Suspend it"),
    Verb.RESUME: _("Resume it"),
    Verb.SKIP: _("Skip this step"),
    Verb.REQUEST_CANCEL: _("Ask to cancel it"),
    Verb.APPROVE_CANCEL: _("Cancel the proposal"),
    Verb.REFUSE_CANCEL: _("Let it go on"),
    Verb.APPROVE_CUSTOM_ROUTE: _("Ask them as well"),
    Verb.REFUSE_CUSTOM_ROUTE: _("Do not ask them"),
}

VOTES: dict[Vote, Any] = {
    Vote.APPROVE: _("Vote to approve"),
    Vote.REQUEST_CHANGES: _("Vote for changes"),
    Vote.REJECT: _("Vote to reject"),
    Vote.ABSTAIN: _("Abstain"),
}

# Whoever presides writes down what the body decided.
RECORDS: dict[Verb, Any] = {
    Verb.APPROVE: _("Record: approved"),
    Verb.APPROVE_WITH_COMMENTS: _("Record: approved with comments"),
    Verb.REQUEST_CHANGES: _("Record: changes requested"),
    Verb.RECOMMEND_TYPE: _("Record: another type recommended"),
    Verb.REJECT: _("Record: rejected"),
    Verb.HOLD: _("Hold"),
}

PAST: dict[Verb, Any] = {
    Verb.SUBMIT: _("handed it in"),
    Verb.RESUBMIT: _("handed it in again"),
    Verb.APPROVE: _("approved"),
    Verb.APPROVE_WITH_COMMENTS: _("approved with comments"),
    Verb.REQUEST_CHANGES: _("requested changes"),
    Verb.RECOMMEND_TYPE: _("recommended another type"),
    Verb.REJECT: _("rejected it"),
    Verb.DECLINE: _("declined it"),
    Verb.HOLD: _("put it on hold"),
    Verb.INVITE: _("invited the proposer"),
    Verb.ASK: _("asked the proposer"),
    Verb.FEEDBACK: _("answered"),
    Verb.CUSTOM_ROUTE: _("wants somebody else to be asked"),
    Verb.RECUSE: _("stays out because of a conflict of interest"),
    Verb.CONVENE: _("brought it before the body"),
    Verb.VOTE: _("voted"),
    Verb.CLOSE_VOTE: _("closed the vote"),
    Verb.WITHDRAW: _("withdrew it"),
    Verb.RELEASE: _("released it"),
    Verb.SUSPEND: _("suspended it"),
    Verb.RESUME: _("resumed it"),
    Verb.SKIP: _("skipped the step"),
    Verb.REQUEST_CANCEL: _("asked to cancel it"),
    Verb.APPROVE_CANCEL: _("cancelled it"),
    Verb.REFUSE_CANCEL: _("let it go on"),
    Verb.APPROVE_CUSTOM_ROUTE: _("agreed to ask somebody else"),
    Verb.REFUSE_CUSTOM_ROUTE: _("did not agree to ask somebody else"),
}

VOTED: dict[Vote, Any] = {
    Vote.APPROVE: _("voted to approve"),
    Vote.REQUEST_CHANGES: _("voted for changes"),
    Vote.REJECT: _("voted to reject"),
    Vote.ABSTAIN: _("abstained"),
}

TALLY: dict[str, Any] = {
    "approve": _("to approve"),
    "request_changes": _("for changes"),
    "reject": _("to reject"),
    "abstain": _("abstained"),
}
