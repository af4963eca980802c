"""Put a credential into a picture and take it out again (Open Badges 3.0, Document Formats).

The content decides which kind of picture it is, never its name. Pixels and drawing stay as they are, byte for byte.
"""

from . import png, svg
from .picture import MAX_IMAGE_BYTES, MAX_PAYLOAD_BYTES, not_a_picture, refuse_large

__all__ = ["MAX_IMAGE_BYTES", "MAX_PAYLOAD_BYTES", "bake", "unbake"]


def bake(image: bytes, payload: str) -> bytes:
    """The picture with the credential in it (JSON with embedded proof, or a compact JWS), in place of any it held.

    `BakingError` when the picture is neither PNG nor SVG, is damaged, or cannot hold the payload.
    """
    refuse_large(image, payload)
    if png.is_png(image):
        return png.bake(image, payload)
    if svg.is_xml(image):
        return svg.bake(image, payload)
    raise not_a_picture()


def unbake(image: bytes) -> str:
    """The one credential in the picture, as text; an Open Badges 2.0 assertion where there is no newer one.

    `BakingError` (`no_badge`, `several_badges`, ...) otherwise.
    """
    refuse_large(image)
    if png.is_png(image):
        return png.unbake(image)
    if svg.is_xml(image):
        return svg.unbake(image)
    raise not_a_picture()
