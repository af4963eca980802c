"""Addresses of the earner's pages. `/claim/…` stands in mails that were sent: it may never change."""

from django.urls import include, path

from . import account, badge, badges, claim, tokens

pages = [
    path("claim/<str:secret>", claim.claim, name="claim"),
    path("claim/<str:secret>/account", claim.set_up, name="claim_account"),
    path("claim/<str:secret>/address", claim.add_address, name="claim_address"),
    path("claim/<str:secret>/accept", claim.accept, name="claim_accept"),
    path("claim/<str:secret>/decline", claim.decline, name="claim_decline"),
    path("claim/<str:secret>/quiet", claim.stop_reminders, name="claim_quiet"),
    path("my/badges", badges.badges, name="home"),
    path("my/badges/waiting", badges.take_waiting, name="take_waiting"),
    path("my/badges/choose", badges.choose, name="choose"),
    path("my/badges/<slug:public_id>", badge.badge, name="badge"),
    path("my/badges/<slug:public_id>/accept", badge.accept, name="accept"),
    path("my/badges/<slug:public_id>/decline", badge.decline, name="decline"),
    path("my/badges/<slug:public_id>/visibility", badge.visibility, name="visibility"),
    path("my/account", account.profile, name="account"),
    path("my/tokens", tokens.tokens, name="tokens"),
    path("my/tokens/<slug:public_id>/revoke", tokens.revoke, name="revoke_token"),
]

urlpatterns = [
    path("my/", account.my_home, name="my_home"),
    path("", include((pages, "earner"))),
]
