"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, path

from .. import remarks
from . import beginning, checking, ending, files, guide, listing, registering, showing, together, writing

_ONE = "proposals/<slug:public_id>"

pages: list[URLPattern | URLResolver] = [
    path("proposals", login_required(listing.proposals), name="proposals"),
    path("proposals/begin", login_required(beginning.begin), name="proposal_begin"),
    path("proposals/register", login_required(registering.register), name="proposal_register"),
    path("guides/<slug:key>", login_required(guide.show), name="guide"),
    path("guides/<slug:key>.pdf", login_required(guide.pdf), name="guide_pdf"),
    path(f"{_ONE}/write", login_required(writing.write), name="proposal_write"),
    path(f"{_ONE}/find/<slug:question>", login_required(writing.find), name="proposal_find"),
    path(f"{_ONE}/check", login_required(checking.check), name="proposal_check"),
    path(f"{_ONE}/versions", login_required(showing.versions), name="proposal_versions"),
    path(f"{_ONE}/people", login_required(together.people), name="proposal_people"),
    path(f"{_ONE}/consultation", login_required(together.consult), name="proposal_consult"),
    path(f"{_ONE}/clone", login_required(beginning.clone), name="proposal_clone"),
    path(f"{_ONE}/end/<slug:act>", login_required(ending.end), name="proposal_end"),
    path(f"{_ONE}/files/<slug:file_id>", login_required(files.fetch), name="proposal_file"),
    path(f"{_ONE}/remarks", login_required(remarks.remark), name="remark"),
    path(f"{_ONE}/remarks/<slug:remark_id>/answer", login_required(remarks.reply), name="remark_reply"),
    path(f"{_ONE}/remarks/<slug:remark_id>/settle", login_required(remarks.resolve), name="remark_resolve"),
]
