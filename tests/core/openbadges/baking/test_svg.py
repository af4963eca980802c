"""Badges in SVG: spliced in, taken out, and nothing else touched."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insignia.core.openbadges.baking import MAX_PAYLOAD_BYTES, bake, unbake
from insignia.core.openbadges.errors import BakingError
from tests.core.openbadges import reference
from tests.core.openbadges.samples import TOKEN

NS = "https://purl.imsglobal.org/ob/v3p0"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
OPEN = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
JSON = '{"type": ["VerifiableCredential"]}'


def code_of(image, touch=unbake):
    with pytest.raises(BakingError) as caught:
        touch(image)
    return caught.value.code


def test_a_credential_with_its_own_proof_is_the_first_child_as_cdata():
    assert bake(SVG, JSON) == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
        b"<openbadges:credential><![CDATA[" + JSON.encode() + b"]]></openbadges:credential>"
        b'<path d="M0 0"/></svg>'
    )


def test_a_token_stands_in_the_attribute_verify():
    baked = bake(SVG, TOKEN)
    assert f'<openbadges:credential verify="{TOKEN}"/>'.encode() in baked
    assert unbake(baked) == TOKEN


VALUES = st.recursive(
    st.text(max_size=10) | st.sampled_from(["]]>", "]]]]>>", "\ufffe", "\x7f\x85", "<![CDATA[x]]>", "&amp;&nosuch;"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.requirement("R-119")
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=3), st.booleans())
def test_any_json_comes_out_saying_the_same(document, plain):
    text = json.dumps(document, ensure_ascii=plain)
    assert json.loads(unbake(bake(SVG, text))) == document


@given(st.sampled_from([JSON, TOKEN]), st.sampled_from([JSON, TOKEN, "{}"]))
def test_baking_again_replaces_and_never_adds(first, second):
    assert bake(bake(SVG, first), second) == bake(SVG, second)


SHAPES = {
    "declaration and doctype": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<!-- > <svg> -->\n' + SVG
    ),
    "byte order mark": b"\xef\xbb\xbf" + SVG,
    "other prefix": b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:path d=""/></s:svg>',
    "empty root": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "empty root, spaced": b"<svg\r\n xmlns='http://www.w3.org/2000/svg'\r\n />\r\n",
    "bracket in an attribute": b'<svg xmlns="http://www.w3.org/2000/svg" aria-label="a > b \'/>"><g/></svg>',
    "not ascii": '<svg xmlns="http://www.w3.org/2000/svg"><title>Ünïcødé 🎓 שלום</title></svg>'.encode(),
    "script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>a &lt; b</script></svg>',
}


@pytest.mark.parametrize("image", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("payload", [JSON, TOKEN])
def test_the_rest_of_the_file_stays_byte_for_byte(image, payload):
    baked = bake(image, payload)
    assert unbake(baked) == payload
    root = ElementTree.fromstring(baked)
    assert root[0].tag == f"{{{NS}}}credential"
    start = baked.index(b"<openbadges:credential")
    end = baked.index(b"</openbadges:credential>") + 24 if payload == JSON else baked.index(b"/>", start) + 2
    rest = (baked[:start] + baked[end:]).replace(f' xmlns:openbadges="{NS}"'.encode(), b"")
    # Only a root that was closed at once had to be opened.
    assert rest.replace(b"></svg>", b"/>") == image if "empty" in _name(image) else rest == image


def _name(image):
    return next(name for name, one in SHAPES.items() if one == image)


@pytest.mark.parametrize(
    "old",
    [
        b'<openbadges:credential verify="a.b.c"/>',
        b'<openbadges:credential verify="a.b.c" />',
        b'<openbadges:credential verify="a>b/>"></openbadges:credential>',
        b"<openbadges:credential><![CDATA[{} </openbadges:credential> ]]></openbadges:credential >",
        b"<openbadges:credential>{<b/>}</openbadges:credential>",
        b"<openbadges:credential><openbadges:credential/></openbadges:credential>",
        f'<x:credential xmlns:x="{NS}"/>'.encode(),
    ],
)
def test_an_old_badge_is_taken_out_wherever_it_stands_and_however_it_is_written(old):
    first, deep = OPEN + old + b"<g/></svg>", OPEN + b"<g>" + old + b"</g></svg>"
    assert bake(first, JSON) == bake(OPEN + b"<g/></svg>", JSON)
    assert bake(deep, JSON) == bake(OPEN + b"<g></g></svg>", JSON)
    assert bake(OPEN + old + old + b"</svg>", JSON) == bake(OPEN + b"</svg>", JSON)


OB2 = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">%s</svg>'


def test_an_open_badges_2_assertion_is_given_back_where_nothing_newer_is():
    image = OB2 % b'<openbadges:assertion verify="a.b.c"><![CDATA[{}]]></openbadges:assertion>'
    assert unbake(image) == "a.b.c"
    both = bake(image, JSON)
    assert unbake(both) == JSON
    assert b'<openbadges:assertion verify="a.b.c">' in both


def test_two_badges_are_one_too_many():
    one = b"<openbadges:credential>{}</openbadges:credential>"
    assert code_of(OPEN + one + b"<g>" + one + b"</g></svg>") == "several_badges"


@pytest.mark.parametrize(
    "inside", [b"", b"<openbadges:credential/>", b"<openbadges:credential> </openbadges:credential>", b"<credential/>"]
)
def test_no_badge_is_said_so(inside):
    assert code_of(OPEN + inside + b"</svg>") == "no_badge"


LAUGHS = (
    b'<!DOCTYPE svg [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(97, 110))
    + b"]>"
)


@pytest.mark.parametrize(
    "poison",
    [
        LAUGHS + OPEN + b"<openbadges:credential>&n;</openbadges:credential></svg>",
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + OPEN
        + b"<openbadges:credential>&x;</openbadges:credential></svg>",
        b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]>' + SVG,
        b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + SVG,
        b'<!DOCTYPE svg SYSTEM "x.dtd">' + OPEN + b"<openbadges:credential>{&x;}</openbadges:credential></svg>",
    ],
    ids=["billion laughs", "external entity", "parameter entity", "default attribute", "undefined entity"],
)
def test_files_that_define_or_use_entities_are_refused(poison):
    assert code_of(poison) == "entities"
    assert code_of(poison, lambda image: bake(image, JSON)) == "entities"


@pytest.mark.parametrize(
    "image",
    [
        SVG[:-1],
        SVG[:-6],
        SVG + SVG,
        SVG.replace(b"/></svg>", b"></svg>"),
        b"<svg",
        OPEN + b"<o:x/></svg>",
        b"<\xff\xff>",
    ]
    + [SVG[:cut] for cut in range(1, 60, 7)],
)
def test_what_is_not_well_formed_is_damaged(image):
    assert code_of(image) == "damaged"
    assert code_of(image, lambda broken: bake(broken, JSON)) == "damaged"


@pytest.mark.parametrize(
    "image", [b"<html/>", b"<svg/>", b'<credential xmlns="https://purl.imsglobal.org/ob/v3p0"/>', b"{}", b"  "]
)
def test_other_files_are_no_pictures(image):
    assert code_of(image) == "not_a_picture"
    assert code_of(image, lambda other: bake(other, JSON)) == "not_a_picture"


def test_a_file_in_another_encoding_is_read_but_not_written():
    declared = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + OPEN + b"<g>\xe4</g></svg>"
    utf16 = (OPEN + b"<openbadges:credential>{}</openbadges:credential></svg>").decode().encode("utf-16")
    assert unbake(utf16) == "{}"
    for image in (declared, utf16):
        assert code_of(image, lambda other: bake(other, JSON)) == "not_utf8"


NEITHER = ["", "[]", "{", "1", "https://x.example/1", '{"a": NaN}', "a.b.c d", "[" * 5000, '{"a": 1, "a": 2}']


@pytest.mark.parametrize("payload", NEITHER)
def test_only_a_json_object_or_a_token_can_be_baked(payload):
    assert code_of(SVG, lambda image: bake(image, payload)) == "not_a_credential"


def test_a_credential_that_grows_over_the_limit_while_it_is_escaped_is_refused():
    payload = json.dumps({"a": "]]>" * (MAX_PAYLOAD_BYTES // 4)}, ensure_ascii=False)
    assert code_of(SVG, lambda image: bake(image, payload)) == "too_large"


def test_a_file_nested_a_hundred_thousand_deep_is_read():
    assert code_of(OPEN + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>") == "no_badge"


@reference.NEEDED
@pytest.mark.parametrize("name", ["simple-json", "simple-jwt", "simple-jwt_v1"])
def test_badges_of_the_public_validator_are_read(name):
    image = reference.file(f"open-badges-3.0/examples-validator/{name}.svg").read_bytes()
    text = unbake(image)
    assert text.count(".") == 2 if "jwt" in name else json.loads(text)["type"][1] == "OpenBadgeCredential"
    assert unbake(bake(image, JSON)) == JSON
