"""What happens next, as sentences: where each decision leads, as the engine found it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.core.workflow.route import State, Verb
from insignia.domain.proposals.workflow import leading

from .gathering import Matter
from .options import Options


@dataclass(frozen=True, slots=True)
class Next:
    """A button's words, and where it leads."""

    label: str
    text: str


def nexts(matter: Matter, options: Options, key: str) -> list[Next]:
    """One sentence for each button that leads somewhere, and for a body where its approval leads."""
    shown = [*options.main, *options.whole] if options.main else [*options.more, *options.whole]
    pairs = {(one.choice, one.vote): one for one in shown}
    by = matter.decider(key)
    leads = leading.leads(matter.proposal, matter.row, by, list(pairs), matter.house, matter.writers)
    found = [Next(pairs[lead.choice, lead.vote].label, _sentence(matter, lead)) for lead in leads]
    carried = leading.if_carried(matter.proposal, matter.row, key, matter.house, matter.writers) if key else None
    if carried:
        found.insert(0, Next(_("If the body approves"), _sentence(matter, carried)))
    return found


def _sentence(matter: Matter, lead: leading.Lead) -> str:
    """Where it leads, in one or two sentences that go on after the words of the button."""
    if lead.choice.verb is Verb.REQUEST_CANCEL:
        return _("the office is asked. Until it answers, the proposal goes on.")
    match lead.state:
        case State.APPROVED:
            return _("it is approved, and its way ends here.")
        case State.REJECTED | State.DECLINED:
            return _("it ends here. Those who write it are told why; this cannot be undone.")
        case State.CANCELLED | State.WITHDRAWN:
            return _("it ends here. This cannot be undone.")
        case State.CHANGES_REQUESTED:
            return _("it goes back to %(who)s with the comments; handed in again, it goes on at “%(step)s”.") % {
                "who": matter.proposal.proposer,
                "step": lead.back_to or lead.step,
            }
        case State.ON_HOLD:
            return _("it waits here until it is released. Nobody is reminded meanwhile.")
        case State.SUSPENDED:
            return _("it rests where it is until the office resumes it.")
    if lead.choice.verb is Verb.REFUSE_CANCEL:
        return _("the proposal goes on where it is.")
    if lead.is_secret and not lead.missing:
        return _("your vote is the last; then they are counted.")
    if lead.is_counted and not lead.missing:
        return _("it is a tie then, and whoever presides decides.")
    if lead.is_counted:
        return ngettext(
            "your vote is counted; %(count)d member has yet to vote.",
            "your vote is counted; %(count)d members have yet to vote.",
            lead.missing,
        ) % {"count": lead.missing}
    who = [_who(one) for one in lead.waits]
    if lead.stays and who:
        return _("it stays at this step for %(who)s.") % {"who": "; ".join(who)}
    if who:
        return _("it goes to %(who)s.") % {"who": "; ".join(who)}
    return _("it goes on to “%(step)s”.") % {"step": lead.step}


def _who(one: leading.Waits) -> str:
    """A task with whoever has it: a body by its name, others by theirs."""
    if one.body:
        return one.body
    if one.people:
        return f"{', '.join(filter(None, one.people))} ({one.label})" if one.label else ", ".join(one.people)
    return _("“%(task)s”, where nobody holds the role now") % {"task": one.label or one.role}
