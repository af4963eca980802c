"""What holds of PNG and SVG alike: sizes, and the choice of the one credential."""

from collections.abc import Sequence

from ..errors import N_, BakingError

# A larger badge is no badge any more, and nobody has to read it.
MAX_IMAGE_BYTES = 16 * 1024 * 1024
# What can be canonicalised is far smaller; this leaves room for pictures inside the credential.
MAX_PAYLOAD_BYTES = 4 * 1024 * 1024


def refuse_large(image: bytes, payload: str = "") -> None:
    """`BakingError` (`too_large`) before anything is parsed."""
    if len(image) > MAX_IMAGE_BYTES:
        raise BakingError(
            N_("The picture is larger than %(limit)s bytes."), code="too_large", params={"limit": MAX_IMAGE_BYTES}
        )
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise too_large_payload()


def too_large_payload() -> BakingError:
    """The credential, or what claims to be one, is over the limit."""
    return BakingError(
        N_("The credential in the picture is larger than %(limit)s bytes."),
        code="too_large",
        params={"limit": MAX_PAYLOAD_BYTES},
    )


def not_a_picture() -> BakingError:
    """Neither of the two formats that can hold a badge."""
    return BakingError(N_("This is neither a PNG nor an SVG picture."), code="not_a_picture")


def damaged(what: str) -> BakingError:
    """The file breaks the rules of its format; `what` is a message marked for translation."""
    return BakingError(what, code="damaged")


def the_one(current: Sequence[str], older: Sequence[str]) -> str:
    """The only Open Badges 3.0 credential found, else the only 2.0 assertion; the standard forbids several."""
    found = current or older
    if not found:
        raise BakingError(N_("There is no badge in this picture."), code="no_badge")
    if len(found) > 1:
        raise BakingError(N_("There is more than one badge in this picture."), code="several_badges")
    if not found[0].strip():
        raise BakingError(N_("The badge in this picture is empty."), code="no_badge")
    return found[0]
