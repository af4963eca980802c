"""What may be asked about awards: by who works with them, by who earned them, by who is shown them."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions import queries as institutions
from insignia.domain.people.models import User

from . import acts, rules
from .models import Award, AwardBatch, BatchRow, Grantor, Recipient

_NONE = N_("There is no such badge here, or it is not shown to you.")
_SHOWN_WITH = (
    "achievement__level",
    "achievement__unit",
    "achievement__issuer",
    "achievement__institution",
    "achievement__current",
    "version",
    "image",
    "recipient",
    "credential",
    "verified_by",
    "batch",
)


def appointment(actor: Actor, achievement: Achievement) -> Grantor | None:
    """The appointment by which `actor` may award `achievement`, whether or not it holds today."""
    if actor.user_pk is None:
        return None
    return Grantor.objects.filter(achievement=achievement, user=actor.user_pk).first()


def standing_at(achievement: Achievement, address: str) -> list[Award]:
    """Every award of `achievement` to the recipient with this normalised address."""
    return list(Award.objects.filter(achievement=achievement, recipient__email=address).only("state"))


def grantors_of(achievement: Achievement) -> QuerySet[Grantor]:
    """Everybody who is or was appointed for `achievement`."""
    return Grantor.objects.filter(achievement=achievement).select_related("user", "achievement")


def grantor_for(actor: Actor, public_id: str) -> Grantor:
    """One appointment, of an achievement that `actor` works with; raises `NotFound`."""
    found = (
        Grantor.objects.select_related("user", "achievement__unit", "membership").filter(public_id=public_id).first()
    )
    if found is None or not actor.may(Permission.ACHIEVEMENT_READ, on=found.achievement):
        raise NotFound(N_("There is no such appointment here."))
    return found


def awardable(actor: Actor) -> QuerySet[Achievement]:
    """The active achievements that `actor` holds the right to award; an assessed one also needs an appointment."""
    found = catalog.visible_to(actor).filter(state=Achievement.State.ACTIVE)
    if actor.places(Permission.AWARD_GRANT, "institution"):
        return found.order_by("current__name")
    return found.filter(
        Q(public_id__in=actor.places(Permission.AWARD_GRANT, "achievement"))
        | Q(unit__in=institutions.units_of(actor, Permission.AWARD_GRANT))
    ).order_by("current__name")


def visible_to(actor: Actor) -> QuerySet[Award]:
    """The awards of the current institution that `actor` works with, the newest first (R-104)."""
    found = Award.objects.select_related(*_SHOWN_WITH).order_by("-pk")
    if actor.places(Permission.AWARD_READ, "institution"):
        return found
    return found.filter(
        Q(achievement__public_id__in=actor.places(Permission.AWARD_READ, "achievement"))
        | Q(achievement__unit__in=institutions.units_of(actor, Permission.AWARD_READ))
    )


def award_for(actor: Actor, public_id: str) -> Award:
    """One award that `actor` works with; raises `NotFound`."""
    found = visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def batches_for(actor: Actor) -> QuerySet[AwardBatch]:
    """The batches of achievements that `actor` awards, or issues where units ask for it; the newest first."""
    awarded = Q(request=None, achievement__in=awardable(actor).order_by().values("pk"))
    issued = Q(request__isnull=False)
    if not actor.places(Permission.ISSUANCE_DECIDE, "institution"):
        issued &= Q(achievement__public_id__in=actor.places(Permission.ISSUANCE_DECIDE, "achievement")) | Q(
            achievement__unit__in=institutions.units_of(actor, Permission.ISSUANCE_DECIDE)
        )
    return (
        AwardBatch.objects.filter(awarded | issued)
        .select_related("achievement__current", "achievement__institution", "achievement__level", "created_by")
        .defer("file")
    )


def batch_for(actor: Actor, public_id: str) -> AwardBatch:
    """One batch of an achievement that `actor` awards, or issues where a unit asked for it; raises `NotFound`."""
    found = (
        AwardBatch.objects.filter(public_id=public_id)
        .select_related(
            "achievement__current",
            "achievement__institution",
            "achievement__level",
            "achievement__unit__parent__parent__parent",
            "created_by",
            "request",
        )
        .first()
    )
    if found is None or not actor.may(acts.right_over(found), on=found):
        raise NotFound(N_("There is no such roster here."))
    return found


def batch_by_id(public_id: str) -> AwardBatch:
    """A batch of the current institution, for work in the background."""
    return AwardBatch.objects.select_related("achievement__institution", "achievement__level").get(public_id=public_id)


def batch_counts(batch: AwardBatch) -> dict[str, int]:
    """How many rows ended how, and how far the awards are: waiting, granted, duplicate, rejected, signed, offered ..."""
    rows = dict(BatchRow.objects.filter(batch=batch).values_list("state").annotate(n=Count("pk")))
    awards = dict(Award.objects.filter(batch=batch).values_list("state").annotate(n=Count("pk")))
    unsigned = awards.get(Award.State.GRANTED, 0)
    total = sum(rows.values())
    return {
        "total": total,
        "waiting": rows.get(BatchRow.State.WAITING, 0),
        "awarded": rows.get(BatchRow.State.GRANTED, 0),
        "duplicates": rows.get(BatchRow.State.DUPLICATE, 0),
        "refused": rows.get(BatchRow.State.REJECTED, 0),
        "signed": sum(awards.values()) - unsigned - awards.get(Award.State.CANCELLED, 0),
        "unsigned": unsigned,
        "held": awards.get(Award.State.HELD, 0),
        "undone": awards.get(Award.State.CANCELLED, 0),
        "revoked": awards.get(Award.State.REVOKED, 0),
        "accepted": awards.get(Award.State.ACCEPTED, 0),
        "unsignable": Award.objects.filter(batch=batch).exclude(issue_error="").count(),
    }


def problem_rows(batch: AwardBatch) -> QuerySet[BatchRow]:
    """The rows of a batch that were not awarded, in the order of the file."""
    return BatchRow.objects.filter(batch=batch, state__in=[BatchRow.State.DUPLICATE, BatchRow.State.REJECTED]).order_by(
        "number"
    )


def same_file_before(batch: AwardBatch) -> AwardBatch | None:
    """An earlier batch of the same achievement that came from the very same file, if it was awarded."""
    if not batch.file_sha256:
        return None
    return (
        AwardBatch.objects.filter(
            achievement=batch.achievement_id,
            file_sha256=batch.file_sha256,
            state__in=[AwardBatch.State.GRANTING, AwardBatch.State.GRANTED],
        )
        .exclude(pk=batch.pk)
        .first()
    )


# What an earner was never told of.
_UNTOLD = (Award.State.GRANTED, Award.State.HELD, Award.State.CANCELLED)
_WAITING = (Award.State.OFFERED, Award.State.LAPSED_OFFER)
# Pictures and documents are asked for by their own addresses; a list of a hundred badges does not carry them.
_HEAVY = (
    "image__svg",
    "image__png",
    "image__mark",
    "credential__unsigned",
    "credential__document",
    "credential__token",
)


def _told() -> QuerySet[Award]:
    found = Award.across_institutions.exclude(state__in=_UNTOLD).select_related(*_SHOWN_WITH)
    return found.defer(*_HEAVY).order_by("-awarded_on", "-pk")


def earned_by(user: User) -> QuerySet[Award]:
    """Everything that `user` was offered or holds, of every institution, the newest first. Without the pictures."""
    return _told().filter(recipient__user=user)


def told_to(recipient: Recipient) -> QuerySet[Award]:
    """Everything that one institution ever offered to `recipient`, the newest first. Without the pictures."""
    return _told().filter(recipient=recipient)


def own_award(user: User, public_id: str) -> Award:
    """One award of `user`; raises `NotFound`."""
    found = earned_by(user).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def offers_to(recipient: Recipient) -> QuerySet[Award]:
    """What waits for `recipient` to accept or decline."""
    return told_to(recipient).filter(state__in=_WAITING)


def unclaimed_records(addresses: Collection[str]) -> QuerySet[Recipient]:
    """Records of any institution at proven addresses of one person that are not linked to an account yet."""
    return Recipient.across_institutions.filter(email__in=addresses, user=None).select_related("institution")


def waiting_at(addresses: Collection[str]) -> QuerySet[Recipient]:
    """Those of `unclaimed_records` for which something waits, with how much of it as `waiting`."""
    waiting = Count("awards", filter=Q(awards__state__in=_WAITING))
    return unclaimed_records(addresses).annotate(waiting=waiting).filter(waiting__gt=0).order_by("institution__name")


def shown_to(actor: Actor, credential_id: str) -> Award:
    """The award whose credential has this public id, if `actor` may see it; raises `NotFound` the same way for both.

    Everybody sees what its earner shows; its earner sees it always; staff see what they work with (R-120).
    """
    award = (
        Award.across_institutions.select_related(*_SHOWN_WITH)
        .filter(credential__public_id=credential_id, state__in=rules.SHOWABLE)
        .first()
    )
    if award is None or not may_see(actor, award):
        raise NotFound(_NONE)
    return award


def may_see(actor: Actor, award: Award) -> bool:
    """Whether `actor` may see the credential of `award`."""
    if award.visibility in (Award.Visibility.LINK, Award.Visibility.PUBLIC):
        return True
    if actor.user_pk is not None and award.recipient.user_id == actor.user_pk:
        return True
    return actor.may(Permission.AWARD_READ, on=award)


def successor(award: Award) -> Award | None:
    """The award that corrected this one, if it was replaced."""
    return Award.across_institutions.filter(corrects=award).select_related("credential").order_by("-pk").first()
