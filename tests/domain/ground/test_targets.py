"""Which addresses belong to the public internet, and which spellings of a URL are read at all."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insignia.core.errors import Rejected
from insignia.domain.ground import targets


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.216.34",
        "128.138.129.98",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450::8",
    ],
)
def test_public_addresses_are_open(address):
    assert targets.is_public(address)


@given(st.ip_addresses())
def test_what_the_standard_library_calls_closed_is_closed_here_too(address):
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        assert not targets.is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_address_that_is_closed_is_closed_in_every_wrapping(address):
    number = int(address)
    wrapped = [
        (0xFFFF << 32) | number,  # mapped
        number,  # compatible
        (0x0064FF9B << 96) | number,  # NAT64
        (0x0064FF9B0001 << 80) | number,  # NAT64, local
        (0x2002 << 112) | (number << 80),  # 6to4
        (0x20010000 << 96) | number,  # Teredo
        (0x26064700 << 96) | (0x00005EFE << 32) | number,  # ISATAP
        (0x26064700 << 96) | (0x02005EFE << 32) | number,
    ]
    assert not any(targets.is_public(str(ipaddress.IPv6Address(one))) for one in wrapped)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://issuer.example/did.json", "https://issuer.example/did.json"),
        ("HTTPS://Issuer.Example", "https://issuer.example/"),
        ("http://issuer.example:80/a?b=c#d", "http://issuer.example/a?b=c"),
        ("http://issuer.example:443/", "http://issuer.example:443/"),
        ("https://xn--bcher-kva.example/%C3%A9", "https://xn--bcher-kva.example/%C3%A9"),
        ("https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
        ("https://issuer.example//a//b", "https://issuer.example//a//b"),
    ],
)
def test_plain_addresses_are_read(url, read):
    assert targets.parse(url, allowed=()).url == read


@pytest.mark.parametrize("url", ["https://issuer.example:8443/", "http://issuer.example:22/", "http://intranet/"])
def test_other_ports_and_names_without_a_dot_are_refused(url):
    with pytest.raises(Rejected):
        targets.parse(url, allowed=())


def test_what_the_operator_trusts_is_read_and_marked():
    target = targets.parse("http://intranet:8080/did.json", allowed=["Intranet:8080"])
    assert target.trusted
    assert not targets.parse("https://intranet.example/", allowed=["intranet.example:8443"]).trusted


@given(st.text(max_size=60))
def test_no_text_does_anything_but_be_read_or_be_refused(text):
    for url in (text, f"http://{text}", f"https://{text}/", f"http://public.example/{text}"):
        try:
            target = targets.parse(url, allowed=())
        except Rejected:
            continue
        assert target.host.isascii()
        assert target.path.startswith("/")
        assert targets.parse(target.url, allowed=()) == target
