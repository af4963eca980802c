"""Every row is a line to award, an error in plain words, or a duplicate that names the first."""

import unicodedata
from datetime import date

import pytest

from insignia.core.errors import Rejected
from insignia.domain.awards import roster

TODAY = date(2026, 11, 25)
DAY = date(2026, 6, 12)


def parsed(*rows, headers=("email", "name"), variants=(), default=DAY, order=roster.DateOrder.UNSAID):
    sheet = roster.Sheet(headers, tuple(roster.Row(n, tuple(cells)) for n, cells in enumerate(rows, start=2)))
    mapping = roster.Mapping(roster.guess(headers).columns, order)
    return roster.parse(sheet, mapping, today=TODAY, default_awarded_on=default, known_variants=variants)


def line_of(*rows, **more) -> roster.AwardLine:
    found = parsed(*rows, **more)
    assert found.errors == ()
    return found.lines[0]


def error_of(*rows, **more) -> roster.LineError:
    found = parsed(*rows, **more)
    assert found.lines == ()
    (error,) = found.errors
    assert "%(" not in str(error)
    return error


def with_column(column, value, **more):
    return {"headers": ("email", "name", column), **more}, ("a@mail.example", "Ana", value)


def test_a_full_row_becomes_a_line():
    row = (
        *(
            " Ana.Nunez@Mail.Example ",
            "Ana  Núñez",
            "2026-06-01",
            "She mapped it.\r\nAlone.",
            "https://work.example/a?b=1#c",
        ),
        *("The map", "WITH distinction", "000482913", "Portfolio", "2026-05-30", "Odile Banner", "2026-05-31"),
    )
    assert line_of(row, headers=roster.COLUMNS, variants=["With distinction"]) == roster.AwardLine(
        row=2,
        email="ana.nunez@mail.example",
        email_given="Ana.Nunez@Mail.Example",
        name="Ana Núñez",
        awarded_on=date(2026, 6, 1),
        narrative="She mapped it.\nAlone.",
        evidence_url="https://work.example/a?b=1#c",
        evidence_name="The map",
        variant="With distinction",
        external_id="000482913",
        attested_where="Portfolio",
        attested_on=date(2026, 5, 30),
        attested_by="Odile Banner",
        share_consent_on=date(2026, 5, 31),
    )


def test_a_row_with_address_and_name_only_takes_the_day_chosen_for_all():
    assert line_of(("a@mail.example", "Ana")) == roster.AwardLine(2, "a@mail.example", "a@mail.example", "Ana", DAY)


def test_without_a_day_anywhere_the_row_is_refused():
    error = error_of(("a@mail.example", "Ana"), default=None)
    assert (error.column, error.code, error.reason) == (
        "awarded_on",
        "date_missing",
        "The day of the award is missing.",
    )


def test_a_mapping_without_address_or_name_is_refused_before_any_row():
    with pytest.raises(Rejected) as caught:
        parsed(("Ana",), headers=("Notes",))
    assert [str(reason) for reason in caught.value.details] == [
        "No column is chosen for “email”.",
        "No column is chosen for “name”.",
    ]


def test_a_saved_mapping_whose_heading_is_gone_is_told():
    sheet = roster.Sheet(("email", "name"), (roster.Row(2, ("a@mail.example", "Ana")),))
    mapping = roster.Mapping({"email": ("email",), "name": ("name",), "evidence_url": ("Link",)})
    found = roster.parse(sheet, mapping, today=TODAY, default_awarded_on=DAY)
    assert len(found.lines) == 1
    assert [str(note) for note in found.notes] == ["The saved mapping expects a column “Link”; this file has none."]


