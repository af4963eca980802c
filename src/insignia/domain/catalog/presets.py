"""The catalogue's section of a preset: the names of the badge templates that an institution draws with."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import Shape, section

from . import actions, images, queries


def _written(_institution: Institution) -> list[str]:
    return sorted(template.key for template in queries.templates())


def _faults(names: list[str], _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    """A template is a drawing and travels by itself; a preset names it, and it is shipped or here already."""
    known = {template.key for template in queries.templates()}
    for name in names:
        if name not in known and name not in images.SHIPPED:
            yield Rejected(
                N_(
                    "The badge template “%(name)s” is neither here nor shipped. Add it under “Badge templates” first, or "
                    "leave it out. Shipped are: %(known)s."
                ),
                code="template_unknown",
                params={"name": name[:60], "known": ", ".join(images.SHIPPED)},
            )


@section("templates", title=N_("Badge templates"), shape=Shape.NAMES, write=_written, check=_faults)
def read_templates(by: Actor, institution: Institution, names: list[str]) -> None:
    """Copy the shipped templates `names` into the institution's rows; one that it has already stays as it is."""
    known = {template.key for template in queries.templates()}
    for name in names:
        if name not in known:
            shipped = images.SHIPPED[name]
            actions.add_template(
                by=by, institution=institution, key=name, name=shipped.title, svg=shipped.svg, sidecar=shipped.sidecar
            )
