"""The pinned contexts: what they are, and that nothing else is ever read."""

import hashlib
import json
from importlib import resources

import pytest
import rfc8785

from insignia.core.openbadges import contexts
from insignia.core.openbadges.errors import ContextUnavailable
from tests.core.openbadges import reference

FOLDER = resources.files("insignia.core.openbadges.contexts")


def test_every_pinned_context_loads_and_hashes_to_its_row():
    assert len(contexts.sources()) == 13
    for url, row in contexts.sources().items():
        assert hashlib.sha256(rfc8785.dumps(contexts.load(url))).hexdigest() == row["sha256"]
        assert {"url", "file", "registry", "package", "version", "upstream", "licence", "sha256"} == row.keys()


def test_the_folder_holds_the_pinned_files_and_no_others():
    files = {entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".jsonld")}
    assert files == {row["file"] for row in contexts.sources().values()}


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/context",
        "http://www.w3.org/ns/credentials/v2",  # not the same address
        "https://www.w3.org/ns/credentials/v2/",
        "HTTPS://www.w3.org/ns/credentials/v2",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_address_is_unavailable(url):
    with pytest.raises(ContextUnavailable) as caught:
        contexts.load(url)
    assert caught.value.url == url


def test_a_file_that_was_changed_is_not_used(monkeypatch):
    url = "https://w3id.org/security/multikey/v1"
    changed = {url: {**contexts.sources()[url], "sha256": "0" * 64}}
    monkeypatch.setattr(contexts, "sources", lambda: changed)
    contexts.load.cache_clear()
    try:
        with pytest.raises(ContextUnavailable):
            contexts.load(url)
    finally:
        contexts.load.cache_clear()


@pytest.mark.parametrize(
    ("url", "digest"),
    [
        # The digests that the W3C prints in its recommendations, over the JCS form of the same text.
        (contexts.CREDENTIALS_V2, "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
        (
            "https://w3id.org/security/data-integrity/v2",
            "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        ),
    ],
)
@reference.NEEDED
def test_the_w3c_texts_are_the_ones_whose_digests_the_recommendations_print(url, digest):
    published = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in reference.file(".").rglob("*.jsonld")}
    assert json.loads(published[digest].read_text("utf-8")) == contexts.load(url)


@reference.NEEDED
def test_the_1edtech_texts_are_the_ones_of_the_specification_and_the_validator():
    folder = "open-badges-3.0/contexts"
    base = "https://purl.imsglobal.org/spec/ob/v3p0/"
    for name in ("context.json", "context-3.0.1.json", "context-3.0.2.json", "extensions.json"):
        assert reference.document(f"{folder}/{name}") == contexts.load(base + name)
    assert reference.document(f"{folder}/context-3.0.3.2026-06.json") == contexts.load(base + "context-3.0.3.json")
    clr = "context-2.0.1.json"
    assert reference.document(f"clr-2.0/contexts/{clr}") == contexts.load(
        f"https://purl.imsglobal.org/spec/clr/v2p0/{clr}"
    )


def test_no_word_that_decides_validity_has_a_second_spelling():
    """Else an expiry date could be written under a word that nobody looks for, and the signature would still fit."""
    deciding = {
        "validFrom",
        "validUntil",
        "credentialStatus",
        "issuer",
        "credentialSubject",
        "proof",
        "statusListIndex",
    }
    iris = {}
    for url in contexts.sources():
        for word, iri in _words_of(contexts.load(url)["@context"]):
            iris.setdefault(iri, set()).add(word)
    for spellings in iris.values():
        assert not spellings & deciding or len(spellings) == 1, spellings


def _words_of(definition):
    for entry in definition if isinstance(definition, list) else [definition]:
        if not isinstance(entry, dict):
            continue
        prefixes = {k: v for k, v in entry.items() if isinstance(v, str)}
        for word, meaning in entry.items():
            iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(iri, str) and not word.startswith("@") and not iri.startswith("@"):
                prefix, _, rest = iri.partition(":")
                yield word, prefixes[prefix] + rest if prefix in prefixes else iri
            if isinstance(meaning, dict):
                yield from _words_of(meaning.get("@context"))
