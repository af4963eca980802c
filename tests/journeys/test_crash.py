"""`kill -9` at ten seeded moments of one roster: nobody is missing, nobody has it twice, doubtful mails are listed."""

import json
from collections import Counter

import pytest

from tests.support.crashing import MOMENTS, Crash
from tests.support.installation import Installation
from tests.support.mail import SmtpSink
from tests.support.rosters import expected_of


@pytest.mark.slow
def test_a_roster_survives_ten_deaths_of_the_server(
    installation: Installation, smtp_sink: SmtpSink, pytestconfig: pytest.Config
) -> None:
    rows, seed = pytestconfig.getoption("--crash-rows"), pytestconfig.getoption("--crash-seed")
    expected = expected_of(rows, seed=seed)
    good = {address for address, _name in expected.good}
    crash = Crash(installation, smtp_sink, rows=rows, seed=seed)
    state = crash.run()

    assert crash.deaths == [moment for _process, moment, _repeated in MOMENTS]
    assert (state["awards"], state["people"], state["offered"]) == (len(good), len(good), len(good))
    assert state["rows"] == {
        "granted": len(good),
        "rejected": len(expected.errors),
        "duplicate": len(expected.duplicates),
    }
    verified = json.loads(crash.inside("verified"))
    assert verified == {"broken": [], "outcomes": {"passed": len(good)}}

    in_the_window = [moment for moment in crash.deaths if moment == "notifications.send.after_data"]
    assert len(state["uncertain"]) == len(in_the_window)
    # Whoever awarded them is mailed too, about other things.
    arrived = Counter(address for mail in smtp_sink.messages for address in mail.recipients if address in good)
    assert set(arrived) == good, "somebody was never told"
    assert {address: n for address, n in arrived.items() if n > 1} == {}, "somebody was told twice"
    assert state["mails"] == {"sent": len(good) - len(in_the_window), "uncertain": len(in_the_window)}
