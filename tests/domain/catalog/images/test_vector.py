"""Own artwork as SVG: shapes come through and become pixels; everything else is left out and named, or refused."""

import random
import time
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from insignia.core.errors import Rejected
from insignia.domain.catalog.images import own_artwork
from insignia.domain.catalog.images import vector as vector_module
from insignia.domain.catalog.images.sieve import Sieve
from insignia.domain.catalog.images.vector import cleaned

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
SQUARE = '<rect width="100" height="100" fill="#ff0000"/>'


def svg(inside: str, root: str = 'viewBox="0 0 100 100"', before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {XLINK} {root}>{inside}</svg>'.encode()


def pixel(data: bytes, at: tuple[int, int] = (320, 320)) -> tuple[int, ...]:
    picture = Image.open(BytesIO(own_artwork(data).png))
    assert picture.size == (640, 640)
    return picture.getpixel(at)  # type: ignore[return-value]


def notes(inside: str) -> str:
    return " ".join(own_artwork(svg(SQUARE + inside)).left_out)


def refusal(data: bytes) -> Rejected:
    began = time.perf_counter()
    with pytest.raises(Rejected) as refused:
        own_artwork(data)
    assert time.perf_counter() - began < 25
    assert "%(" not in str(refused.value)
    return refused.value


RED, GREEN = (255, 0, 0, 255), (0, 128, 0, 255)


@pytest.mark.requirement("R-051")
@pytest.mark.parametrize(
    "data",
    [
        svg(SQUARE),
        svg(SQUARE, 'width="100px" height="100"'),
        svg(SQUARE, before='<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n'),
        svg(SQUARE, before='\ufeff<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'),
        svg('<path style="fill:#f00;stroke:none;-inkscape-font:x" d="M0 0H100V100H0z"/>'),
        svg('<style><![CDATA[.a,.b { fill: #FF0000; }]]></style><path class="b" d="M0 0H100V100H0z"/>'),
        svg('<path d="M0 0H100V100H0z"/>', 'viewBox="0 0 100 100" fill="rgb(255, 0, 0)"'),
        svg('<linearGradient id="b"><stop stop-color="red"/></linearGradient><linearGradient id="a" xlink:href="#b"/>'
            '<rect width="100" height="100" fill="url(#a)"/>'),
        svg('<defs><rect id="r" width="50" height="50" fill="red"/></defs><use xlink:href="#r" transform="scale(2)"/>'),
        svg(f'<switch><foreignObject/><g>{SQUARE}</g></switch>'),
    ],
)  # fmt: skip
def test_what_drawing_programs_write_is_drawn(data: bytes) -> None:
    assert pixel(data) == RED


def test_what_is_not_square_is_transparent_beside_it() -> None:
    data = svg('<rect width="100" height="50" fill="green"/>', 'viewBox="0 0 100 50"')
    assert (pixel(data)[:3], pixel(data, (320, 20))[3]) == (GREEN[:3], 0)


def test_a_drawing_of_plain_shapes_is_taken_without_a_word() -> None:
    assert own_artwork(svg(SQUARE + "<title>Red</title><metadata>x</metadata>")).left_out == ()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "Scripts were left out"),
        ('<rect onclick="alert(1)" width="1" height="1"/>', "Scripts were left out"),
        ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject>", "<foreignObject>"),
        ('<a xlink:href="javascript:alert(1)"><rect width="1" height="1"/></a>', "A link was left out"),
        ('<use href="http://evil.example/x.svg#a"/>', "A link was left out"),
        ('<use href="data:image/svg+xml,&lt;svg/&gt;#a"/>', "A link was left out"),
        ('<image href="http://evil.example/pixel.png" width="9" height="9"/>', "A picture inside the drawing"),
        ('<image href="data:image/png;base64,AAAA" width="9" height="9"/>', "A picture inside the drawing"),
        ("<text>Words</text>", "convert it to outlines"),
        ('<rect style="fill:url(http://evil.example/x)" width="1" height="1"/>', "“fill” was left out"),
        ('<rect fill="url(javascript:alert(1))" width="1" height="1"/>', "“fill” was left out"),
        (r'<rect style="fill:\75rl(http://evil.example/x)" width="1" height="1"/>', "“fill” was left out"),
        ('<rect style="width:expression(alert(1))" width="1" height="1"/>', "“width” was left out"),
        ('<rect style="behavior:url(x.htc)" width="1" height="1"/>', "“behavior” was left out"),
        ("<style>@import url(http://evil.example/x.css);</style>", "A style sheet that fetches"),
        (r"<style>.a{fill:\75rl(//evil.example)}</style>", "A style sheet that fetches"),
        ("<style>svg rect:hover{fill:blue}</style>", "only classes are understood"),
        ("<style>.a{fill:url(//evil.example/x)}</style><rect class='a' width='1' height='1'/>", "“fill” was left out"),
        ('<rect width="1" height="1"><animate attributeName="href" to="javascript:alert(1)"/></rect>', "Animation"),
        ('<set attributeName="onload" to="alert(1)"/>', "Animation"),
        ('<filter id="f"><feImage href="http://evil.example/x"/></filter>', "Filters"),
        ('<svg width="10"><script>1</script></svg>', "<svg> was left out"),
        ('<pattern id="p" width="0.0001" height="0.0001"/>', "Patterns"),
        ("<iframe src='x'/>", "<iframe> was left out"),
        ('<rect width="1" height="1" filter="url(#f)"/>', "“filter” was left out"),
    ],
)  # fmt: skip
def test_what_is_dangerous_is_left_out_and_said(inside: str, said: str) -> None:
    assert said in notes(inside)
    sieve = Sieve()
    kept = cleaned(svg(SQUARE + inside), sieve)[0].decode()
    for word in (
        "script",
        "evil.example",
        "javascript",
        "data:",
        "expression",
        "foreignObject",
        "onclick",
        "import",
        "://evil",
    ):
        assert word not in kept
    assert pixel(svg(inside + SQUARE)) == RED


