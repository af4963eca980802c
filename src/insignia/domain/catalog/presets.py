"""The catalogue's sections of a preset: shipped badge templates by name, and the institution's own as they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import Shape, section

from . import actions, images, queries


def _shipped_written(_institution: Institution) -> list[str]:
    return sorted(template.key for template in queries.templates() if template.key in images.SHIPPED)


def _shipped_faults(names: list[str], _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    for name in names:
        if name not in images.SHIPPED:
            yield Rejected(
                N_("There is no shipped badge template “%(name)s”. There are: %(known)s."),
                code="template_unknown",
                params={"name": name[:60], "known": ", ".join(images.SHIPPED)},
            )


@section("templates", title=N_("Badge templates"), shape=Shape.NAMES, write=_shipped_written, check=_shipped_faults)
def read_templates(by: Actor, institution: Institution, names: list[str]) -> None:
    """Copy the shipped templates `names` into the institution's rows; one that it has already stays as it is."""
    known = {template.key for template in queries.templates()}
    for name in names:
        if name not in known:
            shipped = images.SHIPPED[name]
            actions.add_template(
                by=by, institution=institution, key=name, name=shipped.title, svg=shipped.svg, sidecar=shipped.sidecar
            )
