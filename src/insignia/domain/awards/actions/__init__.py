"""What changes about awards: one verb a function, each in the file of its subject."""

from .batches import (
    cancel_batch,
    check_batch,
    confirm_batch,
    grant_next_rows,
    list_batch,
    release_batch,
    remap_batch,
    undo_batch,
    upload_batch,
)
from .claiming import (
    accept,
    claim,
    claim_at_address,
    claim_with_new_account,
    claim_with_own_account,
    decline,
    open_link,
    set_visibility,
)
from .correcting import REVOCATION_REASONS, correct_award, reinstate, revoke, revoke_batch, suspend
from .granting import Earner, Wish, grant_award, grant_awards, renew_award
from .grantors import appoint_grantor, end_appointment, invite_grantor, record_training
from .issuing import issue, release, release_now, undo
from .keeping import expire_due, lapse_due, make_claim_link, remind_due, reoffer
from .reading import note_reading

__all__ = [
    "REVOCATION_REASONS",
    "Earner",
    "Wish",
    "accept",
    "appoint_grantor",
    "cancel_batch",
    "check_batch",
    "claim",
    "claim_at_address",
    "claim_with_new_account",
    "claim_with_own_account",
    "confirm_batch",
    "correct_award",
    "decline",
    "end_appointment",
    "expire_due",
    "grant_award",
    "grant_awards",
    "grant_next_rows",
    "invite_grantor",
    "issue",
    "lapse_due",
    "list_batch",
    "make_claim_link",
    "note_reading",
    "open_link",
    "record_training",
    "reinstate",
    "release",
    "release_batch",
    "release_now",
    "remap_batch",
    "remind_due",
    "renew_award",
    "reoffer",
    "revoke",
    "revoke_batch",
    "set_visibility",
    "suspend",
    "undo",
    "undo_batch",
    "upload_batch",
]
