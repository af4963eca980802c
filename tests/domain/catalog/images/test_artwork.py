"""Own artwork: a sound PNG becomes a harmless square; everything else is refused in plain words."""

import random
import struct
import time
import tracemalloc
import zlib
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from insignia.core.errors import Rejected
from insignia.domain.catalog.images import SHIPPED, reencode_artwork, render
from insignia.domain.catalog.images.artwork import MAX_BYTES
from tests.domain.catalog.images.geometry import SVG, pixels, root_of, slot

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def a_picture(width=640, height=640, mode="RGBA", colour="#8A1538", **save):
    target = BytesIO()
    Image.new(mode, (width, height), colour).save(target, "PNG", **save)
    return target.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width, height, depth=8, colour=6, rest=b"\0\0\0"):
    return chunk(b"IHDR", struct.pack(">IIBB", width, height, depth, colour) + rest)


def a_png(*chunks: bytes) -> bytes:
    return SIGNATURE + b"".join(chunks) + chunk(b"IEND", b"")


def with_chunk(picture: bytes, kind: bytes, body: bytes) -> bytes:
    """The picture with one more chunk behind its header."""
    return picture[:33] + chunk(kind, body) + picture[33:]


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def refusal_of(data: bytes) -> Rejected:
    with pytest.raises(Rejected) as refusal:
        reencode_artwork(data)
    assert "%(" not in str(refusal.value)
    return refusal.value


# ---------------------------------------------------------------- accepted


@pytest.mark.requirement("R-051")
@pytest.mark.parametrize(
    ("size", "side"), [((640, 640), 640), ((3000, 3000), 1200), ((4000, 200), 1200), ((90, 300), 300), ((1, 1), 1)]
)
def test_a_picture_becomes_a_square_of_at_most_1200_pixels(size, side):
    picture = opened(reencode_artwork(a_picture(*size)))
    assert picture.format == "PNG"
    assert picture.size == (side, side)


def test_what_was_not_square_is_transparent_beside_it_and_not_stretched():
    picture = opened(reencode_artwork(a_picture(400, 100)))
    assert picture.getpixel((200, 20))[3] == 0
    assert picture.getpixel((200, 200)) == (0x8A, 0x15, 0x38, 255)
    assert picture.getchannel("A").getbbox() == (0, 150, 400, 250)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode):
    source = Image.new("RGBA", (40, 40), (200, 200, 200, 255))
    source = Image.new("I;16", (40, 40), 200 * 257) if mode == "I;16" else source.convert(mode)
    target = BytesIO()
    source.save(target, "PNG")
    red, green, blue, alpha = opened(reencode_artwork(target.getvalue())).getpixel((20, 20))
    assert alpha == 255
    assert red == green == blue
    assert abs(red - 200) <= 1 or mode == "1"


def test_metadata_does_not_survive():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jane Doe, 12 Elm Street")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>secret place</x:xmpmeta>")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    source = a_picture(pnginfo=info, exif=exif, dpi=(300, 300), icc_profile=b"profile" * 20)
    result = reencode_artwork(source)
    kinds = [
        result[i : i + 4]
        for i in range(len(result))
        if result[i : i + 4] in (b"tEXt", b"iTXt", b"eXIf", b"iCCP", b"pHYs")
    ]
    assert kinds == []
    assert b"Elm Street" in source
    assert b"Elm Street" not in result


def test_a_second_passage_changes_nothing():
    once = reencode_artwork(a_picture(900, 700))
    assert reencode_artwork(once) == once


# ---------------------------------------------------------------- refused

