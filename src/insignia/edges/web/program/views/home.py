"""The front page of the desk: what there is, what waits, what failed."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import upkeep
from insignia.domain.journal import dead_letters
from insignia.domain.notifications import queries as notifications
from insignia.domain.notifications import readiness

from ..doors import admit, admit_staff, institution
from ..happenings import lately
from ..overview import figures, greeting, summary, troubles, waiting
from ..page import done, page, undone
from ..reactions import tasks

_SHOWN = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What somebody who runs a programme wants to know in the morning."""
    by = admit_staff(request)
    here = institution(request)
    counts = readiness.overview(here)
    steps = readiness.checklist(here)
    may_replay = by.may(Permission.INSTITUTION_MANAGE, on=here)
    context = {
        "greeting": greeting(request.user, timezone.localtime(clock.now()).hour),
        "summary": summary(counts),
        "figures": figures(counts, by, here.slug),
        "waiting": waiting(counts, by, here.slug),
        "troubles": troubles(counts, by, here.slug),
        "failed": tasks(dead_letters.of_institution()[:_SHOWN]) if may_replay else [],
        "failed_count": counts.failed,
        "sender": notifications.sender_state() if by.may(Permission.MAIL_READ, on=here) else None,
        "steps_done": sum(step.is_done for step in steps),
        "steps": len(steps),
        "lately": lately(here) if by.may(Permission.AUDIT_READ, on=here) else [],
    }
    return page(request, "home.html", context)


@require_POST
def replay(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Try a failed task again."""
    by = admit(request, Permission.INSTITUTION_MANAGE)
    try:
        upkeep.replay_failed(by=by, institution=institution(request), public_id=public_id)
    except Conflict as refused:
        return undone(request, refused, "home")
    return done(request, _("It is tried again now."), "home")
