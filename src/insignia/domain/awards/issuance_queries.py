"""What may be asked about requests for issuance: by the units that file them, and by the Registrar who decides (R-124)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from insignia.core.errors import InsigniaError, NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.catalog.rules import searchable
from insignia.domain.institutions import queries as institutions

from . import issuance, rules
from .models import Award, AwardBatch, IssuanceRequest, IssuanceRow, Recipient

REQUEST_STATES = IssuanceRequest.State.choices
ROW_STATES = IssuanceRow.State.choices
_WITH = (
    "achievement__current",
    "achievement__level",
    "achievement__institution",
    "achievement__unit__parent__parent__parent",
    "requested_by",
    "verifier",
)
_NONE = N_("There is no such request here.")
_LONGEST = 200
# With the Registrar and not finished.
OPEN = (IssuanceRequest.State.SUBMITTED, IssuanceRequest.State.VERIFYING, IssuanceRequest.State.APPROVED)


def _places(actor: Actor, permission: Permission, prefix: str = "") -> Q | None:
    """Where `actor` holds `permission`, as a condition on achievements; None where it is everywhere."""
    if actor.places(permission, "institution"):
        return None
    named = {f"{prefix}public_id__in": actor.places(permission, "achievement")}
    return Q(**named) | Q(**{f"{prefix}unit__in": institutions.units_of(actor, permission)})


def askable(actor: Actor, *, words: str = "") -> list[Achievement]:
    """The active achievements for which `actor` may file a request, by name."""
    found = catalog.visible_to(actor).filter(state=Achievement.State.ACTIVE).select_related("unit__institution")
    if (where := _places(actor, Permission.ISSUANCE_REQUEST)) is not None:
        found = found.filter(where)
    for word in searchable(words[:_LONGEST]).split()[:10]:
        found = found.filter(search_text__contains=word)
    every = found.select_related("current", "level", "institution", "unit").order_by("current__name")
    return [a for a in every if issuance.may_be_asked(a.institution.policy("awarding"), a.level.policy) is None]


def askable_one(actor: Actor, public_id: str) -> Achievement:
    """One achievement for which `actor` may file a request; raises `NotFound`, or says why none can be filed."""
    found = catalog.achievement_for(actor, public_id)
    actor.require(Permission.ISSUANCE_REQUEST, on=found)
    if found.current is None or found.state != Achievement.State.ACTIVE:
        raise rules.not_active(str(found))
    if refusal := issuance.may_be_asked(found.institution.policy("awarding"), found.level.policy):
        raise refusal
    return found


def hindrance(request: IssuanceRequest) -> InsigniaError | None:
    """Why nothing of the request can be sent or issued now; None where it can."""
    achievement = request.achievement
    if achievement.current is None or achievement.state != Achievement.State.ACTIVE:
        return rules.not_active(str(achievement))
    return issuance.may_be_asked(achievement.institution.policy("awarding"), achievement.level.policy)


def _counted(found: QuerySet[IssuanceRequest]) -> QuerySet[IssuanceRequest]:
    """With the number of rows, of those with a problem that the unit has, and of those in each place."""
    rows = Q(rows__isnull=False)
    return found.annotate(
        all_rows=Count("rows", filter=rows & ~Q(rows__state="withdrawn")),
        wrong_rows=Count("rows", filter=Q(rows__state__in=issuance.WITH_THE_UNIT) & ~Q(rows__code="")),
        waiting_rows=Count("rows", filter=Q(rows__state="waiting")),
        returned_rows=Count("rows", filter=Q(rows__state="returned")),
        issued_rows=Count("rows", filter=Q(rows__state="issued")),
    )


def requests_of(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[IssuanceRequest]:
    """The requests for achievements that `actor` asks for, whoever of the unit filed them; the latest change first."""
    found = IssuanceRequest.objects.select_related(*_WITH)
    if (where := _places(actor, Permission.ISSUANCE_REQUEST, "achievement__")) is not None:
        found = found.filter(where)
    return _narrowed(found, words, state).order_by("-changed_at", "-pk")


def queue(actor: Actor, *, words: str = "", state: str = "", flagged: str = "") -> QuerySet[IssuanceRequest]:
    """The requests that were sent and on which `actor` decides: those with the Registrar first, the oldest of them first.

    `flagged` is "yes" for those of which a waiting row needs a look.
    """
    found = IssuanceRequest.objects.select_related(*_WITH).exclude(state=IssuanceRequest.State.DRAFT)
    if (where := _places(actor, Permission.ISSUANCE_DECIDE, "achievement__")) is not None:
        found = found.filter(where)
    found = _narrowed(found, words, "" if state == "open" else state)
    if state == "open":
        found = found.filter(state__in=OPEN)
    looks = flags(IssuanceRow.objects.filter(request=OuterRef("pk"), state=IssuanceRow.State.WAITING)).filter(_FLAGGED)
    number = looks.order_by().values("request").annotate(n=Count("pk")).values("n")
    found = found.annotate(flagged_rows=Coalesce(Subquery(number), Value(0)))
    if flagged == "yes":
        found = found.filter(flagged_rows__gt=0)
    return found.order_by("submitted_at", "pk") if state == "open" else found.order_by("-submitted_at", "-pk")


def _narrowed(found: QuerySet[IssuanceRequest], words: str, state: str) -> QuerySet[IssuanceRequest]:
    for word in words[:_LONGEST].split()[:5]:
        person = IssuanceRow.objects.filter(request=OuterRef("pk")).filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(external_id__icontains=word)
        )
        found = found.filter(
            Q(achievement__current__name__icontains=word)
            | Q(achievement__unit__name__icontains=word)
            | Q(requested_by__name__icontains=word)
            | Q(filename__icontains=word)
            | Exists(person)
        )
    return _counted(found.filter(state=state) if state else found)


def request_of(actor: Actor, public_id: str) -> IssuanceRequest:
    """One request of a unit that `actor` asks for; raises `NotFound`."""
    return _one(actor, public_id, Permission.ISSUANCE_REQUEST)


def request_before(actor: Actor, public_id: str) -> IssuanceRequest:
    """One request that was sent and on which `actor` decides; raises `NotFound`."""
    found = _one(actor, public_id, Permission.ISSUANCE_DECIDE)
    if found.state == IssuanceRequest.State.DRAFT:
        raise NotFound(_NONE)
    return found


def _one(actor: Actor, public_id: str, permission: Permission) -> IssuanceRequest:
    found = IssuanceRequest.objects.select_related(*_WITH).filter(public_id=public_id).first()
    if found is None or not actor.may(permission, on=found):
        raise NotFound(_NONE)
    return found


def request_by_id(public_id: str) -> IssuanceRequest:
    """A request of the current institution, for work in the background."""
    return IssuanceRequest.objects.select_related(*_WITH).get(public_id=public_id)


def row_of(request: IssuanceRequest, public_id: str) -> IssuanceRow:
    """One row of `request`; raises `NotFound`."""
    found = IssuanceRow.objects.select_related("request").filter(request=request, public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such row in this request."))
    return found


def rows(request: IssuanceRequest, *, which: str = "", words: str = "") -> QuerySet[IssuanceRow]:
    """The rows of a request in their order: all, those in a state, or those that are "wrong"."""
    found = IssuanceRow.objects.filter(request=request).select_related("award").order_by("number")
    if which == "wrong":
        found = found.filter(state__in=issuance.WITH_THE_UNIT).exclude(code="")
    elif which:
        found = found.filter(state=which)
    for word in words[:_LONGEST].split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(line__email__icontains=word) | Q(external_id__icontains=word))
    return found


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows of a request stand where; `fine` and `wrong` are those with the unit."""

    total: int
    fine: int
    wrong: int
    waiting: int
    returned: int
    approved: int
    issued: int


