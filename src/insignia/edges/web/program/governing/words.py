"""What the words of a route and of a form are called where they are chosen."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from insignia.core.questions.definition import Kind
from insignia.core.workflow.route import Ballots, Gap, Joining, Mode, Scope, TieBreak, Verb, Why
from insignia.core.workflow.verbs import State

# What a task may offer, in the order of the boxes: the proposer's own, then everybody else's.
PROPOSERS: Mapping[Verb, Any] = {Verb.SUBMIT: _("Hand it in"), Verb.WITHDRAW: _("Withdraw it")}
REVIEWERS: Mapping[Verb, Any] = {
    Verb.APPROVE: _("Approve, also with comments"),
    Verb.REQUEST_CHANGES: _("Request changes, or recommend another type"),
    Verb.REJECT: _("Reject: the proposal ends"),
    Verb.DECLINE: _("Decline: not for us, the proposal ends"),
    Verb.HOLD: _("Put it on hold"),
    Verb.ASK: _("Ask the proposer a question"),
    Verb.FEEDBACK: _("Give an answer, without a word on approval"),
    Verb.INVITE: _("Invite the proposer"),
    Verb.CUSTOM_ROUTE: _("Ask somebody else as well"),
    Verb.SUSPEND: _("Suspend it"),
    Verb.APPROVE_WITH_COMMENTS: _("Approve with comments only"),
    Verb.RECOMMEND_TYPE: _("Recommend another type only"),
}
VERBS: Mapping[Verb, Any] = {**PROPOSERS, **REVIEWERS}
# The same where they are listed.
SHORT: Mapping[Verb, Any] = {
    Verb.SUBMIT: _("hand in"),
    Verb.WITHDRAW: _("withdraw"),
    Verb.APPROVE: _("approve"),
    Verb.APPROVE_WITH_COMMENTS: _("approve with comments"),
    Verb.REQUEST_CHANGES: _("request changes"),
    Verb.RECOMMEND_TYPE: _("recommend another type"),
    Verb.REJECT: _("reject"),
    Verb.DECLINE: _("decline"),
    Verb.HOLD: _("put on hold"),
    Verb.ASK: _("ask the proposer"),
    Verb.FEEDBACK: _("give an answer"),
    Verb.INVITE: _("invite the proposer"),
    Verb.CUSTOM_ROUTE: _("ask somebody else as well"),
    Verb.SUSPEND: _("suspend"),
}

SCOPES: Mapping[Scope, Any] = {
    Scope.INSTITUTION: _("The whole institution"),
    Scope.PROPOSING_UNIT: _("The proposing unit; where the role is vacant, the units above stand in"),
    Scope.PROPOSING_UNIT_OR_DIVISION: _("The proposing unit or a unit above it, whichever has somebody first"),
    Scope.PARENT_DIVISION: _("The unit above the proposing unit"),
}
SCOPES_SHORT: Mapping[Scope, Any] = {
    Scope.INSTITUTION: _("of the institution"),
    Scope.PROPOSING_UNIT: _("of the proposing unit"),
    Scope.PROPOSING_UNIT_OR_DIVISION: _("of the proposing unit or a unit above it"),
    Scope.PARENT_DIVISION: _("of the unit above the proposing unit"),
}
JOINS: Mapping[str, Any] = {
    Joining.ALL.value: _("all tasks are done"),
    Joining.ANY.value: _("one task is done"),
    Joining.AT_LEAST.value: _("so many tasks are done"),
}
ALONE = "alone"  # no body decides
MODES: Mapping[str, Any] = {
    ALONE: _("One person decides; nobody votes"),
    Mode.VOTE.value: _("By vote of its members"),
    Mode.CHAIR_RECORDS.value: _("The chair records what was decided in the meeting"),
    Mode.VOTE_OR_CHAIR.value: _("By vote, or the chair records it"),
}
BALLOTS: Mapping[str, Any] = {
    Ballots.OPEN.value: _("Open: others see who voted how"),
    Ballots.SECRET.value: _("Secret: only the count is shown"),
}
TIES: Mapping[str, Any] = {TieBreak.CHAIR.value: _("The chair decides"), TieBreak.FAILS.value: _("It is not carried")}
AFTERWARDS: Mapping[str, Any] = {
    "production": _("Make the badge: a checklist is opened in production"),
    "retirement": _("Plan the end of the badge"),
}

WHY: Mapping[Why, Any] = {
    Why.HOLDS_THE_ROLE: _("holds the role"),
    Why.PROPOSES: _("proposes it"),
    Why.NAMED: _("is named on the route"),
    Why.STANDS_IN_FROM_ABOVE: _("stands in from a unit above"),
    Why.STANDS_IN_FOR_THE_ROLE: _("stands in for the office, because the role is vacant"),
}
GAPS: Mapping[Gap, Any] = {
    Gap.VACANT: _("Nobody holds the role “%(role)s” (%(place)s)."),
    Gap.CONFLICTED: _("Whoever holds the role “%(role)s” (%(place)s) has a conflict of interest."),
    Gap.NOBODY: _("Nobody would be asked: the proposal would wait here until somebody holds the role “%(role)s”."),
}
STATES: Mapping[State, Any] = {
    State.DRAFT: _("With the proposer"),
    State.IN_REVIEW: _("In review"),
    State.CHANGES_REQUESTED: _("Back with the proposer"),
    State.ON_HOLD: _("On hold"),
    State.SUSPENDED: _("Suspended"),
    State.APPROVED: _("Approved: the end"),
    State.REJECTED: _("Rejected: the end"),
    State.DECLINED: _("Declined: the end"),
    State.CANCELLED: _("Cancelled: the end"),
    State.WITHDRAWN: _("Withdrawn: the end"),
}

KINDS: Mapping[Kind, Any] = {
    Kind.LINE: _("One line"),
    Kind.TEXT: _("A longer text"),
    Kind.NUMBER: _("A number"),
    Kind.DATE: _("A day"),
    Kind.YES_NO: _("Yes or no"),
    Kind.CHOICE: _("One of several answers"),
    Kind.CHOICES: _("Any of several answers"),
    Kind.LINKS: _("Links"),
    Kind.SKILLS: _("Skills, from the frameworks"),
    Kind.COMPONENTS: _("Other badges, of which this one is made"),
    Kind.OUTCOMES: _("A list, one item a line"),
    Kind.PEOPLE: _("People, with their addresses"),
    Kind.ATTACHMENT: _("Files"),
    Kind.ATTEST: _("A statement to confirm"),
}
KINDS_BY_VALUE: Mapping[str, Any] = {kind.value: label for kind, label in KINDS.items()}
FILLS: Mapping[str, Any] = {
    "activity": _("How it is learned"),
    "assessment": _("How it is assessed"),
    "audience": _("Who may earn it"),
    "credit": _("Whether it is for credit"),
    "credits": _("Credit hours"),
    "criteria": _("What it takes to earn it"),
    "demand": _("Demand at work"),
    "description": _("Description"),
    "distinction_criteria": _("What it takes for a distinction"),
    "effort": _("Effort"),
    "links": _("Links"),
    "name": _("Name of the badge"),
    "outcomes": _("Outcomes"),
    "skills": _("Skills"),
    "tags": _("Tags"),
    "valid_months": _("How long it is valid"),
}
