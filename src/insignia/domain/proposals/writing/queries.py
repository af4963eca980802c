"""What may be asked about proposals as they are written, and who may read which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.questions.differences import Differences, differences
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.people import queries as people
from insignia.domain.people.models import User

from . import rules
from .models import Attachment, Consultation, Docket, Participant, Proposal, ProposalVersion, Remark

_NONE = N_("There is no such proposal here, or it is not for you to read.")
STATES = Proposal.State.choices
_WITH = ("unit__parent__parent__parent", "level", "institution", "proposer", "form", "achievement")


def all_proposals() -> QuerySet[Proposal]:
    """Every proposal of the current institution, with all that a line of a list shows."""
    return Proposal.objects.select_related(*_WITH).prefetch_related(
        Prefetch("dockets", Docket.objects.select_related("body"))
    )


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """The proposals that `actor` may read: own ones, and by right those that were handed in; the office sees drafts too."""
    found = all_proposals()
    own = Q(proposer=actor.user_pk) | Q(pk__in=Participant.objects.filter(user=actor.user_pk).values("proposal"))
    manages = _in_reach(actor, Permission.PROPOSAL_MANAGE)
    reads = _in_reach(actor, Permission.PROPOSAL_READ) & Q(submitted_at__isnull=False)
    return found.filter(own | manages | reads)


def proposal_for(actor: Actor, public_id: str) -> Proposal:
    """One proposal that `actor` may read; raises `NotFound`."""
    found = visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def proposal(public_id: str) -> Proposal:
    """One proposal of the current institution, whoever asks; raises `NotFound`."""
    found = all_proposals().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def titles(ids: Iterable[str]) -> dict[str, str]:
    """What the proposals with these public ids are called."""
    wanted = set(ids)
    return dict(Proposal.objects.filter(public_id__in=wanted).values_list("public_id", "title")) if wanted else {}


def own(actor: Actor) -> QuerySet[Proposal]:
    """The proposals that `actor` writes."""
    writes = Participant.objects.filter(user=actor.user_pk, part=Participant.Part.WRITES)
    return all_proposals().filter(Q(proposer=actor.user_pk) | Q(pk__in=writes.values("proposal")))


def writers_of(proposal: Proposal) -> tuple[str, ...]:
    """Public ids of the proposer and of those who write with the proposer; as they were read where a page read them already."""
    known: tuple[str, ...] | None = getattr(proposal, "known_writers", None)
    if known is not None:
        return known
    writing = proposal.participants.filter(part=Participant.Part.WRITES).select_related("user")
    return (proposal.proposer.public_id, *(one.user.public_id for one in writing))


def writers(proposals: Sequence[Proposal]) -> dict[int, tuple[str, ...]]:
    """`writers_of` for many, by the proposals' keys."""
    found = {one.pk: [one.proposer.public_id] for one in proposals}
    for row in Participant.objects.filter(proposal__in=found, part=Participant.Part.WRITES).select_related("user"):
        found[row.proposal_id].append(row.user.public_id)
    return {key: tuple(people) for key, people in found.items()}


def people_writing(proposal: Proposal) -> list[User]:
    """The proposer, and those who write with the proposer."""
    rows = proposal.participants.filter(part=Participant.Part.WRITES).select_related("user").order_by("pk")
    return [proposal.proposer, *(row.user for row in rows)]


def last_writer(proposal: Proposal, question: str) -> str:
    """Who wrote the present answer to a question; empty where nobody did."""
    _number, who = proposal.touched.get(question, [0, ""])
    return people.names_of([who]).get(who, "") if who else ""


def is_writer(actor: Actor, proposal: Proposal) -> bool:
    """Whether `actor` writes this proposal."""
    return actor.id in writers_of(proposal)


def participants_of(proposal: Proposal) -> QuerySet[Participant]:
    """Who writes and reads with the proposer."""
    return proposal.participants.select_related("user")


def is_member(user: User) -> bool:
    """Whether `user` holds a role here today, and so can be let in."""
    return institutions.memberships_on(today()).filter(user=user).exists()


def member_at(address: str) -> User:
    """Who here has this address; raises `NotFound`. Whoever has no role here is nobody here."""
    held = institutions.memberships_on(today()).filter(user__in=people.holders(address)).order_by("pk").first()
    if held is None:
        raise NotFound(
            N_("Nobody here has the address “%(address)s”. The program office can give this person a role first."),
            code="no_member",
            params={"address": address},
        )
    return held.user


