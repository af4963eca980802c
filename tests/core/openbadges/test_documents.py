"""The model as JSON-LD, and back."""

import copy
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insignia.core.openbadges import model as m
from insignia.core.openbadges.documents import from_document, to_document
from insignia.core.openbadges.errors import DocumentError, FormatNotSupported
from tests.core.openbadges import samples
from tests.core.openbadges.samples import WHEN, a_credential, a_subject, an_achievement, an_endorsement

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def a_document(**changes):
    """The document of the least credential."""
    return to_document(a_credential()) | changes


def problems_of(document):
    """Where `from_document` finds something wrong, and what."""
    with pytest.raises(DocumentError) as caught:
        from_document(document)
    assert caught.value.code == "document_invalid"
    return {(problem.path, problem.code) for problem in caught.value.problems}


@given(samples.credentials() | samples.endorsements())
def test_what_is_written_is_read_back_the_same(credential):
    written = json.loads(json.dumps(to_document(credential)))
    assert from_document(written) == credential


@settings(max_examples=40)
@given(samples.credentials())
def test_nothing_empty_and_nothing_of_python_is_written(credential):
    def walk(value):
        assert value not in (None, [], {})
        assert isinstance(value, str | int | float | list | dict)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(to_document(credential))


@pytest.mark.requirement("R-119")
def test_the_least_credential_in_full():
    assert a_document() == {
        "@context": [VC, OB],
        "id": "https://badges.example/c/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                    "identityType": "emailAddress",
                    "salt": "Kosher",
                }
            ],
            "achievement": {
                "id": "https://badges.example/a/1/v/1",
                "type": ["Achievement"],
                "name": "Teamwork",
                "description": "Works well with others.",
                "criteria": {"narrative": "Shown in *three* projects."},
            },
        },
        "issuer": {"id": "did:web:badges.example:issuers:1", "type": ["Profile"], "name": "Example University"},
        "validFrom": "2026-05-04T03:02:01Z",
    }


def test_a_status_stands_alone_as_the_open_badges_schema_wants_it_and_its_index_is_text():
    entry = m.BitstringStatusListEntry.at("https://badges.example/s/1", 94567)
    document = to_document(a_credential(credential_status=(entry,)))
    assert document["credentialStatus"] == {
        "id": "https://badges.example/s/1#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": "https://badges.example/s/1",
    }
    both = (entry, m.CredentialStatus(id="https://badges.example/r", type="1EdTechRevocationList"))
    assert [s["type"] for s in to_document(a_credential(credential_status=both))["credentialStatus"]] == [
        "BitstringStatusListEntry",
        "1EdTechRevocationList",
    ]


def test_points_in_time_are_whole_seconds_in_utc():
    zone = timezone(timedelta(hours=-4, minutes=-30))
    written = to_document(a_credential(valid_from=datetime(999, 5, 4, 23, 59, 59, 999_999, zone)))
    assert written["validFrom"] == "0999-05-05T04:29:59Z"


def test_whole_credits_are_written_as_integers():
    written = [to_document(an_achievement(credits_available=n))["creditsAvailable"] for n in (3.0, 1.5, 0)]
    assert json.dumps(written) == "[3, 1.5, 0]"


@pytest.mark.parametrize(
    "services",
    [
        {"credential_schema": (m.CredentialSchema(id="https://x.example/s", type="1EdTechJsonSchemaValidator2019"),)},
        {"refresh_service": m.RefreshService(id="https://x.example/r", type="1EdTechCredentialRefresh")},
        {"credential_status": (m.CredentialStatus(id="https://x.example/l", type="1EdTechRevocationList"),)},
    ],
)
def test_the_extensions_context_comes_third_and_only_where_its_words_are_used(services):
    assert to_document(a_credential(**services))["@context"] == [VC, OB, EXTENSIONS]
    others = {"credential_schema": (m.CredentialSchema(id="https://x.example/s", type="JsonSchema"),)}
    assert to_document(a_credential(**others))["@context"] == [VC, OB]


def test_an_achievement_and_a_profile_are_documents_of_their_own():
    assert to_document(an_achievement())["@context"] == [VC, OB]
    assert to_document(m.Profile(id="https://badges.example/i", name="I"))["type"] == ["Profile"]


