"""A proposal begins: for something new, as a change of what there is, or as a copy of another."""

from typing import Any

from django.db import transaction

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution, TaxonomyLevel, Unit
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User
from insignia.domain.proposals.forms import queries as forms
from insignia.domain.proposals.forms.models import FormVersion

from .. import content, rules
from ..events import ProposalBegun, ProposalDiscarded
from ..models import Participant, Proposal
from ..queries import is_writer


@transaction.atomic
def begin_proposal(
    *,
    by: Actor,
    unit: Unit,
    level: TaxonomyLevel,
    kind: str = Proposal.Kind.NEW,
    achievement: Achievement | None = None,
    answers: dict[str, Any] | None = None,
    title: str = "",
    via: str = "",
    source: Proposal | None = None,
) -> Proposal:
    """Begin to write. `answers` are what is known already, such as an intent's; `via` the door that was come through.

    Raises `NotPermitted` for whoever may not propose at this level or, where the institution invites, was not invited,
    and `Rejected` where nothing is proposed at this level.
    """
    by.require(Permission.PROPOSAL_START, on=unit)
    if by.user_pk is None:
        raise NotPermitted(N_("Only people propose badges."), code="not_a_person")
    check_eligible(by, level)
    check_invited(unit.institution, kind, via)
    _check_subject(kind, achievement)
    return _begun(by, by.user_pk, unit, level, kind, achievement, answers, title, via, source)


@transaction.atomic
def begin_for(
    *, by: Actor, requester: User, unit: Unit, level: TaxonomyLevel, answers: dict[str, Any] | None = None
) -> Proposal:
    """Begin what `requester` asked for outside of the house: theirs, with `by` as their pen until it is handed in.

    Called by the floor above, which has seen that `by` may.
    """
    if by.user_pk is None:
        raise NotPermitted(N_("Only people propose badges."), code="not_a_person")
    new = Proposal.Kind.NEW
    proposal = _begun(by, requester.pk, unit, level, new, None, answers, "", rules.REGISTERED, None)
    Participant.objects.create(institution_id=proposal.institution_id, proposal=proposal, user_id=by.user_pk)
    return proposal


def _begun(
    by: Actor,
    proposer: int,
    unit: Unit,
    level: TaxonomyLevel,
    kind: str,
    achievement: Achievement | None,
    answers: dict[str, Any] | None,
    title: str,
    via: str,
    source: Proposal | None,
) -> Proposal:
    form = form_for(kind, level)
    known = {
        **(content.answers_from(form.form, achievement.current.content) if achievement and achievement.current else {}),
        **(answers or {}),
    }
    known = {**content.presets_of(form.form, level), **known, **_kind_of(form, level)}
    asked = {question.key for question in form.form.questions}
    name = title or str(achievement or "")
    proposal = Proposal.objects.create(
        institution=unit.institution,
        kind=kind,
        title=name[:200],
        unit=unit,
        level=level,
        proposer_id=proposer,
        achievement=achievement,
        source=source,
        form=form,
        answers={key: value for key, value in known.items() if key in asked},
        via=via,
        search_text=searchable(name, unit.name, level.name),
    )
    publish(ProposalBegun(proposal=proposal.public_id, kind=kind), by=by, subject=("proposal", proposal.public_id))
    return proposal


@transaction.atomic
def clone(*, by: Actor, proposal: Proposal) -> Proposal:
    """Begin a new proposal with the answers of one that `by` may read; files are not taken along."""
    files = {attachment.public_id for attachment in proposal.attachments.defer("content")}
    answers = {
        key: value
        for key, value in proposal.answers.items()
        if not (isinstance(value, list) and any(one in files for one in value if isinstance(one, str)))
    }
    return begin_proposal(
        by=by, unit=proposal.unit, level=proposal.level, answers=answers, title=proposal.title, source=proposal
    )


@transaction.atomic
def discard(*, by: Actor, proposal: Proposal) -> None:
    """Give up a draft that was never handed in; it stays to be read, and nobody is asked for anything."""
    if not is_writer(by, proposal) and not by.may(Permission.PROPOSAL_MANAGE, on=proposal):
        raise NotPermitted(N_("Only those who write this proposal can give it up."), code="not_yours")
    moved = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.DRAFT, submitted_at=None).update(
        state=Proposal.State.WITHDRAWN, ended_at=clock.now()
    )
    if not moved:
        raise Rejected(N_("It was handed in already: withdraw it instead."), code="handed_in")
    publish(ProposalDiscarded(proposal=proposal.public_id), by=by, subject=("proposal", proposal.public_id))


def check_eligible(by: Actor, level: TaxonomyLevel) -> None:
    """Refuse whoever holds none of the roles that may propose at this level, and say which do (R-083)."""
    wanted = level.policy.propose
    if not level.policy.workflow:
        raise Rejected(
            N_("“%(level)s” is not proposed: the program office sets it up."),
            code="not_proposed",
            params={"level": level.name},
        )
    if not wanted or by.may(Permission.PROPOSAL_MANAGE, on=level):
        return
    today = clock.today_in(level.institution.zone)
    if not institutions.memberships_on(today).filter(user=by.user_pk, role__key__in=wanted).exists():
        names = institutions.roles().filter(key__in=wanted).values_list("name", flat=True)
        raise NotPermitted(
            N_("“%(level)s” can be proposed by: %(roles)s. Ask one of them to propose it with you."),
            code="not_eligible",
            params={"level": level.name, "roles": ", ".join(names)},
        )


def _check_subject(kind: str, achievement: Achievement | None) -> None:
    """Refuse a change of nothing, and one that the achievement's own state leaves no room for."""
    states = rules.CHANGES.get(kind)
    if states is None:
        return
    if achievement is None:
        raise Rejected(N_("Say which badge it is about."), code="no_achievement")
    if achievement.state not in states:
        raise Rejected(
            N_("“%(badge)s” is not in a state for that: it is %(state)s."),
            code="wrong_state",
            params={"badge": str(achievement), "state": achievement.get_state_display()},
        )


def check_invited(institution: Institution, kind: str, via: str) -> None:
    """Refuse to begin without an invitation where the institution asks for one (R-061)."""
    if kind == Proposal.Kind.NEW and institution.policy("proposal_by_invitation") and via != rules.SIGNED_LINK:
        raise NotPermitted(
            N_(
                "Here a proposal begins with an intent: send the intent form first. The program manager gets in touch "
                "with you and sends you the link to the proposal form."
            ),
            code="not_invited",
        )


def form_for(kind: str, level: TaxonomyLevel) -> FormVersion:
    """The form that is filled in: one for this kind of proposal where the institution has it, else the level's."""
    own = forms.newest(kind) if kind != Proposal.Kind.NEW else None
    return own or forms.form(level.policy.form)


def _kind_of(form: FormVersion, level: TaxonomyLevel) -> dict[str, Any]:
    """The answer to the question that tells the level, which was chosen before."""
    for question in form.form.questions:
        if question.fact == "type" and level.key in {option.key for option in question.options}:
            return {question.key: level.key}
    return {}
