"""Whose name stands over the pages that belong to a person rather than to an institution."""

from django.http import HttpRequest

from insignia.domain.institutions import queries as institutions
from insignia.edges.web import tenant


def at_home(request: HttpRequest) -> None:
    """Serve the rest of this request inside the installation's institution, where there is only one."""
    if only := institutions.the_only_institution():
        tenant.enter(request, only)
