"""Addresses of the pages on which badges and their Grantors are looked after, below `program/achievements/`."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from .views import (
    achievement_form,
    achievement_image,
    achievement_import,
    achievement_life,
    achievements,
    grantors,
    open_badges,
)

pages = [
    path("program/achievements/", login_required(achievements.achievements), name="achievements"),
    path("program/achievements/new", login_required(achievement_form.new), name="achievement_new"),
    path("program/achievements/import", login_required(achievement_import.bring_in), name="achievement_import"),
    path(
        "program/achievements/import/open-badges", login_required(open_badges.bring_in), name="achievement_open_badges"
    ),
    path("program/achievements/template.csv", login_required(achievement_import.template_csv), name="achievement_csv"),
    path(
        "program/achievements/template.xlsx", login_required(achievement_import.template_xlsx), name="achievement_xlsx"
    ),
    path("program/achievements/<slug:public_id>", login_required(achievements.achievement), name="achievement"),
    path(
        "program/achievements/<slug:public_id>/preview.svg",
        login_required(achievements.preview),
        name="achievement_preview",
    ),
    path("program/achievements/<slug:public_id>/edit", login_required(achievement_form.edit), name="achievement_edit"),
    path(
        "program/achievements/<slug:public_id>/image", login_required(achievement_image.image), name="achievement_image"
    ),
    path(
        "program/achievements/<slug:public_id>/activate",
        login_required(achievement_life.activate),
        name="achievement_activate",
    ),
    path(
        "program/achievements/<slug:public_id>/move/<slug:verb>",
        login_required(achievement_life.move),
        name="achievement_move",
    ),
    path("program/achievements/<slug:public_id>/grantors", login_required(grantors.grantors), name="grantors"),
    path(
        "program/achievements/<slug:public_id>/grantors/<slug:grantor>/training",
        login_required(grantors.train),
        name="grantor_training",
    ),
    path(
        "program/achievements/<slug:public_id>/grantors/<slug:grantor>/end",
        login_required(grantors.end),
        name="grantor_end",
    ),
]
