"""By which way somebody who holds a claim link comes to what it offers. The actions hold the same rules again."""

from enum import StrEnum
from typing import Any

from insignia.domain.access.actor import Actor
from insignia.domain.people import queries as people


class Way(StrEnum):
    """What stands between the reader and the badges."""

    OWN = "own"  # nothing: they are the reader's to decide on
    SET_UP = "set_up"  # nobody has an account at the address: the link makes one, once
    SIGN_IN = "sign_in"  # somebody has: let them show that they are that person
    OTHER = "other"  # the reader is signed in as somebody else than that person
    ADD = "add"  # the reader is signed in with another address, and nobody has this one
    USED = "used"  # the same, but the link has done its one work


def way_of(link: Any, reader: Actor) -> Way:
    """The way of `reader` who holds `link`. To hold it is not enough: mails are forwarded."""
    recipient = link.recipient
    is_somebody = reader.user_pk is not None
    if recipient.user_id is not None:
        if reader.user_pk == recipient.user_id:
            return Way.OWN
        return Way.OTHER if is_somebody else Way.SIGN_IN
    if recipient.email in reader.addresses:
        return Way.OWN
    if not is_somebody:
        return Way.SIGN_IN if link.used_at or people.has_account(recipient.email) else Way.SET_UP
    if people.holders(recipient.email):
        return Way.OTHER
    return Way.USED if link.used_at else Way.ADD
