"""Whoever cannot get in or on is told whom to ask."""

import pytest
from django.test import Client

from insignia.domain.institutions.models import Institution
from tests.support import builders

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R-112")
@pytest.mark.parametrize("address", ["/accounts/login/", "/nowhere", "/i/{slug}/nowhere"])
def test_sign_in_and_error_pages_name_the_only_institutions_contact(institution: Institution, address: str) -> None:
    page = Client().get(address.format(slug=institution.slug)).content.decode()
    assert f"mailto:{institution.contact_email}" in page


@pytest.mark.requirement("R-112")
def test_of_several_it_is_the_one_to_which_the_sign_in_leads_on(institution: Institution) -> None:
    other = builders.founded(name="Alder Ridge University")
    page = Client().get(f"/accounts/login/?next=/i/{other.slug}/governance/tasks").content.decode()
    assert f"mailto:{other.contact_email}" in page
    assert institution.contact_email not in page
    assert "mailto:" not in Client().get("/accounts/login/?next=/elsewhere").content.decode()
