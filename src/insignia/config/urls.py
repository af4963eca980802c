"""The site map."""

from django.urls import include, path

urlpatterns = [
    path("", include("insignia.edges.web.urls")),
]

handler400 = "insignia.edges.web.http.bad_request"
handler403 = "insignia.edges.web.http.permission_denied"
handler404 = "insignia.edges.web.http.page_not_found"
handler500 = "insignia.edges.web.http.server_error"
