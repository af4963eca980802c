"""The model as JSON-LD and back: the one place where the documents' own spelling of members appears.

`to_document` writes what passes both published schema forms of Open Badges 3.0 (arrays wherever several are allowed);
`from_document` reads both. Nothing is signed or verified here, and no context is fetched.
"""

import re
from collections.abc import Mapping
from typing import Any

from . import model, ob2
from .errors import N_, DocumentError, FormatNotSupported, Problem
from .identity import identity_hash, recipient_matches
from .shapes import Shape, Typed, listed, listed_unless_single, optional, required, types_of
from .values import (
    DAY,
    INSTANT,
    NUMBER,
    TEXT,
    TRUTH,
    VERBATIM,
    WHOLE,
    WHOLE_AS_TEXT,
    Pair,
    Place,
    closed_word,
    word,
)

__all__ = [
    "from_document",
    "identity_hash",
    "read_status_entry",
    "read_status_list",
    "recipient_matches",
    "to_document",
]

VC_2 = "https://www.w3.org/ns/credentials/v2"
VC_1 = "https://www.w3.org/2018/credentials/v1"
OB_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_3_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
# The types that `OB_3_EXTENSIONS` defines; without it they would be dropped silently, and left unsigned.
EXTENSION_TYPES = frozenset({"1EdTechJsonSchemaValidator2019", "1EdTechRevocationList", "1EdTechCredentialRefresh"})
# As the schemas print it: `context.json` and `context-3.0.1.json` are other contexts under which other badges stand.
ANY_OB_3 = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json", re.ASCII)

Statement = model.AchievementCredential | model.EndorsementCredential


def _read_kind(value: Any, place: Place) -> str:
    """A type of which we know nothing but its name; several are allowed, the first one counts."""
    return str(TEXT.read(value[0] if isinstance(value, list) and value else value, place))


def _read_endorsement(value: Any, place: Place) -> model.EmbeddedEndorsement:
    _read_statement(ENDORSEMENT_CREDENTIAL, value, place)
    return model.EmbeddedEndorsement(value)


def _read_profile(value: Any, place: Place) -> Any:
    """A profile, or only its URI where the standard allows a reference (ProfileRef)."""
    return PROFILE.read({"id": value, "type": "Profile"} if isinstance(value, str) else value, place)


def _read_reference(value: Any, place: Place) -> str:
    """The id of an issuer, whether it stands alone or in an object; a status list needs no more."""
    if isinstance(value, Mapping):
        return str(TEXT.read(value.get("id"), place.member("id")))
    return str(TEXT.read(value, place))


def _read_status(value: Any, place: Place) -> Any:
    is_entry = isinstance(value, Mapping) and "BitstringStatusListEntry" in types_of(value)
    return (STATUS_ENTRY if is_entry else STATUS).read(value, place)


def _write_status(value: Any, place: Place) -> Any:
    return (STATUS_ENTRY if isinstance(value, model.BitstringStatusListEntry) else STATUS).write(value, place)


KIND = Pair(_read_kind, TEXT.write)
ENDORSEMENT = Pair(_read_endorsement, lambda value, place: VERBATIM.write(value.document, place))
PROFILE_OR_REFERENCE = Pair(_read_profile, lambda value, place: PROFILE.write(value, place))
REFERENCE = Pair(_read_reference, TEXT.write)
ANY_STATUS = Pair(_read_status, _write_status)

IMAGE = Shape(model.Image, ("Image",), Typed.BY_TEXT, (*required(TEXT, id="id"), *optional(TEXT, caption="caption")))

GEO_COORDINATES = Shape(
    model.GeoCoordinates,
    ("GeoCoordinates",),
    Typed.BY_TEXT,
    required(NUMBER, latitude="latitude", longitude="longitude"),
)

ADDRESS = Shape(
    model.Address,
    ("Address",),
    Typed.BY_ARRAY,
    (
        *optional(
            TEXT,
            address_country="addressCountry",
            address_country_code="addressCountryCode",
            address_region="addressRegion",
            address_locality="addressLocality",
            street_address="streetAddress",
            post_office_box_number="postOfficeBoxNumber",
            postal_code="postalCode",
        ),
        *optional(GEO_COORDINATES, geo="geo"),
    ),
)

IDENTIFIER_ENTRY = Shape(
    model.IdentifierEntry,
    ("IdentifierEntry",),
    Typed.BY_TEXT,
    (
        *required(TEXT, identifier="identifier"),
        *required(word(model.IdentifierType), identifier_type="identifierType"),
    ),
)

IDENTITY_OBJECT = Shape(
    model.IdentityObject,
    ("IdentityObject",),
    Typed.BY_TEXT,
    (
        *required(TRUTH, hashed="hashed"),
        *required(TEXT, identity_hash="identityHash"),
        *required(word(model.IdentifierType), identity_type="identityType"),
        *optional(TEXT, salt="salt"),
    ),
)