def row_counts(request: IssuanceRequest) -> RowCounts:
    """The numbers of one request."""
    wrong = Q(state__in=issuance.WITH_THE_UNIT) & ~Q(code="")
    fine = Q(state__in=issuance.WITH_THE_UNIT, code="")
    numbers = IssuanceRow.objects.filter(request=request).aggregate(
        total=Count("pk", filter=~Q(state="withdrawn")),
        fine=Count("pk", filter=fine),
        wrong=Count("pk", filter=wrong),
        **{state: Count("pk", filter=Q(state=state)) for state in ("waiting", "returned", "approved", "issued")},
    )
    return RowCounts(**numbers)


def last_batch(request: IssuanceRequest) -> AwardBatch | None:
    """The latest list that the Registrar issued from `request`."""
    return AwardBatch.objects.filter(request=request).defer("file").order_by("-pk").first()


# --- What the Registrar is to look at before a row is issued
_FLAGS = ("has_it", "asked_twice", "known_as", "number_of")
_FLAGGED = ~Q(has_it="") | ~Q(asked_twice="") | ~Q(known_as="") | ~Q(number_of="")


def flags(found: QuerySet[IssuanceRow]) -> QuerySet[IssuanceRow]:
    """Each row with what stands against it, "" where nothing does:

    `has_it`       public id of an award of the same achievement to this address or number
    `asked_twice`  public id of an open request that asks for the same once more
    `known_as`     the other name under which this address is known here
    `number_of`    the name of whoever has this number at another address
    """
    standing = Award.objects.filter(achievement=OuterRef("request__achievement")).exclude(state__in=rules.OVER)
    others = IssuanceRow.objects.filter(
        state__in=issuance.UNDER_WAY, request__achievement=OuterRef("request__achievement")
    ).exclude(pk=OuterRef("pk"))
    at_address, with_number = {"email": OuterRef("email")}, {"external_id": OuterRef("external_id")}
    numbered = Recipient.objects.exclude(external_id="").filter(**with_number)
    return found.annotate(
        has_it=_first(
            standing.filter(recipient__email=OuterRef("email")),
            standing.exclude(recipient__external_id="").filter(recipient__external_id=OuterRef("external_id")),
        ),
        asked_twice=_first(
            others.filter(**at_address),
            others.exclude(external_id="").filter(**with_number),
            field="request__public_id",
        ),
        known_as=_first(
            Recipient.objects.filter(**at_address)
            .annotate(folded=Lower("name"))
            .exclude(folded=Lower(OuterRef("name"))),
            field="name",
        ),
        number_of=_first(numbered.exclude(**at_address), field="name"),
    )


def _first(*several: QuerySet, field: str = "public_id") -> Coalesce:
    return Coalesce(*(Subquery(found.order_by().values(field)[:1]) for found in several), Value(""))


def flagged(found: QuerySet[IssuanceRow]) -> QuerySet[IssuanceRow]:
    """Those of `found` that need a look."""
    return flags(found).filter(_FLAGGED)


def valid(request: IssuanceRequest, *, by: Actor) -> QuerySet[IssuanceRow]:
    """The rows that wait and against which nothing stands; the rows of `by` itself are not among them."""
    waiting = flags(IssuanceRow.objects.filter(request=request, state=IssuanceRow.State.WAITING))
    return waiting.exclude(_FLAGGED).exclude(email__in=by.addresses).filter(code="")


def waiting_rows(request: IssuanceRequest, public_ids: Sequence[str]) -> QuerySet[IssuanceRow]:
    """Those of the rows with these public ids that wait for the Registrar."""
    return IssuanceRow.objects.filter(request=request, state=IssuanceRow.State.WAITING, public_id__in=public_ids)
