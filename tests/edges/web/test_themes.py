"""An institution's colours and typefaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insignia.core.errors import Rejected
from insignia.edges.web.themes import theme_css


def test_a_theme_is_two_numbers_and_two_typefaces_in_the_last_layer() -> None:
    fonts = {"font_display": '"Charter", Georgia, serif', "font_text": "Verdana"}
    css = theme_css({"hue": 158, "strength": 0.075, **fonts})
    assert css.startswith("@layer theme { :root {")
    assert "--accent-h: 158; --accent-c: 0.075;" in css
    assert '--font-display: "Charter", Georgia, serif; --font-text: Verdana;' in css


def test_no_theme_is_no_style_sheet() -> None:
    assert theme_css({}) == ""


@pytest.mark.parametrize(
    "theme",
    [
        {"hue": -1},
        {"hue": 361},
        {"hue": "red"},
        {"hue": True},
        {"hue": float("nan")},
        {"strength": 0.2},
        {"strength": 0},
        {"font_display": "x; } body { display: none"},
        {"font_display": "url(https://evil.example)"},
        {"font_text": '"unclosed'},
        {"font_text": 7},
    ],
)
def test_a_value_that_could_break_contrast_or_the_sheet_is_refused(theme: dict[str, object]) -> None:
    with pytest.raises(Rejected):
        theme_css(theme)


@given(st.text(max_size=40))
def test_whatever_is_said_of_a_typeface_the_sheet_has_one_rule(family: str) -> None:
    try:
        css = theme_css({"font_display": family})
    except Rejected:
        return
    assert css.count("{") == css.count("}") == (2 if css else 0)
    assert not set(css) & set("<>\\@()") - {"@"}
