"""The bits of a status list."""

import base64
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insignia.core.openbadges import status
from insignia.core.openbadges.errors import StatusError
from tests.core.openbadges import reference
from tests.core.openbadges.samples import WHEN

INDEXES = st.integers(0, status.BITS - 1)


def packed(data):
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def code_of(encoded, max_bytes=status.MAX_BYTES):
    with pytest.raises(StatusError) as caught:
        status.decode(encoded, max_bytes=max_bytes)
    return caught.value.code


@given(st.sets(INDEXES, max_size=50))
def test_what_is_set_is_read_and_nothing_else(indexes):
    bits = status.with_bits(status.new_bits(), dict.fromkeys(indexes, True))
    assert status.decode(status.encode(bits), max_bytes=status.MAX_BYTES) == bits
    assert all(status.is_set(bits, index) for index in indexes)
    assert int.from_bytes(bits, "big").bit_count() == len(indexes)


@given(st.dictionaries(INDEXES, st.booleans(), max_size=20), st.dictionaries(INDEXES, st.booleans(), max_size=20))
def test_later_changes_win_and_leave_all_else_alone(first, later):
    bits = status.with_bits(status.with_bits(status.new_bits(), first), later)
    assert all(status.is_set(bits, i) is on for i, on in (first | later).items())


def test_the_first_bit_is_the_left_most():
    bits = status.with_bits(status.new_bits(), {0: True, 15: True})
    assert bits[:3] == b"\x80\x01\x00"


def test_the_least_list_holds_131072_places():
    assert len(status.new_bits()) * 8 == 131_072


@pytest.mark.parametrize("index", [-1, status.BITS])
def test_a_place_outside_the_list_is_not_read_as_unset(index):
    for touch in (
        lambda: status.is_set(status.new_bits(), index),
        lambda: status.with_bits(status.new_bits(), {index: True}),
    ):
        with pytest.raises(StatusError) as caught:
            touch()
        assert caught.value.code == "status_index_out_of_range"


def test_the_same_bits_always_give_the_same_text():
    assert status.encode(status.new_bits()) == status.encode(status.new_bits())
    assert status.encode(status.new_bits()).startswith("u")
    assert "=" not in status.encode(status.new_bits())


def test_a_list_packed_by_pythons_own_gzip_is_read():
    bits = bytes(range(256)) * 64
    assert status.decode(packed(gzip.compress(bits)), max_bytes=len(bits)) == bits


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        "H4sIAAAAAAAAA",
        "z" + status.encode(bytes(16384))[1:],
        status.encode(bytes(16384))[1:],
        status.encode(bytes(16384))[:-8],
        status.encode(bytes(16384)) + "=",
        status.encode(bytes(16384)) + "\n",
        "u+/+/",
        "uA",
        packed(b"not gzip"),
        packed(gzip.compress(bytes(16384), mtime=0) + b"behind"),
        packed(gzip.compress(bytes(8192), mtime=0) * 2),
    ],
)
def test_a_damaged_list_is_refused(encoded):
    assert code_of(encoded) == "status_invalid"


def test_a_short_list_is_refused_in_both_directions():
    assert code_of(packed(gzip.compress(bytes(16383)))) == "status_list_length_error"
    with pytest.raises(StatusError):
        status.encode(bytes(16383))


@pytest.mark.requirement("R-119")
def test_a_bomb_is_never_unpacked(monkeypatch):
    bomb = packed(gzip.compress(bytes(40_000_000)))
    assert len(bomb) < 60_000
    unpacked = []
    inflate = status.inflate

    def watched(data, **limits):
        unpacked.append(limits["max_bytes"])
        return inflate(data, **limits)

    monkeypatch.setattr(status, "inflate", watched)
    assert code_of(bomb) == "status_list_too_large"
    assert unpacked == [status.MAX_BYTES]
    assert code_of("u" + "A" * (2 * status.MAX_BYTES + 2000)) == "status_list_too_large"
    assert len(unpacked) == 1


def test_exactly_the_limit_is_allowed_and_one_byte_more_is_not():
    encoded = status.encode(bytes(20_000))
    assert len(status.decode(encoded, max_bytes=20_000)) == 20_000
    assert code_of(encoded, max_bytes=19_999) == "status_list_too_large"


def test_the_document_of_a_list_reads_back():
    bits = status.with_bits(status.new_bits(), {7: True})
    document = status.status_list_document(
        id="https://badges.example/s/1",
        issuer="did:web:badges.example:issuers:1",
        purpose="revocation",
        bits=bits,
        valid_from=WHEN,
        valid_until=datetime(2026, 5, 5, tzinfo=UTC),
        ttl=300_000,
    )
    assert document == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://badges.example/s/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {
            "id": "https://badges.example/s/1#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status.encode(bits),
            "ttl": 300_000,
        },
        "issuer": "did:web:badges.example:issuers:1",
        "validFrom": "2026-05-04T03:02:01Z",
        "validUntil": "2026-05-05T00:00:00Z",
    }
    read = status.read_list(document)
    assert read.credential_subject.status_purpose == ("revocation",)
    assert status.is_set(status.decode(read.credential_subject.encoded_list, max_bytes=16384), 7)


ENTRY = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": "https://example.com/credentials/status/3",
}


@pytest.mark.parametrize("index", ["94567", 94567])
def test_an_entrys_index_is_text_or_a_number(index):
    assert status.read_entry(ENTRY | {"statusListIndex": index}).status_list_index == 94567


@pytest.mark.parametrize(
    "wrong",
    [{"statusListIndex": value} for value in (-1, "-1", "007", "1.0", 1.0, "", None, True, "٣", "1" * 13, [3], 10**20)]
    + [
        {"type": "StatusList2021Entry"},
        {"statusPurpose": None},
        {"statusListCredential": "/s/1"},
        {"id": ENTRY["statusListCredential"]},
        {"statusSize": 2},
        {"statusSize": 40},
    ],
)
def test_an_entry_that_names_no_place_is_refused(wrong):
    with pytest.raises(StatusError):
        status.read_entry(ENTRY | wrong)


@pytest.mark.parametrize("document", [None, [], {}, {"@context": "https://www.w3.org/ns/credentials/v2"}])
def test_what_is_no_status_list_is_refused(document):
    with pytest.raises(StatusError):
        status.read_list(document)


def test_an_entry_of_several_bits_has_a_message_for_each_value():
    messages = [{"status": f"0x{value}", "message": "x"} for value in range(4)]
    entry = status.read_entry(
        ENTRY | {"statusSize": 2, "statusMessage": messages, "statusReference": "https://x.example"}
    )
    assert entry.status_size == 2
    assert [message.status for message in entry.status_message] == ["0x0", "0x1", "0x2", "0x3"]


@reference.NEEDED
def test_the_published_test_list_has_exactly_the_bit_23_set():
    name = "open-badges-3.0/examples-validator/bit-string-list/"
    listed = status.read_list(reference.document(name + "testlist"))
    bits = status.decode(listed.credential_subject.encoded_list, max_bytes=16384)
    assert [i for i in range(len(bits) * 8) if status.is_set(bits, i)] == [23]
    revoked = reference.document(name + "credential-status-revoked.json")
    assert status.read_entry(revoked["credentialStatus"]).status_list_index == 23
