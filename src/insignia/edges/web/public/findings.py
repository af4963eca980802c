"""What came of each badge that was handed in. Nothing is kept, and nothing that the badge claims is loaded."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from insignia.core.errors import InsigniaError, NotFound, Rejected
from insignia.core.openbadges import AchievementCredential, Outcome
from insignia.core.words import N_
from insignia.domain.catalog import queries as catalog
from insignia.domain.credentials import endorsing, verification
from insignia.domain.credentials.verification import MAX_BYTES, Verification

from .holder import name_of
from .shown import shown

_TOO_LARGE = N_("It is larger than %(limit)s MB. Badges are small; this is something else.")
_EMPTY = N_("It is empty.")
_NOT_SHOWN = N_("There is no credential at this address, or it is not public. Ask its earner for the file.")
_NO_BADGE_PAGE = N_("This address is one of ours, and no credential's. Give the address of the credential itself.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One badge: how it was handed in, and what was found; or why it could not be had at all (`problem`).

    `image` and `page` are addresses of ours, and only of what the reader may see.
    """

    source: str
    problem: InsigniaError | None = None
    found: Verification | None = None
    image: str = ""
    page: str = ""

    @property
    def outcome(self) -> Outcome:
        """The answer; what could not be had was not checked."""
        return self.found.outcome if self.found else Outcome.COULD_NOT_CHECK

    @property
    def credential(self) -> AchievementCredential | None:
        """What the badge says, where it could be read as one."""
        said = self.found.credential if self.found else None
        return said if isinstance(said, AchievementCredential) else None

    @property
    def holds_no_badge(self) -> bool:
        """Whether nothing was in it that could be a badge at all: that is no answer about any badge."""
        readable = self.found.check("readable") if self.found else None
        return readable is not None and readable.outcome is Outcome.FAILED

    @property
    def title(self) -> str:
        """The name of the badge, or of what was handed in."""
        return self.credential.credential_subject.achievement.name if self.credential else self.source

    @property
    def holder(self) -> str:
        """Whom it names."""
        return name_of(self.credential)

    @property
    def is_proven(self) -> bool:
        """Whether what the badge says was signed by the issuer that it names."""
        checks = [self.found.check(name) for name in ("proof", "issuer")] if self.found else []
        return bool(checks) and all(check is not None and check.outcome is Outcome.PASSED for check in checks)


def findings(request: HttpRequest, given: Mapping[str, Any]) -> Iterator[Finding]:
    """Check everything that was handed in, each for itself: one that cannot be read hides none of the others."""
    recipient = given.get("recipient") or None
    for file in given.get("badges") or ():
        yield _finding(request, file.name, partial(_read, file), recipient)
    if text := given.get("text", "").strip():
        yield _finding(request, _("What you pasted"), partial(_measured, text.encode()), recipient)
    if url := given.get("url", "").strip():
        yield _finding(request, url, partial(_fetched, request, url), recipient)


def _finding(request: HttpRequest, source: str, read: Callable[[], bytes], recipient: str | None) -> Finding:
    try:
        found = verification.verify(read(), recipient=recipient)
    except InsigniaError as problem:
        return Finding(source, problem=problem)
    finding = Finding(source, found=found)
    if not finding.is_proven or finding.credential is None:
        return finding
    image, page = _ours(request, finding.credential)
    return Finding(source, found=found, image=image, page=page)


def _read(file: Any) -> bytes:
    if file.size > MAX_BYTES:
        raise _too_large()
    return _measured(file.read())


def _measured(data: bytes) -> bytes:
    if not data.strip():
        raise Rejected(_EMPTY, code="empty")
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


def _too_large() -> Rejected:
    return Rejected(_TOO_LARGE, code="too_large", params={"limit": MAX_BYTES // (1024 * 1024)})


def _fetched(request: HttpRequest, url: str) -> bytes:
    """What stands at `url`: our own from the database, to whom it is shown; anybody else's through the guard."""
    own = verification.own_credential(url)
    if own is not None:
        award = shown(request, own)
        if award is None:
            raise NotFound(_NOT_SHOWN)
        return bytes(award.credential.document)
    endorsement = verification.own_endorsement(url)
    if endorsement is not None:
        return bytes(endorsing.by_public_id(endorsement).credential.document or b"")
    if any(url == base or url.startswith(f"{base}/") for base in verification.own_urls()):
        raise Rejected(_NO_BADGE_PAGE, code="no_credential")
    return verification.fetch_badge(url)


def _ours(request: HttpRequest, credential: AchievementCredential) -> tuple[str, str]:
    """Our own picture of what we issued, and its page where the reader may see that. Pictures of others are not loaded.

    Anybody may write our addresses into a badge of theirs: what counts is who signed it.
    """
    if verification.own_issuer(credential.issuer.id) is None:
        return "", ""
    own = verification.own_credential(credential.id)
    page = reverse("public:credential", args=[own]) if own and shown(request, own) else ""
    return _own_image(credential), page


def _own_image(credential: AchievementCredential) -> str:
    picture = credential.credential_subject.achievement.image
    for base in verification.own_urls():
        if picture is not None and picture.id.startswith(f"{base}/images/"):
            public_id = picture.id.removeprefix(f"{base}/images/").partition(".")[0]
            try:
                return reverse("public:image_mark", args=[catalog.image(public_id).public_id])
            except NotFound:
                return ""
    return ""
