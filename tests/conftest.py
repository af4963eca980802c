"""What every test finds: a clean environment, no network but this machine, and the fixtures of tests/support."""

import os

import pytest

from tests.support import environment

environment.prepare()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each process of a shared run prepare an environment of its own: with our settings' name in theirs, pytest-django
    would read them before this file runs, and all would work in our folder."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


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
