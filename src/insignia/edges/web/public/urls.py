"""Addresses of the public pages and documents. They are written into credentials and on paper: none may ever change."""

from django.urls import include, path

from .views import achievements, checkin, credentials, directory, endorsements, home, images, issuers, operation, verify

pages = [
    path("i/<slug:institution>/", home.landing, name="landing"),
    path("i/<slug:institution>/credentials", directory.directory, name="directory"),
    path("i/<slug:institution>/theme.css", home.theme, name="theme"),
    path("verify", verify.verify, name="verify"),
    path("a/<slug:public_id>", achievements.achievement, name="achievement"),
    path("a/<slug:public_id>.json", achievements.document, name="achievement_document"),
    path("a/<slug:public_id>/embed", achievements.embed, name="achievement_embed"),
    path("a/<slug:public_id>/v/<int:number>", achievements.version, name="version"),
    path("a/<slug:public_id>/v/<int:number>.json", achievements.version_document, name="version_document"),
    path("a/<slug:public_id>/v/<int:number>/<slug:variant>", achievements.version, name="variant"),
    path(
        "a/<slug:public_id>/v/<int:number>/<slug:variant>.json", achievements.version_document, name="variant_document"
    ),
    path("c/<slug:public_id>", credentials.credential, name="credential"),
    path("c/<slug:public_id>.json", credentials.as_json, name="credential_json"),
    path("c/<slug:public_id>.jwt", credentials.as_token, name="credential_token"),
    path("c/<slug:public_id>.png", credentials.as_png, name="credential_png"),
    path("c/<slug:public_id>.svg", credentials.as_svg, name="credential_svg"),
    path("checkin/<str:token>", checkin.check_in, name="check_in"),
    path("e/<slug:public_id>", endorsements.endorsement, name="endorsement"),
    path("e/<slug:public_id>.json", endorsements.as_json, name="endorsement_json"),
    path("issuers/<slug:public_id>", issuers.issuer, name="issuer"),
    path("issuers/<slug:public_id>/did.json", issuers.did_document, name="issuer_did"),
    path("issuers/<slug:public_id>/keys.json", issuers.key_history, name="issuer_keys"),
    path("issuers/<slug:public_id>/jwks.json", issuers.json_web_keys, name="issuer_jwks"),
    path("s/<slug:public_id>", issuers.status_list, name="status_list"),
    path("images/<slug:public_id>-mark.png", images.mark, name="image_mark"),
    path("images/<slug:public_id>.png", images.png, name="image_png"),
    path("images/<slug:public_id>.svg", images.svg, name="image_svg"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", operation.alive, name="healthz"),
    path("readyz", operation.ready, name="readyz"),
    path("robots.txt", operation.robots, name="robots"),
    path("favicon.ico", operation.favicon, name="favicon"),
    path("", include((pages, "public"))),
]
