"""For those who run the site: is it alive, is it ready; and what crawlers and browsers ask of every site."""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from insignia.core.errors import InsigniaError
from insignia.domain.credentials import keys
from insignia.domain.journal import backlog

_ROOM = 100 * 1024 * 1024
_BEHIND = timedelta(minutes=10)
_ROBOTS = "User-agent: *\nDisallow: /accounts/\nDisallow: /claim/\n"


@require_safe
def alive(request: HttpRequest) -> HttpResponseBase:
    """The process answers; nothing else is asked of it."""
    return _plain({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> HttpResponseBase:
    """Whether this process can serve: 503 names what stands against it, and no more than its name.

    Work that has fallen behind is said, yet the pages can be served meanwhile.
    """
    wrong = [name for name, is_well in _NEEDED.items() if not _holds(is_well)]
    answer = {"status": "not ready" if wrong else "ok", "wrong": wrong}
    if "database" not in wrong:
        owed = backlog.measure()
        answer["background_work"] = "behind" if owed.dead or owed.waiting > _BEHIND else "ok"
    return _plain(answer, status=503 if wrong else 200)


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """What a page allows, its own headers say (`X-Robots-Tag`): a crawler that stays outside never reads them."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """For those who ask at the old address."""
    return redirect(static("img/favicon.svg"))


def _plain(answer: object, *, status: int = 200) -> HttpResponseBase:
    return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})


def _holds(is_well: Callable[[], bool]) -> bool:
    try:
        return is_well()
    except (DatabaseError, InsigniaError, OSError):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _key_encryption() -> bool:
    return bool(keys.key_encryption_key())


def _disk() -> bool:
    return shutil.disk_usage(settings.DATA_FOLDER).free > _ROOM


_NEEDED: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "key_encryption": _key_encryption,
    "disk": _disk,
}
