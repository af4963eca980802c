"""From SVG to PNG: sizes, greyscale, and nothing from outside."""

import os
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from insignia.core.errors import Rejected
from insignia.domain.catalog.images import SHIPPED, to_png
from tests.domain.catalog.images.geometry import example, pixels

# Mean difference of 255 grey values at 64 px, measured: the nearest two types 24 (both levels with Distinction),
# another title on the same type at most 10.
LEAST_DIFFERENCE = 18


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("size", [64, 200, 600])
def test_a_badge_has_the_size_asked_for_and_something_on_it(name, size):
    badge = Image.open(BytesIO(to_png(example(SHIPPED[name]).svg, size=size)))
    assert badge.format == "PNG"
    assert badge.size == (size, size)
    alpha = badge.convert("RGBA").getchannel("A")
    covered = ImageStat.Stat(alpha).mean[0] / 255
    assert 0.4 < covered < 0.95
    assert alpha.getpixel((0, 0)) == 0


@pytest.mark.requirement("R-044")
@pytest.mark.parametrize("rendition", ["badge", "mark"])
def test_types_differ_in_greyscale_at_64_pixels(rendition):
    thumbnails = {name: pixels(example(SHIPPED[name], rendition=rendition), 64).convert("L") for name in SHIPPED}
    near = {
        (one, two): ImageStat.Stat(ImageChops.difference(thumbnails[one], thumbnails[two])).mean[0]
        for one, two in combinations(thumbnails, 2)
    }
    assert {pair: round(value, 1) for pair, value in near.items() if value < LEAST_DIFFERENCE} == {}


@pytest.mark.requirement("R-044")
def test_types_differ_even_as_black_shapes():
    """The outline alone tells the kind, without colour, shading or words. Measured: the nearest two differ in 4.7 %."""
    shapes = {
        name: Image.open(BytesIO(to_png(example(SHIPPED[name]).svg, size=64))).convert("RGBA").getchannel("A")
        for name in SHIPPED
    }
    for one, two in combinations(shapes, 2):
        difference = ImageStat.Stat(ImageChops.difference(shapes[one], shapes[two])).mean[0] / 255
        assert difference > 0.04, (one, two)


@pytest.mark.requirement("R-044")
def test_one_type_with_another_title_stays_nearer_than_another_type():
    def grey(name, **more):
        return pixels(example(SHIPPED[name], **more), 64).convert("L")

    for name in SHIPPED:
        own = ImageStat.Stat(ImageChops.difference(grey(name), grey(name, title="Welding"))).mean[0]
        assert own < LEAST_DIFFERENCE * 0.6  # so that kind, not title, decides which badge looks like which


def test_the_same_image_gives_the_same_png():
    svg = example(SHIPPED["level-2"]).svg
    assert to_png(svg, size=120) == to_png(svg, size=120)


def test_system_fonts_play_no_part():
    """All text is outlines, so a machine without any font draws the same."""
    assert b"<text" not in example(SHIPPED["level-1"]).svg
    assert b"font-family" not in example(SHIPPED["level-1"]).svg


@pytest.mark.parametrize("size", [0, 15, 2049, 10_000_000, -5])
def test_a_size_out_of_range_is_refused(size):
    with pytest.raises(Rejected) as refusal:
        to_png(example(SHIPPED["level-1"]).svg, size=size)
    assert refusal.value.code == "size_refused"


@pytest.mark.parametrize(
    "part",
    [
        '<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>',
        '<image href="/etc/hostname" width="9" height="9"/>',
        "<image href='file:///etc/hostname'/>",
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href = "secret.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        '<use href="#a"/>',
        "<text>words</text>",
        "<svg:text xmlns:svg='http://www.w3.org/2000/svg'>words</svg:text>",
        "<style>@import url(http://127.0.0.1:9/x.css);</style>",
        "<script>1</script>",
    ],
)
def test_a_drawing_that_reaches_outside_is_refused(part):
    with pytest.raises(Rejected) as refusal:
        to_png(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{part}</svg>'.encode(), size=64)
    assert refusal.value.code == "drawing_refused"


@pytest.mark.parametrize("svg", [b"", b"<svg", b"no drawing", b"\xff\xfe", b"<!DOCTYPE svg><svg/>"])
def test_what_is_no_drawing_is_refused(svg):
    with pytest.raises(Rejected) as refusal:
        to_png(svg, size=64)
    assert refusal.value.code == "drawing_refused"


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    to_png(example(SHIPPED["level-1"]).svg, size=64)
    assert os.listdir(tmp_path) == []
