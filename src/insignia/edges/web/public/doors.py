"""Whose house a page stands in when its address does not say."""

from django.http import HttpRequest

from insignia.domain.institutions import queries as institutions
from insignia.edges.web import tenant


def enter_only_institution(request: HttpRequest) -> None:
    """Serve the request in the only institution, where there is only one: its name, its colours, its time."""
    only = institutions.the_only_institution()
    if only is not None:
        tenant.enter(request, only)
