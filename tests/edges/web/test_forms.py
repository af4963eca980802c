"""How a form is shown: label, help, control, error, and a summary that leads to each."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.edges.web.pages"), pytest.mark.django_db]


def test_a_field_is_tied_to_its_help_and_its_error(client: Client) -> None:
    page = client.post("/form", {"title": ""}).content.decode()
    title = re.search(r'<input type="text" name="title"[^>]*>', page)
    assert title
    assert 'aria-invalid="true"' in title[0]
    assert 'aria-describedby="id_title_helptext id_title_error"' in title[0]
    assert '<label for="id_title">' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page


def test_the_summary_counts_the_faults_and_leads_to_each(client: Client) -> None:
    page = client.post("/form", {"title": ""}).content.decode()
    summary = page[page.index('role="alert"') : page.index("</ul>", page.index('role="alert"'))]
    assert "2 things need another look." in summary
    for target in re.findall(r'href="#([\w-]+)"', summary):
        assert f'id="{target}"' in page
    assert len(re.findall(r'href="#', summary)) == 2


def test_choices_are_a_group_with_a_name(client: Client) -> None:
    page = client.get("/form").content.decode()
    group = page[page.index("<fieldset") : page.index("</fieldset>")]
    assert "<legend>Level" in group
    assert group.count('<label class="choice"') == 2


def test_what_may_be_left_out_says_so(client: Client) -> None:
    page = client.get("/form").content.decode()
    assert page.count("(optional)") == 1