SVG_WITH_SCRIPT = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.requirement("R-051")
@pytest.mark.parametrize(
    ("data", "named"),
    [
        (SVG_WITH_SCRIPT, "SVG"),
        (b'\xef\xbb\xbf\n <svg onload="alert(1)"/>', "SVG"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "JPEG"),
        (b"GIF89a" + b"\0" * 50, "GIF"),
        (b"RIFF\0\0\0\0WEBP", "WebP"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04" + b"\0" * 50, "ZIP"),
        (b"\x1f\x8b" + zlib.compress(b"0" * 1000), "GZIP"),
        (b"<html><script>alert(1)</script></html>", "PNG"),
        (b"", "PNG"),
        (b"\x89PNG", "PNG"),
        (b"MZ" + a_picture(), "PNG"),
    ],
)
def test_what_is_not_a_png_is_named_and_refused(data, named):
    error = refusal_of(data)
    assert error.code == "artwork_not_png"
    assert named in str(error)


def test_more_than_two_megabytes_are_refused_unread():
    assert refusal_of(a_picture() + b"\0" * MAX_BYTES).code == "artwork_too_large"


@pytest.mark.parametrize(
    "size", [(4001, 4000), (100_000, 100_000), (2**31 - 1, 2**31 - 1), (1, 16_000_001), (2**32 - 1, 1)]
)
def test_a_pixel_bomb_is_refused_by_its_header_alone(size):
    bomb = a_png(header(*size), chunk(b"IDAT", zlib.compress(b"\0" * 100_000)))
    tracemalloc.start()
    began = time.perf_counter()
    assert refusal_of(bomb).code == "artwork_too_many_pixels"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_a_compressed_text_never_swells(kind):
    bomb = zlib.compress(b"A" * 50_000_000, 9)
    body = {b"zTXt": b"note\0\0", b"iTXt": b"note\0\1\0\0\0", b"iCCP": b"note\0\0"}[kind] + bomb
    tracemalloc.start()
    result = reencode_artwork(with_chunk(a_picture(64, 64), kind, body))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
    assert opened(result).size == (64, 64)


def test_picture_data_that_swells_beyond_its_size_does_no_harm():
    rows = (b"\0" + b"\x88" * 4 * 8) * 8
    swelling = a_png(header(8, 8), chunk(b"IDAT", zlib.compress(rows + b"\0" * 20_000_000, 9)))
    plain = a_png(header(8, 8), chunk(b"IDAT", zlib.compress(rows)))
    assert reencode_artwork(swelling) == reencode_artwork(plain)


def test_a_second_header_cannot_slip_a_bomb_past_the_first(monkeypatch):
    bomb = a_png(header(8, 8), header(9000, 9000), chunk(b"IDAT", zlib.compress(b"\0" * 300)))
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("the decoder was reached"))
    assert refusal_of(bomb).code == "artwork_broken"


def test_a_picture_with_an_archive_behind_it_is_refused():
    assert refusal_of(a_picture() + b"PK\x03\x04" + b"\0" * 100).code == "artwork_has_tail"
    assert refusal_of(a_picture() + b"<script>alert(1)</script>").code == "artwork_has_tail"
    assert refusal_of(a_picture() + a_picture()).code == "artwork_has_tail"


def test_a_script_inside_a_chunk_does_not_survive():
    script = b"<script>alert(1)</script><?php system($_GET[0]); ?>"
    for kind in (b"tEXt", b"prVt"):
        assert script not in reencode_artwork(with_chunk(a_picture(), kind, b"x\0" + script))


def test_further_frames_of_an_animation_are_dropped():
    target = BytesIO()
    frames = [Image.new("RGBA", (30, 30), colour) for colour in ("red", "green", "blue")]
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:])
    assert b"fdAT" in target.getvalue()
    result = reencode_artwork(target.getvalue())
    assert b"fdAT" not in result
    assert b"acTL" not in result


def test_an_empty_picture_is_no_artwork():
    assert refusal_of(a_picture(colour=(0, 0, 0, 0))).code == "artwork_empty"


GOOD = a_picture(32, 32)


@pytest.mark.parametrize(
    "data",
    [
        SIGNATURE,
        GOOD[:40],
        GOOD[:-12],
        GOOD[:-1],
        a_png(),
        a_png(header(8, 8)),
        a_png(header(0, 8), chunk(b"IDAT", zlib.compress(b""))),
        a_png(header(8, 8, depth=3), chunk(b"IDAT", zlib.compress(b"\0" * 300))),
        a_png(header(8, 8, colour=5), chunk(b"IDAT", zlib.compress(b"\0" * 300))),
        a_png(header(8, 8, rest=b"\1\0\0"), chunk(b"IDAT", zlib.compress(b"\0" * 300))),
        a_png(header(8, 8), chunk(b"IDAT", b"not zlib at all")),
        a_png(header(8, 8), chunk(b"IDAT", zlib.compress(b"\0" * 20))),
        a_png(chunk(b"IDAT", zlib.compress(b"\0" * 300)), header(8, 8)),
        a_png(header(8, 8, colour=3), chunk(b"IDAT", zlib.compress(b"\0" * 300))),
        a_png(header(8, 8), header(9000, 9000), chunk(b"IDAT", zlib.compress(b"\0" * 300))),
        with_chunk(GOOD, b"EVIL", b"critical and unknown"),
        GOOD[:20] + b"\xff" + GOOD[21:],
        SIGNATURE + struct.pack(">I", 2**32 - 1) + b"IHDR" + b"\0" * 30,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    ],
)
def test_a_broken_picture_is_refused_in_plain_words(data):
    error = refusal_of(data)
    assert error.code == "artwork_broken"
    assert "damaged" in str(error)


