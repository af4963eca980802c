"""kill -9 of the sender, and many mails through a bad day: duplicates 0, lost 0, uncertain as many as the kills."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from insignia.domain.ground import clock, failpoints
from insignia.domain.journal import periodic as jobs
from insignia.domain.journal.models import PeriodicRun
from insignia.domain.notifications import periodic, queries
from insignia.domain.notifications.models import Message, Sender
from tests.domain.awards.test_races import database_url
from tests.domain.notifications.mails import drop_others, offer_of, sent
from tests.support.builders import an_achievement, an_earner, an_institution, offered, worked_through

SENDER = Path(__file__).with_name("sender.py")


def run_sender(sink, fail=""):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict),
        "INSIGNIA_MAIL_URL": f"smtp://{sink.host}:{sink.port}",
        "INSIGNIA_MAIL_PER_MINUTE": "1000000",
        "INSIGNIA_FAIL": fail,
    }
    return subprocess.run([sys.executable, str(SENDER)], env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R-201")
@pytest.mark.parametrize(
    ("failpoint", "arrived"), [("notifications.send.after_data", 1), ("notifications.send.before_data", 0)]
)
def test_a_sender_killed_around_the_content_leaves_one_uncertain_mail_and_sends_none_twice(
    smtp_sink, failpoint, arrived
):
    with an_institution():
        achievement = an_achievement(level="souvenir")
        awards = [offered(achievement=achievement, earner=an_earner()) for _ in range(4)]
        worked_through()
        drop_others(*(offer_of(award) for award in awards))
        killed = run_sender(smtp_sink, f"{failpoint}:kill@2")
        assert killed.returncode == -signal.SIGKILL
        # A successor on the same machine takes over at once, without waiting for the dead one's lease.
        assert json.loads(run_sender(smtp_sink).stdout) == {"uncertain": 1, "sent": 2}
        assert sent() == {}
        (half,) = Message.objects.filter(state="uncertain")
        assert half.address == awards[1].recipient.email
        assert queries.why(half)
        assert len(smtp_sink.to(half.address)) == arrived
        whole = [award.recipient.email for award in awards if award.recipient.email != half.address]
        assert [len(smtp_sink.to(address)) for address in whole] == [1, 1, 1]


@pytest.mark.usefixtures("institution")
def test_a_bad_day_loses_nothing_and_sends_nothing_twice(smtp_sink, settings):
    achievement = an_achievement(level="souvenir")
    awards = [offered(achievement=achievement, earner=an_earner()) for _ in range(12)]
    worked_through()
    messages = [offer_of(award) for award in awards]
    drop_others(*messages)
    addresses = [message.address for message in messages]
    settings.EMAIL_TIMEOUT = 1
    start = clock.now()
    smtp_sink.refuse(addresses[3], "550 5.1.1 Gone for good")
    smtp_sink.refuse(addresses[4], "451 4.7.1 Greylisted")
    broken = iter([True, True])
    smtp_sink.after_data = lambda _mail: smtp_sink.drop_after_data() if next(broken, False) else None
    port = settings.EMAIL_PORT
    for hour in range(10):
        settings.EMAIL_PORT = 1 if hour in (0, 1) else port
        with clock.frozen(start + timedelta(hours=hour)):
            sent()
        smtp_sink.dropping = False
        if hour == 5:
            smtp_sink.refusals.pop(addresses[4])
    counts = queries.counts()
    assert all(len(smtp_sink.to(address)) <= 1 for address in addresses)
    assert counts["pending"] == counts["sending"] == counts["deferred"] == 0
    assert counts["refused"] == 1
    assert counts["sent"] + counts["uncertain"] == 11
    assert len(smtp_sink.messages) == 11
    assert counts["uncertain"] >= 1


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hangs_keeps_no_award_waiting(smtp_sink, settings):
    settings.EMAIL_TIMEOUT = 5
    with an_institution():
        achievement = an_achievement(level="souvenir")
        offered(achievement=achievement)
        worked_through()
        smtp_sink.hang()
        periodic.send()
        (thread,) = periodic._running
        award = offered(achievement=achievement)
        worked_through()
        assert thread.is_alive()
        assert (offer_of(award).state, award.state) == ("pending", "offered")
        periodic.send()
        assert periodic._running == [thread]
        thread.join(30)
        assert not thread.is_alive()
        assert not queries.sender_state().is_reachable
        smtp_sink.behave()
        Sender.objects.update(paused_until=None)
        periodic.send()
        periodic._running[0].join(30)
        assert len(smtp_sink.to(award.recipient.email)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_as_it_turns_to_the_mails_leaves_them_waiting_for_seconds_only(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {"notifications.send": jobs.jobs()["notifications.send"]})
    monkeypatch.setenv(failpoints.VARIABLE, "journal.periodic.after_claim:raise")
    with pytest.raises(failpoints.InjectedFailure):
        jobs.run_due()
    left = PeriodicRun.objects.get(name="notifications.send").next_at - clock.now()
    assert left <= timedelta(seconds=5)
