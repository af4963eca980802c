"""Tokens: who calls, in which institution, and how far the token reaches."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from insignia.domain.access.actor import Actor
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institution_actions
from insignia.domain.institutions import queries as institutions


class PersonalToken(HttpBearer):
    """`Authorization: Bearer insignia_...`; sets the tenant to the token's institution for the request."""

    openapi_description = "A personal access token, made under “My account”. It is scoped and expires."

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor whose live token this is, or None, which is answered by 401."""
        found = institutions.actor_of_token(token)
        if found is None:
            return None
        actor, row = found
        request.tenant_stack.enter_context(tenancy.of(row.institution))  # type: ignore[attr-defined]
        institution_actions.note_use(row)
        return actor