def today() -> date:
    """The day that it is in the current institution."""
    return clock.today_in(Institution.objects.get(pk=tenancy.current().pk).zone)


def unfinished_by_form() -> Mapping[int, int]:
    """How many proposals that have not ended are written in each version of a form, by the version's key."""
    counted = Proposal.objects.exclude(state__in=rules.ENDED).order_by().values_list("form").annotate(n=Count("pk"))
    return dict(counted)


def versions_of(proposal: Proposal) -> list[ProposalVersion]:
    """What was handed in, the newest first."""
    return list(proposal.versions.select_related("form", "made_by"))


def version_numbers(proposals: Sequence[Proposal]) -> dict[int, list[int]]:
    """The numbers of what was handed in, by the proposals' keys."""
    found: dict[int, list[int]] = {}
    rows = ProposalVersion.objects.filter(proposal__in=[one.pk for one in proposals]).order_by("number")
    for key, number in rows.values_list("proposal", "number"):
        found.setdefault(key, []).append(number)
    return found


def newest_two(proposals: Sequence[Proposal]) -> dict[int, list[ProposalVersion]]:
    """What was handed in last, and before that, by the proposals' keys: two versions each at most, the newest first."""
    found: dict[int, list[ProposalVersion]] = {}
    rows = ProposalVersion.objects.filter(proposal__in=[one.pk for one in proposals]).select_related("form", "made_by")
    for row in rows.order_by("-number"):
        found.setdefault(row.proposal_id, []).append(row)
    return {key: versions[:2] for key, versions in found.items()}


def version(proposal: Proposal, number: int) -> ProposalVersion:
    """One version; raises `NotFound`."""
    found = proposal.versions.select_related("form", "made_by").filter(number=number).first()
    if found is None:
        raise NotFound(N_("There is no such version of this proposal."))
    return found


def newest_version(proposal: Proposal) -> ProposalVersion | None:
    """What was handed in last."""
    return proposal.versions.select_related("form", "made_by").order_by("-number").first()


def compared(old: ProposalVersion, new: ProposalVersion) -> Differences:
    """What changed from one version to another, question by question."""
    return differences(old.form.form, old.answers, new.form.form, new.answers)


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and the answers to it."""

    remark: Remark
    answers: tuple[Remark, ...]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.remark.resolved_at is None


def threads_of(proposal: Proposal, actor: Actor) -> list[Thread]:
    """The remarks that `actor` may read, by thread. What reviewers say among themselves is not for those who write."""
    rows = proposal.remarks.select_related("author", "resolved_by")
    if is_writer(actor, proposal):
        rows = rows.filter(audience=Remark.Audience.ALL)
    by_thread: dict[int, list[Remark]] = {}
    heads: list[Remark] = []
    for row in rows:
        if row.answer_to_id is None:
            heads.append(row)
        else:
            by_thread.setdefault(row.answer_to_id, []).append(row)
    return [Thread(head, tuple(by_thread.get(head.pk, ()))) for head in heads]


def remark_for(proposal: Proposal, actor: Actor, public_id: str) -> Remark:
    """One remark that `actor` may read; raises `NotFound`."""
    for thread in threads_of(proposal, actor):
        for one in (thread.remark, *thread.answers):
            if one.public_id == public_id:
                return one
    raise NotFound(N_("There is no such remark here."))


def attachments_of(proposal: Proposal) -> QuerySet[Attachment]:
    """Every file of the proposal, without the contents."""
    return proposal.attachments.defer("content").select_related("added_by")


def attachment_of(proposal: Proposal, public_id: str) -> Attachment:
    """One file, whole; raises `NotFound`."""
    found = proposal.attachments.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such file here."))
    return found


def open_consultations() -> QuerySet[Consultation]:
    """Talks that were asked for and have not been had, the oldest first."""
    return Consultation.objects.filter(answered_at=None).select_related(
        "proposal__unit", "proposal__level", "proposal__institution", "asked_by"
    )


def consultations_of(proposal: Proposal) -> QuerySet[Consultation]:
    """The talks about one proposal."""
    return proposal.consultations.select_related("asked_by", "answered_by")


def _in_reach(actor: Actor, permission: Permission) -> Q:
    if actor.places(permission, "institution"):
        return Q(pk__isnull=False)
    bodies = Docket.objects.filter(body__public_id__in=actor.places(permission, "body"))
    return (
        Q(public_id__in=actor.places(permission, "proposal"))
        | Q(unit__in=institutions.units_of(actor, permission))
        | Q(pk__in=bodies.values("proposal"))
    )
