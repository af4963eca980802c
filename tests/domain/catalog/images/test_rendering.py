"""What a badge shows, says and refuses."""

import re
from colorsys import rgb_to_hls
from io import BytesIO
from itertools import pairwise
from math import cos, radians, sin

import pytest
from PIL import Image

from insignia.core.errors import Rejected
from insignia.domain.catalog.images import SHIPPED, render, to_png
from tests.domain.catalog.images.geometry import SVG, example, lines, pixels, root_of, slot

KSU = {"title": "Peer Tutoring", "issuer": "Pinecrest State University", "artwork": "people"}


def refusal_of(template: str, values: dict, **more: object) -> Rejected:
    with pytest.raises(Rejected) as refusal:
        render(SHIPPED[template], values, **more)
    return refusal.value


def colour_at(image, x, y, size=300):
    """Hue (degrees), lightness and saturation of one point, given in the badge's units of 600."""
    red, green, blue = pixels(image, size).getpixel((round(x * size / 600), round(y * size / 600)))
    hue, light, saturation = rgb_to_hls(red / 255, green / 255, blue / 255)
    return hue * 360, light, saturation


def leaves_around(image):
    """How often ink and nothing alternate on a circle just inside the edge: leaves of a laurel do so many times."""
    alpha = Image.open(BytesIO(to_png(image.svg, size=600))).convert("RGBA").getchannel("A")
    around = [(300 + 255 * cos(radians(a / 2)), 290 + 255 * sin(radians(a / 2))) for a in range(720)]
    inked = [alpha.getpixel((round(x), round(y))) > 0 for x, y in around]
    return sum(one != two for one, two in pairwise(inked))


# ---------------------------------------------------------------- frames and grounds


@pytest.mark.requirement("R-044")
@pytest.mark.parametrize("name", SHIPPED)
def test_two_credentials_of_one_type_have_the_same_frame(name):
    def frame(image):
        root = root_of(image)
        for parent in list(root.iter()):
            for child in list(parent):
                if "-slot-" in child.get("id", "") or child.tag in (f"{SVG}title", f"{SVG}desc"):
                    parent.remove(child)
        prefix = re.escape(root.get("aria-labelledby").split("-")[0])
        return re.sub(prefix, "", "".join(f"{e.tag}{sorted(e.attrib.items())}" for e in root.iter()))

    one, two = example(SHIPPED[name]), example(SHIPPED[name], title="Welding Safety", artwork="hammer")
    assert frame(one) == frame(two)
    assert one.svg != two.svg


@pytest.mark.requirement("R-045")
def test_level_one_is_silver_with_title_and_issuer():
    image = example(SHIPPED["level-1"])
    assert lines(image, "title")
    assert lines(image, "issuer")
    for x, y in ((150, 220), (300, 215), (450, 400)):
        _, light, saturation = colour_at(image, x, y)
        assert light > 0.7
        assert saturation < 0.25


@pytest.mark.requirement("R-046")
def test_level_two_is_gold():
    for x, y in ((220, 200), (300, 215), (400, 200)):
        hue, light, saturation = colour_at(example(SHIPPED["level-2"]), x, y)
        assert 35 < hue < 55
        assert light > 0.5
        assert saturation > 0.5


@pytest.mark.requirement("R-050")
def test_a_souvenir_is_white():
    for x, y in ((150, 250), (300, 260), (450, 250)):
        _, light, _ = colour_at(example(SHIPPED["souvenir"]), x, y)
        assert light == 1.0


# ---------------------------------------------------------------- what must be there


@pytest.mark.requirement("R-046")
@pytest.mark.parametrize("name", ["level-2", "level-2-distinction"])
@pytest.mark.parametrize("empty", [None, "", b""])
def test_level_two_without_its_own_symbol_or_picture_is_refused(name, empty):
    error = refusal_of(name, {**KSU, "artwork": empty})
    assert error.code == "slot_empty"
    assert error.params == {"slot": "artwork"}


@pytest.mark.requirement("R-045")
@pytest.mark.parametrize("key", ["title", "issuer"])
@pytest.mark.parametrize("empty", [None, "", "  \n", "\u202e\u00a0"])
def test_a_badge_without_title_or_issuer_is_refused(key, empty):
    error = refusal_of("level-1", {**KSU, key: empty})
    assert (error.code, error.params["slot"]) == ("slot_empty", key)


