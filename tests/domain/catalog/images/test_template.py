"""A template is two texts; what is wrong with them is said before anything is drawn."""

import pytest

from insignia.core.errors import Rejected
from insignia.domain.catalog.images import SHIPPED, Template
from insignia.domain.catalog.images.colour import contrast, luminance
from insignia.domain.catalog.images.markup import parse
from insignia.domain.catalog.images.shipped import icon, icon_names

LEVEL_1 = SHIPPED["level-1"]


def test_the_ten_templates_of_the_family_are_shipped():
    assert set(SHIPPED) == {
        "souvenir",
        "level-1",
        "level-1-distinction",
        "level-2",
        "level-2-distinction",
        "certificate-practiced",
        "certificate-expert",
        "institution",
        "competency",
        "credential",
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_reads_back_from_its_two_texts(name):
    template = SHIPPED[name]
    assert template.name == name
    assert Template.from_text(template.svg, template.sidecar) == template


@pytest.mark.parametrize("name", icon_names())
def test_every_symbol_is_plain_shapes(name):
    assert icon(name)


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError):
        SHIPPED["../level-1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('template = "level-1"', ""),
        ("version = 1", 'version = "one"'),
        ("size = [26, 58]", "size = [58, 26]"),
        ('family = "Source Serif 4"', 'family = "Comic Sans MS"'),
        ('accent = "#1F3A5F"', 'accent = "red"'),
        ('accent = "#1F3A5F"', 'accent = "#1F3A5F\\" onload=\\"x"'),
        ('default = "level_1"', 'default = "level_9"'),
        ("{title}", "the title"),
        ("{issuer}", "{isuser}"),
        ('type = "artwork"', 'type = "video"'),
        ("[renditions.mark]", "[renditions.small]"),
        ('["ink", "metal-4"]', '["ink", "metal-9"]'),
        ("[slots.issuer]", "[slots.owner]"),
        ("[palette]", "[palette"),
    ],
)
def test_a_sidecar_that_is_not_complete_is_refused(old, new):
    assert old in LEVEL_1.sidecar
    with pytest.raises(Rejected) as refusal:
        Template.from_text(LEVEL_1.svg, LEVEL_1.sidecar.replace(old, new))
    assert refusal.value.code in ("template_malformed", "font_unknown", "colour_malformed")
    assert str(refusal.value)


def test_a_template_whose_own_colours_are_hard_to_read_is_refused():
    with pytest.raises(Rejected) as refusal:
        Template.from_text(LEVEL_1.svg, LEVEL_1.sidecar.replace('ink = "#17222E"', 'ink = "#7C8792"'))
    assert refusal.value.code == "contrast_too_low"


BODY = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'


@pytest.mark.parametrize(
    "drawing",
    [
        BODY % "<script>alert(1)</script>",
        BODY % '<path d="M0 0" onload="alert(1)"/>',
        BODY % "<style>path{fill:url(http://evil.example)}</style>",
        BODY % '<path d="M0 0" style="fill:red"/>',
        BODY % '<image href="http://evil.example/x.png"/>',
        BODY % '<image href="file:///etc/passwd"/>',
        BODY % '<use xlink:href="#x"/>',
        BODY % '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        BODY % '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        BODY % "<text>Level II</text>",
        BODY % "<g>Level II</g>",
        BODY % '<animate attributeName="href" to="javascript:alert(1)"/>',
        BODY % '<set attributeName="onload"/>',
        BODY % '<rect fill="url(http://evil.example/#a)"/>',
        BODY % '<rect fill="url(#nowhere)"/>',
        BODY % '<g id="a"/><g id="a"/>',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + BODY % "<g/>",
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + BODY % "<g/>",
        '<?xml-stylesheet href="http://evil.example/x.css"?>' + BODY % "<g/>",
        "<svg><g/></svg>",
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        BODY % "<g>",
        BODY % ("<g/>" * 60_000),
        "",
    ],
)
def test_a_drawing_with_more_than_plain_shapes_is_refused(drawing):
    with pytest.raises(Rejected) as refusal:
        parse(drawing)
    assert refusal.value.code == "drawing_refused"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert luminance("#808080") == pytest.approx(0.2159, abs=0.0001)
