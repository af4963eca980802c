"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, path

from . import caring, inviting, lists, stating

pages: list[URLPattern | URLResolver] = [
    path("intents", login_required(lists.intents), name="intents"),
    path("intents/new", login_required(stating.begin), name="intent_new"),
    path("intents/log", login_required(lists.log), name="intent_log"),
    path("intents/<slug:public_id>", login_required(caring.intent), name="intent"),
    path("intents/<slug:public_id>/edit", login_required(stating.edit), name="intent_edit"),
    path("intents/<slug:public_id>/send", login_required(stating.send), name="intent_send"),
    path("intents/<slug:public_id>/withdraw", login_required(stating.withdraw), name="intent_withdraw"),
    path("intents/<slug:public_id>/contact", login_required(caring.contact), name="intent_contact"),
    path("intents/<slug:public_id>/plan", login_required(caring.plan), name="intent_plan"),
    path("intents/<slug:public_id>/decline", login_required(caring.decline), name="intent_decline"),
    path("intents/<slug:public_id>/files/<slug:contact>", login_required(caring.file), name="intent_file"),
    path("intents/<slug:public_id>/invite", login_required(inviting.invite), name="intent_invite"),
    path("intents/<slug:public_id>/revoke", login_required(inviting.revoke), name="intent_revoke"),
    path("intents/<slug:public_id>/propose", login_required(inviting.propose), name="intent_propose"),
    path("invitations/<str:token>", login_required(inviting.invitation), name="invitation"),
]