PROFILE: Shape = Shape(
    model.Profile,
    ("Profile",),
    Typed.BY_ARRAY,
    (
        *required(TEXT, id="id"),
        *optional(TEXT, name="name", url="url", phone="phone", description="description"),
        *listed(ENDORSEMENT, endorsement="endorsement"),
        *listed(TEXT, endorsement_jwt="endorsementJwt"),
        *optional(IMAGE, image="image"),
        *optional(TEXT, email="email"),
        *optional(ADDRESS, address="address"),
        *listed(IDENTIFIER_ENTRY, other_identifier="otherIdentifier"),
        *optional(TEXT, official="official"),
        *optional(PROFILE_OR_REFERENCE, parent_org="parentOrg"),
        *optional(
            TEXT,
            family_name="familyName",
            given_name="givenName",
            additional_name="additionalName",
            patronymic_name="patronymicName",
            honorific_prefix="honorificPrefix",
            honorific_suffix="honorificSuffix",
            family_name_prefix="familyNamePrefix",
        ),
        *optional(DAY, date_of_birth="dateOfBirth"),
    ),
)

CRITERIA = Shape(model.Criteria, (), Typed.UNTYPED, optional(TEXT, id="id", narrative="narrative"))

ALIGNMENT = Shape(
    model.Alignment,
    ("Alignment",),
    Typed.BY_ARRAY,
    (
        *required(TEXT, target_name="targetName", target_url="targetUrl"),
        *optional(
            TEXT,
            target_code="targetCode",
            target_description="targetDescription",
            target_framework="targetFramework",
        ),
        *optional(word(model.AlignmentTargetType), target_type="targetType"),
    ),
)

RELATED = Shape(
    model.Related,
    ("Related",),
    Typed.BY_ARRAY,
    (*required(TEXT, id="id"), *optional(TEXT, in_language="inLanguage", version="version")),
)

RUBRIC_CRITERION_LEVEL = Shape(
    model.RubricCriterionLevel,
    ("RubricCriterionLevel",),
    Typed.BY_ARRAY,
    (
        *required(TEXT, id="id", name="name"),
        *optional(TEXT, level="level", points="points", description="description"),
        *listed(ALIGNMENT, alignment="alignment"),
    ),
)

RESULT_DESCRIPTION = Shape(
    model.ResultDescription,
    ("ResultDescription",),
    Typed.BY_ARRAY,
    (
        *required(TEXT, id="id", name="name"),
        *required(word(model.ResultType), result_type="resultType"),
        *listed(TEXT, allowed_value="allowedValue"),
        *optional(TEXT, required_level="requiredLevel", required_value="requiredValue"),
        *listed(RUBRIC_CRITERION_LEVEL, rubric_criterion_level="rubricCriterionLevel"),
        *optional(TEXT, value_min="valueMin", value_max="valueMax"),
        *listed(ALIGNMENT, alignment="alignment"),
    ),
)

ACHIEVEMENT = Shape(
    model.Achievement,
    ("Achievement",),
    Typed.BY_ARRAY,
    (
        *required(TEXT, id="id", name="name", description="description"),
        *required(CRITERIA, criteria="criteria"),
        *optional(word(model.AchievementType), achievement_type="achievementType"),
        *listed(ALIGNMENT, alignment="alignment"),
        *optional(PROFILE_OR_REFERENCE, creator="creator"),
        *optional(NUMBER, credits_available="creditsAvailable"),
        *listed(ENDORSEMENT, endorsement="endorsement"),
        *listed(TEXT, endorsement_jwt="endorsementJwt"),
        *optional(TEXT, field_of_study="fieldOfStudy", human_code="humanCode"),
        *optional(IMAGE, image="image"),
        *optional(TEXT, in_language="inLanguage"),
        *listed(IDENTIFIER_ENTRY, other_identifier="otherIdentifier"),
        *listed(RELATED, related="related"),
        *listed(RESULT_DESCRIPTION, result_description="resultDescription"),
        *optional(TEXT, specialization="specialization"),
        *listed(TEXT, tag="tag"),
        *optional(TEXT, version="version"),
    ),
)

EVIDENCE = Shape(
    model.Evidence,
    ("Evidence",),
    Typed.BY_ARRAY,
    optional(
        TEXT,
        id="id",
        narrative="narrative",
        name="name",
        description="description",
        genre="genre",
        audience="audience",
    ),
)

RESULT = Shape(
    model.Result,
    ("Result",),
    Typed.BY_ARRAY,
    (
        *optional(TEXT, achieved_level="achievedLevel", result_description="resultDescription"),
        *optional(closed_word(model.ResultStatusType), status="status"),
        *optional(TEXT, value="value"),
        *listed(ALIGNMENT, alignment="alignment"),
    ),
)

