"""Credentials that the reader may see. What is private and what does not exist are told apart by nobody."""

from typing import Any

from django.http import HttpRequest

from insignia.core.errors import NotFound
from insignia.domain.access.actor import ANONYMOUS, Actor, Door
from insignia.domain.awards import queries as awards
from insignia.domain.credentials import queries as credentials
from insignia.domain.institutions import queries as institutions
from insignia.edges.web import tenant


def reader_of(request: HttpRequest, credential_id: str) -> Actor:
    """The reader, with the roles held where the credential was issued; raises `NotFound`.

    The request does not enter that institution yet: its name alone would tell that there is something.
    """
    institution = credentials.by_public_id(credential_id).issuer.institution
    user = request.user
    return institutions.actor_for(user, institution, door=Door.PAGE) if user.is_authenticated else ANONYMOUS


def shown(request: HttpRequest, credential_id: str) -> Any | None:
    """The award behind a credential that the reader may see, else None, whatever the reason."""
    try:
        return awards.shown_to(reader_of(request, credential_id), credential_id)
    except NotFound:
        return None


def entered(request: HttpRequest, credential_id: str) -> Any | None:
    """The same, with the rest of the request served inside the institution of the award."""
    award = shown(request, credential_id)
    if award is not None:
        tenant.enter(request, award.achievement.institution)
    return award