def test_level_one_without_a_symbol_shows_its_numeral():
    bare, filled = example(SHIPPED["level-1"], artwork=None), example(SHIPPED["level-1"])
    assert slot(bare, "artwork") is None
    assert slot(filled, "artwork") is not None
    assert colour_at(bare, 300, 150)[1] < 0.5  # the stem of the numeral


# ---------------------------------------------------------------- distinction


@pytest.mark.requirement("R-052", "R-053")
@pytest.mark.parametrize("level", ["level-1", "level-2"])
def test_distinction_shows_laurel_its_words_and_says_so(level):
    plain, distinct = example(SHIPPED[level]), example(SHIPPED[f"{level}-distinction"])
    assert slot(plain, "variant") is None
    assert lines(distinct, "variant")
    assert "with Distinction" in distinct.alt
    assert "laurel" in distinct.alt
    assert "Distinction" not in plain.alt
    assert leaves_around(distinct) > 3 * leaves_around(plain)


# ---------------------------------------------------------------- words


@pytest.mark.requirement("R-051")
def test_the_text_alternative_names_kind_title_issuer_and_symbol():
    image = example(SHIPPED["level-2"], title="Dashboard Design for Clients")
    assert image.alt == (
        "Level II badge: Dashboard Design for Clients. Issued by Pinecrest State University. "
        "Gold twelve-pointed star with ribbon, symbol: chart."
    )


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("rendition", ["badge", "mark"])
def test_the_file_itself_says_title_and_alternative(name, rendition):
    image = example(SHIPPED[name], title="Ethics & <AI>", rendition=rendition)
    root = root_of(image)
    labels = [next(e for e in root.iter() if e.get("id") == label) for label in root.get("aria-labelledby").split()]
    assert [e.text for e in labels] == ["Ethics & <AI>", image.alt]
    assert root.get("role") == "img"
    assert "Ethics & <AI>" in image.alt


def test_a_part_of_the_alternative_without_a_value_is_left_out():
    with_parts = example(SHIPPED["certificate-expert"], components=3)
    without = example(SHIPPED["certificate-expert"])
    assert "number of badges in it: 3" in with_parts.alt
    assert "number of badges" not in without.alt


def test_braces_and_brackets_in_a_title_are_only_letters():
    assert "{issuer} [draft]" in example(SHIPPED["level-1"], title="{issuer} [draft]").alt


def test_a_short_form_is_drawn_while_the_words_stay_whole():
    whole = example(SHIPPED["level-1"], title="Interdisciplinary Communication", short_title="Communication")
    short = example(SHIPPED["level-1"], title="Communication")
    assert whole.alt.startswith("Level I badge: Interdisciplinary Communication.")
    drawn = [slot(image, "title")[0].get("d") for image in (whole, short)]
    assert drawn[0] == drawn[1]


def test_an_institution_may_say_its_own_word_for_a_level():
    image = example(SHIPPED["level-1"], level_text="Nivel uno")
    assert image.alt.startswith("Nivel uno badge: ")
    assert slot(image, "level")[0].get("d") != slot(example(SHIPPED["level-1"]), "level")[0].get("d")


def test_the_mark_for_small_sizes_has_no_title_but_says_everything():
    mark = example(SHIPPED["level-2"], rendition="mark")
    assert slot(mark, "title") is None
    assert slot(mark, "level") is not None
    assert mark.alt == example(SHIPPED["level-2"]).alt


@pytest.mark.parametrize(("chosen", "word"), [("for_credit", "For credit"), ("noncredit", "Noncredit"), ("none", "")])
def test_a_choice_keeps_only_its_own_part(chosen, word):
    image = example(SHIPPED["institution"], credit=chosen)
    assert bool(lines(image, "credit")) == bool(word)
    assert len(list(root_of(image).iter(f"{SVG}rect"))) == (1 if word else 0)
    assert (f"({word})" in image.alt) == bool(word)


@pytest.mark.parametrize("count", [1, 2, 9])
def test_pips_count_the_parts(count):
    image = example(SHIPPED["certificate-practiced"], components=count)
    assert len(slot(image, "components")) == count


# ---------------------------------------------------------------- what is refused, and how


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": 7}, "slot_malformed"),
        ({"title": "x" * 401}, "text_too_long"),
        ({"artwork": "../../../etc/passwd"}, "symbol_unknown"),
        ({"artwork": "unicorn"}, "symbol_unknown"),
        ({"artwork": 3}, "symbol_unknown"),
        ({"level": "level_9"}, "slot_malformed"),
        ({"variant": "with_distinction"}, "slot_unknown"),
        ({"titel": "Peer Tutoring"}, "slot_unknown"),
        ({"title": "数据"}, "no_glyph"),
        ({"title": "Data 数据"}, "no_glyph"),
        ({"issuer": "\U0001f680"}, "no_glyph"),
    ],
)
def test_a_value_that_does_not_fit_the_template_is_refused(values, code):
    error = refusal_of("level-1", {**KSU, **values})
    assert error.code == code
    assert "%(" not in str(error)