@pytest.mark.parametrize(
    ("given", "email"),
    [
        ("ANA@Mail.EXAMPLE", "ana@mail.example"),
        ("\u00a0ana@mail.example\u200b", "ana@mail.example"),
        ("\u202aana@mail.example\u202c", "ana@mail.example"),
        ("ana.o'neill+maps@mail.example", "ana.o'neill+maps@mail.example"),
        ("ana@B\u0075\u0308cher.example", "ana@bücher.example"),
        ("ana@例え.example", "ana@例え.example"),
        ("ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example"),
        ("a@sub.mail-1.example", "a@sub.mail-1.example"),
    ],
)
def test_addresses_are_taken_in_the_form_in_which_they_are_compared(given, email):
    assert line_of((given, "Ana")).email == email


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "email_missing"),
        (" \u200b", "email_missing"),
        ("ana.mail.example", "email_without_at"),
        ("ana@mail,example", "email_comma"),
        ("ana @mail.example", "email_space"),
        ("ana@mail.example, bo@mail.example", "email_several"),
        ("Ana <ana@mail.example>", "email_with_name"),
        ("ana@mail.example\nBcc: all@mail.example", "email_line_break"),
        ("ana@mail.example\r\nSubject: x", "email_line_break"),
        ("ana\x00@mail.example", "email_line_break"),
        ("ana\u2028@mail.example", "email_line_break"),
        ("ana@mail\ud800.example", "email_line_break"),
        ("anä@mail.example", "email_letters"),
        ("\u0430na@mail.example", "email_letters"),  # a Cyrillic letter that looks Latin
        ("ana@mail", "email_wrong"),
        ("ana@", "email_wrong"),
        ("@mail.example", "formula"),
        ("ana@mail..example", "email_wrong"),
        ("ana@-mail.example", "email_wrong"),
        ("ana@192.0.2.1", "email_wrong"),
        ("ana@[192.0.2.1]", "email_wrong"),
        ("ana@mail.example.", "email_wrong"),
        (".ana@mail.example", "email_wrong"),
        ("ana..b@mail.example", "email_wrong"),
        ('"ana b"@mail.example', "email_space"),
        ("ana@ma_il.example", "email_wrong"),
        ("ana@mail\u200b.example", "email_wrong"),
        ("mailto:ana@mail.example", "email_wrong"),
        ("a" * 65 + "@mail.example", "email_too_long"),
        ("a@" + "b" * 64 + ".example", "email_wrong"),
        ("a@" + "b.c" * 90 + ".example", "email_too_long"),
        ("=1+1@mail.example", "formula"),
        ("+49170@mail.example", "formula"),
        ("\t=a@mail.example", "formula"),
    ],
)
def test_addresses_to_which_no_mail_should_go_are_refused(given, code):
    error = error_of((given, "Ana"))
    assert (error.row, error.column, error.code) == (2, "email", code)


def test_an_error_names_row_column_and_reason_in_plain_words():
    error = error_of(("dov@mail,example", "Dov"), headers=("E-mail address", "name"))
    assert str(error) == (
        "Row 2, column “E-mail address”: The mail address “dov@mail,example” has a comma. A comma instead of a dot?"
    )


