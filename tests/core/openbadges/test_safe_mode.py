"""Safe mode: what has no meaning is refused, as jsonld.js refuses it."""

import copy
import json
import random

import pytest

from insignia.core.openbadges import contexts, safe_mode
from insignia.core.openbadges.canonical import canonicalize
from insignia.core.openbadges.errors import ContextUnavailable, InvalidLinkedData, UndefinedTerms
from tests.core.openbadges.signing import EXTENSIONS, OB, VC, a_plain_document

V1 = "https://www.w3.org/2018/credentials/v1"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def subject(**changes):
    return a_plain_document()["credentialSubject"] | changes


def achievement(**changes):
    return {"credentialSubject": subject(achievement=subject()["achievement"] | changes)}


# Documents in which everything means something.
SOUND = {
    "least": {},
    "another context version": {"@context": [VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]},
    "schema with extensions": {
        "@context": [VC, OB, EXTENSIONS],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    },
    "image": {"image": {"id": "https://badges.example/i.png", "type": "Image", "caption": "A badge"}},
    "levels": achievement(
        resultDescription=[
            {
                "id": "urn:x:1",
                "type": ["ResultDescription"],
                "name": "Project",
                "resultType": "RubricCriterionLevel",
                "allowedValue": ["low", "high"],
                "rubricCriterionLevel": [
                    {"id": "urn:x:2", "type": ["RubricCriterionLevel"], "name": "Mastery", "points": "4"}
                ],
            }
        ]
    ),
    "credits": achievement(creditsAvailable=1.5),
    "tags": achievement(tag=["a", "b"]),
    "null member": {"description": None},
    "empty list": {"evidence": []},
    "absolute IRI as key": {"https://example.org/motto": "Onwards"},
    "compact IRI as key in a document of its own": {
        "@context": [VC, OB, {"ex": "https://example.org/"}],
        "ex:motto": "Onwards",
    },
    "vocabulary for the rest": {"@context": [VC, OB, {"@vocab": "https://example.org/"}], "motto": "Onwards"},
    "type by the vocabulary": {
        "@context": [VC, OB, {"@vocab": "https://example.org/"}],
        "type": ["VerifiableCredential", "OpenBadgeCredential", "Fancy"],
    },
    "extra type by IRI": {"type": ["VerifiableCredential", "OpenBadgeCredential", "https://example.org/Fancy"]},
    "language of a text": {"https://example.org/motto": {"@value": "Los", "@language": "de"}},
    "JSON literal": {
        "@context": [VC, OB, {"raw": {"@id": "https://example.org/raw", "@type": "@json"}}],
        "raw": {"anything": [1, {"goes": None}]},
    },
    "property-scoped context": {
        "@context": [
            VC,
            OB,
            {"ext": {"@id": "https://example.org/ext", "@context": {"inner": "https://example.org/inner"}}},
        ],
        "ext": {"inner": "yes"},
    },
    "type-scoped context": {
        "@context": [VC, OB, {"Ext": {"@id": "https://example.org/Ext", "@context": {"w": "https://example.org/w"}}}],
        "https://example.org/p": {"type": "Ext", "w": 1},
    },
    "words of a vocabulary as values": {
        "@context": [VC, OB, {"kind": {"@id": "https://example.org/kind", "@type": "@vocab"}}],
        "kind": "Profile",
    },
    "VC 1.1": {
        "@context": [V1, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"],
        "validFrom": None,
        "issuanceDate": "2026-05-04T03:02:01Z",
    },
    "a proof": {
        "proof": {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-05-04T03:02:01Z",
            "verificationMethod": "did:web:badges.example#z6Mk",
            "proofPurpose": "assertionMethod",
            "proofValue": "z1",
        }
    },
    "embedded endorsement": {
        "endorsement": [
            {
                "@context": [VC, OB],
                "id": "urn:x:e",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "name": "Endorsed",
                "issuer": {"id": "https://faculty.example", "type": ["Profile"], "name": "Faculty"},
                "validFrom": "2026-05-04T03:02:01Z",
                "credentialSubject": {
                    "id": "https://badges.example/c/1",
                    "type": ["EndorsementSubject"],
                    "endorsementComment": "Well made.",
                },
                "proof": {
                    "type": "DataIntegrityProof",
                    "cryptosuite": "eddsa-rdfc-2022",
                    "verificationMethod": "https://faculty.example#z6Mk",
                    "proofPurpose": "assertionMethod",
                    "proofValue": "z1",
                },
            }
        ]
    },
    "status": {
        "credentialStatus": {
            "id": "https://badges.example/s/1#3",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "3",
            "statusListCredential": "https://badges.example/s/1",
        }
    },
}

# Documents in which something means nothing, and the word that must be named.
UNSOUND = {
    "unknown member": ({"colour": "red"}, "colour"),
    "unknown member far inside": (achievement(criteria={"narrative": "x", "colour": 1}), "colour"),
    "unknown type": ({"type": ["VerifiableCredential", "OpenBadgeCredential", "Fancy"]}, "Fancy"),
    "unknown type inside": (achievement(type=["Achievment"]), "Achievment"),
    "extension type without its context": (
        {"credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]},
        "1EdTechJsonSchemaValidator2019",
    ),
    "a word of one type used on another": ({"issuer": {"id": "urn:x:1", "type": ["Image"], "email": "a@b"}}, "email"),
    "relative id": ({"id": "c/1"}, "c/1"),
    "relative reference": ({"image": "i.png"}, "i.png"),
    "empty id": ({"id": ""}, "id"),
    "id like a keyword": ({"id": "@ignore"}, "@ignore"),
    "key like a keyword": ({"@ignored": 1}, "@ignored"),
    "white space in an id": ({"id": "https://badges.example/c 1"}, "c 1"),
    "no language": ({"https://example.org/motto": {"@value": "x", "@language": "no language"}}, "not a language"),
    "text direction": (
        {"https://example.org/motto": {"@value": "x", "@language": "ar", "@direction": "rtl"}},
        "direction",
    ),
    "null value object": ({"https://example.org/motto": {"@value": None}}, "no value"),
    "language without text": ({"https://example.org/motto": {"@language": "en"}}, "language"),
    "render method without its context": (
        {"renderMethod": [{"type": "TemplateRenderMethod", "renderSuite": "card"}]},
        "TemplateRenderMethod",
    ),
    "proof with an unknown member": (
        {"proof": {"type": "DataIntegrityProof", "proofvalue": "z1", "proofPurpose": "assertionMethod"}},
        "proofvalue",
    ),
    "unknown purpose": (
        {"proof": {"type": "DataIntegrityProof", "proofPurpose": "assertMethod", "cryptosuite": "x"}},
        "assertMethod",
    ),
    "proof that is only an id": ({"proof": {"id": "urn:x:1"}}, "nothing"),
    "empty proof": ({"proof": {}}, "nothing"),
    "type-scoped word below its type": (
        {
            "@context": [
                VC,
                OB,
                {"Ext": {"@id": "https://example.org/Ext", "@context": {"w": "https://example.org/w"}}},
            ],
            "https://example.org/p": {"type": "Ext", "w": {"w": 1}},
        },
        "w",
    ),
    "word decoupled on purpose": (
        {"@context": [VC, OB, {"motto": None}], "motto": "Onwards"},
        "motto",
    ),
    "blank node as property": (
        {"@context": [VC, OB, {"motto": "_:b"}], "motto": "Onwards"},
        "motto",
    ),
}

# Contexts that contradict themselves or one another.
CONTRADICTORY = {
    "protected word redefined": {"@context": [VC, OB, {"name": "https://example.org/name"}]},
    "protected word redefined inside": achievement(**{"@context": {"id": "https://example.org/id"}}),
    "protected words cleared": achievement(**{"@context": None}),
    "word defined by itself": {"@context": [VC, OB, {"a": "b:x", "b": "a:y"}]},
    "word that stands for nothing": {"@context": [VC, OB, {"a": "b"}]},
    "keyword redefined": {"@context": [VC, OB, {"@value": "https://example.org/v"}]},
    "no context": {"@context": [VC, OB, 5]},
    "term definition of numbers": {"@context": [VC, OB, {"a": 5}]},
    "unknown member of a definition": {"@context": [VC, OB, {"a": {"@id": "https://example.org/a", "@foo": 1}}]},
    "old version": {"@context": [VC, OB, {"@version": 1.0}]},
    "id that is no text": {"id": 5},
}

# Refused here and let pass by jsonld.js: the RDF library would drop what is said about these, or read it otherwise, and
# nobody would notice; or it is a corner of JSON-LD that no credential needs.
MALFORMED = {
    "language map": {
        "@context": [VC, OB, {"motto": {"@id": "https://example.org/motto", "@container": "@language"}}],
        "motto": {"en": "Onwards", "de": ["Los", "Auf"]},
    },
    "index map": {
        "@context": [VC, OB, {"motto": {"@id": "https://example.org/motto", "@container": "@index"}}],
        "motto": {"first": {"id": "urn:x:1", "type": "https://example.org/T"}},
    },
    "id map": {
        "@context": [VC, OB, {"by": {"@id": "https://example.org/by", "@container": "@id"}}],
        "by": {"urn:x:1": {"type": "https://example.org/T"}},
    },
    "nested members": {
        "@context": [VC, OB, {"more": "@nest", "motto": "https://example.org/motto"}],
        "more": {"motto": "Onwards"},
    },
    "reverse member": {
        "@context": [VC, OB, {"child": {"@reverse": "https://example.org/parent"}}],
        "child": {"id": "urn:x:1", "type": "https://example.org/T"},
    },
    "included nodes": {"@included": [{"id": "urn:x:1", "type": "https://example.org/T"}]},
    "type-scoped context that propagates": {
        "@context": [
            VC,
            OB,
            {
                "Ext": {
                    "@id": "https://example.org/Ext",
                    "@context": {"@propagate": True, "w": "https://example.org/w"},
                }
            },
        ],
        "https://example.org/p": {"type": "Ext", "w": {"w": 1}},
    },
    "type map": {
        "@context": [VC, OB, {"by": {"@id": "https://example.org/by", "@container": "@type"}}],
        "by": {"https://example.org/T": {"id": "urn:x:1"}},
    },
    "pipe in an id": {"id": "https://badges.example/c|1"},
    "two fragments": {"id": "https://badges.example/c#1#2"},
    "angle bracket": {"id": "https://badges.example/<c>"},
    "broken percent": {"image": "https://badges.example/%zz"},
    "no real language": {"https://example.org/motto": {"@value": "x", "@language": "abcdefgh-a"}},
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_document_passes(name):
    safe_mode.check(a_plain_document(**SOUND[name]))


@pytest.mark.parametrize("name", UNSOUND)
def test_what_means_nothing_is_named(name):
    changes, word = UNSOUND[name]
    with pytest.raises(UndefinedTerms) as caught:
        safe_mode.check(a_plain_document(**changes))
    assert any(word in term for term in caught.value.terms)
    assert len(caught.value.terms) <= 2


@pytest.mark.parametrize("name", [*CONTRADICTORY, *MALFORMED])
def test_what_breaks_json_ld_is_refused(name):
    with pytest.raises(InvalidLinkedData):
        safe_mode.check(a_plain_document(**(CONTRADICTORY | MALFORMED)[name]))


def test_unknown_contexts_are_unavailable():
    with pytest.raises(ContextUnavailable):
        safe_mode.check(a_plain_document(**{"@context": [VC, "https://example.org/c"]}))


def test_a_document_without_contexts_means_nothing():
    document = a_plain_document()
    del document["@context"]
    with pytest.raises(UndefinedTerms) as caught:
        safe_mode.check(document)
    assert {"id: undefined term", "credentialSubject: undefined term"} <= set(caught.value.terms)


def test_a_document_that_says_nothing_is_refused():
    for document in ({}, {"@context": VC, "id": "https://badges.example/c/1"}):
        with pytest.raises(UndefinedTerms):
            safe_mode.check(document)


def test_a_thousand_contexts_in_one_place_are_refused():
    with pytest.raises(InvalidLinkedData):
        safe_mode.check(a_plain_document(**{"@context": [VC] * 1000}))


@pytest.mark.parametrize("name", [*SOUND, *UNSOUND, *CONTRADICTORY])
def test_jsonld_js_judges_the_same(name, node_verifier):
    changes = SOUND.get(name) or CONTRADICTORY.get(name) or UNSOUND.get(name, ({},))[0]
    document = a_plain_document(**changes)
    answer = node_verifier.safe(document)
    assert answer["safe"] == (name in SOUND), answer["error"]
    if answer["safe"]:
        assert answer["quads"].encode() == canonicalize(document)


@pytest.mark.parametrize("name", MALFORMED)
def test_this_is_where_we_are_stricter(name, node_verifier):
    assert node_verifier.safe(a_plain_document(**MALFORMED[name]))["safe"]


# Without "": jsonld.js takes an empty reference for a new blank node, we for one that leads nowhere.
ODD_VALUES = (
    None, True, 0, 5, 1.5, "x", "urn:x:y", "rel/ative", "@id", "Profile", "2026-01-01T00:00:00Z", "_:b", [], [[]], {},
    [None], ["x", ["y"]], {"id": "urn:x:1"}, {"id": "urn:x:1", "type": "Profile"}, {"type": "Profile", "name": "N"},
    {"@value": "x"}, {"@value": 5}, {"@id": "urn:x:2"}, {"name": "deep"}, {"@list": ["a", "b"]}, {"@set": ["a"]},
    {"type": "DataIntegrityProof"}, {"@graph": [{"id": "urn:x:3", "name": "g"}]},
)  # fmt: skip
ODD_KEYS = ("name", "image", "evidence", "foo", "https://example.org/p", "tag", "result", "proof", "@included", "@type")


def mangled(document, chance):
    """`document` with one to three members somewhere replaced, added or taken away."""
    document = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        objects = list(_objects_in(document))
        place = chance.choice(objects)
        keys = [key for key in place if key != "@context"]
        match chance.choice(["replace", "add", "remove"]):
            case "replace" if keys:
                place[chance.choice(keys)] = copy.deepcopy(chance.choice(ODD_VALUES))
            case "remove" if keys:
                del place[chance.choice(keys)]
            case _:
                place[chance.choice(ODD_KEYS)] = copy.deepcopy(chance.choice(ODD_VALUES))
    return document


def _objects_in(value):
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != "@context":
                yield from _objects_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects_in(inner)


def test_jsonld_js_judges_mangled_documents_the_same(node_verifier):
    """And where both let one pass, both give the same canonical form: nothing is lost on the way to RDF."""
    chance = random.Random(2026)
    sound = [a_plain_document(**changes) for changes in SOUND.values()]
    passed = 0
    for number in range(1200):
        document = mangled(chance.choice(sound), chance)
        try:
            safe_mode.check(document)
            quads = canonicalize(document).decode()
        except InvalidLinkedData:
            continue  # no JSON-LD to us, where we are stricter on purpose: see above
        except UndefinedTerms:
            quads = ""
        answer = node_verifier.safe(document)
        shown = f"{number}: {answer['error']}\n{json.dumps(document)}"
        assert answer["safe"] == bool(quads), shown
        assert answer["quads"] == quads, shown
        passed += bool(quads)
    assert passed > 200


def test_the_contexts_are_read_once_for_many_documents():
    """Type- and property-scoped contexts of pinned files are remembered; those of a document are not."""
    from insignia.core.openbadges import active_context

    safe_mode.check(a_plain_document())
    before = active_context._scoped_once.cache_info().misses
    safe_mode.check(a_plain_document(name="another"))
    safe_mode.check(a_plain_document(**{"@context": [VC, OB, {"ex": "https://example.org/"}]}), loader=contexts.load)
    assert active_context._pinned_over.cache_info().currsize <= 64
    assert active_context._scoped_once.cache_info().misses >= before
