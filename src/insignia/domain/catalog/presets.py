"""The catalogue's section of a preset: which shipped badge templates an institution begins with."""

from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import section

from . import actions, images


@section("templates")
def read_templates(by: Actor, institution: Institution, names: list[str]) -> None:
    """Copy the shipped templates `names` into the institution's rows."""
    for name in names:
        shipped = images.SHIPPED[name]
        actions.add_template(
            by=by, institution=institution, key=name, name=shipped.title, svg=shipped.svg, sidecar=shipped.sidecar
        )
