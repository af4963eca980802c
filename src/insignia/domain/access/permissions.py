"""The permission words. A role is a named set of them, kept as data; a new word is documented or the build fails."""

from enum import StrEnum


class Permission(StrEnum):
    """`<resource>:<verb>`, in alphabetical order; explained one by one in docs/guides/roles.md."""

    ACHIEVEMENT_ACTIVATE = "achievement:activate"
    ACHIEVEMENT_EDIT = "achievement:edit"
    ACHIEVEMENT_READ = "achievement:read"
    ACHIEVEMENT_RETIRE = "achievement:retire"
    AUDIT_READ = "audit:read"
    AWARD_CORRECT = "award:correct"
    AWARD_GRANT = "award:grant"
    AWARD_READ = "award:read"
    AWARD_REVOKE = "award:revoke"
    COMMITTEE_MANAGE = "committee:manage"
    GRANTOR_APPOINT = "grantor:appoint"
    INSTITUTION_MANAGE = "institution:manage"
    ISSUANCE_DECIDE = "issuance:decide"
    ISSUANCE_REQUEST = "issuance:request"
    KEY_MANAGE = "key:manage"
    LEVEL_MANAGE = "level:manage"
    MAIL_READ = "mail:read"
    MEMBER_MANAGE = "member:manage"
    PRODUCTION_MANAGE = "production:manage"
    PROPOSAL_DECIDE = "proposal:decide"
    PROPOSAL_MANAGE = "proposal:manage"
    PROPOSAL_READ = "proposal:read"
    PROPOSAL_START = "proposal:start"
    RECIPIENT_READ = "recipient:read"
    TEMPLATE_MANAGE = "template:manage"
    UNIT_MANAGE = "unit:manage"
    WORKFLOW_MANAGE = "workflow:manage"


# Whoever holds one of these must have a second factor (decisions: award, approve, or read minors' records).
NEEDS_SECOND_FACTOR = frozenset(
    {
        Permission.ACHIEVEMENT_ACTIVATE,
        Permission.AWARD_CORRECT,
        Permission.AWARD_GRANT,
        Permission.AWARD_REVOKE,
        Permission.ISSUANCE_DECIDE,
        Permission.KEY_MANAGE,
        Permission.PROPOSAL_DECIDE,
        Permission.RECIPIENT_READ,
    }
)
