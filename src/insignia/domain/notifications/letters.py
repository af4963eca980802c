"""What a mail says: from ids to the values that its words are made of. Read at the moment of sending.

Secrets (claim links) exist in the letter only: the database holds the public half, see `awards.claims`.
"""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims, issuance_queries
from insignia.domain.awards import queries as award_queries
from insignia.domain.awards.models import Award, AwardBatch, ClaimLink, Grantor, IssuanceRequest, IssuanceRow
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution, Membership

from . import governing, owed, places, rules
from .letter import Badge, Button, Letter
from .models import Kind, Message

FULL_SIZE = 3
"""Up to so many badges are shown large; more are shown as small marks, so that a mail stays small."""


def compose(message: Message) -> Letter | None:
    """The letter of `message`, in the language that is active; None when nothing is left that it could truly tell.

    The tenant must be set. May store the public half of a claim link; opens no transaction that lasts.
    """
    return _WRITERS[Kind(message.kind)](message)


def _to_earner(message: Message) -> Letter | None:
    told = owed.awards_of(message)
    valid = [award for award in told if award.state in rules.TRUE_WHILE[message.kind]]
    if not valid:
        return None
    first = valid[0]
    return Letter(
        kind=message.kind,
        language=message.language,
        institution=first.achievement.institution,
        address=message.address,
        to=first.recipient.name,
        facts={
            "name": first.recipient.name,
            "badges": [award.version.name for award in valid],
            "badge": first.version.name,
            "reason": _reason(first),
            "until": formats.date_format(first.expires_on, "DATE_FORMAT") if first.expires_on else "",
            "is_correction": any(award.corrects_id is not None for award in valid),
        },
        badges=_badges(valid),
        button=_button(message, valid),
    )


def _reason(award: Award) -> str:
    """Why, in the words that the person who decided it wrote for the earner, after the reason they chose."""
    chosen = awards.REVOCATION_REASONS.get(award.state_code, "") if award.state == Award.State.REVOKED else ""
    return ". ".join(part.rstrip(".") for part in (_(chosen) if chosen else "", award.state_reason) if part)


def _badges(shown: Sequence[Award]) -> tuple[Badge, ...]:
    large = len(shown) <= FULL_SIZE
    return tuple(
        Badge(
            name=award.version.name,
            detail=_("%(level)s, awarded on %(day)s")
            % {"level": award.achievement.level.name, "day": formats.date_format(award.awarded_on, "DATE_FORMAT")},
            alt=award.image.alt,
            picture=f"{award.image.public_id}.{'badge' if large else 'mark'}@{places.host()}",
            png=bytes(award.image.png if large else award.image.mark),
            width=200 if large else 64,
        )
        for award in shown
    )


def _button(message: Message, told: Sequence[Award]) -> Button | None:
    if any(award.state == Award.State.OFFERED for award in told):
        url = places.claim(claims.secret_of(_claim_link(message, told[0])))
        return Button(_("See the badge and claim it") if len(told) == 1 else _("See the badges and claim them"), url)
    if told[0].credential is not None and told[0].recipient.user_id is not None:
        return Button(_("Look at the badge"), places.credential(told[0].credential.public_id))
    return None


def _claim_link(message: Message, award: Award) -> ClaimLink:
    """The link of this mail: made when it is first written, and the same however often it is tried."""
    known = ClaimLink.objects.filter(public_id=message.params.get("link", "")).first()
    if known is not None:
        return known
    link = awards.make_claim_link(award.recipient)
    message.params = {**message.params, "link": link.public_id}
    Message.objects.filter(pk=message.pk).update(params=message.params)
    return link


def _to_grantor(message: Message) -> Letter | None:
    found = Grantor.objects.select_related("user", "achievement__current", "achievement__institution")
    grantor = found.filter(public_id=message.params.get("grantor", "")).first()
    if grantor is None:
        return None
    institution = grantor.achievement.institution
    facts = {
        "name": str(grantor.user),
        "badge": str(grantor.achievement),
        "badges": [str(grantor.achievement)],
        "from_day": formats.date_format(grantor.starts_on, "DATE_FORMAT"),
        "until": formats.date_format(grantor.ends_on, "DATE_FORMAT") if grantor.ends_on else "",
        "needs_training": grantor.trained_on is None and grantor.achievement.level.policy.training_required,
    }
    return _to_staff(message, institution, str(grantor.user), facts, places.awarding(institution.slug))


