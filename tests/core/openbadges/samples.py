"""Values of the model to try things on: one of everything, and hypothesis strategies for the rest."""

import base64
import struct
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from insignia.core.openbadges import model as m
from insignia.core.openbadges.documents import to_document
from insignia.core.openbadges.identity import hashed_identity

WHEN = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmVk"


def an_achievement(**changes: Any) -> m.Achievement:
    """The least an achievement may be."""
    fields: dict[str, Any] = {
        "id": "https://badges.example/a/1/v/1",
        "name": "Teamwork",
        "description": "Works well with others.",
        "criteria": m.Criteria(narrative="Shown in *three* projects."),
    }
    return m.Achievement(**(fields | changes))


def a_subject(**changes: Any) -> m.AchievementSubject:
    """An earner known by an address."""
    fields: dict[str, Any] = {
        "achievement": an_achievement(),
        "identifier": (hashed_identity("a@example.com", salt="Kosher"),),
    }
    return m.AchievementSubject(**(fields | changes))


def a_credential(**changes: Any) -> m.AchievementCredential:
    """The least a credential may be."""
    fields: dict[str, Any] = {
        "id": "https://badges.example/c/1",
        "credential_subject": a_subject(),
        "issuer": m.Profile(id="did:web:badges.example:issuers:1", name="Example University"),
        "valid_from": WHEN,
    }
    return m.AchievementCredential(**(fields | changes))


def an_endorsement(**changes: Any) -> m.EndorsementCredential:
    """The least an endorsement may be."""
    fields: dict[str, Any] = {
        "id": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "name": "Endorsed by the faculty",
        "credential_subject": m.EndorsementSubject(
            id="https://badges.example/a/1/v/1", endorsement_comment="Well made."
        ),
        "issuer": m.Profile(id="https://faculty.example/profile", name="Faculty"),
        "valid_from": WHEN,
    }
    return m.EndorsementCredential(**(fields | changes))