def test_an_error_can_be_said_in_another_language():
    german = {
        "The mail address is missing.": "Die Adresse fehlt.",
        "Row %(row)s, column “%(header)s”: %(reason)s": "Zeile %(row)s, Spalte „%(header)s“: %(reason)s",
    }
    error = error_of(("", "Ana"))
    assert error.placed(lambda text: german[text]) == "Zeile 2, Spalte „email“: Die Adresse fehlt."


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("  Ana \u00a0 Núñez ", "Ana Núñez"),
        ("N\u0075\u0301n\u0303ez", "Núñez"),
        ("O'Neill", "O'Neill"),
        ("'t Hooft", "'t Hooft"),
        ("مريم الحسن", "مريم الحسن"),
        ("\u202bنועה כהן\u202c", "نועה כהן"),
        ("\u200fנועה\u200e", "נועה"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner belongs to the spelling
        ("क्\u200dष", "क्\u200dष"),
        ("\ufeffAna\u200b", "Ana"),
        ("Å. Ångström", "Å. Ångström"),
        ("𠮷野家", "𠮷野家"),
        ("Ana (Nena) Núñez, Jr. 2nd", "Ana (Nena) Núñez, Jr. 2nd"),
    ],
)
def test_names_keep_every_letter_and_lose_what_cannot_be_seen(given, name):
    found = line_of(("a@mail.example", given)).name
    assert found == name
    assert unicodedata.is_normalized("NFC", found)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "name_missing"),
        (" \u200b\u3164 ", "name_missing"),
        ("=HYPERLINK(1)", "formula"),
        (" +1", "formula"),
        ("-Ana", "formula"),
        ("@Ana", "formula"),
        ("\tAna", "formula"),
        ("\rAna", "formula"),
        ("＝1", "formula"),
        ("'=1+1", "formula"),
        ("Ana\nNúñez", "name_two_lines"),
        ("Ana\r\nBcc: x", "name_two_lines"),
        ("Ana\u2028Núñez", "name_two_lines"),
        ("A\x00na", "unreadable"),
        ("A\x1b[31mna", "unreadable"),
        ("Ana\ud800", "unreadable"),
        ("Ana\ufffe", "unreadable"),
        ("Ana\uffff", "unreadable"),
        ("Ana\U0001ffff", "unreadable"),
        ("Ana\ufdd0", "unreadable"),
        ("Ana\ue000", "unreadable"),
        ("Ana\U000e0041", "unreadable"),  # letters nobody sees
        ("Ana \u202eexe.zeñuN", "turned"),
        ("Nu\ufffdez", "damaged"),
        ("NÃºÃ±ez", "name_garbled"),
        ("ana@mail.example", "name_is_address"),
        ("https://evil.example", "name_is_link"),
        ("www.evil.example", "name_is_link"),
        ("12345", "name_without_letter"),
        ("A" * 201, "too_long"),
        ("A" * 4_001, "cell_too_long"),
    ],
)
def test_names_that_must_not_be_signed_are_refused(given, code):
    error = error_of(("a@mail.example", given))
    assert (error.row, error.column, error.code) == (2, "name", code)
    assert error.reason.isprintable()


def test_first_and_last_name_are_joined_and_each_part_is_looked_at():
    headers = ("First name", "Last name", "Email")
    assert line_of(("Ana", "Núñez", "a@mail.example"), headers=headers).name == "Ana Núñez"
    assert line_of(("Ana", "", "a@mail.example"), headers=headers).name == "Ana"
    error = error_of(("Ana", "=cmd|' /C calc'!A1", "a@mail.example"), headers=headers)
    assert (error.code, error.params["header"]) == ("formula", "First name + Last name")


@pytest.mark.parametrize(
    ("column", "limit"),
    [
        ("narrative", 2_000),
        ("evidence_name", 200),
        ("external_id", 100),
        ("attested_where", 200),
        ("attested_by", 200),
    ],
)
def test_texts_have_their_limits(column, limit):
    more, row = with_column(column, "é" * limit)
    assert getattr(line_of(row, **more), column) == "é" * limit
    more, row = with_column(column, "é" * (limit + 1))
    error = error_of(row, **more)
    assert (error.column, error.code) == (column, "too_long")
    assert error.reason == f"The text has {limit + 1} characters; at most {limit} are possible."


def test_a_narrative_that_begins_like_a_formula_is_text_and_our_own_apostrophe_comes_off():
    more, row = with_column("narrative", "- mapped it\n= done")
    assert line_of(row, **more).narrative == "- mapped it\n= done"
    more, row = with_column("narrative", "'- mapped it")
    assert line_of(row, **more).narrative == "- mapped it"


