"""After a year nobody knows any more to whom a mail went; that it went stays."""

from datetime import timedelta

import pytest

from insignia.core.errors import Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.journal import retention
from insignia.domain.notifications import actions
from insignia.domain.notifications.models import Message
from tests.domain.notifications.mails import again, an_offer
from tests.support.builders import an_institution

pytestmark = pytest.mark.usefixtures("institution")


def after(days, message, state="sent"):
    Message.objects.filter(pk=message.pk).update(state=state, subject="Your badge", smtp_text=f"to {message.address}")
    with clock.frozen(clock.now() + timedelta(days=days)), an_institution():
        retention.carry_out()
    return again(message)


def test_addresses_are_kept_for_a_year():
    award, message = an_offer()
    assert after(364, message).address == award.recipient.email
    old = after(366, message)
    assert (old.address, old.subject, old.smtp_text) == (f"{message.public_id}@forgotten.invalid", "", "")
    assert (old.state, old.tells_of.get().award) == ("sent", award)


@pytest.mark.parametrize("state", ["pending", "deferred", "uncertain"])
def test_what_waits_for_the_server_or_for_a_person_is_kept(state):
    award, message = an_offer()
    assert after(1000, message, state).address == award.recipient.email


def test_a_forgotten_mail_is_not_sent_again():
    _award, message = an_offer()
    with pytest.raises(Rejected, match="has been forgotten"):
        actions.send_again(by=SYSTEM, message=after(366, message, "refused"))
