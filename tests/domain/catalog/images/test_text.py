"""What a title is made of before any font is asked."""

from hypothesis import given
from hypothesis import strategies as st

from insignia.domain.catalog.images.text import clean, clusters, is_sign, join, pieces


def test_blanks_fold_and_marks_compose():
    assert clean("  Cafe\u0301 \n  culture\t") == "Café culture"


def test_a_no_break_space_stays():
    assert clean("Level\u00a0II  badge") == "Level\u00a0II badge"


def test_a_title_cannot_turn_its_own_reading_direction():
    assert clean("gold\u202egnirednuaL") == "goldgnirednuaL"


def test_characters_that_xml_cannot_hold_are_dropped():
    assert clean("a\x00b\x1bc\ud800d\ufffee") == "abcde"


def test_marks_and_joiners_stay_with_their_letter():
    assert clusters("n\u0308a\u0301\u0323 b") == ["n\u0308", "a\u0301\u0323", " ", "b"]
    assert clusters("\U0001f469\u200d\U0001f680!") == ["\U0001f469\u200d\U0001f680", "!"]


def test_a_line_may_break_at_blanks_and_after_dashes():
    assert [p.text for p in pieces("Cross-Cultural and/or 2025–26")] == [
        "Cross-",
        "Cultural",
        "and/",
        "or",
        "2025–",
        "26",
    ]


@given(st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" -/–—"), max_size=80))
def test_pieces_put_together_again_are_the_text(text):
    text = clean(text)
    assert join(pieces(text)) == text


def test_an_emoji_is_a_sign_and_a_letter_of_any_script_is_not():
    assert is_sign("\U0001f680")
    assert not any(is_sign(letter) for letter in ("字", "ก", "a", "7", "+", "€"))
