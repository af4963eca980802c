"""The site map."""

from django.urls import include, path

from insignia.edges.api.v1 import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("insignia.edges.web.urls")),
]

handler400 = "insignia.edges.web.http.bad_request"
handler403 = "insignia.edges.web.http.permission_denied"
handler404 = "insignia.edges.web.http.page_not_found"
handler500 = "insignia.edges.web.http.server_error"
