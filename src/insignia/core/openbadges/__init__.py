"""Open Badges 3.0: make, sign, bake and verify credentials. Plain values in, plain values out; no network, no clock.

Say a badge with `AchievementCredential`, write it with `to_document`, sign it with `add_proof` (or `issue_token`) and
put it into an image with `bake`. Hand anything that might be a badge to `verify` and read the checks of the result.
What can go wrong is drawn in `errors`. The package stands alone and can be lifted out as it is.
"""

from . import status
from .baking import bake, unbake
from .checks import Check, Outcome
from .did import ControllerDocument, FetchingResolver, Resolver, did_web_url
from .documents import from_document, to_document
from .errors import DocumentError, OpenBadgesError
from .identity import hashed_identity
from .jwt import issue as issue_token
from .keys import Ed25519Key, P256Key, RsaKey, verification_method
from .model import AchievementCredential, EndorsementCredential
from .proofs import add_proof, verify_proof
from .reading import Form
from .verification import Verification, verify

__all__ = [
    "AchievementCredential",
    "Check",
    "ControllerDocument",
    "DocumentError",
    "Ed25519Key",
    "EndorsementCredential",
    "FetchingResolver",
    "Form",
    "OpenBadgesError",
    "Outcome",
    "P256Key",
    "Resolver",
    "RsaKey",
    "Verification",
    "add_proof",
    "bake",
    "did_web_url",
    "from_document",
    "hashed_identity",
    "issue_token",
    "status",
    "to_document",
    "unbake",
    "verification_method",
    "verify",
    "verify_proof",
]
