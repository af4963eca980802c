"""What changes about a proposal as it is written, by subject."""

from .answering import Written, write_answers
from .attaching import attach, detach
from .beginning import begin_for, begin_proposal, check_eligible, clone, discard
from .consulting import answer_consultation, ask_consultation
from .handing_in import amend, freeze_version, lay_down_pen, mark, put_before
from .remarking import remark, resolve
from .together import add_participant, drop_participant

__all__ = [
    "Written",
    "add_participant",
    "amend",
    "answer_consultation",
    "ask_consultation",
    "attach",
    "begin_for",
    "begin_proposal",
    "check_eligible",
    "clone",
    "detach",
    "discard",
    "drop_participant",
    "freeze_version",
    "lay_down_pen",
    "mark",
    "put_before",
    "remark",
    "resolve",
    "write_answers",
]
