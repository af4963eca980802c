"""A journal with reactions of its own: what the apps above have subscribed is set aside."""

import pytest

from insignia.domain.ground import tenancy
from insignia.domain.journal import bus, claiming, periodic

from .news import Somebody


@pytest.fixture(autouse=True)
def _set_the_house_aside(monkeypatch):
    monkeypatch.setattr(bus, "_reactions", {})
    monkeypatch.setattr(periodic, "_jobs", {})
    monkeypatch.setattr(claiming, "_served", [-1])
    monkeypatch.delenv("CHAOS_DOUBLE", raising=False)


@pytest.fixture
def college():
    return tenancy.Tenant(pk=7, public_id="college".ljust(26, "a"))


@pytest.fixture
def school():
    return tenancy.Tenant(pk=9, public_id="school".ljust(26, "a"))


@pytest.fixture
def author(college):
    return Somebody(institution=college.public_id)