def test_an_embedded_endorsement_stays_word_for_word():
    signed = to_document(an_endorsement()) | {"unknown": {"b": 1, "a": [None]}, "proof": {"type": "DataIntegrityProof"}}
    credential = a_credential(
        credential_subject=a_subject(achievement=an_achievement(endorsement=(m.EmbeddedEndorsement(signed),)))
    )
    document = to_document(credential)
    [embedded] = document["credentialSubject"]["achievement"]["endorsement"]
    assert json.dumps(embedded) == json.dumps(signed)
    embedded["unknown"]["a"].append("changed by a reader")
    assert signed["unknown"] == {"b": 1, "a": [None]}
    assert from_document(to_document(credential)) == credential


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ufffe", "\uffff", "\ud800"])
def test_characters_that_no_signature_protects_everywhere_are_refused_with_their_place(character):
    with pytest.raises(DocumentError) as caught:
        to_document(a_credential(credential_subject=a_subject(achievement=an_achievement(tag=("a", character)))))
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ("$.credentialSubject.achievement.tag[1]", "unsignable_character")


@pytest.mark.parametrize("number", [1e13, -1e13, 1e-7])
def test_numbers_on_which_libraries_disagree_are_refused(number):
    with pytest.raises(DocumentError):
        to_document(an_achievement(credits_available=number))


# --- reading --------------------------------------------------------------------------------------------------------


def test_the_looser_form_with_single_values_is_read_too():
    document = a_document()
    strict = from_document(document)
    document["type"] = ["AchievementCredential", "VerifiableCredential"]
    document["credentialSubject"]["type"] = "AchievementSubject"
    document["credentialSubject"]["identifier"] = document["credentialSubject"]["identifier"][0]
    document["issuer"]["type"] = "Profile"
    document["evidence"] = {"type": "Evidence", "name": "Report"}
    document["name"] = None
    document["endorsement"] = []
    read = from_document(document)
    assert read == m.AchievementCredential(
        id=strict.id,
        credential_subject=strict.credential_subject,
        issuer=strict.issuer,
        valid_from=strict.valid_from,
        evidence=(m.Evidence(name="Report"),),
    )


def test_members_nobody_knows_are_left_to_safe_mode():
    document = a_document(renderMethod={"type": "SvgRenderingTemplate"})
    document["issuer"]["nickname"] = "EU"
    assert from_document(document) == a_credential()


def test_an_issuer_may_be_named_by_its_id_only():
    assert from_document(a_document(issuer="did:web:x.example")).issuer == m.Profile(id="did:web:x.example")


@pytest.mark.parametrize("index", ["42", 42])
def test_a_status_index_may_be_a_number(index):
    status = {
        "type": ["BitstringStatusListEntry"],
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": "https://x.example/s",
    }
    [entry] = from_document(a_document(credentialStatus=[status])).credential_status
    assert entry.status_list_index == 42


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-05-04T03:02:01Z", WHEN),
        ("2026-05-04T05:02:01+02:00", WHEN),
        ("2026-05-04T03:02:01.9Z", WHEN.replace(microsecond=900_000)),
        ("2026-05-04T03:02:01.1234567891Z", WHEN.replace(microsecond=123_456)),
        ("2026-05-04T03:02:01", WHEN),
    ],
)
def test_points_in_time_are_compared_as_time_and_without_an_offset_are_utc(text, meant):
    assert from_document(a_document(validFrom=text)).valid_from == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-05-04",
        "2026-05-04 03:02:01Z",
        "2026-05-04t03:02:01z",
        "2026-02-30T00:00:00Z",
        "2026-05-04T24:00:00Z",
        "2026-05-04T03:02:01+02:60",
        "2026-05-04T03:02:01+24:00",
        "0001-01-01T00:00:00+01:00",
        "٢٠٢٦-05-04T03:02:01Z",
        1777863721,
        True,
        ["2026-05-04T03:02:01Z"],
    ],
)
def test_what_is_no_point_in_time_is_refused(text):
    assert {path for path, _ in problems_of(a_document(validFrom=text))} == {"$.validFrom"}


def test_every_problem_is_named_with_its_place():
    document = a_document(validFrom="soon", evidence=[{"type": "Evidence"}, {"type": "Proof"}, "https://x.example"])
    del document["issuer"]["id"]
    document["credentialSubject"]["achievement"]["criteria"] = {}
    document["credentialSubject"]["identifier"][0]["hashed"] = "true"
    document["credentialSubject"]["achievement"]["tag"] = ["a", 1]
    document["credentialSubject"]["creditsEarned"] = True
    assert problems_of(document) == {
        ("$.validFrom", "not_a_time"),
        ("$.evidence[1].type", "wrong_type"),
        ("$.evidence[2]", "not_an_object"),
        ("$.issuer.id", "missing"),
        ("$.credentialSubject.achievement.criteria", "criteria_empty"),
        ("$.credentialSubject.identifier[0].hashed", "not_true_or_false"),
        ("$.credentialSubject.achievement.tag[1]", "not_text"),
        ("$.credentialSubject.creditsEarned", "not_a_number"),
    }


def test_language_variants_in_one_member_are_refused():
    document = a_document(name={"en": "Teamwork", "de": "Zusammenarbeit"})
    document["description"] = {"@value": "x", "@language": "en"}
    assert problems_of(document) == {("$.name", "language_variants"), ("$.description", "language_variants")}