def _to_member(message: Message) -> Letter | None:
    found = Membership.objects.select_related("user", "role", "institution")
    membership = found.filter(public_id=message.params.get("membership", "")).first()
    if membership is None:
        return None
    place = institutions.scope_name(membership.scope)
    facts = {
        "name": str(membership.user),
        "role": membership.role.name,
        "place": place if membership.scope_kind != "institution" else "",
    }
    home = places.home(membership.institution.slug)
    return _to_staff(message, membership.institution, str(membership.user), facts, home)


def _to_staff(message: Message, institution: Institution, to: str, facts: Mapping[str, object], page: str) -> Letter:
    return Letter(
        kind=message.kind,
        language=message.language,
        institution=institution,
        address=message.address,
        to=to,
        facts=facts,
        button=Button(_("Sign in"), places.sign_in_by_code(page)),
    )


def _of_batch(message: Message) -> Letter | None:
    try:
        batch = award_queries.batch_by_id(str(message.params.get("batch", "")))
    except AwardBatch.DoesNotExist:
        return None
    institution = batch.achievement.institution
    numbers = award_queries.batch_counts(batch)
    facts = {"badge": str(batch.achievement), "badges": [str(batch.achievement)], "file": batch.filename, **numbers}
    return Letter(
        kind=message.kind,
        language=message.language,
        institution=institution,
        address=message.address,
        to="",
        facts={**facts, "problems": numbers["duplicates"] + numbers["refused"] + numbers["unsignable"]},
        button=Button(_("Look at the roster"), places.roster(institution.slug, batch.public_id)),
    )


def _request_of(message: Message) -> IssuanceRequest | None:
    found = IssuanceRequest.objects.select_related("achievement__current", "achievement__institution", "requested_by")
    return found.filter(public_id=message.params.get("request", "")).first()


def _of_returned(message: Message) -> Letter | None:
    """Told while a row of it is still with the unit; who has sent them all again knows."""
    request = _request_of(message)
    if request is None:
        return None
    rows = request.rows.filter(
        public_id__in=str(message.params.get("rows", "")).split(), state=IssuanceRow.State.RETURNED
    )
    reasons = list(dict.fromkeys(rows.exclude(reason="").values_list("reason", flat=True)))
    if not reasons:
        return None
    numbers = {"count": int(message.params.get("number", 0)), "reason": "\n\n".join(f"“{r}”" for r in reasons)}
    return _about_request(message, request, numbers)


def _of_issued(message: Message) -> Letter | None:
    """Told while it stands: not where everything was taken back before the badges went out."""
    request = _request_of(message)
    if request is None or request.state not in (IssuanceRequest.State.ISSUED, IssuanceRequest.State.PARTLY_ISSUED):
        return None
    counts = issuance_queries.row_counts(request)
    return _about_request(message, request, {"count": counts.issued, "left": counts.fine + counts.wrong})


def _about_request(message: Message, request: IssuanceRequest, numbers: Mapping[str, object]) -> Letter:
    institution, badge = request.achievement.institution, str(request.achievement)
    to = str(request.requested_by)
    facts = {"name": to, "badge": badge, "badges": [badge], "file": request.filename, **numbers}
    page = places.issuance(institution.slug, request.public_id)
    return Letter(
        kind=message.kind,
        language=message.language,
        institution=institution,
        address=message.address,
        to=to,
        facts=facts,
        button=Button(_("Look at the request"), page),
    )


def _test(message: Message) -> Letter | None:
    return Letter(
        kind=message.kind,
        language=message.language,
        institution=message.institution,
        address=message.address,
        to="",
        facts={"server": settings.EMAIL_HOST},
    )


_WRITERS: Mapping[Kind, Callable[[Message], Letter | None]] = {
    **{Kind(kind): _to_earner for kind in rules.TRUE_WHILE},
    Kind.GRANTOR_APPOINTED: _to_grantor,
    Kind.ROLE_GIVEN: _to_member,
    Kind.BATCH_FINISHED: _of_batch,
    Kind.REQUEST_RETURNED: _of_returned,
    Kind.REQUEST_ISSUED: _of_issued,
    Kind.TEST: _test,
    **governing.WRITERS,
}