def test_an_empty_value_for_a_place_that_is_not_there_loses_nothing():
    assert render(SHIPPED["level-1"], {**KSU, "variant": "", "components": 0, "credit": None}).alt


@pytest.mark.parametrize("count", [-1, 10, 2.5, "3", True])
def test_a_count_out_of_range_is_refused(count):
    assert refusal_of("certificate-expert", {**KSU, "components": count}).code == "slot_malformed"


def test_an_ornament_without_a_glyph_is_left_out_and_said():
    image = example(SHIPPED["level-1"], title="Data \U0001f680 Science")
    plain = example(SHIPPED["level-1"], title="Data Science")
    assert slot(image, "title")[0].get("d") == slot(plain, "title")[0].get("d")
    (warning,) = image.warnings
    assert "\U0001f680" in warning
    assert warning.params["slot"] == "title"
    assert "Data \U0001f680 Science" in image.alt


def test_a_title_in_a_script_without_a_font_is_accepted_with_a_short_form():
    image = example(SHIPPED["level-1"], title="数据素养", short_title="Data Literacy")
    assert "数据素养" in image.alt


# ---------------------------------------------------------------- colours


def test_an_institution_sets_its_accent_and_nothing_else():
    assert b"#7A1F3D" in render(SHIPPED["level-1"], KSU, palette={"accent": "#7A1F3D"}).svg
    assert refusal_of("level-1", KSU, palette={"metal-1": "#7A1F3D"}).code == "colour_fixed"


def test_a_light_accent_gets_dark_letters():
    svg = render(SHIPPED["level-2"], KSU, palette={"accent": "#FFD34D"}).svg.decode()
    assert re.search(r'slot-level" fill="#16181C"', svg)


@pytest.mark.parametrize("name", ["souvenir", "competency", "institution", "certificate-expert", "credential"])
def test_a_palette_that_is_hard_to_read_is_refused(name):
    error = refusal_of(name, KSU, palette={"accent": "#E8A0A0"})
    assert error.code == "contrast_too_low"
    assert float(error.params["ratio"]) < 4.5


def test_letters_too_like_their_ground_are_refused_when_chosen_by_hand():
    colours = {"accent": "#1F3A5F", "accent-ink": "#3A5A80"}
    assert refusal_of("level-1", KSU, palette=colours).code == "contrast_too_low"


@pytest.mark.parametrize("value", ["red", "#FFF", "#12345G", '#1F3A5F"/><script>', 7, None])
def test_a_colour_is_six_hexadecimal_digits(value):
    assert refusal_of("level-1", KSU, palette={"accent": value}).code == "colour_malformed"


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_input_gives_the_same_bytes(name):
    assert example(SHIPPED[name]).svg == example(SHIPPED[name]).svg


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("rendition", ["badge", "mark"])
def test_the_file_is_whole_under_a_strict_policy(name, rendition):
    image = example(SHIPPED[name], rendition=rendition)
    root = root_of(image)
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "g", "path", "rect", "circle", "linearGradient", "stop", "clipPath"}
    attributes = {name for e in root.iter() for name in e.attrib}
    assert not [name for name in attributes if name.startswith(("on", "data-")) or "href" in name or name == "style"]
    assert "display" not in attributes


@pytest.mark.parametrize("name", SHIPPED)
def test_ids_are_unique_in_the_file_and_between_badges(name):
    def ids(image):
        return [e.get("id") for e in root_of(image).iter() if e.get("id")]

    one, two = ids(example(SHIPPED[name])), ids(example(SHIPPED[name], title="Another"))
    assert len(one) == len(set(one))
    assert not set(one) & set(two)
    svg = example(SHIPPED[name]).svg.decode()
    assert set(re.findall(r"url\(#([\w-]+)\)", svg)) <= set(one)


def test_hostile_words_stay_words():
    image = example(SHIPPED["level-1"], title="</title><script>alert(1)</script>", issuer='"><img src=x onerror=1>')
    assert not list(root_of(image).iter(f"{SVG}script"))
    assert b"<script" not in image.svg
