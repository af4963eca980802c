"""The journal in words: one sentence for every event, with who did it and to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from insignia.domain.catalog import naming
from insignia.domain.journal import bus
from insignia.domain.people import names as people

_s = gettext_lazy


def _n(one: str, many: str) -> Any:
    return ngettext_lazy(one, many, "count")


# One entry for every event that is registered; a test asks for it. Where an event tells several things apart, the part
# after the colon is what its own word for them says.
SENTENCES: dict[str, Any] = {
    "awards.accepted": _n("%(count)d badge was accepted", "%(count)d badges were accepted"),
    "awards.batch_confirmed": _s("A roster was confirmed"),
    "awards.batch_continued": _s("The next rows of a roster were taken up"),
    "awards.batch_finished": _s("A roster was done"),
    "awards.batch_uploaded": _s("A roster was uploaded"),
    "awards.declined": _n("%(count)d badge was declined", "%(count)d badges were declined"),
    "awards.ended": _n("%(count)d award came to its end", "%(count)d awards came to their end"),
    "awards.ended:expire": _n("%(count)d award expired", "%(count)d awards expired"),
    "awards.ended:lapse": _n("%(count)d offer lapsed", "%(count)d offers lapsed"),
    "awards.granted": _n("%(count)d badge was awarded", "%(count)d badges were awarded"),
    "awards.grantor_appointed": _s("A Grantor was appointed"),
    "awards.grantor_changed": _s("The appointment of a Grantor was changed"),
    "awards.held": _n("%(count)d credential was signed", "%(count)d credentials were signed"),
    "awards.minors_record_read": _n(
        "The record of %(count)d minor was looked at", "The records of %(count)d minors were looked at"
    ),
    "awards.reinstated": _n("%(count)d award was reinstated", "%(count)d awards were reinstated"),
    "awards.released": _n("%(count)d badge was offered", "%(count)d badges were offered"),
    "awards.reminded": _n("%(count)d earner was reminded", "%(count)d earners were reminded"),
    "awards.reoffered": _n("%(count)d badge was offered again", "%(count)d badges were offered again"),
    "awards.revoked": _n("%(count)d award was revoked", "%(count)d awards were revoked"),
    "awards.superseded": _n("%(count)d award was corrected", "%(count)d awards were corrected"),
    "awards.suspended": _n("%(count)d award was suspended", "%(count)d awards were suspended"),
    "awards.undone": _n("%(count)d award was undone", "%(count)d awards were undone"),
    "awards.visibility_chosen": _n(
        "An earner chose who sees %(count)d badge", "An earner chose who sees %(count)d badges"
    ),
    "catalog.achievement_drafted": _s("A draft of a badge was written"),
    "catalog.achievements_brought_in": _n(
        "%(count)d badge was brought in from a file", "%(count)d badges were brought in from a file"
    ),
    "catalog.achievement_moved": _s("The state of a badge was changed"),
    "catalog.achievement_moved:activate": _s("A badge was made active"),
    "catalog.achievement_moved:archive": _s("A badge was archived"),
    "catalog.achievement_moved:pause": _s("A badge was paused"),
    "catalog.achievement_moved:resume": _s("A badge was resumed"),
    "catalog.achievement_moved:retire": _s("A badge was retired"),
    "catalog.template_added": _s("A badge template got a new version"),
    "catalog.template_applied": _s("A badge was drawn anew"),
    "catalog.template_planned": _n("%(count)d badge is to be drawn anew", "%(count)d badges are to be drawn anew"),
    "catalog.version_frozen": _s("A version of a badge was approved"),
    "credentials.key_state_changed": _s("The state of a signing key was changed"),
    "credentials.key_state_changed:active": _s("A signing key was activated"),
    "credentials.key_state_changed:compromised": _s("A signing key was reported as compromised"),
    "credentials.key_state_changed:pre": _s("A signing key was prepared"),
    "credentials.key_state_changed:retired": _s("A signing key was retired"),
    "credentials.status_changed": _n(
        "The published status of %(count)d credential was changed",
        "The published status of %(count)d credentials was changed",
    ),
    "institutions.changed": _s("Something of the institution was changed"),
    "institutions.changed:level": _s("A level was changed"),
    "institutions.changed:policies": _s("The policies were saved"),
    "institutions.changed:profile": _s("The profile was changed"),
    "institutions.changed:theme": _s("The colours were changed"),
    "institutions.changed:unit": _s("A unit was added or renamed"),
    "institutions.founded": _s("The institution was set up"),
    "institutions.roles_given": _n("%(count)d role was given", "%(count)d roles were given"),
    "institutions.roles_taken": _n("%(count)d role was taken", "%(count)d roles were taken"),
    "institutions.token_made": _s("An access token was made"),
    "institutions.token_revoked": _s("An access token was revoked"),
    "journal.deliveries_replayed": _n(
        "%(count)d failed task was tried again", "%(count)d failed tasks were tried again"
    ),
    "notifications.batch_silenced": _s("The mails of a roster were switched off"),
    "notifications.marked_sent": _s("An uncertain mail was marked as sent"),
    "notifications.reminders_stopped": _s("An earner chose whether to be reminded"),
    "notifications.sent_again": _s("A mail was sent again"),
    "notifications.suppressed": _s("A mail was stopped"),
    "notifications.trial_mail_asked": _s("A test mail was sent"),
    "notifications.worded": _s("The words of a kind of mail were changed"),
}
_TOLD_APART_BY = ("verb", "what", "state")
DOORS = {
    "page": _s("on a page"),
    "token": _s("by the API"),
    "command": _s("on the command line"),
    "claim_link": _s("by a claim link"),
}
# What the journal can be narrowed to: the first part of an event's name.
AREAS = {
    "awards": _s("Awards"),
    "catalog": _s("Badges and templates"),
    "institutions": _s("Institution and people"),
    "credentials": _s("Keys and signed status"),
    "notifications": _s("Mail"),
    "journal": _s("Background work"),
}
_LATELY = 6


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the journal as people read it."""

    at: datetime
    who: str
    what: str
    thing: str
    door: str
    reason: str
    kind: str


def sentence(name: str, data: Mapping[str, Any]) -> str:
    """What happened, without who and when; an event of a later release is called by its own name."""
    apart = next((str(data[field]) for field in _TOLD_APART_BY if data.get(field)), "")
    said = SENTENCES.get(f"{name}:{apart}", SENTENCES.get(name, name))
    count = next((len(value) for value in data.values() if isinstance(value, list)), 1)
    return str(said % {"count": count})


def told(entries: Iterable[Any]) -> list[Happening]:
    """`entries` in words; the people and badges that they name are looked up once for all."""
    entries = list(entries)
    who = people.names_of(entry.author for entry in entries)
    users = people.names_of(entry.subject_id for entry in entries if entry.subject_kind == "user")
    badges = naming.achievement_names(e.subject_id for e in entries if e.subject_kind == "achievement")
    things = {"user": users, "achievement": badges}
    return [
        Happening(
            at=entry.at,
            who=who.get(entry.author) or (_("Insignia itself") if entry.author == "system" else _("Somebody")),
            what=sentence(entry.name, entry.data),
            thing=things.get(entry.subject_kind, {}).get(entry.subject_id, ""),
            door=str(DOORS.get(entry.door, "")),
            reason=entry.reason,
            kind=entry.name,
        )
        for entry in entries
    ]


def lately(institution: Any) -> list[Happening]:
    """The last few things that people did."""
    return told(bus.read().exclude(author="system")[:_LATELY])