@pytest.mark.parametrize(
    "contexts",
    [
        None,
        [],
        OB,
        [OB, VC],
        [VC],
        [VC, {"@vocab": "https://x.example#"}],
        [{}, OB],
        [VC, "https://x.example", OB],
        [VC, OB.replace("purl.imsglobal.org", "purl-imsglobal.org")],
        [VC, OB + "x"],
    ],
)
def test_the_two_contexts_come_first_and_in_order(contexts):
    assert problems_of(a_document(**{"@context": contexts})) == {("$.@context", "wrong_context")}


@pytest.mark.parametrize("name", ["context.json", "context-3.0.1.json", "context-3.0.3.json"])
def test_older_contexts_of_open_badges_3_are_read(name):
    assert from_document(a_document(**{"@context": [VC, OB.replace("context-3.0.3.json", name), {}]}))


@pytest.mark.parametrize(
    "types", [None, "VerifiableCredential", ["OpenBadgeCredential"], ["VerifiableCredential", "Other"], [1], {}]
)
def test_the_type_says_what_it_is(types):
    assert problems_of(a_document(type=types)) == {("$.type", "wrong_type")}


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (
            {"@context": ["https://www.w3.org/2018/credentials/v1", OB], "type": ["VerifiableCredential"]},
            "Verifiable Credentials 1.1",
        ),
        ({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}, "Open Badges 2.0"),
        ({"uid": "1", "badge": "https://x.example", "verify": {"type": "hosted"}}, "Open Badges 2.0"),
        ({"@context": [VC], "type": ["VerifiableCredential", "ClrCredential"]}, "CLR 2.0"),
    ],
)
def test_another_standards_document_is_not_called_malformed(document, name):
    with pytest.raises(FormatNotSupported) as caught:
        from_document(document)
    assert caught.value.code == "format_not_supported"
    assert caught.value.format == name
    assert name in str(caught.value)


def test_endless_nesting_is_refused_before_it_exhausts_the_stack():
    parent = {"id": "https://x.example/0", "type": "Profile"}
    for number in range(900):
        parent = {"id": f"https://x.example/{number}", "type": "Profile", "parentOrg": parent}
    [(path, code)] = problems_of(a_document(issuer=parent))
    assert code == "too_deep"
    assert path.startswith("$.issuer.parentOrg.parentOrg")


def test_a_broken_endorsement_inside_breaks_the_document_and_says_where():
    endorsement = to_document(an_endorsement())
    del endorsement["credentialSubject"]["id"]
    endorsement["@context"] = [OB, VC]
    assert problems_of(a_document(endorsement=[endorsement])) == {
        ("$.endorsement[0].credentialSubject.id", "missing"),
        ("$.endorsement[0].@context", "wrong_context"),
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "x"]), inner),
    max_leaves=8,
)


@given(JSON)
def test_whatever_json_it_is_the_answer_is_a_document_error(value):
    with pytest.raises(DocumentError):
        from_document(value)


@given(st.data())
def test_a_credential_with_one_value_replaced_is_read_or_refused_but_never_breaks_the_reader(data):
    document = copy.deepcopy(FULL)
    places = list(_places(document))
    container, key = data.draw(st.sampled_from(places))
    container[key] = data.draw(JSON)
    try:
        credential = from_document(document)
    except DocumentError as error:
        places = [problem.path for problem in error.problems]
    else:
        places = ["$"]
        assert credential.id
    assert places
    assert all(place.startswith("$") for place in places)


def _places(value):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _places(inner)


FULL = to_document(
    a_credential(
        evidence=(m.Evidence(id="https://x.example/e", name="Report"),),
        endorsement=(m.EmbeddedEndorsement(to_document(an_endorsement())),),
        credential_status=(m.BitstringStatusListEntry.at("https://x.example/s", 7),),
        credential_schema=(m.CredentialSchema(id="https://x.example/s", type="JsonSchema"),),
        valid_until=datetime(2030, 1, 1, tzinfo=UTC),
        credential_subject=a_subject(
            credits_earned=1.5,
            result=(m.Result(result_description="urn:x:1", achieved_level="urn:x:2"),),
            achievement=an_achievement(
                image=m.Image(id="https://x.example/i.png", caption="A star"),
                alignment=(m.Alignment(target_name="Skill", target_url="https://x.example/skill"),),
                result_description=(
                    m.ResultDescription(
                        id="urn:x:1",
                        name="Rubric",
                        result_type="ext:Own",
                        rubric_criterion_level=(m.RubricCriterionLevel(id="urn:x:2", name="Level"),),
                    ),
                ),
            ),
        ),
    )
)
