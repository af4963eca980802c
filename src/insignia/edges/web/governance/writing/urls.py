"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.urls import URLPattern, URLResolver, path

from .. import remarks
from . import beginning, checking, ending, files, guide, listing, showing, together, writing

_ONE = "proposals/<str:public_id>/"

pages: list[URLPattern | URLResolver] = [
    path("proposals/", listing.proposals, name="proposals"),
    path("proposals/begin/", beginning.begin, name="proposal_begin"),
    path("guides/<slug:key>/", guide.show, name="guide"),
    path("guides/<slug:key>.pdf", guide.pdf, name="guide_pdf"),
    path(f"{_ONE}write/", writing.write, name="proposal_write"),
    path(f"{_ONE}find/<str:question>/", writing.find, name="proposal_find"),
    path(f"{_ONE}check/", checking.check, name="proposal_check"),
    path(f"{_ONE}versions/", showing.versions, name="proposal_versions"),
    path(f"{_ONE}people/", together.people, name="proposal_people"),
    path(f"{_ONE}consultation/", together.consult, name="proposal_consult"),
    path(f"{_ONE}clone/", beginning.clone, name="proposal_clone"),
    path(f"{_ONE}end/<slug:act>/", ending.end, name="proposal_end"),
    path(f"{_ONE}files/<str:file_id>/", files.fetch, name="proposal_file"),
    path(f"{_ONE}remarks/", remarks.remark, name="remark"),
    path(f"{_ONE}remarks/<str:remark_id>/answer/", remarks.reply, name="remark_reply"),
    path(f"{_ONE}remarks/<str:remark_id>/settle/", remarks.resolve, name="remark_resolve"),
]
