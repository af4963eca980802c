"""The site map of the demonstration: the installation's own, and a few pages about the demonstration itself."""

from django.urls import include, path

from insignia.config.urls import handler400, handler403, handler404, handler500
from insignia.config.urls import urlpatterns as installation

from . import views

demo = [
    path("", views.tour, name="tour"),
    path("walks/<slug:slug>", views.tour, name="walk"),
    path("roster.csv", views.roster, name="roster"),
    path("learners.csv", views.cohort, name="cohort"),
    path("people", views.people, name="people"),
    path("people/at/<slug:slug>", views.people, name="people_of"),
    path("people/<slug:part>", views.be, name="be"),
    path("inbox", views.inbox, name="inbox"),
    path("inbox/<int:number>", views.message, name="message"),
]

urlpatterns = [path("demo/", include((demo, "demo"))), *installation]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
