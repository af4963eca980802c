"""What changes in production, by subject."""

from .activating import activate, finish
from .beginning import begin
from .checklist import set_checklist
from .creating import create_credential, note_again, note_approvals, put_back
from .ending import retire_due, settle_stacks, waits_for_stacks
from .evaluating import accept_evaluation, remind_due, return_evaluation, submit_evaluation
from .nominating import confirm, decline, nominate
from .picturing import add_proof, ask_for_changes, sign_off, write_brief
from .planning import plan_evaluation, write_issuing_plan
from .tasks import assign, move, remark
from .training import record_training

__all__ = [
    "accept_evaluation",
    "activate",
    "add_proof",
    "ask_for_changes",
    "assign",
    "begin",
    "confirm",
    "create_credential",
    "decline",
    "finish",
    "move",
    "nominate",
    "note_again",
    "note_approvals",
    "plan_evaluation",
    "put_back",
    "record_training",
    "remark",
    "remind_due",
    "retire_due",
    "return_evaluation",
    "set_checklist",
    "settle_stacks",
    "sign_off",
    "submit_evaluation",
    "waits_for_stacks",
    "write_brief",
    "write_issuing_plan",
]
