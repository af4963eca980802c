"""Headings as people and other systems write them find our columns; a mapping can be kept for the next file."""

import json

import pytest

from insignia.core.errors import Rejected
from insignia.domain.awards import roster


@pytest.mark.parametrize(
    ("heading", "column"),
    [(column, column) for column in roster.COLUMNS]
    + [
        ("E-mail address", "email"),
        ("  EMAIL ", "email"),
        ("Student e-mail", "email"),
        ("Émail", "email"),
        ("Student name", "name"),
        ("Full Name", "name"),
        ("Date completed", "awarded_on"),
        ("Completion date", "awarded_on"),
        ("Issue Date", "awarded_on"),
        ("Student ID", "external_id"),
        ("SIS User ID", "external_id"),
        ("Evidence link", "evidence_url"),
        ("Artifact URL", "evidence_url"),
        ("Evidence title", "evidence_name"),
        ("Distinction", "variant"),
        ("Assessed by", "attested_by"),
        ("Date of consent", "share_consent_on"),
    ],
)
def test_a_heading_finds_its_column(heading, column):
    assert roster.guess([heading, "Something else"]).columns == {column: (heading,)}


@pytest.mark.parametrize("heading", ["Notes", "Comments", "Grade", "Date of birth", "Phone", "", "¿?", "Address"])
def test_what_could_be_private_or_something_else_is_left_alone(heading):
    assert roster.guess([heading]).columns == {}


def test_first_and_last_name_are_joined():
    mapping = roster.guess(["Last Name", "First Name", "Email"])
    assert mapping.columns == {"email": ("Email",), "name": ("First Name", "Last Name")}
    assert mapping.missing_required == ()


def test_a_full_name_wins_over_its_parts_but_a_column_called_student_does_not():
    assert roster.guess(["Full name", "First name", "Surname"]).columns["name"] == ("Full name",)
    assert roster.guess(["Student", "First name", "Surname"]).columns["name"] == ("First name", "Surname")


def test_one_heading_serves_one_column_and_the_more_telling_heading_wins():
    mapping = roster.guess(["Date", "Date completed", "Link", "Evidence URL"])
    assert mapping.columns == {"awarded_on": ("Date completed",), "evidence_url": ("Evidence URL",)}


def test_what_every_roster_needs_and_is_not_there_is_named():
    assert roster.guess(["Date completed"]).missing_required == ("email", "name")
    assert roster.guess(["Mail"]).missing_required == ("name",)


def test_a_saved_mapping_comes_back_equal_through_json():
    mapping = roster.Mapping({"name": ("First", "Last"), "email": ("Mail",)}, roster.DateOrder.DAY_FIRST)
    assert roster.Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


def test_a_mapping_is_reapplied_whatever_the_order_and_spelling_of_the_headings():
    mapping = roster.Mapping({"email": ("E-Mail",), "name": ("First name", "Last name"), "variant": ("Kind",)})
    headers = ("last  NAME", "Group", "email", "first-name")
    assert mapping.positions(headers) == {"email": (2,), "name": (3, 0)}
    assert mapping.not_in(headers) == ("Kind",)


def test_the_exact_heading_is_preferred_to_one_that_reads_alike():
    assert roster.Mapping({"email": ("email",)}).positions(("E-mail", "email")) == {"email": (1,)}


@pytest.mark.parametrize(
    "saved",
    [
        None,
        "email",
        [],
        {},
        {"version": 2, "columns": {}},
        {"version": 1, "columns": []},
        {"version": 1, "columns": {"email": "Mail"}},
        {"version": 1, "columns": {"email": [1]}},
        {"version": 1, "columns": {"email": None}},
        {"version": 1, "columns": {"password": ["Mail"]}},
        {"version": 1, "columns": {}, "date_order": "sideways"},
        {"version": 1, "columns": {}, "date_order": ["day_first"]},
    ],
)
def test_what_is_no_saved_mapping_is_refused(saved):
    with pytest.raises(Rejected):
        roster.Mapping.from_json(saved)


def test_a_column_that_we_do_not_have_is_refused_by_name():
    with pytest.raises(Rejected, match="no roster column called “password”"):
        roster.Mapping({"password": ("x",)})
