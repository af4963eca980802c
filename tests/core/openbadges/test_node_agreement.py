"""Our badges under somebody else's verifier, and theirs under ours: Digital Bazaar's libraries on Node.

Equal proof values mean equal canonical forms and hashes, for Ed25519 is deterministic.
"""

import copy
import json
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insignia.core.openbadges import safe_mode
from insignia.core.openbadges.canonical import canonicalize
from insignia.core.openbadges.checks import Outcome
from insignia.core.openbadges.documents import to_document
from insignia.core.openbadges.errors import InvalidLinkedData, TooComplex
from insignia.core.openbadges.keys import Ed25519Key
from insignia.core.openbadges.limits import ISSUE_LIMITS
from insignia.core.openbadges.proofs import verify_proof
from insignia.core.openbadges.verification import verify
from tests.core.openbadges import samples
from tests.core.openbadges.signing import EXTENSIONS, NOW, OB, VC, Issuer, a_plain_document, resolver, status_reader

ISSUER = Issuer()
LIST = "https://badges.example/s/1"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
WORDS = [
    "Teamwork", "Größe & Maß", "Лидерство", "领导力", "مهارات", "🎓 Data", "a \"quoted\" \\ word", "line\nbreak\ttab",
    "<b>&amp;</b>", "e\u0301 is not \u00e9", "\u202eright to left", "'", "{}", "%(percent)s",
    "_:b0", "https://not.an/id", "\u00a0", "",
]  # fmt: skip
ADDRESSES = [
    "https://badges.example/x", "https://badges.example/a/../b", "https://badges.example/%7Euser",
    "https://bücher.example/ü", "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "mailto:a@example.com",
    "https://badges.example/?q=1&r=%20#f", "https://badges.example:8443/",
    "data:image/png;base64,AA==",
]  # fmt: skip


def varied(number):
    """A badge whose members, texts, numbers and nesting depend on `number`."""
    chance = random.Random(number)
    word, address = (lambda: chance.choice(WORDS)), (lambda: chance.choice(ADDRESSES))

    def maybe(make, share=0.5):
        return make() if chance.random() < share else None

    def several(make, most=3):
        return [make() for _ in range(chance.randint(0, most))] or None

    def image():
        return {"id": address(), "type": "Image", "caption": word()}

    def alignment():
        return {
            "type": ["Alignment"], "targetName": word(), "targetUrl": address(), "targetCode": maybe(word),
            "targetType": chance.choice(["CFItem", "ceasn:Competency", "ceterms:Credential", "CTDL", "ext:Own"]),
        }  # fmt: skip

    def level():
        return {
            "id": f"urn:x:{chance.random()}", "type": ["RubricCriterionLevel"], "name": word(), "level": maybe(word),
            "points": maybe(lambda: str(chance.randint(0, 9))), "alignment": several(alignment, 1),
        }  # fmt: skip

    def described():
        return {
            "id": f"urn:x:{chance.random()}", "type": ["ResultDescription"], "name": word(),
            "resultType": "LetterGrade",
            "allowedValue": chance.sample(WORDS, 4), "rubricCriterionLevel": several(level, 3),
            "requiredValue": maybe(word),
        }  # fmt: skip

    def profile():
        return {
            "id": address(), "type": ["Profile"], "name": word(), "url": maybe(address),
            "email": maybe(lambda: "a@example.com"), "image": maybe(image),
            "parentOrg": maybe(profile, 0.2), "otherIdentifier": several(identifier, 1),
            "address": maybe(lambda: {"type": ["Address"], "addressCountry": word(), "geo": maybe(place)}),
        }  # fmt: skip

    def place():
        return {
            "type": "GeoCoordinates",
            "latitude": chance.choice([1.5, 48, -33.25]),
            "longitude": chance.choice([0, 0.1]),
        }

    def identifier():
        return {"type": "IdentifierEntry", "identifier": word() or "x", "identifierType": "sourcedId"}

    def identity():
        return {
            "type": "IdentityObject", "hashed": chance.random() < 0.5, "identityHash": word() or "x",
            "identityType": "emailAddress", "salt": maybe(word),
        }  # fmt: skip

    def evidence():
        return {"id": maybe(address), "type": ["Evidence"], "name": maybe(word), "narrative": maybe(word)}

    def result():
        return {
            "type": ["Result"],
            "value": word(),
            "status": chance.choice(["Completed", "Failed"]),
            "alignment": several(alignment, 1),
        }

    status = {
        "id": f"{LIST}#{number}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": str(number), "statusListCredential": LIST,
    }  # fmt: skip
    uses_extensions = chance.random() < 0.4
    document = a_plain_document(
        **{"@context": [VC, OB, EXTENSIONS] if uses_extensions else [VC, OB]},
        id=f"https://badges.example/c/{number}",
        name=word(),
        description=maybe(word),
        image=maybe(image),
        awardedDate=maybe(lambda: "2026-05-04T00:00:00Z"),
        validUntil=maybe(lambda: "2027-05-04T03:02:01Z"),
        evidence=several(evidence),
        credentialStatus=status,
        credentialSchema=[{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}] if uses_extensions else None,
        issuer={**profile(), "id": ISSUER.did},
        credentialSubject={
            "id": f"urn:x:subject{number}",
            "type": ["AchievementSubject"],
            "identifier": several(identity, 2),
            "creditsEarned": maybe(lambda: chance.choice([0, 3, 1.5, 0.1, 8.38, 120])),
            "activityStartDate": maybe(lambda: "2026-01-01T00:00:00Z"),
            "narrative": maybe(word),
            "result": several(result),
            "source": maybe(profile, 0.2),
            "achievement": {
                "id": address(),
                "type": ["Achievement"],
                "achievementType": chance.choice(["Badge", "MicroCredential", "ext:Own"]),
                "name": word(),
                "description": word(),
                "criteria": {"id": maybe(address), "narrative": word()},
                "alignment": several(alignment),
                "creditsAvailable": maybe(lambda: chance.choice([0, 5, 2.5])),
                "creator": maybe(profile, 0.3),
                "image": maybe(image),
                "inLanguage": maybe(lambda: "pt-BR"),
                "otherIdentifier": several(identifier, 2),
                "related": several(lambda: {"id": address(), "type": ["Related"], "inLanguage": "de"}, 2),
                "resultDescription": several(described),
                "tag": several(word, 5),
                "version": maybe(word),
            },
        },
    )
    return without_nothing(document)


