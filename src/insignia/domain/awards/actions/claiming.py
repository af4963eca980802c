"""What an earner does: claim, accept, decline, decide who may see."""

from collections.abc import Sequence

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Door
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

from .. import rules
from ..events import AwardsAccepted, AwardsDeclined, RecipientClaimed, VisibilityChosen
from ..models import Award, ClaimLink, Recipient


def open_link(link: ClaimLink) -> None:
    """Note that somebody opened the claim link for the first time."""
    ClaimLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=clock.now())


@transaction.atomic
def claim(*, link: ClaimLink, user: User) -> Recipient:
    """Join the recipient's record to `user`, who has shown control of the address. The link makes an account only once.

    Raises `Conflict` when the record belongs to somebody else already.
    """
    recipient = _join(link.recipient_id, user, by=Actor(user.public_id, str(user), Door.CLAIM_LINK))
    ClaimLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now())
    return recipient


def _join(recipient_pk: int, user: User, *, by: Actor) -> Recipient:
    recipient = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient_pk)
    if recipient.user_id not in (None, user.pk):
        raise Conflict(
            N_("These badges were claimed with another account. Sign in with that one."), code="claimed_by_other"
        )
    if recipient.user_id is None:
        Recipient.objects.filter(pk=recipient.pk).update(user=user)
        recipient.user = user
        publish(RecipientClaimed(recipient=recipient.public_id), by=by, subject=("recipient", recipient.public_id))
    return recipient


@transaction.atomic
def claim_with_new_account(*, link: ClaimLink, name: str, password: str = "") -> User:
    """Set up the account of whoever opens `link`, which was mailed to their address and so proves it, and claim.

    A link does this once; raises `Conflict` for a used one, for a record that has its account, and for an address that
    belongs to an account in use.
    """
    _use(link)
    user = people.set_up_account(link.recipient.email, name=name, password=password)
    claim(link=link, user=user)
    return user


@transaction.atomic
def claim_with_own_account(*, link: ClaimLink, user: User) -> Recipient:
    """Give `user` the address to which `link` was mailed, and claim: asked for by them, once a link.

    Raises `Conflict` for a used link, and for an address or a record that is somebody else's.
    """
    _use(link)
    people.add_address(user, link.recipient.email)
    return claim(link=link, user=user)


@transaction.atomic
def claim_at_address(*, by: Actor, user: User, recipient: Recipient) -> Recipient:
    """Join a record to `user`, who has proved its address elsewhere and asks for it; else raises as `claim` does."""
    if by.user_pk != user.pk or recipient.email not in by.addresses:
        raise NotPermitted(N_("Only the person who earned this badge may do that."), code="not_the_earner")
    return _join(recipient.pk, user, by=by)


def _use(link: ClaimLink) -> None:
    """Use a link up; of two who do so at once, one wins."""
    if not ClaimLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()):
        raise Conflict(
            N_("This link was used already. Sign in with the account that it made, or ask for a new link."),
            code="claim_link_used",
        )


def _require_own(by: Actor, awards: Sequence[Award]) -> None:
    for award in awards:
        if by.user_pk is None or award.recipient.user_id != by.user_pk:
            raise NotPermitted(N_("Only the person who earned this badge may do that."), code="not_the_earner")


@transaction.atomic
def accept(*, by: Actor, awards: Sequence[Award]) -> int:
    """Take offered awards; gives how many were taken now. They stay private until their earner shows them."""
    _require_own(by, awards)
    for award in awards:
        rules.LIFECYCLE.take("accept", award.state, facts=frozenset())
    taken = _move(awards, Award.State.ACCEPTED, decided_at=clock.now())
    publish(AwardsAccepted(awards=taken), by=by, subject=("award", taken[0]))
    return len(taken)


@transaction.atomic
def decline(*, by: Actor, award: Award, reason: str = "") -> None:
    """Do not take an offered award; it can be offered again."""
    _require_own(by, [award])
    rules.LIFECYCLE.take("decline", award.state, facts=frozenset())
    gone = _move([award], Award.State.DECLINED, decided_at=clock.now(), state_reason=reason[:500])
    publish(AwardsDeclined(awards=gone), by=by, subject=("award", award.public_id))


@transaction.atomic
def set_visibility(*, by: Actor, award: Award, visibility: str) -> None:
    """Choose who may see an accepted award; it holds at once (R-120). What may be a minor's is never public."""
    _require_own(by, [award])
    if visibility not in Award.Visibility.values:
        raise Rejected(N_("Choose who may see the badge."), code="visibility_unknown")
    if award.state not in (Award.State.ACCEPTED, Award.State.EXPIRED):
        raise Rejected(N_("Accept the badge first; then you decide who may see it."), code="not_accepted")
    if visibility == Award.Visibility.PUBLIC and not rules.is_adult(award.recipient.age_band):
        raise Rejected(
            N_("The badge of a person under 18, or of unknown age, can be shared by link but not published."),
            code="minor_not_public",
        )
    Award.objects.filter(pk=award.pk).update(visibility=visibility)
    award.visibility = visibility
    publish(
        VisibilityChosen(awards=(award.public_id,), visibility=visibility), by=by, subject=("award", award.public_id)
    )


def _move(awards: Sequence[Award], target: str, **values: object) -> tuple[str, ...]:
    """Move each from the state it was seen in; raises `Conflict` when somebody else was faster."""
    for award in awards:
        moved = Award.objects.filter(pk=award.pk, state=award.state).update(state=target, **values)
        if not moved:
            raise Conflict(N_("Something changed about this badge a moment ago. Look again."), code="state_moved")
        award.state = target
    return tuple(award.public_id for award in awards)
