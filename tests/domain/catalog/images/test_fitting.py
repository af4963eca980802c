"""The search for the greatest size: pure, with a made-up font in which every letter has its own width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insignia.domain.catalog.images.fitting import Block, Extent, Frame, Measure, drawn_together, fit
from insignia.domain.catalog.images.text import clean

TOLERANCE = 0.02


def measure_of(line: str) -> Extent:
    """W is wide, i is narrow; Å reaches high, g hangs low."""
    width = sum({"W": 0.95, "i": 0.25, " ": 0.22}.get(letter, 0.5) for letter in line)
    return Extent(width, 0.95 if "Å" in line else 0.7, 0.3 if "g" in line else 0.0)


MEASURE = Measure(measure_of, capitals=0.67)

words = st.text("Wiåoeng-/Å", min_size=1, max_size=24)
titles = st.lists(words, min_size=1, max_size=14).map(lambda parts: clean(" ".join(parts))).filter(bool)


@st.composite
def frames(draw):
    """Boxes of any shape: straight, bulging, narrowing."""
    width, height = draw(st.integers(60, 450)), draw(st.integers(20, 200))
    smallest = draw(st.integers(10, 30))
    rows = draw(st.lists(st.integers(40, 450), max_size=8))
    widths = tuple((100 + i * height / max(1, len(rows) - 1), float(w)) for i, w in enumerate(rows))
    lines = draw(st.integers(1, 3))
    return Frame(
        box=(50, 100, width, height),
        smallest=smallest,
        greatest=smallest + draw(st.integers(0, 30)),
        max_lines=lines,
        relief_lines=draw(st.sampled_from([0, lines + 1])),
        line_height=draw(st.sampled_from([1.05, 1.1, 1.3])),
        widths=widths,
    )


def assert_inside(result, frame):
    _, y, _, height = frame.box
    for line, baseline in zip(result.lines, result.baselines, strict=True):
        extent = measure_of(line)
        top, bottom = baseline - extent.ascent * result.size, baseline + extent.descent * result.size
        assert top >= y - TOLERANCE
        assert bottom <= y + height + TOLERANCE
        assert extent.width * result.size <= frame.width_between(top, bottom) + TOLERANCE


@given(titles, frames())
def test_no_line_ever_leaves_its_frame(title, frame):
    assert_inside(fit(title, frame, MEASURE), frame)


@given(titles, frames())
def test_lines_never_touch(title, frame):
    result = fit(title, frame, MEASURE)
    for i in range(1, len(result.lines)):
        above, below = measure_of(result.lines[i - 1]), measure_of(result.lines[i])
        clear = result.baselines[i] - result.baselines[i - 1] - (above.descent + below.ascent) * result.size
        assert clear > 0


@given(titles, frames())
def test_no_letter_is_lost_unless_the_result_says_so(title, frame):
    result = fit(title, frame, MEASURE)
    if result.cut:
        assert result.lines[-1].endswith("…")
        return
    shown = "".join(result.lines).replace(" ", "").replace("-", "")
    assert shown == title.replace(" ", "").replace("-", "")
    if not result.broken:
        assert len(result.lines) <= max(frame.max_lines, frame.relief_lines)


@given(titles, frames())
def test_only_letters_taller_than_the_box_become_smaller_than_the_smallest_size(title, frame):
    result = fit(title, frame, MEASURE)
    if not result.cut and not result.broken and result.size < frame.smallest:
        # The only honest reason: one line of these letters is taller than the whole box at the smallest size.
        tallest = max(0.67, measure_of(title).ascent) + max(0.22, measure_of(title).descent)
        assert tallest * frame.smallest > frame.box[3]


def test_a_further_line_must_buy_seven_percent_of_size():
    # One line at 40 fills the width; two lines would only reach the greatest size of 42.
    frame = Frame((0, 0, 40 * measure_of("oooo oooo").width, 200), 10, 42, max_lines=3)
    assert fit("oooo oooo", frame, MEASURE).lines == ("oooo oooo",)


def test_a_short_word_does_not_stand_alone_on_a_later_line():
    frame = Frame((0, 0, 150, 200), 10, 40, max_lines=2)
    assert fit("Woooo Wooo II", frame, MEASURE).lines == ("Woooo", "Wooo II")


def test_a_compound_stays_together_where_it_can():
    frame = Frame((0, 0, 150, 200), 10, 25, max_lines=2)
    assert fit("Wooo ooo-ooo ooo", frame, MEASURE).lines == ("Wooo", "ooo-ooo ooo")


def test_a_fourth_line_is_the_relief_before_a_word_is_lost():
    frame = Frame((0, 0, 100, 200), 20, 40, max_lines=3, relief_lines=4)
    result = fit("Woooooooo Woooooooo Woooooooo Woooooooo", frame, MEASURE)
    assert len(result.lines) == 4
    assert not result.cut
    assert result.size <= 20 * 1.15


def test_a_word_wider_than_the_line_is_broken_with_a_hyphen():
    result = fit("o" * 30, Frame((0, 0, 200, 200), 20, 40, max_lines=3), MEASURE)
    assert result.broken
    assert not result.cut
    assert result.lines[0].endswith("-")


def test_what_is_left_at_the_smallest_size_becomes_an_ellipsis_at_a_words_end():
    result = fit("ooooo ooooo, ooooo ooooo ooooo", Frame((0, 0, 125, 30), 20, 40), MEASURE)
    assert result.lines == ("ooooo ooooo…",)
    assert result.cut


def test_title_and_issuer_move_together_until_the_gap_is_right():
    upper = Block(fit("oooo", up := Frame((0, 0, 300, 100), 20, 30), MEASURE), up, MEASURE)
    lower = Block(fit("oooo", low := Frame((0, 120, 300, 60), 15, 20), MEASURE), low, MEASURE)
    new_upper, new_lower = drawn_together(upper, lower, max_gap=10)
    assert new_upper.fit.baselines[0] > upper.fit.baselines[0]
    assert new_lower.fit.baselines[0] < lower.fit.baselines[0]
    gap = new_lower.fit.baselines[0] - new_lower.fit.ascent - new_upper.fit.baselines[-1] - new_upper.fit.descent / 2
    assert gap == pytest.approx(10)


def test_a_line_does_not_move_to_where_the_shape_is_too_narrow():
    narrowing = Frame((0, 0, 300, 100), 20, 30, widths=((0, 300), (70, 300), (72, 30), (200, 30)))
    upper = Block(fit("oooooooo", narrowing, MEASURE), narrowing, MEASURE)
    lower = Block(fit("oooo", low := Frame((0, 120, 300, 60), 15, 20), MEASURE), low, MEASURE)
    new_upper, _ = drawn_together(upper, lower, max_gap=10)
    assert new_upper.has_room(0)
