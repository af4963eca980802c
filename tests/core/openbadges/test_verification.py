"""Whatever is handed in, verification tells what it found, check by check."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insignia.core.openbadges import baking, jwt, status
from insignia.core.openbadges.checks import Check, Outcome, overall
from insignia.core.openbadges.errors import StatusError
from insignia.core.openbadges.identity import identity_hash
from insignia.core.openbadges.keys import Ed25519Key
from insignia.core.openbadges.reading import Form
from insignia.core.openbadges.timestamps import parse_timestamp
from insignia.core.openbadges.verification import verify
from tests.core.openbadges.samples import png
from tests.core.openbadges.signing import EXTENSIONS, NOW, OB, VC, Issuer, a_plain_document, resolver, status_reader

ISSUER = Issuer()
FACULTY = Issuer(did="did:web:faculty.example", key=Ed25519Key.from_seed(bytes([9] * 32)))
LIST = "https://badges.example/s/1"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def an_entry(index=3, purpose="revocation", url=LIST, **more):
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    } | more


def checked(source, *, lists=(), issuers=(ISSUER, FACULTY), now=NOW, recipient=None, **more):
    source = json.dumps(source) if isinstance(source, dict) else source
    return verify(
        source,
        resolver=resolver(*issuers),
        status_reader=status_reader(*lists),
        now=now,
        recipient=recipient,
        **more,
    )


def codes(verification):
    return {check.name: check.code for check in verification.checks}


def outcomes(verification):
    return {check.name: check.outcome for check in verification.checks}


@pytest.fixture(scope="module")
def badge():
    return ISSUER.sign(a_plain_document(credentialStatus=an_entry()))


@pytest.fixture(scope="module")
def clean_list():
    return ISSUER.status_list(LIST)


@pytest.mark.requirement("R-119")
def test_a_genuine_badge_passes_every_check(badge, clean_list):
    verification = checked(badge, lists=[clean_list])
    assert verification.outcome is Outcome.PASSED
    assert codes(verification) == {
        "readable": "readable",
        "schema": "conforms",
        "contexts": "all_defined",
        "proof": "genuine",
        "issuer": "key_listed",
        "not_revoked": "not_revoked",
        "valid_from": "valid",
        "not_expired": "no_end",
        "achievement": "described",
    }
    assert verification.credential.name == "Teamwork"
    assert verification.document == badge
    assert all(str(check) and "%(" not in str(check) for check in verification.checks)


# --- what is handed in ----------------------------------------------------------------------------------------------


@pytest.mark.requirement("R-119")
@pytest.mark.parametrize("form", ["json", "bytes", "bom", "png", "svg", "jwt", "jwt in png", "jwt in svg"])
def test_the_badge_may_come_in_any_form(form):
    document = a_plain_document()
    text = json.dumps(ISSUER.sign(document))
    token = jwt.issue(document, key=ISSUER.token_key, kid=ISSUER.token_method)
    source, expected = {
        "json": (text, Form.JSON),
        "bytes": (text.encode(), Form.JSON),
        "bom": ("\ufeff" + text + "\n", Form.JSON),
        "png": (baking.bake(png(), text), Form.PNG),
        "svg": (baking.bake(SVG, text), Form.SVG),
        "jwt": (token + "\n", Form.JWT),
        "jwt in png": (baking.bake(png(), token), Form.PNG),
        "jwt in svg": (baking.bake(SVG, token).decode(), Form.SVG),
    }[form]
    verification = checked(source)
    assert verification.outcome is Outcome.PASSED
    assert verification.form is expected
    assert verification.text in (text, token)


@pytest.mark.parametrize(
    "source",
    [b"", "", "hello", b"\xff\xfe", "[]", "5", '"text"', "{", '{"a":1,"a":2}', '{"a":NaN}',
     '{"a":1e999}', '{"a":"\\ud800"}',
     png(), SVG, b"<svg", "<html></html>", "eyJ.x.y", b"\x89PNG\r\n\x1a\n"],
)  # fmt: skip
def test_what_is_no_badge_is_said_to_be_none(source):
    verification = checked(source)
    assert [check.name for check in verification.checks] == ["readable"]
    assert verification.outcome is Outcome.FAILED
    assert verification.document is None


@pytest.mark.parametrize("source", ['{"a":' * 70 + "1" + "}" * 70, "[" * 100_000, "x" * 5_000_000])
def test_what_is_too_much_could_not_be_read(source):
    assert checked(source).outcome is Outcome.COULD_NOT_CHECK


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_nothing_makes_verification_raise(source):
    assert checked(source).outcome is not Outcome.PASSED


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_mangled_document_makes_verification_raise(data):
    document = ISSUER.sign(a_plain_document(credentialStatus=an_entry(), evidence=[]))
    for name in data.draw(st.lists(st.sampled_from(sorted(document)), min_size=1, max_size=3)):
        document[name] = data.draw(JSON)
    verification = checked(document, recipient="a@example.com")
    assert verification.outcome is not Outcome.PASSED


# --- genuine and whose ----------------------------------------------------------------------------------------------


def test_a_changed_badge_fails_and_nothing_further_is_fetched(badge):
    def must_not_be_asked(url):
        raise AssertionError(url)

    changed = json.dumps(badge | {"name": "Leadership"})
    verification = verify(changed, resolver=resolver(ISSUER), status_reader=must_not_be_asked, now=NOW)
    assert outcomes(verification)["proof"] is Outcome.FAILED
    assert codes(verification)["issuer"] == "not_reached"
    assert codes(verification)["not_revoked"] == "not_reached"
    assert verification.outcome is Outcome.FAILED


def test_a_badge_signed_by_somebody_else_fails():
    stranger = Issuer(did="did:web:stranger.example", key=Ed25519Key.generate())
    verification = checked(stranger.sign(a_plain_document()), issuers=(ISSUER, stranger))
    assert codes(verification)["proof"] == "genuine"
    assert codes(verification)["issuer"] == "controller_mismatch"
    assert verification.outcome is Outcome.FAILED


def test_a_forged_fragment_key_fails_at_the_issuer():
    attacker = Issuer(key=Ed25519Key.generate())
    verification = checked(attacker.sign(a_plain_document()), issuers=(ISSUER,))
    assert codes(verification)["proof"] == "no_key"
    assert codes(verification)["issuer"] == "key_not_listed"
    assert verification.outcome is Outcome.FAILED


def test_could_not_check_is_not_no():
    verification = checked(ISSUER.sign(a_plain_document()), issuers=())
    assert outcomes(verification)["proof"] is Outcome.COULD_NOT_CHECK
    assert outcomes(verification)["issuer"] is Outcome.COULD_NOT_CHECK
    assert verification.outcome is Outcome.COULD_NOT_CHECK


def test_an_expired_proof_fails():
    expiring = ISSUER.sign_unchecked(a_plain_document(), expires="2027-01-01T00:00:00Z")
    assert codes(checked(expiring, now=parse_timestamp("2026-12-31T23:59:59Z")))["proof"] == "genuine"
    assert codes(checked(expiring, now=parse_timestamp("2027-01-01T00:00:00Z")))["proof"] == "proof_expired"


def test_unknown_contexts_and_formats_could_not_be_checked():
    elsewhere = a_plain_document(**{"@context": [VC, OB, "https://example.org/context"]})
    verification = checked(elsewhere | {"proof": ISSUER.sign(a_plain_document())["proof"]})
    assert codes(verification)["contexts"] == "context_unavailable"
    assert verification.outcome is Outcome.COULD_NOT_CHECK

    older = {
        "@context": ["https://www.w3.org/2018/credentials/v1", OB],
        "type": ["VerifiableCredential"],
        "id": "urn:x:1",
    }
    assert codes(checked(older))["schema"] == "format_not_supported"
    oldest = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://badges.example/1"}
    assert codes(checked(oldest))["schema"] == "format_not_supported"


def test_a_document_of_another_shape_fails_the_schema():
    document = a_plain_document()
    del document["validFrom"]
    verification = checked(ISSUER.sign(document))
    assert outcomes(verification)["schema"] is Outcome.FAILED
    assert codes(verification)["proof"] == "genuine"
    assert verification.credential is None
    assert verification.document["name"] == "Teamwork"


# --- read in one way only -------------------------------------------------------------------------------------------

DATED = ISSUER.sign(a_plain_document(validUntil="2026-06-01T00:00:00Z"))


def without(document, *names):
    return {name: value for name, value in document.items() if name not in names}


@pytest.mark.parametrize(
    "rewritten",
    [
        # The same statements, so the signature fits; a reader of the JSON would find no expiry date.
        without(DATED, "validUntil") | {"@included": [{"id": DATED["id"], "validUntil": "2026-06-01T00:00:00Z"}]},
        without(DATED, "validUntil")
        | {
            "https://www.w3.org/2018/credentials#validUntil": {
                "@value": "2026-06-01T00:00:00Z",
                "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
            }
        },
        # Words renamed by a context of one's own
        without(DATED, "validUntil")
        | {
            "@context": [
                VC,
                OB,
                {
                    "until": {
                        "@id": "https://www.w3.org/2018/credentials#validUntil",
                        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
                    }
                },
            ],
            "until": "2026-06-01T00:00:00Z",
        },
    ],
)
def test_the_same_statements_written_in_another_way_could_not_be_checked(rewritten):
    assert checked(DATED).outcome is Outcome.FAILED  # expired
    verification = checked(rewritten)
    assert verification.outcome is not Outcome.PASSED
    assert outcomes(verification)["contexts"] is Outcome.COULD_NOT_CHECK


def test_nothing_may_be_said_about_the_credential_further_down():
    """An endorsement whose subject is the credential gives an attacker a place to move the expiry date to."""
    endorsement = an_endorsement(about=DATED["id"])
    dated = ISSUER.sign(a_plain_document(validUntil="2026-06-01T00:00:00Z", endorsement=[endorsement]))
    assert codes(checked(dated))["not_expired"] == "expired"
    place = endorsement | {"credentialSubject": endorsement["credentialSubject"] | {"validUntil": dated["validUntil"]}}
    verification = checked(without(dated, "validUntil") | {"endorsement": [place]})
    assert verification.outcome is not Outcome.PASSED
    assert codes(verification)["contexts"] == "not_plain"


# --- status ---------------------------------------------------------------------------------------------------------


def test_a_revoked_badge_fails(badge):
    assert codes(checked(badge, lists=[ISSUER.status_list(LIST, on=(3,))]))["not_revoked"] == "revoked"
    assert codes(checked(badge, lists=[ISSUER.status_list(LIST, on=(2, 4))]))["not_revoked"] == "not_revoked"


def test_suspension_is_a_check_of_its_own():
    other = "https://badges.example/s/2"
    suspendable = ISSUER.sign(
        a_plain_document(credentialStatus=[an_entry(), an_entry(purpose="suspension", url=other)])
    )
    lists = [ISSUER.status_list(LIST), ISSUER.status_list(other, purpose="suspension", on=(3,))]
    verification = checked(suspendable, lists=lists)
    assert codes(verification)["not_revoked"] == "not_revoked"
    assert codes(verification)["not_suspended"] == "suspended"
    lists[1] = ISSUER.status_list(other, purpose="suspension")
    assert outcomes(checked(suspendable, lists=lists))["not_suspended"] is Outcome.PASSED


def test_a_badge_without_status_cannot_be_revoked():
    verification = checked(ISSUER.sign(a_plain_document()))
    assert codes(verification)["not_revoked"] == "no_status"
    assert verification.outcome is Outcome.PASSED


def unsigned_list(**changes):
    listing = {k: v for k, v in ISSUER.status_list(LIST).items() if k != "proof"}
    return listing | changes


STRANGER = Issuer(did="did:web:stranger.example", key=Ed25519Key.generate())


@pytest.mark.parametrize(
    "listing",
    [
        None,
        unsigned_list(),
        ISSUER.status_list(LIST) | {"validUntil": "2099-01-01T00:00:00Z"},  # changed after signing
        ISSUER.status_list(LIST, valid_until=NOW - timedelta(days=1), valid_from=NOW - timedelta(days=2)),
        ISSUER.status_list(LIST, valid_from=NOW + timedelta(days=1)),
        ISSUER.status_list(LIST, purpose="suspension"),
        STRANGER.status_list(LIST),
        ISSUER.status_list("https://badges.example/s/other") | {"x": 1},
        {"id": LIST, "type": "text"},
    ],
)  # fmt: skip
def test_a_doubtful_list_is_neither_yes_nor_no(badge, listing):
    served = [] if listing is None else [{**listing, "id": LIST} if listing.get("x") else listing]
    verification = checked(badge, lists=served, issuers=(ISSUER, STRANGER))
    assert outcomes(verification)["not_revoked"] is Outcome.COULD_NOT_CHECK
    assert verification.outcome is Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize(
    "encoded",
    ["uAAAA", "", "x", "u", status.encode(status.new_bits())[:-8], status.encode(bytes(2048 * 8))[1:]],
)
def test_a_damaged_list_is_neither_yes_nor_no(badge, encoded):
    listing = unsigned_list()
    listing["credentialSubject"] = listing["credentialSubject"] | {"encodedList": encoded}
    verification = checked(badge, lists=[ISSUER.sign(listing)])
    assert outcomes(verification)["not_revoked"] is Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize(
    "entry",
    [
        an_entry(index=131_072),
        an_entry(statusListIndex="-1"),
        an_entry(statusListIndex="three"),
        an_entry(statusSize=2, statusMessage=[]),
        an_entry(type="1EdTechRevocationList"),
        an_entry(type="StatusList2021Entry"),
        [an_entry(index) for index in range(5)],
    ],
)
def test_an_entry_that_cannot_be_read_is_neither_yes_nor_no(entry, clean_list):
    document = ISSUER.sign_unchecked(a_plain_document(credentialStatus=entry))
    verification = checked(document, lists=[clean_list])
    assert outcomes(verification)["not_revoked"] is Outcome.COULD_NOT_CHECK


def test_a_status_list_may_be_a_token(badge):
    listing = unsigned_list()
    listing["credentialSubject"] = listing["credentialSubject"] | {"id": f"{LIST}#list"}
    token = jwt.issue(listing, key=ISSUER.token_key, kid=ISSUER.token_method)
    verification = verify(
        json.dumps(badge), resolver=resolver(ISSUER), status_reader=lambda url: token.encode(), now=NOW
    )
    assert codes(verification)["not_revoked"] == "not_revoked"


def test_what_the_reader_raises_is_told(badge):
    def fails(url):
        raise StatusError("The list could not be fetched.", code="unreachable")

    verification = verify(json.dumps(badge), resolver=resolver(ISSUER), status_reader=fails, now=NOW)
    assert codes(verification)["not_revoked"] == "unreachable"


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-05-04T02:59:00Z", "not_yet_valid"),
        ("2026-05-04T03:01:00Z", "valid"),  # clocks differ by a minute or two
        ("2026-05-04T03:02:01Z", "valid"),
    ],
)
def test_valid_from(now, code):
    assert codes(checked(ISSUER.sign(a_plain_document()), now=parse_timestamp(now)))["valid_from"] == code


@pytest.mark.parametrize(
    ("now", "code"), [("2026-05-31T23:59:59Z", "not_expired"), ("2026-06-01T00:00:00Z", "expired")]
)
def test_valid_until(now, code):
    assert codes(checked(DATED, now=parse_timestamp(now)))["not_expired"] == code


def test_the_end_that_only_a_token_names_counts():
    header = {"alg": "ES256", "kid": ISSUER.token_method, "typ": "JWT"}
    payload = jwt.read(jwt.issue(a_plain_document(), key=ISSUER.token_key, kid=ISSUER.token_method)).payload
    token = ".".join(jwt._encoded(part) for part in (header, payload | {"exp": int(NOW.timestamp())}))
    signature = jwt.base64url_encode(ISSUER.token_key.sign(token.encode()))
    assert codes(checked(f"{token}.{signature}"))["not_expired"] == "expired"


# --- endorsements ---------------------------------------------------------------------------------------------------


def an_endorsement(about="https://badges.example/a/1/v/1", by=FACULTY, **changes):
    document = {
        "@context": [VC, OB],
        "id": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3302",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsed by the faculty",
        "issuer": {"id": by.did, "type": ["Profile"], "name": "Faculty"},
        "validFrom": "2026-05-04T03:02:01Z",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Well made."},
    }
    return by.sign(document | changes)


def endorsed(*endorsements, **more):
    subject = a_plain_document()["credentialSubject"]
    achievement = subject["achievement"] | {"endorsement": list(endorsements)} | more
    return ISSUER.sign(a_plain_document(credentialSubject=subject | {"achievement": achievement}))


def test_genuine_endorsements_pass():
    verification = checked(endorsed(an_endorsement()))
    assert verification.outcome is Outcome.PASSED
    check = verification.check("endorsements")
    assert check.params == {"count": 1, "in_force": 1}


def test_an_endorsement_may_be_a_token():
    document = {k: v for k, v in an_endorsement().items() if k != "proof"}
    token = jwt.issue(document, key=FACULTY.token_key, kid=FACULTY.token_method)
    subject = a_plain_document()["credentialSubject"]
    achievement = subject["achievement"] | {"endorsementJwt": [token]}
    badge = ISSUER.sign(a_plain_document(credentialSubject=subject | {"achievement": achievement}))
    assert codes(checked(badge))["endorsements"] == "genuine"


@pytest.mark.parametrize(
    ("endorsement", "outcome"),
    [
        (an_endorsement() | {"name": "Praised by the faculty"}, Outcome.FAILED),
        (an_endorsement(about="https://badges.example/a/2/v/1"), Outcome.FAILED),
        (an_endorsement(by=STRANGER), Outcome.COULD_NOT_CHECK),  # the endorser's document is not to be had
        (an_endorsement(validUntil="2026-06-01T00:00:00Z"), Outcome.PASSED),
        (without(an_endorsement(), "proof"), Outcome.FAILED),
    ],
)
def test_endorsements_that_do_not_hold(endorsement, outcome):
    verification = checked(endorsed(endorsement))
    assert outcomes(verification)["endorsements"] is outcome
    assert verification.outcome is outcome


def test_the_credential_itself_may_be_endorsed():
    about = a_plain_document()["id"]
    verification = checked(ISSUER.sign(a_plain_document(endorsement=[an_endorsement(about=about)])))
    assert verification.outcome is Outcome.PASSED
    assert verification.check("endorsements").params == {"count": 1, "in_force": 1}


def test_a_lapsed_endorsement_is_not_counted():
    verification = checked(endorsed(an_endorsement(validUntil="2026-06-01T00:00:00Z"), an_endorsement()))
    assert verification.check("endorsements").params == {"count": 2, "in_force": 1}


def test_an_endorsement_can_be_verified_by_itself():
    verification = checked(an_endorsement())
    assert verification.outcome is Outcome.PASSED
    assert "achievement" not in codes(verification)


# --- recipient ------------------------------------------------------------------------------------------------------


def awarded_to(address, **changes):
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity_hash(address, "Kosher"),
        "identityType": "emailAddress",
        "salt": "Kosher",
    } | changes
    subject = a_plain_document()["credentialSubject"] | {"identifier": [identity]}
    return ISSUER.sign(a_plain_document(credentialSubject=subject))


@pytest.mark.parametrize(
    ("asked", "code"),
    [("a@example.com", "same_address"), (" A@Example.com ", "same_address"), ("b@example.com", "another_address")],
)
def test_the_address_is_compared(asked, code):
    assert codes(checked(awarded_to("a@example.com"), recipient=asked))["recipient"] == code


def test_without_an_address_nobody_knows():
    verification = checked(ISSUER.sign(a_plain_document()), recipient="a@example.com")
    assert outcomes(verification)["recipient"] is Outcome.COULD_NOT_CHECK


def test_a_badge_with_extensions_passes():
    schema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
    document = a_plain_document(
        **{"@context": [VC, OB, EXTENSIONS]},
        credentialSchema=[{"id": schema, "type": "1EdTechJsonSchemaValidator2019"}],
    )
    assert checked(ISSUER.sign(document)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Outcome.COULD_NOT_CHECK),
        (["passed"], Outcome.PASSED),
        (["passed", "could_not_check"], Outcome.COULD_NOT_CHECK),
        (["passed", "could_not_check", "failed"], Outcome.FAILED),
    ],
)
def test_the_outcome_of_all(found, expected):
    checks = [Check("x", Outcome(outcome), "", "") for outcome in found]
    assert overall(checks) is expected
