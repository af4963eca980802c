"""What each permission lets one do, as people read it beside a box to tick."""

from django.utils.translation import gettext_lazy as _

from insignia.domain.access.permissions import Permission

MEANING = {
    Permission.ACHIEVEMENT_ACTIVATE: _("Make badges active, so that they can be awarded"),
    Permission.ACHIEVEMENT_EDIT: _("Write badges and change their drafts"),
    Permission.ACHIEVEMENT_READ: _("Look at badges in every state"),
    Permission.ACHIEVEMENT_RETIRE: _("Pause and retire badges"),
    Permission.AUDIT_READ: _("Read the journal of what was done"),
    Permission.AWARD_CORRECT: _("Correct awards and send their mails again"),
    Permission.AWARD_GRANT: _("Award badges"),
    Permission.AWARD_READ: _("Look at awards and who holds them"),
    Permission.AWARD_REVOKE: _("Revoke, suspend and reinstate awards"),
    Permission.COMMITTEE_MANAGE: _("Seat committees, call meetings, set agendas, record outcomes and minutes"),
    Permission.GRANTOR_APPOINT: _("Appoint and train grantors"),
    Permission.INSTITUTION_MANAGE: _("Change the institution’s profile, policies and theme"),
    Permission.ISSUANCE_DECIDE: _("Verify requests for issuance, return them, issue"),
    Permission.ISSUANCE_REQUEST: _("Request that badges be issued"),
    Permission.KEY_MANAGE: _("Renew and retire signing keys"),
    Permission.LEVEL_MANAGE: _("Change the levels of badges"),
    Permission.MAIL_READ: _("See which mails went out and how they fared"),
    Permission.MEMBER_MANAGE: _("Invite people and give roles"),
    Permission.PRODUCTION_MANAGE: _("Bring approved badges into production"),
    Permission.PROPOSAL_DECIDE: _("Review and decide on proposals when asked"),
    Permission.PROPOSAL_MANAGE: _("Support intents, invite proposals, mend their ways, cancel"),
    Permission.PROPOSAL_READ: _("Read proposals and how they fare"),
    Permission.PROPOSAL_START: _("State intents and propose badges"),
    Permission.RECIPIENT_READ: _("Read the records of earners"),
    Permission.TEMPLATE_MANAGE: _("Change badge templates"),
    Permission.UNIT_MANAGE: _("Add and change units"),
    Permission.WORKFLOW_MANAGE: _("Change routes and forms of proposals"),
}


def meaning(permission: Permission) -> str:
    """The meaning of `permission`; a word without an entry stands for itself."""
    return str(MEANING.get(permission, permission.value))
