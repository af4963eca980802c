"""How hard hypothesis tries: `ci` finds the same examples every time, `dev` looks at new ones.

`./run test` takes `ci`, so that a pass can be repeated; pytest on its own takes `dev`. HYPOTHESIS_PROFILE chooses.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=100, print_blob=True)
settings.register_profile(
    "dev", deadline=None, max_examples=50, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