def test_no_more_notes_than_one_reads() -> None:
    many = "".join(f"<strange{n}/>" for n in range(50))
    found = own_artwork(svg(SQUARE + many)).left_out
    assert (len(found), found[-1]) == (9, "And 42 more.")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
USES = '<g id="u0"><rect width="9" height="9"/></g>' + "".join(
    f'<g id="u{n}">{f"""<use href="#u{n - 1}"/>""" * 10}</g>' for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (svg("&l9;", before=f"<!DOCTYPE svg [{LAUGHS}]>"), "declares entities"),
        (svg("&x;", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        (svg("&x;", before='<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">'), "not well-formed"),
        (svg(f'<defs>{USES}</defs><use href="#u8"/>'), "too much to draw"),
        (svg('<g id="a"><use href="#a"/></g>'), "drawn inside itself"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'), "drawn inside itself"),
        (svg('<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask>'), "drawn inside itself"),
        (svg('<clipPath id="c" clip-path="url(#c)"><path d="M0 0"/></clipPath>'), "drawn inside itself"),
        (svg('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'), "drawn inside itself"),
        (svg("<g>" * 5000 + "</g>" * 5000), "too deep"),
        (svg("<g>" * 39 + "<g/>" + "</g>" * 39), "too deep"),
        (svg("<g/>" * 3001), "more than 3000 parts"),
        (svg('<g opacity="0.9"><rect width="9" height="9"/></g>' * 201), "too much to draw"),
        (svg('<path d="M0 0H9" stroke="red" style="stroke-dasharray:0.001"/>' * 201), "too much to draw"),
        (svg(f"<desc>{'x' * 1_000_001}</desc>"), "longer than a million"),
        (svg(SQUARE, ""), "no viewBox"),
        (svg(SQUARE, 'width="100%" height="100%"'), "no viewBox"),
        (svg(SQUARE, 'viewBox="0 0 0 0"'), "no viewBox"),
        (svg(SQUARE, 'viewBox="0 0 nan inf"'), "no viewBox"),
        (svg(SQUARE, 'viewBox="0 0 1e300 1"'), "no viewBox"),
        (svg(SQUARE, 'viewBox="0 0 1000 1"'), "too long for its width"),
        (b"<svg/>", "its outermost element"),
        (b'<svg xmlns="http://evil.example/"/>', "its outermost element"),
        (b'<g xmlns="http://www.w3.org/2000/svg"><svg/></g>', "its outermost element"),
        (svg("<g>"), "not well-formed"),
        (svg("\0"), "not well-formed"),
        (svg(SQUARE).decode().encode("utf-16"), "PNG"),
        (svg("é").decode().encode("latin-1"), "UTF-8"),
        (svg("<script>1</script>"), "nothing is left that could be seen. Scripts were left out."),
        (svg(""), "nothing to see"),
        (svg('<rect width="100" height="100" fill="none"/>'), "nothing to see"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_in_plain_words(data: bytes, said: str) -> None:
    assert said in str(refusal(data))


def test_what_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_module, "SECONDS", 1)
    curves = "".join(
        f"C{n * 37 % 100} {n * 91 % 100} {n * 53 % 100} {n * 17 % 100} {n * 71 % 100} 5" for n in range(25000)
    )
    slow = f'<path fill="none" stroke="red" stroke-width="30" d="M0 0{curves}"/>'
    began = time.perf_counter()
    assert "too long to draw" in str(refusal(svg(slow)))
    assert time.perf_counter() - began < 10


def test_other_files_are_judged_as_before() -> None:
    for data, code in (
        (b"GIF89a", "artwork_not_png"),
        (b"<html><svg/></html>", "artwork_not_png"),
        (b"x" * 3_000_000, "artwork_too_large"),
    ):
        assert refusal(data).code == code
    assert refusal(b"<svg" + b" " * 3_000_000).code == "artwork_too_large"


WORDS = st.sampled_from(
    [
        "rect",
        "g",
        "path",
        "use",
        "svg",
        "script",
        "style",
        "text",
        "mask",
        "clipPath",
        "linearGradient",
        "image",
        "animate",
        "a",
    ]
)
VALUES = st.sampled_from(
    ["#a", "#b", "url(#a)", "url(#b)", "url(http://evil.example)", "javascript:alert(1)", "red", "10", "-1", "1e9", "none",
     "expression(1)", "\\75rl(x)", "data:text/html,x", "matrix(1 0 0 1 0 0)", "a", "b", "", "&lt;script&gt;", "/*", "url("]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "id",
        "href",
        "xlink:href",
        "fill",
        "style",
        "class",
        "onload",
        "d",
        "width",
        "transform",
        "mask",
        "clip-path",
        "opacity",
    ]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(WORDS)
    said = "".join(f' {key}="{value}"' for key, value in draw(st.dictionaries(NAMES, VALUES, max_size=4)).items())
    inside = "".join(draw(st.lists(elements(depth + 1), max_size=3))) if depth < 3 else ""
    return f"<{name}{said}>{inside}</{name}>"


@given(st.lists(elements(), max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_comes_nothing_that_points_outside_or_acts_is_kept(parts: list[str]) -> None:
    try:
        kept = cleaned(svg("".join(parts)), Sieve())[0].decode().lower()
    except Rejected:
        return
    for word in (
        "script",
        "evil",
        "expression",
        "onload",
        "data:",
        "<style",
        "<text",
        "<image",
        "<animate",
        "\\",
        "/*",
        "&",
    ):
        assert word not in kept
    assert kept.count("url(") == kept.count("url(#")
    assert kept.count("href=") == kept.count('href="#')


def test_bytes_that_are_turned_round_are_drawn_or_refused_but_never_crash() -> None:
    chance = random.Random(11)
    good = svg('<defs><g id="a"><path d="M0 0H9V9z" style="fill:red"/></g></defs><use href="#a"/>')
    for _ in range(400):
        data = bytearray(good)
        for _ in range(chance.randint(1, 5)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(Rejected):
            cleaned(bytes(data), Sieve())
