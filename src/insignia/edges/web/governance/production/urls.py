"""Addresses of these pages, below `/i/<institution>/governance/`."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, path

from . import board, checklist, evaluations, image, people, plans, task

_ONE = "production/<slug:public_id>"
_TASK = f"{_ONE}/tasks/<slug:key>"
_PROOF = f"{_ONE}/proofs/<slug:proof>"


def _page(address: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(address, login_required(view), name=name)


pages: list[URLPattern | URLResolver] = [
    _page("production", board.board, "board"),
    _page("production/tasks", board.tasks, "production_tasks"),
    _page("evaluations", evaluations.evaluations, "evaluations"),
    _page("evaluations/<slug:public_id>", evaluations.evaluation, "evaluation"),
    _page("evaluations/<slug:public_id>/submit", evaluations.submit, "evaluation_submit"),
    _page("evaluations/<slug:public_id>/accept", evaluations.accept, "evaluation_accept"),
    _page("evaluations/<slug:public_id>/return", evaluations.send_back, "evaluation_return"),
    _page(_ONE, checklist.production, "production"),
    _page(f"{_ONE}/create", checklist.create, "production_create"),
    _page(f"{_ONE}/put-back", checklist.put_back, "production_put_back"),
    _page(f"{_ONE}/activate", checklist.activate, "production_activate"),
    _page(f"{_ONE}/stacks", checklist.stacks, "production_stacks"),
    _page(_TASK, task.task, "production_task"),
    _page(f"{_TASK}/assign", task.assign, "production_assign"),
    _page(f"{_TASK}/move/<slug:verb>", task.move, "production_move"),
    _page(f"{_TASK}/remark", task.remark, "production_remark"),
    _page(f"{_TASK}/brief", image.brief, "production_brief"),
    _page(f"{_TASK}/proof", image.prove, "production_prove"),
    _page(f"{_TASK}/train", people.train, "production_train"),
    _page(f"{_TASK}/nominate", people.nominate, "production_nominate"),
    _page(f"{_TASK}/nominations/<slug:nomination>/confirm", people.confirm, "production_confirm"),
    _page(f"{_TASK}/nominations/<slug:nomination>/decline", people.decline, "production_decline"),
    _page(f"{_TASK}/issuing-plan", plans.issuing, "production_issuing_plan"),
    _page(f"{_TASK}/evaluation-plan", plans.evaluation, "production_evaluation_plan"),
    _page(f"{_PROOF}.svg", image.proof, "production_proof"),
    _page(f"{_PROOF}/sign-off", image.sign_off, "production_sign_off"),
    _page(f"{_PROOF}/changes", image.changes, "production_changes"),
]
