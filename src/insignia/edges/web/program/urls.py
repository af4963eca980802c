"""Addresses of the programme's desk: one list a subject, so that a subject can be added beside the others."""

from django.urls import include, path
from django.urls.resolvers import URLPattern

from .achievement_urls import pages as achievements
from .governing.urls import pages as governing
from .views import (
    home,
    imports,
    journal,
    keys,
    levels,
    mail,
    people,
    policies,
    preset,
    profile,
    roles,
    setup,
    templates,
    testmail,
    theme,
    units,
)

desk = [
    path("setup", setup.setup, name="setup"),
    path("program/", home.home, name="home"),
    path("program/failed/<slug:public_id>", home.replay, name="replay"),
]
house = [
    path("program/profile", profile.profile, name="profile"),
    path("program/policies", policies.policies, name="policies"),
    path("program/theme", theme.theme, name="theme"),
    path("program/theme.css", theme.style_sheet, name="theme_css"),
    path("program/preset", preset.preset, name="preset"),
    path("program/preset/file.toml", preset.preset_file, name="preset_file"),
    path("program/preset/shipped/<slug:name>", preset.shipped, name="preset_shipped"),
    path("program/keys", keys.keys, name="keys"),
    path("program/keys/prepare/<slug:public_id>", keys.prepare, name="key_prepare"),
    path("program/keys/<slug:public_id>/activate", keys.activate, name="key_activate"),
    path("program/keys/<slug:public_id>/compromise", keys.compromise, name="key_compromise"),
]
people_pages = [
    path("program/people", people.people, name="people"),
    path("program/people/add", people.add, name="people_add"),
    path("program/people/import", imports.people, name="people_import"),
    path("program/people/template.csv", imports.people_template, name="people_template"),
    path("program/people/<slug:public_id>/end", people.end, name="role_end"),
    path("program/roles", roles.roles, name="roles"),
    path("program/roles/add", roles.add, name="role_add"),
    path("program/roles/of/<slug:key>", roles.role, name="role"),
    path("program/units", units.units, name="units"),
    path("program/units/add", units.add, name="unit_add"),
    path("program/units/import", imports.units, name="units_import"),
    path("program/units/template.csv", imports.units_template, name="units_template"),
    path("program/units/<slug:public_id>", units.rename, name="unit"),
]
badges = [
    path("program/levels", levels.levels, name="levels"),
    path("program/levels/add", levels.add, name="level_add"),
    path("program/levels/<slug:public_id>", levels.level, name="level"),
    path("program/templates", templates.templates, name="templates"),
    path("program/templates/add", templates.add, name="template_add"),
    path("program/templates/sample/<slug:public_id>.svg", templates.sample, name="template_sample"),
    path("program/templates/of/<slug:key>", templates.template, name="template"),
    path("program/templates/of/<slug:key>/apply", templates.apply, name="template_apply"),
    path("program/templates/of/<slug:key>/drawn/<slug:public_id>.svg", templates.drawn, name="template_drawn"),
]
operation = [
    path("program/mail", mail.mail, name="mail"),
    path("program/mail/<slug:public_id>", mail.message, name="message"),
    path("program/mail/<slug:public_id>/again", mail.again, name="message_again"),
    path("program/mail/<slug:public_id>/sent", mail.mark_sent, name="message_sent"),
    path("program/mail/<slug:public_id>/stop", mail.stop, name="message_stop"),
    path("program/testmail", testmail.testmail, name="testmail"),
    path("program/journal", journal.journal, name="journal"),
    path("program/journal.csv", journal.export, name="journal_csv"),
]

pages: list[URLPattern] = [*desk, *house, *people_pages, *badges, *achievements, *governing, *operation]

urlpatterns = [path("i/<slug:institution>/", include((pages, "program")))]
