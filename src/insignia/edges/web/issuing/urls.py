"""Addresses of the Grantor's desk, all under the institution that it belongs to."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path

from .views import (
    acts,
    awards,
    batches,
    checkin_people,
    checkins,
    deciding,
    desk,
    earners,
    many,
    mapping,
    one,
    request,
    requesting,
    rosters,
    verifying,
)

_achievement = [
    path("one", login_required(one.award_one), name="one"),
    path("one/<slug:award>", login_required(one.awarded), name="awarded"),
    path("many", login_required(many.award_many), name="many"),
    path("roster", login_required(rosters.upload), name="roster"),
    path("check-in", login_required(checkins.new), name="checkin_new"),
]
_checkin = [
    path("edit", login_required(checkins.edit), name="checkin_edit"),
    path("screen", login_required(checkins.screen), name="checkin_screen"),
    path("close", login_required(checkins.close), name="checkin_close"),
    path("award", login_required(checkins.award), name="checkin_award"),
    path("people", login_required(checkin_people.add), name="checkin_add"),
    path("people/<slug:entry>", login_required(checkin_people.remove), name="checkin_remove"),
]
_batch = [
    path("mapping", login_required(mapping.choose), name="mapping"),
    path("confirm", login_required(deciding.confirm), name="confirm"),
    path("cancel", login_required(deciding.cancel), name="cancel"),
    path("undo", login_required(deciding.undo), name="undo_batch"),
    path("release", login_required(deciding.release), name="release_batch"),
    path("revoke", login_required(deciding.revoke), name="revoke_batch"),
    path("problems.csv", login_required(batches.problems), name="problems"),
]
_award = [
    path("undo", login_required(acts.undo), name="undo"),
    path("release", login_required(acts.release), name="release"),
    path("reoffer", login_required(acts.reoffer), name="reoffer"),
    path("revoke", login_required(acts.revoke), name="revoke"),
    path("suspend", login_required(acts.suspend), name="suspend"),
    path("reinstate", login_required(acts.reinstate), name="reinstate"),
    path("correct", login_required(acts.correct), name="correct"),
    path("renew", login_required(acts.renew), name="renew"),
]
_asking = [
    path("one", login_required(requesting.one), name="request_one"),
    path("file", login_required(requesting.cohort), name="request_file"),
    path("template.csv", login_required(requesting.template_csv), name="request_template"),
]
_request = [
    path("add", login_required(request.add), name="request_add"),
    path("send", login_required(request.send), name="request_send"),
    path("discard", login_required(request.discard), name="request_discard"),
    path("problems.csv", login_required(request.problems), name="request_problems"),
    path("rows/<slug:row>", login_required(request.row), name="request_row"),
    path("rows/<slug:row>/out", login_required(request.take_out), name="request_row_out"),
]
_verified = [
    path("begin", login_required(verifying.begin), name="verify_begin"),
    path("issue", login_required(verifying.issue), name="verify_issue"),
    path("return", login_required(verifying.send_back), name="verify_return"),
]
_pages: list[URLPattern | URLResolver] = [
    path("awarding", login_required(desk.desk), name="desk"),
    path("awarding/template.csv", login_required(rosters.template_csv), name="template_csv"),
    path("awarding/template.xlsx", login_required(rosters.template_xlsx), name="template_xlsx"),
    path("awarding/<slug:achievement>/", include(_achievement)),
    path("batches", login_required(batches.batches), name="batches"),
    path("batches/<slug:public_id>", login_required(batches.batch), name="batch"),
    path("batches/<slug:public_id>/", include(_batch)),
    path("check-ins", login_required(checkins.checkins), name="checkins"),
    path("check-ins/<slug:public_id>", login_required(checkins.check_in), name="checkin"),
    path("check-ins/<slug:public_id>/", include(_checkin)),
    path("requests", login_required(requesting.requests), name="requests"),
    path("requests/new", login_required(requesting.new), name="request_new"),
    path("requests/new/<slug:achievement>/", include(_asking)),
    path("requests/<slug:public_id>", login_required(request.request), name="request"),
    path("requests/<slug:public_id>/", include(_request)),
    path("issuance", login_required(verifying.queue), name="queue"),
    path("issuance/<slug:public_id>", login_required(verifying.verify), name="verify"),
    path("issuance/<slug:public_id>/", include(_verified)),
    path("awards", login_required(awards.awards), name="awards"),
    path("awards.csv", login_required(awards.export), name="awards_csv"),
    path("awards/<slug:public_id>", login_required(awards.award), name="award"),
    path("awards/<slug:public_id>/", include(_award)),
    path("earners", login_required(earners.find), name="earners"),
    path("earners/at", login_required(earners.at), name="earner_at"),
    path("earners/<slug:public_id>", login_required(earners.earner), name="earner"),
]
urlpatterns = [path("i/<slug:institution>/", include((_pages, "issuing")))]
