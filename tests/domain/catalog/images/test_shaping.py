"""Fonts and shaping: what is shipped, which face draws what, and in which order."""

import tomllib
from hashlib import sha256

import pytest

from insignia.core.errors import Rejected
from insignia.domain.catalog.images.fonts import FOLDER, chain, shipped_faces
from insignia.domain.catalog.images.shaping import TextStyle, direction

SERIF = TextStyle("Source Serif 4", 600)
LABEL = TextStyle("Source Sans 3", 700, tracking=0.1)


def families(style, text):
    """The families that draw a text, from left to right, without repetition."""
    found = []
    for glyph in style.shape(text, direction(text)).glyphs:
        if not found or found[-1] != glyph.face.family:
            found.append(glyph.face.family)
    return found


def test_every_font_file_is_the_one_that_its_source_table_names():
    rows = tomllib.loads((FOLDER / "SOURCES.toml").read_text())["font"]
    assert {row["file"] for row in rows} == {path.name for path in FOLDER.glob("*.ttf")}
    for row in rows:
        assert sha256((FOLDER / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert row["licence"] == "OFL-1.1"
        assert row["copyright"]


def test_the_fonts_stay_a_modest_download():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.ttf")) < 6_000_000


def test_a_font_that_is_not_shipped_is_refused():
    with pytest.raises(Rejected) as refusal:
        chain("Comic Sans MS", 400)
    assert refusal.value.code == "font_unknown"


def test_the_chain_keeps_to_the_style_before_it_leaves_it():
    styles = [face.style for face in chain("Source Serif 4", 600)]
    assert styles == sorted(styles, key=lambda style: style != "serif")
    assert len({face.family for face in chain("Source Serif 4", 600)}) == len({f.family for f in shipped_faces()})


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Données", "Source Serif 4"),
        ("Навыки", "Source Serif 4"),
        ("Δεδομένα", "Source Serif 4"),
        ("مهارات", "Noto Naskh Arabic"),
        ("מיומנות", "Noto Serif Hebrew"),
        ("कौशल", "Noto Sans"),
    ],
)
def test_each_script_has_a_face(text, family):
    assert families(SERIF, text) == [family]
    assert SERIF.missing(text) == []


def test_one_line_may_need_several_faces_and_runs_from_right_to_left():
    line = SERIF.shape("יסודות AI 2025", direction("יסודות AI 2025"))
    # Read from the left: the Latin word and number stand left of the Hebrew word that begins the line.
    assert line.glyphs[0].face.family == "Source Serif 4"
    assert line.glyphs[-1].face.family == "Noto Serif Hebrew"


def test_a_number_in_arabic_text_reads_from_left_to_right():
    base = direction("عام 2025")
    digits = [g.index for g in SERIF.shape("عام 2025", base).glyphs if g.face.family == "Source Serif 4"]
    assert digits == [g.index for g in SERIF.shape("2025", 0).glyphs]


def test_arabic_letters_are_joined():
    alone = [SERIF.shape(letter, 1).glyphs[0].index for letter in "سلم"]
    joined = [glyph.index for glyph in SERIF.shape("سلم", 1).glyphs]
    assert not set(alone) & set(joined)


def test_tracking_spreads_letters_but_never_tears_joined_ones():
    plain = TextStyle("Source Sans 3", 700)
    assert LABEL.shape("LEVEL", 0).advance == pytest.approx(plain.shape("LEVEL", 0).advance + 0.4)
    assert LABEL.shape("مستوى", 1).advance == pytest.approx(plain.shape("مستوى", 1).advance)


def test_pairs_are_kerned():
    apart = SERIF.shape("A", 0).advance + SERIF.shape("V", 0).advance
    assert SERIF.shape("AV", 0).advance < apart


def test_a_combining_mark_stands_on_its_letter_and_takes_no_width():
    assert SERIF.shape("x\u0301", 0).advance == pytest.approx(SERIF.shape("x", 0).advance)
    assert SERIF.shape("x\u0301", 0).ink[3] > SERIF.shape("x", 0).ink[3]


def test_what_no_face_can_draw_is_named():
    assert SERIF.missing("Data 数据 \U0001f680") == ["数", "据", "\U0001f680"]


def test_letters_from_right_to_left_begin_at_the_right():
    last_letter = SERIF.shape("ם", 1).glyphs[0].index
    assert SERIF.shape("שלום", 1).glyphs[0].index == last_letter


def test_brackets_turn_with_the_direction():
    opening, closing = (SERIF.shape(f"{bracket}", 0).glyphs[0].index for bracket in "()")
    indexes = [glyph.index for glyph in SERIF.shape("(שלום)", 1).glyphs]
    assert [indexes[0], indexes[-1]] == [opening, closing]
