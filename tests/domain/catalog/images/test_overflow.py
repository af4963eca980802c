"""Any title stays in its place: checked on the outlines that were drawn, not on what the search believed."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insignia.domain.catalog.images import SHIPPED, render
from insignia.domain.catalog.images.filling import MAX_CHARACTERS
from tests.domain.catalog.images.geometry import lines

# Outlines are rounded to a tenth of a unit, at both ends; a badge is 600 wide.
TOLERANCE = 0.25

WORDS = {
    "latin": ["Data", "Design", "for", "of", "Communication", "Écoles", "Ǻngström", "Fjörd", "ﬁnance", "jjj"],
    "awkward": ["WWWWWWWWWWWWWWWW", "II", "Q&A", "C++", "2025–26", "and/or", "—"],
    "long": [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
        "Interdisciplinary-Communication/Storytelling",
        "Pneumonoultramicroscopicsilicovolcanoconiosis",
    ],
    "stacked": ["Ế", "Ữu", "x\u0301\u0323", "n\u0308o\u0302\u0301", "a\u0300\u0301\u0302\u0303", "Ṩ", "g\u0323\u0331"],
    "arabic": ["تصميم", "لوحات", "المعلومات", "للعملاء", "(٢٠٢٥)", "مُحَمَّدٌ", "والاستراتيجيات"],
    "hebrew": ["יסודות", "הבינה", "המלאכותית", "שָׁלוֹם", "AI", "ואתיקה"],
    "others": ["Навыки", "Ёлка", "Δεδομένων", "Ἀρχή", "कौशल", "स्त्री"],
}
words = st.sampled_from(sorted(WORDS)).flatmap(lambda kind: st.sampled_from(WORDS[kind]))
invented = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=1, max_size=30)
texts = st.lists(words | invented, min_size=1, max_size=14).map(" ".join).map(lambda text: text[:MAX_CHARACTERS])


def assert_in_place(template, image, rendition="badge"):
    slots = template.renditions[rendition]
    for key in ("title", "issuer"):
        frame = slots[key].frame
        for ink in lines(image, key):
            assert ink.width <= frame.width_between(ink.top, ink.bottom) + TOLERANCE
            half = frame.width_between(ink.top, ink.bottom) / 2 + TOLERANCE
            assert frame.centre - half <= ink.left
            assert ink.right <= frame.centre + half
    title, issuer = lines(image, "title"), lines(image, "issuer")
    top, bottom = sorted((slots["title"].frame.box, slots["issuer"].frame.box), key=lambda box: box[1])
    upper, lower = (title, issuer) if top == slots["title"].frame.box else (issuer, title)
    assert upper[0].top >= top[1] - TOLERANCE
    assert lower[-1].bottom <= bottom[1] + bottom[3] + TOLERANCE
    both = [*upper, *lower]
    for above, below in pairwise(both):
        assert above.bottom <= below.top + TOLERANCE


@pytest.mark.requirement("R-045")
@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=texts, issuer=texts)
def test_no_glyph_of_any_title_leaves_its_slot(name, title, issuer):
    image = render(SHIPPED[name], {"title": title, "issuer": issuer, "artwork": "chart"})
    assert_in_place(SHIPPED[name], image)


@pytest.mark.requirement("R-045")
@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=5, deadline=None)
@given(word=words)
def test_a_label_in_an_institutions_own_words_stays_on_its_plate(name, word):
    template = SHIPPED[name]
    if "level" not in template.slots:
        return
    image = render(template, {"title": "Data", "issuer": "PSU", "artwork": "chart", "level_text": word})
    frame = template.slots["level"].text.frame
    x, y, width, height = frame.box
    for ink in lines(image, "level"):
        assert x - TOLERANCE <= ink.left
        assert ink.right <= x + width + TOLERANCE
        assert y - TOLERANCE <= ink.top
        assert ink.bottom <= y + height + TOLERANCE


def test_a_title_too_long_for_the_image_is_cut_and_said():
    title = " ".join(["Environmental Laboratory Safety"] * 6)
    image = render(SHIPPED["level-2"], {"title": title, "issuer": "PSU", "artwork": "flask"})
    assert [warning.params["slot"] for warning in image.warnings] == ["title"]
    assert "short form" in image.warnings[0]
    assert title in image.alt
    assert_in_place(SHIPPED["level-2"], image)


def test_a_word_broken_in_the_image_is_said():
    image = render(SHIPPED["level-1"], {"title": "Betriebswerkbauunterbeamtengesellschaft" * 2, "issuer": "PSU"})
    assert len(lines(image, "title")) > 1
    assert "broken" in image.warnings[0]


def test_an_ordinary_title_needs_no_warning():
    for name in SHIPPED:
        title = "Introduction to Inclusive Event Planning for Community Organisations"
        assert not render(
            SHIPPED[name], {"title": title, "issuer": "Pinecrest State University", "artwork": "chart"}
        ).warnings
