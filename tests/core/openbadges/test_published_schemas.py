"""What we write passes the schemas that 1EdTech publishes, in both forms; its samples are read or refused as meant."""

import json

import pytest
from hypothesis import given, settings
from jsonschema import Draft201909Validator, FormatChecker

from insignia.core.openbadges import model as m
from insignia.core.openbadges.documents import from_document, to_document
from insignia.core.openbadges.errors import DocumentError
from tests.core.openbadges import reference, samples

pytestmark = reference.NEEDED

PUBLISHED = "open-badges-3.0/schema-published/ob_v3p0_{}_schema.json"
ARRAYS = "open-badges-3.0/schema-canonical-array-form/{}.json"


def schema(form, name):
    return Draft201909Validator(reference.document(form.format(name)), format_checker=FormatChecker())


def complaints(validator, document):
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.fixture(scope="module", params=[PUBLISHED, ARRAYS], ids=["published", "arrays"])
def form(request):
    return request.param


@pytest.mark.requirement("R-119")
@settings(max_examples=40)
@given(samples.credentials())
def test_every_credential_passes_both_forms(credential):
    document = to_document(credential)
    if isinstance(document.get("credentialStatus"), list):
        document["credentialStatus"] = document["credentialStatus"][0]  # several are W3C's, one is Open Badges'
    if document.get("credentialStatus", {"id": 1}).get("id") is None:
        del document["credentialStatus"]  # an id is optional to W3C, required by one of the two forms
    for each in (PUBLISHED, ARRAYS):
        assert complaints(schema(each, "achievementcredential"), document) == []


@settings(max_examples=20)
@given(samples.endorsements())
def test_every_endorsement_passes_both_forms(endorsement):
    document = to_document(endorsement)
    document.pop("credentialStatus", None)
    for each in (PUBLISHED, ARRAYS):
        assert complaints(schema(each, "endorsementcredential"), document) == []


def test_a_profile_passes_both_forms(form):
    profile = m.Profile(
        id="https://badges.example/i",
        name="Example University",
        image=m.Image(id="https://badges.example/i.png"),
        address=m.Address(address_country_code="US", geo=m.GeoCoordinates(latitude=33.9, longitude=-84.5)),
        other_identifier=(m.IdentifierEntry(identifier="1", identifier_type=m.IdentifierType.SOURCED_ID),),
    )
    assert complaints(schema(form, "profile"), to_document(profile)) == []


def test_what_the_schemas_require_is_required_here_too(form):
    validator = schema(form, "achievementcredential")
    whole = json.loads(json.dumps(to_document(samples.a_credential(evidence=(m.Evidence(name="Report"),)))))
    refused_here, refused_there = set(), set()
    for path, container, key in list(_members(whole, "$")):
        value = container.pop(key)
        if complaints(validator, whole):
            refused_there.add(path)
        try:
            from_document(whole)
        except DocumentError:
            refused_here.add(path)
        container[key] = value
    assert refused_there <= refused_here
    # Ours alone: what the standard's text demands and a schema cannot say.
    assert refused_here - refused_there == {
        "$.credentialSubject.identifier",
        "$.credentialSubject.achievement.criteria.narrative",
    }


def _members(value, path):
    for key, inner in value.items():
        yield f"{path}.{key}", value, key
        for item in inner if isinstance(inner, list) else [inner]:
            if isinstance(item, dict):
                yield from _members(item, f"{path}.{key}")


@pytest.mark.parametrize(
    ("vocabulary", "definition", "member"),
    [
        (m.AchievementType, "Achievement", "achievementType"),
        (m.AlignmentTargetType, "Alignment", "targetType"),
        (m.ResultType, "ResultDescription", "resultType"),
        (m.ResultStatusType, "Result", "status"),
        (m.IdentifierType, "IdentityObject", "identityType"),
        (m.IdentifierType, "IdentifierEntry", "identifierType"),
    ],
)
def test_the_vocabularies_are_the_published_ones(form, vocabulary, definition, member):
    published = reference.document(form.format("achievementcredential"))["$defs"][definition]["properties"][member]
    [words] = [choice["enum"] for choice in [published, *published.get("oneOf", [])] if "enum" in choice]
    assert sorted(words) == sorted(vocabulary)


# The rest of the samples whose names say "err" are wrong in their proof or their dates, which is not read here.
BROKEN_FORM = {
    "simple-err-context": "$.@context",
    "simple-err-credential-subject-achievement-result-description-type": (
        "$.credentialSubject.achievement.resultDescription[2].type"
    ),
    "simple-err-credential-subject-identifier-type": "$.credentialSubject.identifier[0].type",
    "simple-err-credential-subject-profile-type": "$.credentialSubject.source.type",
    "simple-err-credential-subject-result-type": "$.credentialSubject.result[1].type",
    "simple-err-credential-subject-type": "$.credentialSubject.type",
    "simple-err-evidence-type": "$.evidence[1].type",
    "simple-err-issued": "$.credentialSubject.achievement",
    "simple-err-issuer": "$.issuer",
    "simple-err-issuer-otheridentifier-type": "$.issuer.otherIdentifier[1].type",
    "simple-err-issuer-parentorg-type": "$.issuer.parentOrg.type",
    "simple-err-issuer-type": "$.issuer.type",
    "simple-err-type": "$.type",
}
VC_1_1 = {
    "complete_v1",
    "credential-status-revoked",
    "endorsement-err-schema-status-refresh",
    "simple-eddsa-2022",
    "simple-noproof",
    "simple_v1",
}


@pytest.mark.parametrize("path", reference.OB3_SAMPLES, ids=lambda path: path.stem)
def test_the_validators_samples_are_read_or_refused_as_meant(path):
    document = reference.document(path)
    at_root = path.parent.name == "examples-validator"
    if path.stem in BROKEN_FORM:
        with pytest.raises(DocumentError) as caught:
            from_document(document)
        assert caught.value.code == "document_invalid"
        assert BROKEN_FORM[path.stem] in {problem.path for problem in caught.value.problems}
    elif path.stem in VC_1_1 and at_root:
        with pytest.raises(DocumentError) as caught:
            from_document(document)
        assert caught.value.code == "format_not_supported"
    else:
        credential = from_document(document)
        assert from_document(to_document(credential)) == credential
        assert credential.proof


@pytest.mark.parametrize("name", ["complete", "simple", "endorsement-valid", "simple-multiple-proofs"])
def test_samples_in_array_form_are_written_as_they_were_read(name):
    document = reference.document(f"open-badges-3.0/examples-validator/{name}.json")
    assert to_document(from_document(document)) == document


def test_the_specifications_own_example_is_read():
    credential = from_document(reference.document("open-badges-3.0/test-vectors/signed.json"))
    assert credential.credential_subject.achievement.name == "Teamwork"
    assert [proof["cryptosuite"] for proof in credential.proof] == ["eddsa-rdfc-2022"]


@pytest.mark.parametrize(
    "name",
    ["clr-2.0/test-vectors/signed.json", "open-badges-2.0/examples-validator/assertion-with-data-image.json"],
)
def test_clr_and_open_badges_2_samples_are_recognised(name):
    with pytest.raises(DocumentError) as caught:
        from_document(reference.document(name))
    assert caught.value.code == "format_not_supported"
