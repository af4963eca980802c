"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.urls import URLPattern, URLResolver, path

from .. import remarks
from . import files

_ONE = "proposals/<str:public_id>/"

pages: list[URLPattern | URLResolver] = [
    path(f"{_ONE}files/<str:file_id>/", files.fetch, name="proposal_file"),
    path(f"{_ONE}remarks/", remarks.remark, name="remark"),
    path(f"{_ONE}remarks/<str:remark_id>/answer/", remarks.reply, name="remark_reply"),
    path(f"{_ONE}remarks/<str:remark_id>/settle/", remarks.resolve, name="remark_resolve"),
]
