"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, path

from . import amending, deciding, delegations, lists, proposal, tasks, turnaround

_ONE = "proposals/<slug:public_id>"

pages: list[URLPattern | URLResolver] = [
    path("tasks", login_required(tasks.tasks), name="tasks"),
    path("consultations/<slug:public_id>", login_required(tasks.consultation), name="consultation"),
    path("all", login_required(lists.proposals), name="all_proposals"),
    path(_ONE, login_required(proposal.proposal), name="proposal"),
    path(f"{_ONE}/decide", login_required(deciding.decide), name="decide"),
    path(f"{_ONE}/amend", login_required(amending.amend), name="amend"),
    path(f"{_ONE}/watch", login_required(proposal.watch), name="watch"),
    path(f"{_ONE}/unwatch", login_required(proposal.unwatch), name="unwatch"),
    path(f"{_ONE}/documents/<slug:file_id>", login_required(proposal.enclosure), name="enclosure"),
    path("delegations", login_required(delegations.delegations), name="delegations"),
    path("delegations/<slug:public_id>/end", login_required(delegations.end), name="delegation_end"),
    path("turnaround", login_required(turnaround.turnaround), name="turnaround"),
    path("turnaround.csv", login_required(turnaround.export), name="turnaround_csv"),
]
