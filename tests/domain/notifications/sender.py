"""A sender in a process of its own, for the tests that kill one."""

import json

import django

django.setup()

from insignia.domain.notifications import sending  # noqa: E402

print(json.dumps(dict(sending.send_due())))
