"""Addresses of the pages about routes and forms of proposals, below `/i/<institution>/`."""

from django.urls import path
from django.urls.resolvers import URLPattern

from ..views import form_editor, forms_of_proposals, route_editor, routes, simulator

_ROUTE = "program/routes/of/<slug:key>"
_FORM = "program/forms/of/<slug:key>"

pages: list[URLPattern] = [
    path("program/routes", routes.routes, name="routes"),
    path("program/routes/add", route_editor.add, name="route_add"),
    path(_ROUTE, routes.route, name="route"),
    path(f"{_ROUTE}/change", route_editor.change, name="route_edit"),
    path(f"{_ROUTE}/versions/<int:number>", routes.version, name="route_version"),
    path("program/forms", forms_of_proposals.forms, name="proposal_forms"),
    path("program/forms/add", form_editor.add, name="proposal_form_add"),
    path(_FORM, forms_of_proposals.form, name="proposal_form"),
    path(f"{_FORM}/change", form_editor.change, name="proposal_form_edit"),
    path(f"{_FORM}/versions/<int:number>", forms_of_proposals.version, name="proposal_form_version"),
    path("program/dry-run", simulator.simulator, name="simulator"),
    path("program/dry-run/levels", simulator.levels, name="simulator_levels"),
]
