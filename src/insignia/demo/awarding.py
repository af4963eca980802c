"""How badges reach people in a story: granted in one go, signed, sent, and then answered by those who earned them."""

from collections.abc import Iterable, Sequence
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.domain.access.actor import Actor, Door
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, Recipient
from insignia.domain.awards.rules import Claim
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.people import actions as people

from .learners import Learner
from .stage import Stage


def granted(by: Actor, badge: Achievement, learners: Iterable[Learner], claim: Claim) -> list[Award]:
    """The badge for each of `learners`, not signed yet."""
    wishes = [awards.Wish(awards.Earner(email, name), claim) for email, name in learners]
    made = []
    for outcome in awards.grant_awards(by=by, achievement=badge, wishes=wishes):
        if isinstance(outcome, InsigniaError):
            raise outcome
        made.append(outcome)
    return made


def signed(given: Sequence[Award]) -> None:
    """Signed, and held until they are sent."""
    awards.issue([award.public_id for award in given])


def sent(given: Sequence[Award]) -> None:
    """Signed and offered to those who earned them."""
    signed(given)
    awards.release([award.public_id for award in given])


def answer(stage: Stage, offers: Sequence[Award], *, unsure: int = 7, no: int = 23) -> None:
    """Most accept, and half of them show it; some say no, some have not looked yet: each so-many-th."""
    for number, award in enumerate(offers, start=1):
        if not number % unsure:
            continue
        earner = claimed(stage, award.recipient)
        if not number % no:
            awards.decline(by=earner, award=award, reason="I would rather not have this online.")
            continue
        awards.accept(by=earner, awards=[award])
        if number % 2:
            awards.set_visibility(by=earner, award=award, visibility="public")


def claimed(stage: Stage, recipient: Recipient) -> Actor:
    """Whoever earned it, signed in: by the link of their mail if it is the first time."""
    user = recipient.user
    if user is None:
        user = people.person_at(recipient.email, name=recipient.name)
        people.prove_address(user, user.email)
        people.mark_as_demo(user)
        recipient.user = awards.claim(link=awards.make_claim_link(recipient), user=user).user
    return institution_queries.actor_for(user, stage.institution, door=Door.PAGE)


def offers(**where: Any) -> list[Award]:
    """What has been offered and not answered, as far as `where` goes."""
    found = Award.objects.filter(state=Award.State.OFFERED, **where)
    return list(found.select_related("recipient__user", "achievement__institution").order_by("pk"))
