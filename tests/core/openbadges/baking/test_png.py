"""Badges in PNG: spliced in, taken out, and nothing else touched."""

import io
import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from insignia.core.openbadges.baking import MAX_IMAGE_BYTES, MAX_PAYLOAD_BYTES, bake, unbake
from insignia.core.openbadges.errors import BakingError
from tests.core.openbadges import reference
from tests.core.openbadges.samples import chunk, png

EMPTY = b"\0\0\0\0"  # compression flag and method, no language, no translated keyword
HEADER_ENDS = 8 + 25


def badge(text, kind=b"iTXt", keyword=b"openbadgecredential", between=EMPTY):
    return chunk(kind, keyword + b"\0" + between + text)


def code_of(image):
    with pytest.raises(BakingError) as caught:
        unbake(image)
    return caught.value.code


@pytest.mark.requirement("R-119")
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip))
def test_any_text_comes_out_as_it_went_in(text):
    assert unbake(bake(png(), text)) == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_baking_again_replaces_and_never_adds(text):
    assert bake(bake(png(badge(b"old")), "older still"), text) == bake(png(), text)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_a_png_cannot_hold_as_text_is_refused(text):
    with pytest.raises(BakingError) as caught:
        bake(png(), text)
    assert caught.value.code == "not_text"


def test_the_chunk_is_as_the_standard_draws_it_and_stands_behind_the_header():
    baked = bake(png(), "{}")
    text = b"openbadgecredential\0\0\0\0\0{}"
    expected = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    assert baked == png()[:HEADER_ENDS] + expected + png()[HEADER_ENDS:]


def test_all_other_chunks_stay_byte_for_byte():
    older = badge(b"https://old.example", keyword=b"openbadges")
    others = chunk(b"tEXt", b"Author\0Ada") + older + chunk(b"juNk", b"?")
    pixels = png()[HEADER_ENDS:]
    baked = bake(png(badge(b"old"), others, badge(b"older", kind=b"zTXt", between=b"\0")), "{}")
    assert baked == bake(png(), "{}").removesuffix(pixels) + others + pixels


def test_another_reader_of_png_finds_the_text_and_the_same_pixels():
    source = io.BytesIO()
    Image.radial_gradient("L").convert("RGBA").save(source, "PNG")
    text = '{"name": "Ünïcødé 🎓"}'
    baked = Image.open(io.BytesIO(bake(source.getvalue(), text)))
    baked.load()
    assert baked.text["openbadgecredential"] == text
    assert baked.tobytes() == Image.open(io.BytesIO(source.getvalue())).tobytes()


def test_two_badges_are_one_too_many():
    assert code_of(png(badge(b"{}"), badge(b"{}"))) == "several_badges"


def test_no_badge_is_said_so():
    assert code_of(png()) == "no_badge"
    assert code_of(png(badge(b" "))) == "no_badge"
    # The standard says iTXt: what stands elsewhere is a remark about a badge, not one.
    assert code_of(png(badge(b"{}", kind=b"tEXt", between=b""))) == "no_badge"
    assert code_of(png(badge(b"{}", keyword=b"openbadgecredentials"))) == "no_badge"


def test_an_open_badges_2_assertion_is_given_back_where_nothing_newer_is():
    older = badge(b'{"type": "Assertion"}', keyword=b"openbadges")
    assert unbake(png(older)) == '{"type": "Assertion"}'
    assert unbake(png(badge(b"https://x.example/1", kind=b"tEXt", keyword=b"openbadges", between=b""))).endswith("/1")
    assert unbake(bake(png(older), "{}")) == "{}"


def test_a_compressed_text_of_another_tool_is_read():
    assert unbake(png(badge(zlib.compress(b"{}"), between=b"\1\0en\0\0"))) == "{}"


@pytest.mark.parametrize("length", range(0, len(png(badge(b"{}"))), 3))
def test_a_picture_that_ends_early_is_damaged(length):
    assert code_of(png(badge(b"{}"))[:length]) in ("damaged", "not_a_picture")