ACHIEVEMENT_SUBJECT = Shape(
    model.AchievementSubject,
    ("AchievementSubject",),
    Typed.BY_ARRAY,
    (
        *optional(TEXT, id="id"),
        *listed(IDENTITY_OBJECT, identifier="identifier"),
        *optional(INSTANT, activity_start_date="activityStartDate", activity_end_date="activityEndDate"),
        *optional(NUMBER, credits_earned="creditsEarned"),
        *required(ACHIEVEMENT, achievement="achievement"),
        *optional(IMAGE, image="image"),
        *optional(TEXT, license_number="licenseNumber", narrative="narrative"),
        *listed(RESULT, result="result"),
        *optional(TEXT, role="role"),
        *optional(PROFILE_OR_REFERENCE, source="source"),
        *optional(TEXT, term="term"),
    ),
)

ENDORSEMENT_SUBJECT = Shape(
    model.EndorsementSubject,
    ("EndorsementSubject",),
    Typed.BY_ARRAY,
    (*required(TEXT, id="id"), *optional(TEXT, endorsement_comment="endorsementComment")),
)

STATUS_MESSAGE = Shape(model.StatusMessage, (), Typed.UNTYPED, required(TEXT, status="status", message="message"))

STATUS_ENTRY = Shape(
    model.BitstringStatusListEntry,
    ("BitstringStatusListEntry",),
    Typed.BY_TEXT,
    (
        *optional(TEXT, id="id"),
        *required(TEXT, status_purpose="statusPurpose"),
        *required(WHOLE_AS_TEXT, status_list_index="statusListIndex"),
        *required(TEXT, status_list_credential="statusListCredential"),
        *optional(WHOLE, status_size="statusSize"),
        *listed(STATUS_MESSAGE, status_message="statusMessage"),
        *listed_unless_single(TEXT, status_reference="statusReference"),
    ),
)


def _service(of: type[Any]) -> Shape:
    """Something known by the name of its method and, mostly, an address."""
    return Shape(of, (), Typed.UNTYPED, (*optional(TEXT, id="id"), *required(KIND, type="type")))


def _located_service(of: type[Any]) -> Shape:
    """Something known by an address and the name of its method."""
    return Shape(of, (), Typed.UNTYPED, (*required(TEXT, id="id"), *required(KIND, type="type")))


STATUS = _service(model.CredentialStatus)
TERMS_OF_USE = _service(model.TermsOfUse)

_ENDING = (
    *required(PROFILE_OR_REFERENCE, issuer="issuer"),
    *required(INSTANT, valid_from="validFrom"),
    *optional(INSTANT, valid_until="validUntil", awarded_date="awardedDate"),
    *listed(_located_service(model.CredentialSchema), credential_schema="credentialSchema"),
    *listed_unless_single(ANY_STATUS, credential_status="credentialStatus"),
    *optional(_located_service(model.RefreshService), refresh_service="refreshService"),
    *listed(TERMS_OF_USE, terms_of_use="termsOfUse"),
    *listed(VERBATIM, proof="proof"),
)

ACHIEVEMENT_CREDENTIAL = Shape(
    model.AchievementCredential,
    ("VerifiableCredential", "OpenBadgeCredential"),
    Typed.BY_ARRAY,
    (
        *required(TEXT, id="id"),
        *optional(TEXT, name="name", description="description"),
        *optional(IMAGE, image="image"),
        *required(ACHIEVEMENT_SUBJECT, credential_subject="credentialSubject"),
        *listed(ENDORSEMENT, endorsement="endorsement"),
        *listed(TEXT, endorsement_jwt="endorsementJwt"),
        *listed(EVIDENCE, evidence="evidence"),
        *_ENDING,
    ),
    # The context makes both the same class; issuing names one, never both.
    aliases={"AchievementCredential": "OpenBadgeCredential"},
)

ENDORSEMENT_CREDENTIAL: Shape = Shape(
    model.EndorsementCredential,
    ("VerifiableCredential", "EndorsementCredential"),
    Typed.BY_ARRAY,
    (
        *required(TEXT, id="id", name="name"),
        *optional(TEXT, description="description"),
        *required(ENDORSEMENT_SUBJECT, credential_subject="credentialSubject"),
        *_ENDING,
    ),
)

STATUS_LIST = Shape(
    model.BitstringStatusList,
    ("BitstringStatusList",),
    Typed.BY_TEXT,
    (
        *optional(TEXT, id="id"),
        *listed_unless_single(TEXT, status_purpose="statusPurpose"),
        *required(TEXT, encoded_list="encodedList"),
        *optional(WHOLE, ttl="ttl"),
    ),
)