# --- hypothesis -----------------------------------------------------------------------------------------------------
# Everything that can be signed: no control characters, no non-characters, no lone surrogates.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=20
) | st.sampled_from(["", "]]>", "Ünïcødé 🎓", "שָׁלוֹם", "a\n\tb", "<b>&amp;</b>", '"\\'])
FILLED = TEXTS.filter(bool)
URIS = st.sampled_from(["https://example.org/x?y=1#z", "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301", "did:key:z6Mk"])
NO_URI = st.just("") | URIS
NUMBERS = st.none() | st.integers(0, 500) | st.floats(0.001, 500).map(lambda number: round(number, 2))
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
EXTRA_TYPES = st.sampled_from([(), ("https://w3id.org/openbadges#Assertion",)])


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few of these, in order."""
    return st.lists(strategy, max_size=most).map(tuple)


def words(vocabulary: Any, *others: str) -> st.SearchStrategy[Any]:
    """A word of the standard, or an extension."""
    return st.sampled_from([*vocabulary, "ext:Local.Level_1", *others])


IMAGES = st.builds(m.Image, id=URIS, caption=TEXTS)
IDENTIFIERS = st.builds(m.IdentifierEntry, identifier=FILLED, identifier_type=words(m.IdentifierType))
ADDRESSES = st.builds(
    m.Address,
    address_country=TEXTS,
    address_country_code=TEXTS,
    address_region=TEXTS,
    address_locality=TEXTS,
    street_address=TEXTS,
    post_office_box_number=TEXTS,
    postal_code=TEXTS,
    geo=st.none() | st.builds(m.GeoCoordinates, latitude=st.integers(-90, 90), longitude=st.integers(-180, 180)),
    extra_types=EXTRA_TYPES,
)


def _profiles(parents: st.SearchStrategy[Any]) -> st.SearchStrategy[m.Profile]:
    return st.builds(
        m.Profile,
        id=URIS,
        name=TEXTS,
        url=TEXTS,
        phone=TEXTS,
        description=TEXTS,
        endorsement=some(EMBEDDED, 1),
        endorsement_jwt=some(st.just(TOKEN), 1),
        image=st.none() | IMAGES,
        email=TEXTS,
        address=st.none() | ADDRESSES,
        other_identifier=some(IDENTIFIERS),
        official=TEXTS,
        parent_org=parents,
        family_name=TEXTS,
        given_name=TEXTS,
        additional_name=TEXTS,
        patronymic_name=TEXTS,
        honorific_prefix=TEXTS,
        honorific_suffix=TEXTS,
        family_name_prefix=TEXTS,
        date_of_birth=st.none() | st.dates(date(1, 1, 1)),
        extra_types=EXTRA_TYPES,
    )


def _embedded() -> m.EmbeddedEndorsement:
    signed = to_document(an_endorsement()) | {"proof": [{"type": "DataIntegrityProof", "proofValue": "z1"}]}
    return m.EmbeddedEndorsement(signed)


EMBEDDED = st.builds(_embedded)
PROFILES = _profiles(st.none() | _profiles(st.none()))
ALIGNMENTS = st.builds(
    m.Alignment,
    target_name=TEXTS,
    target_url=URIS,
    target_code=TEXTS,
    target_description=TEXTS,
    target_framework=TEXTS,
    target_type=words(m.AlignmentTargetType, ""),
    extra_types=EXTRA_TYPES,
)
LEVELS = st.builds(
    m.RubricCriterionLevel,
    id=URIS,
    name=TEXTS,
    level=TEXTS,
    points=TEXTS,
    description=TEXTS,
    alignment=some(ALIGNMENTS, 1),
    extra_types=EXTRA_TYPES,
)
RESULT_DESCRIPTIONS = st.builds(
    m.ResultDescription,
    id=URIS,
    name=TEXTS,
    result_type=words(m.ResultType),
    allowed_value=some(TEXTS, 3),
    required_level=NO_URI,
    required_value=TEXTS,
    rubric_criterion_level=some(LEVELS),
    value_min=TEXTS,
    value_max=TEXTS,
    alignment=some(ALIGNMENTS, 1),
    extra_types=EXTRA_TYPES,
)
ACHIEVEMENTS = st.builds(
    m.Achievement,
    id=URIS,
    name=TEXTS,
    description=TEXTS,
    criteria=st.builds(m.Criteria, id=URIS, narrative=TEXTS) | st.builds(m.Criteria, narrative=FILLED),
    achievement_type=words(m.AchievementType, ""),
    alignment=some(ALIGNMENTS),
    creator=st.none() | PROFILES,
    credits_available=NUMBERS,
    endorsement=some(EMBEDDED, 1),
    endorsement_jwt=some(st.just(TOKEN), 1),
    field_of_study=TEXTS,
    human_code=TEXTS,
    image=st.none() | IMAGES,
    in_language=st.sampled_from(["", "en", "pt-BR", "zh-Hant-TW"]),
    other_identifier=some(IDENTIFIERS, 1),
    related=some(st.builds(m.Related, id=URIS, in_language=st.just("de"), version=TEXTS, extra_types=EXTRA_TYPES), 1),
    result_description=some(RESULT_DESCRIPTIONS),
    specialization=TEXTS,
    tag=some(TEXTS),
    version=TEXTS,
    extra_types=EXTRA_TYPES,
)
IDENTITIES = st.builds(hashed_identity, FILLED, salt=TEXTS) | st.builds(
    m.IdentityObject, hashed=st.just(False), identity_hash=FILLED, identity_type=words(m.IdentifierType), salt=TEXTS
)
STATUSES = st.builds(m.BitstringStatusListEntry.at, URIS, st.integers(0, 200_000)) | st.builds(
    m.CredentialStatus, id=NO_URI, type=st.just("1EdTechRevocationList")
)
EVIDENCES = st.builds(
    m.Evidence,
    id=NO_URI,
    narrative=TEXTS,
    name=TEXTS,
    description=TEXTS,
    genre=TEXTS,
    audience=TEXTS,
    extra_types=EXTRA_TYPES,
)


@st.composite
def results(draw: st.DrawFn, achievement: m.Achievement) -> m.Result:
    """A result that points to what the achievement describes."""
    described = draw(st.sampled_from([None, *achievement.result_description]))
    levels = [level.id for item in achievement.result_description for level in item.rubric_criterion_level]
    return m.Result(
        achieved_level=draw(st.sampled_from(["", *levels])),
        result_description=described.id if described else "",
        status=draw(st.sampled_from(m.ResultStatusType)),
        value=draw(TEXTS),
        alignment=draw(some(ALIGNMENTS, 1)),
        extra_types=draw(EXTRA_TYPES),
    )


@st.composite
def credentials(draw: st.DrawFn) -> m.AchievementCredential:
    """A credential that may use every member of the standard."""
    achievement = draw(ACHIEVEMENTS)
    identity = draw(some(IDENTITIES))
    subject = m.AchievementSubject(
        achievement=achievement,
        id=draw(NO_URI if identity else URIS),
        identifier=identity,
        activity_start_date=draw(st.none() | INSTANTS),
        activity_end_date=draw(st.none() | INSTANTS),
        credits_earned=draw(NUMBERS),
        image=draw(st.none() | IMAGES),
        license_number=draw(TEXTS),
        narrative=draw(TEXTS),
        result=draw(some(results(achievement))),
        role=draw(TEXTS),
        source=draw(st.none() | PROFILES),
        term=draw(TEXTS),
        extra_types=draw(EXTRA_TYPES),
    )
    begins, ends = sorted((draw(INSTANTS), draw(INSTANTS)))
    return m.AchievementCredential(
        id=draw(URIS),
        credential_subject=subject,
        issuer=draw(PROFILES),
        valid_from=begins,
        name=draw(TEXTS),
        description=draw(TEXTS),
        image=draw(st.none() | IMAGES),
        awarded_date=draw(st.none() | INSTANTS),
        valid_until=draw(st.none() | st.just(ends)),
        endorsement=draw(some(EMBEDDED, 1)),
        endorsement_jwt=draw(some(st.just(TOKEN), 1)),
        evidence=draw(some(EVIDENCES)),
        credential_schema=draw(
            some(st.builds(m.CredentialSchema, id=URIS, type=st.just("1EdTechJsonSchemaValidator2019")), 1)
        ),
        credential_status=draw(some(STATUSES)),
        refresh_service=draw(
            st.none() | st.builds(m.RefreshService, id=URIS, type=st.just("1EdTechCredentialRefresh"))
        ),
        terms_of_use=draw(some(st.builds(m.TermsOfUse, id=NO_URI, type=st.just("https://example.org/Terms")), 1)),
        proof=draw(some(st.just({"type": "DataIntegrityProof", "proofValue": "z1"}), 1)),
        extra_types=draw(EXTRA_TYPES),
    )


@st.composite
def endorsements(draw: st.DrawFn) -> m.EndorsementCredential:
    """An endorsement that may use every member of the standard."""
    begins, ends = sorted((draw(INSTANTS), draw(INSTANTS)))
    return replace(
        an_endorsement(),
        name=draw(TEXTS),
        description=draw(TEXTS),
        issuer=draw(PROFILES),
        credential_subject=m.EndorsementSubject(
            id=draw(URIS), endorsement_comment=draw(TEXTS), extra_types=draw(EXTRA_TYPES)
        ),
        valid_from=begins,
        valid_until=draw(st.none() | st.just(ends)),
        awarded_date=draw(st.none() | INSTANTS),
        credential_status=draw(some(STATUSES)),
        credential_schema=draw(some(st.builds(m.CredentialSchema, id=URIS, type=st.just("JsonSchema")), 1)),
    )


def png(*chunks: bytes) -> bytes:
    """A picture of one black pixel, with these chunks between header and pixels."""
    header = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    pixels = chunk(b"IDAT", base64.b64decode("eJxjYAAAAAIAAQ=="))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
