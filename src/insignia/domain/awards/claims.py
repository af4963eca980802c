"""The link by which an earner claims. Only the public half is stored: a copy of the database claims nothing."""

from django.core import signing

from insignia.core.errors import NotFound
from insignia.core.words import N_

from .models import ClaimLink

_SALT = "insignia.claim"


def secret_of(link: ClaimLink) -> str:
    """The text in the link: the public id and a signature under the installation's secret key."""
    return signing.Signer(salt=_SALT).sign(link.public_id).replace(":", ".")


def link_of(secret: str) -> ClaimLink:
    """The link that `secret` opens; raises `NotFound` for a forged or a forgotten one."""
    try:
        public_id = signing.Signer(salt=_SALT).unsign(secret.replace(".", ":"))
        return ClaimLink.across_institutions.select_related("recipient__institution").get(public_id=public_id)
    except (signing.BadSignature, ClaimLink.DoesNotExist):
        raise NotFound(
            N_("This link does not open anything. Copy it whole from the mail, or ask the institution for a new one."),
            code="claim_link_unknown",
        ) from None