STATUS_LIST_CREDENTIAL = Shape(
    model.BitstringStatusListCredential,
    ("VerifiableCredential", "BitstringStatusListCredential"),
    Typed.BY_ARRAY,
    (
        *optional(TEXT, id="id"),
        *required(STATUS_LIST, credential_subject="credentialSubject"),
        *required(REFERENCE, issuer="issuer"),
        *optional(INSTANT, valid_from="validFrom", valid_until="validUntil"),
        *listed(VERBATIM, proof="proof"),
    ),
)

# Documents of their own, by the type of the model's value.
WRITABLE: Mapping[type[Any], Shape] = {
    shape.model: shape
    for shape in (ACHIEVEMENT_CREDENTIAL, ENDORSEMENT_CREDENTIAL, STATUS_LIST_CREDENTIAL, ACHIEVEMENT, PROFILE)
}


def to_document(
    value: Statement | model.BitstringStatusListCredential | model.Achievement | model.Profile,
) -> dict[str, Any]:
    """The JSON-LD document of `value`, fresh and unshared.

    `DocumentError` when it holds something that no signature would protect everywhere (control characters, numbers
    beyond the range on which libraries agree).
    """
    return {"@context": _contexts_for(value), **WRITABLE[type(value)].write(value, Place())}


def _contexts_for(value: Any) -> list[str]:
    if isinstance(value, model.BitstringStatusListCredential):
        return [VC_2]
    return [VC_2, OB_3, OB_3_EXTENSIONS] if _uses_extensions(value) else [VC_2, OB_3]


def _uses_extensions(value: Any) -> bool:
    if not isinstance(value, Statement):
        return False
    services = (*value.credential_schema, *value.credential_status, *value.terms_of_use, value.refresh_service)
    return any(getattr(service, "type", None) in EXTENSION_TYPES for service in services)


def from_document(document: Any) -> Statement:
    """The credential that `document` (parsed JSON) states; its proof and status are not looked at.

    `FormatNotSupported` for a document of another standard; `DocumentError` with every problem for anything else that
    is not an achievement or endorsement credential of Open Badges 3.0 on VC Data Model 2.0.
    """
    other = _other_format(document)
    if other:
        raise FormatNotSupported(other)
    place = Place()
    if not isinstance(document, Mapping):
        raise place.refuse("not_an_object", N_("An object is expected."))
    for shape in (ACHIEVEMENT_CREDENTIAL, ENDORSEMENT_CREDENTIAL):
        if {shape.types[1], *shape.aliases} & set(types_of(document)):
            return _read_statement(shape, document, place)  # type: ignore[no-any-return]
    raise place.member("type").refuse(
        "wrong_type", N_("The type %(types)s is expected."), types="OpenBadgeCredential, EndorsementCredential"
    )


def _other_format(document: Any) -> str:
    if ob2.recognises(document):
        return "Open Badges 2.0"
    if not isinstance(document, Mapping):
        return ""
    if _contexts_of(document)[:1] == [VC_1]:
        return "Verifiable Credentials 1.1"
    return "CLR 2.0" if "ClrCredential" in types_of(document) else ""


def _contexts_of(document: Mapping[str, Any]) -> list[Any]:
    given = document.get("@context")
    return given if isinstance(given, list) else [given]


def _read_statement(shape: Shape, value: Any, place: Place) -> Any:
    problems = _context_problems(value, place) if isinstance(value, Mapping) else ()
    try:
        statement = shape.read(value, place)
    except DocumentError as error:
        raise DocumentError(problems + error.problems) from error
    if problems:
        raise DocumentError(problems)
    return statement


def _context_problems(document: Mapping[str, Any], place: Place) -> tuple[Problem, ...]:
    """Order counts: later contexts may not redefine what earlier ones protect (Open Badges 3.0, appendix B)."""
    contexts, place = _contexts_of(document), place.member("@context")
    if contexts[:1] != [VC_2]:
        return place.refuse("wrong_context", N_("%(url)s is expected first."), url=VC_2).problems
    second = contexts[1] if len(contexts) > 1 else None
    if not isinstance(second, str) or not ANY_OB_3.fullmatch(second):
        return place.refuse("wrong_context", N_("%(url)s is expected second."), url=OB_3).problems
    return ()


def read_status_entry(value: Any) -> model.BitstringStatusListEntry:
    """One entry of `credentialStatus`; `DocumentError` when it is none."""
    return STATUS_ENTRY.read(value, Place().member("credentialStatus"))  # type: ignore[no-any-return]


def read_status_list(document: Any) -> model.BitstringStatusListCredential:
    """A status list credential of VC Data Model 2.0; `DocumentError` when it is none. Its proof is not looked at."""
    if isinstance(document, Mapping) and _contexts_of(document)[:1] != [VC_2]:
        raise Place().member("@context").refuse("wrong_context", N_("%(url)s is expected first."), url=VC_2)
    return STATUS_LIST_CREDENTIAL.read(document, Place())  # type: ignore[no-any-return]