def without_nothing(value):
    """Nulls left out, as the standard demands."""
    if isinstance(value, dict):
        return {key: without_nothing(inner) for key, inner in value.items() if inner is not None}
    return [without_nothing(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def handed():
    """What Node may look up."""
    return {ISSUER.did: ISSUER.document(), LIST: ISSUER.status_list(LIST, on=(40,))}


@pytest.mark.requirement("R-119")
@pytest.mark.parametrize("number", range(80))
def test_both_sign_alike_and_accept_each_other(number, node_verifier, handed):
    document = varied(number)
    ours = ISSUER.sign(document)
    theirs = node_verifier.issue(document, ISSUER.key.seed, method=ISSUER.method, created=NOW, documents=handed)
    assert theirs["error"] == ""
    proof = theirs["document"]["proof"]
    assert proof == ours["proof"][0]  # every member, `proofValue` to the letter

    answer = node_verifier.verify(ours, handed, now=NOW)
    assert answer["verified"] == (number != 40), answer["error"]
    verification = verify(
        json.dumps(theirs["document"]), resolver=resolver(ISSUER), status_reader=status_reader(handed[LIST]), now=NOW
    )
    assert verification.check("proof").outcome is Outcome.PASSED
    assert verification.check("issuer").outcome is Outcome.PASSED
    assert verification.check("not_revoked").outcome is (Outcome.FAILED if number == 40 else Outcome.PASSED)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.floats(1e-6, 2**53 - 1)
    | st.floats(0, 500).map(lambda number: round(number, 2))
    | st.integers(-(2**53) + 1, 2**53 - 1)
)
def test_numbers_are_written_alike(number, node_verifier):
    """8.38 is 8.380000000000001E0 in JSON-LD."""
    subject = a_plain_document()["credentialSubject"] | {"creditsEarned": number}
    document = a_plain_document(credentialSubject=subject)
    try:
        quads = canonicalize(document).decode()
    except TooComplex:
        return  # exactly between two numbers of sixteen digits: some round up, some to the even digit
    assert node_verifier.safe(document)["quads"] == quads


def tampered(document, chance):
    """One text somewhere changed, outside `@context`."""
    changed = copy.deepcopy(document)
    holders = [
        (holder, key) for holder in _holders_in(changed) for key in _keys_of(holder) if isinstance(holder[key], str)
    ]
    holder, key = chance.choice(holders)
    holder[key] += "!"
    return changed


def _holders_in(value):
    if isinstance(value, dict | list):
        yield value
        for key in _keys_of(value):
            yield from _holders_in(value[key])


def _keys_of(holder):
    return range(len(holder)) if isinstance(holder, list) else [key for key in holder if key != "@context"]


@pytest.mark.parametrize("number", range(60))
def test_both_refuse_what_was_tampered_with(number, node_verifier, handed):
    signed = ISSUER.sign(varied(number))
    changed = tampered(signed, random.Random(number))
    assert verify_proof(changed, resolver=resolver(ISSUER)).outcome is not Outcome.PASSED
    assert not node_verifier.verify(changed, handed, now=NOW)["verified"]


def graded(*scales):
    """A badge with criteria that have these scales."""
    described = [
        {
            "id": f"urn:x:{i}",
            "type": ["ResultDescription"],
            "name": "Grade",
            "resultType": "LetterGrade",
            "allowedValue": scale,
        }
        for i, scale in enumerate(scales)
    ]
    subject = a_plain_document()["credentialSubject"]
    achievement = subject["achievement"] | {"resultDescription": described}
    return a_plain_document(credentialSubject=subject | {"achievement": achievement})


SCALE = ["F", "E", "D", "C", "B", "A"]


def test_equal_scales_are_no_trouble(node_verifier, handed):
    for scales in ([SCALE] * 2, [SCALE] * 5, [SCALE, SCALE[1:]], [["no", "yes"]] * 6):
        answer = node_verifier.verify(ISSUER.sign(graded(*scales)), handed, now=NOW)
        assert answer["verified"], answer["error"]


def test_what_others_give_up_on_is_not_signed(node_verifier):
    """rdf-canonize takes as many steps as there are alike nodes; a value twice in a row needs more."""
    document = graded(["fail", "pass", "pass", "merit"])
    with pytest.raises(TooComplex) as caught:
        ISSUER.sign(document)
    assert caught.value.code == "alike_parts"
    anyway = ISSUER.sign_unchecked(document)
    assert "deep iterations" in node_verifier.safe(anyway)["error"]
    assert verify_proof(anyway, resolver=resolver(ISSUER)).outcome is Outcome.PASSED


def test_equal_proofs_in_several_endorsements_are_named_alike(node_verifier):
    """Alike nodes in unnamed graphs, which pyoxigraph's own canonicalisation names in another order."""
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z1"}
    kind = ["VerifiableCredential", "EndorsementCredential"]
    endorsements = [{"@context": [VC, OB], "id": f"urn:x:{i}", "type": kind, "proof": proof} for i in range(4)]
    document = a_plain_document(endorsement=endorsements)
    assert node_verifier.safe(document)["quads"] == canonicalize(document).decode()


def test_both_refuse_a_forged_key(node_verifier):
    attacker = Issuer(key=Ed25519Key.generate())
    forged = attacker.sign(a_plain_document())
    assert verify_proof(forged, resolver=resolver(ISSUER)).code == "key_not_listed"
    assert not node_verifier.verify(forged, {ISSUER.did: ISSUER.document()}, now=NOW)["verified"]


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(credential=samples.credentials())
def test_any_badge_has_one_canonical_form(credential, node_verifier):
    """Texts are sorted by code point here, by UTF-16 unit there: so nothing from U+E000 to U+FFFF beside emoji."""
    document = to_document(replace(credential, endorsement_jwt=()))
    text = json.dumps(document, ensure_ascii=False)
    if "endorsementJwt" in text or (any(c > "\uffff" for c in text) and any("\ue000" <= c <= "\uffff" for c in text)):
        return
    try:
        safe_mode.check(document)
        quads = canonicalize(document, limits=ISSUE_LIMITS).decode()
    except (InvalidLinkedData, TooComplex):
        return
    answer = node_verifier.safe(document)
    assert answer["error"] == ""
    assert answer["quads"] == quads
