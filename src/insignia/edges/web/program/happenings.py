"""The journal in words: one sentence for every event, with who did it and to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from insignia.domain.catalog import naming
from insignia.domain.journal import bus
from insignia.domain.people import names as people
from insignia.domain.proposals.production import queries as production
from insignia.domain.proposals.writing import queries as writing

# One entry for every event that is registered; a test asks for it. Where an event tells several things apart, the part
# after the colon is what its own word for them says.
SENTENCES: dict[str, Any] = {
    "awards.accepted": ngettext_lazy("%(count)d badge was accepted", "%(count)d badges were accepted", "count"),
    "awards.batch_confirmed": _("A roster was confirmed"),
    "awards.batch_continued": _("The next rows of a roster were taken up"),
    "awards.batch_finished": _("A roster was done"),
    "awards.batch_uploaded": _("A roster was uploaded"),
    "awards.check_in_changed": _("A check-in was changed"),
    "awards.check_in_changed:add": _("Somebody was added to a check-in by hand"),
    "awards.check_in_changed:close": _("A check-in was closed"),
    "awards.check_in_changed:list": _("The people of a check-in were handed to awarding"),
    "awards.check_in_changed:remove": _("Somebody was taken off a check-in"),
    "awards.check_in_opened": _("A check-in was opened"),
    "awards.checked_in": _("Somebody checked in at an event"),
    "awards.declined": ngettext_lazy("%(count)d badge was declined", "%(count)d badges were declined", "count"),
    "awards.ended": ngettext_lazy("%(count)d award came to its end", "%(count)d awards came to their end", "count"),
    "awards.ended:expire": ngettext_lazy("%(count)d award expired", "%(count)d awards expired", "count"),
    "awards.ended:lapse": ngettext_lazy("%(count)d offer lapsed", "%(count)d offers lapsed", "count"),
    "awards.granted": ngettext_lazy("%(count)d badge was awarded", "%(count)d badges were awarded", "count"),
    "awards.grantor_appointed": _("A Grantor was appointed"),
    "awards.grantor_changed": _("The appointment of a Grantor was changed"),
    "awards.held": ngettext_lazy("%(count)d credential was signed", "%(count)d credentials were signed", "count"),
    "awards.issuance_approved": _("The Registrar issued rows of a request"),
    "awards.issuance_requested": _("A request for issuance was sent to the Registrar"),
    "awards.issuance_returned": ngettext_lazy(
        "%(count)d row of a request was returned", "%(count)d rows of a request were returned", "count"
    ),
    "awards.issuance_settled": _("A request for issuance came to where it stands now"),
    "awards.issuance_settled:issued": _("A request for issuance was issued"),
    "awards.issuance_settled:partly_issued": _("A request for issuance was issued in part"),
    "awards.issuance_settled:verifying": _("Rows of a request wait for the Registrar again"),
    "awards.issuance_taken_up": _("The Registrar took up a request for issuance"),
    "awards.minors_record_read": ngettext_lazy(
        "The record of %(count)d minor was looked at", "The records of %(count)d minors were looked at", "count"
    ),
    "awards.recipient_claimed": _("An earner’s record was joined to an account"),
    "awards.reinstated": ngettext_lazy("%(count)d award was reinstated", "%(count)d awards were reinstated", "count"),
    "awards.released": ngettext_lazy("%(count)d badge was offered", "%(count)d badges were offered", "count"),
    "awards.reminded": ngettext_lazy("%(count)d earner was reminded", "%(count)d earners were reminded", "count"),
    "awards.reoffered": ngettext_lazy(
        "%(count)d badge was offered again", "%(count)d badges were offered again", "count"
    ),
    "awards.revoked": ngettext_lazy("%(count)d award was revoked", "%(count)d awards were revoked", "count"),
    "awards.superseded": ngettext_lazy("%(count)d award was corrected", "%(count)d awards were corrected", "count"),
    "awards.suspended": ngettext_lazy("%(count)d award was suspended", "%(count)d awards were suspended", "count"),
    "awards.undone": ngettext_lazy("%(count)d award was undone", "%(count)d awards were undone", "count"),
    "awards.visibility_chosen": ngettext_lazy(
        "An earner chose who sees %(count)d badge", "An earner chose who sees %(count)d badges", "count"
    ),
    "bodies.changed": _("A body was described anew"),
    "bodies.seat_taken": _("Somebody took a seat on a body"),
    "bodies.seat_vacated": _("A seat on a body became vacant"),
    "catalog.achievement_drafted": _("A draft of a badge was written"),
    "catalog.achievements_brought_in": ngettext_lazy(
        "%(count)d badge was brought in from a file", "%(count)d badges were brought in from a file", "count"
    ),
    "catalog.achievement_moved": _("The state of a badge was changed"),
    "catalog.achievement_moved:activate": _("A badge was made active"),
    "catalog.achievement_moved:archive": _("A badge was archived"),
    "catalog.achievement_moved:pause": _("A badge was paused"),
    "catalog.achievement_moved:reactivate": _("A retired badge was brought back"),
    "catalog.achievement_moved:resume": _("A badge was resumed"),
    "catalog.achievement_moved:retire": _("A badge was retired"),
    "catalog.approvals_noted": _("The words of a badge were approved"),
    "catalog.template_added": _("A badge template got a new version"),
    "catalog.template_applied": _("A badge was drawn anew"),
    "catalog.template_planned": ngettext_lazy(
        "%(count)d badge is to be drawn anew", "%(count)d badges are to be drawn anew", "count"
    ),
    "catalog.version_frozen": _("A version of a badge was approved"),
    "credentials.key_state_changed": _("The state of a signing key was changed"),
    "credentials.key_state_changed:active": _("A signing key was activated"),
    "credentials.key_state_changed:compromised": _("A signing key was reported as compromised"),
    "credentials.key_state_changed:pre": _("A signing key was prepared"),
    "credentials.key_state_changed:retired": _("A signing key was retired"),
    "credentials.status_changed": ngettext_lazy(
        "The published status of %(count)d credential was changed",
        "The published status of %(count)d credentials was changed",
        "count",
    ),
    "credentials.version_endorsed": _("The institution’s endorsement of a badge was signed"),
    "forms.changed": _("A form was changed"),
    "intents.contact_logged": _("A contact was written into the support log of an intent"),
    "intents.invitation_revoked": _("An invitation to propose was withdrawn"),
    "intents.invitation_sent": _("Somebody was invited to propose"),
    "intents.moved": _("The state of an intent was changed"),
    "intents.moved:decline": _("An intent was declined"),
    "intents.moved:lapse": _("An invitation to propose lapsed"),
    "intents.moved:log": _("An intent was logged"),
    "intents.moved:open_link": _("A proposal was begun from an invitation"),
    "intents.moved:open_proposal": _("A proposal was begun from an intent"),
    "intents.moved:start_support": _("The support of an intent began"),
    "intents.moved:submit": _("An intent was stated"),
    "intents.moved:withdraw": _("An intent was withdrawn"),
    "institutions.changed": _("Something of the institution was changed"),
    "institutions.changed:level": _("A level was changed"),
    "institutions.changed:policies": _("The policies were saved"),
    "institutions.changed:profile": _("The profile was changed"),
    "institutions.changed:role": _("The rights of a role were changed"),
    "institutions.changed:theme": _("The colours were changed"),
    "institutions.changed:unit": _("A unit was added or renamed"),
    "institutions.founded": _("The institution was set up"),
    "institutions.preset_taken": ngettext_lazy(
        "%(count)d section of a preset was taken in", "%(count)d sections of a preset were taken in", "count"
    ),
    "institutions.roles_given": ngettext_lazy("%(count)d role was given", "%(count)d roles were given", "count"),
    "institutions.roles_taken": ngettext_lazy("%(count)d role was taken", "%(count)d roles were taken", "count"),
    "institutions.token_made": _("An access token was made"),
    "institutions.token_revoked": _("An access token was revoked"),
    "journal.deliveries_replayed": ngettext_lazy(
        "%(count)d failed task was tried again", "%(count)d failed tasks were tried again", "count"
    ),
    "meetings.agenda_changed": _("The agenda of a meeting was changed"),
    "meetings.agenda_changed:put": _("Something came on the agenda of a meeting"),
    "meetings.agenda_changed:table": _("Something was put off to a later meeting"),
    "meetings.agenda_changed:drop": _("Something was taken off the agenda of a meeting"),
    "meetings.changed": _("A meeting was changed"),
    "meetings.changed:attend": _("It was noted who is at a meeting"),
    "meetings.changed:cancel": _("A meeting was cancelled"),
    "meetings.changed:close": _("A meeting was closed"),
    "meetings.changed:move": _("A meeting was moved"),
    "meetings.changed:open": _("A meeting was opened"),
    "meetings.changed:plan": _("A meeting was called"),
    "meetings.item_settled": _("A body was done with a matter on its agenda"),
    "meetings.minutes_changed": _("The minutes of a meeting were written"),
    "meetings.minutes_changed:accept": _("The minutes of a meeting were accepted"),
    "notifications.batch_silenced": _("The mails of a roster were switched off"),
    "notifications.marked_sent": _("An uncertain mail was marked as sent"),
    "notifications.reminders_stopped": _("An earner chose whether to be reminded"),
    "notifications.sent_again": _("A mail was sent again"),
    "notifications.suppressed": _("A mail was stopped"),
    "notifications.trial_mail_asked": _("A test mail was sent"),
    "notifications.worded": _("The words of a kind of mail were changed"),
    "production.begun": _("An approved proposal went into production"),
    "production.checklist_changed": _("The checklist of production was changed"),
    "production.ended": _("A production came to its end"),
    "production.ended:activate": _("What was produced can be awarded"),
    "production.ended:retire": _("A badge that was taught out was retired"),
    "production.evaluation_moved": _("An evaluation was moved on"),
    "production.evaluation_moved:accept": _("An evaluation was accepted"),
    "production.evaluation_moved:return": _("An evaluation was returned"),
    "production.evaluation_moved:submit": _("An evaluation was handed in"),
    "production.evaluation_reminded": _("Somebody was reminded of an evaluation"),
    "production.nomination_moved": _("The nomination of a Grantor was moved on"),
    "production.nomination_moved:appoint": _("A nominated Grantor was appointed"),
    "production.nomination_moved:confirm": _("A nominated Grantor was found qualified"),
    "production.nomination_moved:decline": _("The nomination of a Grantor was declined"),
    "production.nomination_moved:nominate": _("A Grantor was nominated"),
    "production.plan_written": _("A plan for issuing or evaluating a badge was written"),
    "production.proof_moved": _("A proof of an image was shown or answered"),
    "production.proof_moved:ask_for_changes": _("Changes to the proof of an image were asked for"),
    "production.proof_moved:show": _("A proof of an image was shown"),
    "production.proof_moved:sign_off": _("The image of a badge was signed off"),
    "production.stacks_settled": _("It was said what becomes of certificates that contain a badge"),
    "production.task_assigned": _("A task of production was given to somebody"),
    "production.task_moved": _("A task of production was moved on"),
    "production.task_moved:approve": _("A task of production was approved"),
    "production.task_moved:block": _("A task of production was blocked"),
    "production.task_moved:finish": _("A task of production was done"),
    "production.task_moved:hand_in": _("A task of production waits for approval"),
    "production.task_moved:reopen": _("A task of production was reopened"),
    "production.task_moved:send_back": _("A task of production was sent back"),
    "production.task_moved:waive": _("A task of production was waived"),
    "production.task_remarked": _("Somebody remarked on a task of production"),
    "production.training_recorded": _("A training was put on record"),
    "proposals.attachment_changed": _("A file of a proposal was added or taken away"),
    "proposals.begun": _("A proposal was begun"),
    "proposals.consultation_answered": _("A consultation was answered"),
    "proposals.consultation_asked": _("A consultation was asked for"),
    "proposals.discarded": _("A draft of a proposal was given up"),
    "proposals.participant_changed": _("Who takes part in a proposal was changed"),
    "proposals.remark_made": _("Somebody remarked on a proposal"),
    "proposals.remark_resolved": _("A remark on a proposal was settled"),
    "proposals.version_handed_in": _("A version of a proposal was handed in"),
    "workflow.delegation_ended": _("A delegation was ended"),
    "workflow.delegation_given": _("Somebody acts in another’s place"),
    "workflow.proposal_moved": _("A decision was taken on a proposal"),
    "workflow.proposal_moved:approve": _("A proposal was approved at a step"),
    "workflow.proposal_moved:approve_with_comments": _("A proposal was approved at a step, with comments"),
    "workflow.proposal_moved:approve_cancel": _("A proposal was cancelled"),
    "workflow.proposal_moved:convene": _("A body turned to a proposal"),
    "workflow.proposal_moved:custom_route": _("Somebody else was asked about a proposal as well"),
    "workflow.proposal_moved:decline": _("A request was declined"),
    "workflow.proposal_moved:hold": _("A proposal was put on hold"),
    "workflow.proposal_moved:recommend_type": _("Another kind of badge was recommended"),
    "workflow.proposal_moved:recuse": _("Somebody stays out of a proposal"),
    "workflow.proposal_moved:reject": _("A proposal was rejected"),
    "workflow.proposal_moved:release": _("A proposal goes on"),
    "workflow.proposal_moved:request_cancel": _("Somebody asked to cancel a proposal"),
    "workflow.proposal_moved:request_changes": _("Changes in a proposal were requested"),
    "workflow.proposal_moved:resubmit": _("A proposal was handed in again"),
    "workflow.proposal_moved:resume": _("A proposal was resumed"),
    "workflow.proposal_moved:skip": _("A step was passed over"),
    "workflow.proposal_moved:submit": _("A proposal was handed in"),
    "workflow.proposal_moved:suspend": _("A proposal was suspended"),
    "workflow.proposal_moved:vote": _("A vote was cast"),
    "workflow.proposal_moved:withdraw": _("A proposal was withdrawn"),
    "workflow.route_changed": _("A route of proposals was changed"),
    "workflow.task_escalated": _("A task waited so long that somebody else was told"),
    "workflow.task_reminded": _("Somebody was reminded of a task"),
}
_TOLD_APART_BY = ("verb", "what", "state")
DOORS = {
    "page": _("on a page"),
    "token": _("by the API"),
    "command": _("on the command line"),
    "claim_link": _("by a claim link"),
}
# What the journal can be narrowed to: the first part of an event's name.
AREAS = {
    "awards": _("Awards"),
    "catalog": _("Badges and templates"),
    "intents": _("Intents"),
    "proposals": _("Proposals"),
    "workflow": _("The way of proposals"),
    "meetings": _("Meetings"),
    "bodies": _("Bodies and seats"),
    "forms": _("Forms of proposals"),
    "production": _("Production"),
    "institutions": _("Institution and people"),
    "credentials": _("Keys and signed status"),
    "notifications": _("Mail"),
    "journal": _("Background work"),
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
    proposals = writing.titles(e.subject_id for e in entries if e.subject_kind == "proposal")
    produced = production.titles(e.subject_id for e in entries if e.subject_kind == "production")
    things = {"user": users, "achievement": badges, "proposal": proposals, "production": produced}
    return [
        Happening(
            at=entry.at,
            who=who.get(entry.author) or str(_("Insignia itself") if entry.author == "system" else _("Somebody")),
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