def test_flipped_bits_are_refused_or_drawn_but_never_crash():
    chance = random.Random(7)
    outcomes = set()
    for _ in range(300):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            reencode_artwork(bytes(data))
            outcomes.add("drawn")
        except Rejected as error:
            outcomes.add(error.code)
    assert "artwork_broken" in outcomes
    assert outcomes <= {"drawn", "artwork_broken", "artwork_not_png", "artwork_too_many_pixels"}


# ---------------------------------------------------------------- on a badge

VALUES = {"title": "Fire Prevention", "issuer": "Underwater Club", "artwork_alt": "logo of the club"}


@pytest.mark.requirement("R-051")
@pytest.mark.parametrize("name", SHIPPED)
def test_artwork_stands_in_its_slot_and_is_drawn(name):
    image = render(SHIPPED[name], {**VALUES, "artwork": a_picture(colour="#FF00FF")})
    (picture,) = root_of(image).iter(f"{SVG}image")
    assert picture.get("href").startswith("data:image/png;base64,")
    x, y, width, height = SHIPPED[name].slots["artwork"].box
    centre = (round((x + width / 2) / 2), round((y + height / 2) / 2))
    assert pixels(image, 300).getpixel(centre) == (255, 0, 255)
    assert "logo of the club" in image.alt


@pytest.mark.requirement("R-051")
@pytest.mark.parametrize("alt", [None, "", "   "])
def test_artwork_without_words_for_it_is_refused(alt):
    with pytest.raises(Rejected) as refusal:
        render(SHIPPED["souvenir"], {**VALUES, "artwork": a_picture(), "artwork_alt": alt})
    assert refusal.value.code == "alt_missing"


def test_hostile_artwork_is_refused_at_the_badge_too():
    with pytest.raises(Rejected) as refusal:
        render(SHIPPED["souvenir"], {**VALUES, "artwork": SVG_WITH_SCRIPT})
    assert refusal.value.code == "artwork_not_png"


@pytest.mark.requirement("R-046")
def test_own_artwork_fills_the_credential_specific_slot_of_level_two():
    image = render(SHIPPED["level-2"], {**VALUES, "artwork": a_picture()})
    assert "symbol: logo of the club" in image.alt
    with pytest.raises(Rejected):
        render(SHIPPED["level-2"], {**VALUES, "artwork": a_picture(colour=(0, 0, 0, 0))})


def test_an_opaque_picture_melts_into_a_disc_of_its_own_ground():
    image = render(SHIPPED["level-2"], {**VALUES, "artwork": a_picture(colour="#FDF0C8")})
    disc = slot(image, "artwork").find(f"{SVG}circle")
    assert disc.get("fill") == "#FDF0C8"


def test_a_picture_that_will_look_soft_is_said():
    soft = render(SHIPPED["souvenir"], {**VALUES, "artwork": a_picture(200, 200)})
    sharp = render(SHIPPED["souvenir"], {**VALUES, "artwork": a_picture(600, 600)})
    assert "200 pixels" in soft.warnings[0]
    assert not sharp.warnings


def test_a_large_picture_does_not_make_a_large_badge():
    target = BytesIO()
    Image.linear_gradient("L").resize((1200, 1200)).save(target, "PNG")
    image = render(SHIPPED["souvenir"], {**VALUES, "artwork": target.getvalue()})
    (picture,) = root_of(image).iter(f"{SVG}image")
    carried = b64decode(picture.get("href").partition(",")[2])
    assert opened(carried).size == (512, 512)