@pytest.mark.parametrize("position", range(8, len(png(badge(b"{}")))))
def test_any_byte_changed_is_noticed(position):
    image = bytearray(png(badge(b"{}")))
    image[position] ^= 0x55
    with pytest.raises(BakingError):
        unbake(bytes(image))


def test_what_stands_behind_the_end_is_neither_read_nor_kept():
    assert code_of(png() + badge(b"{}")) == "no_badge"
    assert bake(png() + b"<script>", "{}") == bake(png(), "{}")


@pytest.mark.parametrize(
    "data",
    [
        b"openbadgecredential\0",
        b"openbadgecredential\0\0\0",
        b"openbadgecredential\0\2\0\0\0{}",
        b"openbadgecredential\0\0\1\0\0{}",
        b"openbadgecredential\0\0\0en{}",
        b"openbadgecredential\0\0\0\0\0\xff\xfe",
        b"openbadgecredential\0\1\0\0\0not zlib",
        b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}")[:-3],
        b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}") + b"behind",
    ],
)
def test_a_broken_text_chunk_is_damaged(data):
    assert code_of(png(chunk(b"iTXt", data))) == "damaged"


@pytest.mark.parametrize("keyword", [b"openbadgecredential", b"openbadges"])
def test_a_bomb_is_refused_without_unpacking_it(keyword):
    bomb = zlib.compress(bytes(20 * MAX_PAYLOAD_BYTES))
    assert len(bomb) < MAX_PAYLOAD_BYTES // 10
    assert code_of(png(badge(bomb, keyword=keyword, between=b"\1\0\0\0"))) == "too_large"
    # A text chunk of a kind that holds no badge is not even looked into.
    assert code_of(png(badge(bomb, kind=b"zTXt", keyword=keyword, between=b"\0"))) == "no_badge"


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + badge(b"{}") + png()[8:],
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffiTXt",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"") + chunk(b"IEND", b""),
        png()[:-12] + chunk(b"junk", b"") * 10_001 + chunk(b"IEND", b""),
    ],
    ids=["empty", "gif", "bare", "no header", "badge first", "endless length", "short header", "chunks without end"],
)
def test_what_is_no_sound_png_is_refused_by_both(image):
    for touch in (lambda: unbake(image), lambda: bake(image, "{}")):
        with pytest.raises(BakingError) as caught:
            touch()
        assert caught.value.code in ("damaged", "not_a_picture")


def test_what_is_too_large_is_refused_before_it_is_parsed():
    assert code_of(b"\x89PNG\r\n\x1a\n" + bytes(MAX_IMAGE_BYTES)) == "too_large"
    for payload in ("x" * (MAX_PAYLOAD_BYTES + 1), "ü" * (MAX_PAYLOAD_BYTES // 2 + 1)):
        with pytest.raises(BakingError) as caught:
            bake(png(), payload)
        assert caught.value.code == "too_large"


@given(st.binary(max_size=200))
def test_whatever_bytes_they_are_the_answer_is_a_baking_error(noise):
    for image in (noise, b"\x89PNG\r\n\x1a\n" + noise, png()[:HEADER_ENDS] + noise, b"<svg" + noise):
        with pytest.raises(BakingError):
            unbake(image)


@reference.NEEDED
@pytest.mark.parametrize("name", ["simple-json", "simple-jwt", "simple-jwt_v1"])
def test_badges_of_the_public_validator_are_read(name):
    image = reference.file(f"open-badges-3.0/examples-validator/{name}.png").read_bytes()
    text = unbake(image)
    assert text.count(".") == 2 if "jwt" in name else json.loads(text)["type"][1] == "OpenBadgeCredential"
    again = bake(image, "{}")
    assert unbake(again) == "{}"
    assert len(again) < len(image)


@reference.NEEDED
def test_a_badge_of_open_badges_2_is_read():
    text = unbake(reference.file("open-badges-2.0/examples-validator/simple-badge.png").read_bytes())
    assert json.loads(text)["@context"] == "https://w3id.org/openbadges/v2"