@pytest.mark.parametrize(
    "given", ["https://work.example", "HTTP://work.example:8080/ü?q=ü", "https://bücher.example/x"]
)
def test_links_are_kept_as_given(given):
    more, row = with_column("evidence_url", f" {given} ")
    assert line_of(row, **more).evidence_url == given


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("javascript:alert(1)", "link_scheme"),
        ("java\nscript:alert(1)", "link"),
        ("data:text/html,x", "link_scheme"),
        ("ftp://work.example/a", "link_scheme"),
        ("//work.example/a", "link_scheme"),
        ("work.example/a", "link_scheme"),
        ("https://ana:secret@work.example/", "link_with_password"),
        ("https://work.example@evil.example/", "link_with_password"),
        ("https://", "link"),
        ("https:///a", "link"),
        ("https://work.example:99999/", "link"),
        ("https://[::1/", "link"),
        ("https://work.example\\@evil.example", "link"),
        ("https://work.example/a b", "link"),
        ('https://work.example/"onclick="x', "link"),
        ("https://work.example/\u202eexe", "turned"),
        ("https://work.example/\x07", "unreadable"),
        ("https://work.example/" + "a" * 2_000, "too_long"),
    ],
)
def test_links_that_are_none_are_refused(given, code):
    more, row = with_column("evidence_url", given)
    error = error_of(row, **more)
    assert (error.column, error.code) == ("evidence_url", code)


@pytest.mark.parametrize("given", ["1.23457E+12", "1e+20", "4,82E+15", "1.234567890123457e+16"])
def test_a_number_that_a_spreadsheet_shortened_is_no_id(given):
    more, row = with_column("external_id", given)
    assert error_of(row, **more).code == "rounded"


def test_a_variant_that_the_achievement_does_not_have_is_refused_with_those_it_has():
    more, row = with_column("variant", "Gold", variants=["With distinction", "Plain"])
    assert error_of(row, **more).reason == "The achievement has no variant “Gold”; it has: With distinction, Plain."


def test_a_row_tells_everything_that_is_wrong_with_it_at_once():
    found = parsed(("x", "", "2999-01-01"), headers=("email", "name", "awarded_on"))
    assert [(error.row, error.column, error.code) for error in found.errors] == [
        (2, "email", "email_without_at"),
        (2, "name", "name_missing"),
        (2, "awarded_on", "date_in_future"),
    ]
    assert list(found.problems()) == [2]


def test_a_row_with_more_cells_than_headings_is_refused_because_its_cells_may_have_slipped():
    error = error_of(("a@mail.example", "Núñez", "Ana"))
    assert (error.column, error.code) == ("", "too_many_cells")
    assert str(error).startswith("Row 2: The row has more cells than there are headings.")
    assert line_of(("a@mail.example", "Ana", "", " ")).name == "Ana"


def test_the_second_row_of_a_person_is_a_duplicate_that_names_the_first():
    found = parsed(
        ("ana@mail.example", "Ana"),
        ("bo@mail.example", "Bo"),
        (" ANA@mail.example", "Ana N."),
        ("ana@mail.example", "Ana"),
    )
    assert [line.row for line in found.lines] == [2, 3]
    assert [str(duplicate) for duplicate in found.duplicates] == [
        "Row 4, column “email”: ana@mail.example is in row 2 already; this row is left out.",
        "Row 5, column “email”: ana@mail.example is in row 2 already; this row is left out.",
    ]


def test_one_mailbox_in_two_spellings_of_its_domain_is_one_person():
    found = parsed(("ana@bücher.example", "Ana"), ("ana@xn--bcher-kva.example", "Ana"))
    assert (len(found.lines), len(found.duplicates)) == (1, 1)


def test_two_variants_for_one_person_are_no_duplicate():
    rows = [("a@mail.example", "Ana", variant) for variant in ("", "Gold", "gold ")]
    found = parsed(*rows, headers=("email", "name", "variant"), variants=["Gold"])
    assert [line.variant for line in found.lines] == ["", "Gold"]
    assert [duplicate.row for duplicate in found.duplicates] == [4]


def test_a_wrong_first_row_does_not_take_the_award_from_the_right_second_one():
    found = parsed(("ana@mail.example", ""), ("ana@mail.example", "Ana"))
    assert [line.row for line in found.lines] == [3]
    assert [error.row for error in found.errors] == [2]
    assert found.duplicates == ()
