"""What every test finds: a clean environment, no network but this machine, and the fixtures of tests/support."""

from tests.support import environment

environment.prepare()

pytest_plugins = [
    "tests.support.network",
    "tests.support.ordering",
    "tests.support.database",
    "tests.support.journal",
    "tests.support.tracing",
    "tests.support.installation",
    "tests.support.institution",
    "tests.support.server",
    "tests.support.browsing",
    "tests.support.mail",
    "tests.support.pseudo",
    "tests.support.crawling",
    "tests.support.crashing",
    "tests.support.examples",
    "tests.node_verifier",
]
