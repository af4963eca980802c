"""An institution's own words for its mails."""

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import rules
from ..events import MailWorded
from ..models import Kind, MailText

MOST = 5000


@transaction.atomic
def set_mail_text(
    *, by: Actor, institution: Institution, kind: str, language: str, subject: str = "", body: str = ""
) -> MailText:
    """Use the institution's own words for mails of `kind`. What is left empty stays as the house words it.

    The words are text, not a program: places in braces are filled in, everything else stands as it is. The badges, the
    button and the address that it leads to are added by us, so that no wording can lose them.
    """
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    if kind not in Kind.values:
        raise Rejected(N_("There is no mail of the kind “%(kind)s”."), code="kind_unknown", params={"kind": kind})
    if len(subject) > 200 or len(body) > MOST:
        raise Rejected(N_("The text is too long: %(most)s characters at most."), code="too_long", params={"most": MOST})
    rules.check_wording(subject, body)
    text, _made = MailText.objects.update_or_create(
        institution_id=institution.pk,
        kind=kind,
        language=language,
        defaults={"subject": rules.one_line(subject), "body": body.strip(), "updated_at": clock.now()},
    )
    event = MailWorded(kind=kind, language=language)
    publish(event, by=by, subject=("mail_text", text.public_id))
    return text


@transaction.atomic
def drop_mail_text(*, by: Actor, text: MailText) -> None:
    """Go back to the words of the house."""
    by.require(Permission.INSTITUTION_MANAGE, on=text.institution)
    MailText.objects.filter(pk=text.pk).delete()
    event = MailWorded(kind=text.kind, language=text.language)
    publish(event, by=by, subject=("mail_text", text.public_id))
