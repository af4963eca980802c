"""All that the page of a proposal's form shows, put together from what is kept and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.core.questions.answers import SectionProgress, cleaned, progress
from insignia.core.questions.asking import asked
from insignia.core.questions.warnings import warnings
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.proposals.writing import checks
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.naming import names_in
from insignia.domain.proposals.writing.similar import similar_to
from insignia.edges.web import words
from insignia.edges.web.doors import institution

from ..answers import Reader
from ..pages import address
from ..remarks import talk_about
from .channels import outside_for
from .fields import Group, Overtaken, Sayings, groups_of
from .picking import pickers_for
from .standing import tone


@dataclass(frozen=True, slots=True)
class Step:
    """One section in the margin: how far it has come."""

    key: str
    name: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Asks:
    """What the address, or a button, asks of the page beside showing the form."""

    with_missing: bool = False
    more: str = ""
    sought: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Any) -> "Asks":
        """From a query string or a form."""
        sought = {
            key.removeprefix("find-"): given.get(key, "").strip()[:80] for key in given if key.startswith("find-")
        }
        return cls(bool(given.get("missing")), given.get("more", ""), {key: one for key, one in sought.items() if one})

    def as_query(self) -> str:
        """As a query string, for the page that follows a form."""
        pairs = [("missing", "1")] if self.with_missing else []
        pairs += [("more", self.more)] if self.more else []
        pairs += [(f"find-{key}", one) for key, one in self.sought.items()]
        return f"?{urlencode(pairs)}" if pairs else ""


def form_page(
    request: HttpRequest,
    by: Actor,
    proposal: Any,
    asks: Asks,
    *,
    typed: Mapping[str, Any] | None = None,
    overtaken: Mapping[str, str] | None = None,
    refused: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """The context of the form. `typed` stands in the fields instead of what is kept; `overtaken` names who was faster."""
    form, answers = proposal.form.form, proposal.answers
    # What is wrong is said at once; what is only missing, once somebody asked.
    problems = checks.problems_of(proposal)
    wrong = problems if asks.with_missing else cleaned(form, answers)[1]
    reader = Reader(request, proposal, names_in(proposal, (form, answers)))
    questions = {question.key: question for question in form.questions}
    talk = talk_about(request, by, proposal)
    sayings = Sayings(
        problems=wrong,
        warnings=warnings(form, answers),
        overtaken={
            key: Overtaken(who, reader.line(questions[key], answers.get(key)))
            for key, who in (overtaken or {}).items()
            if key in questions
        },
        refused=refused or {},
        remarks=talk.by_question,
    )
    applying = [question for _section, question in asked(form, answers).questions]
    pickers = pickers_for(proposal, applying, {**answers, **(typed or {})}, asks.sought)
    groups = groups_of(form, answers, typed or {}, sayings, reader, pickers, asks.more)
    steps = steps_of(progress(form, answers))
    return {
        "proposal": proposal,
        "form": form,
        "groups": groups,
        "steps": steps,
        "complete": sum(step.state == "done" for step in steps),
        "problems": [(one.question, words.translated(one)) for one in problems],
        "asks": asks,
        "talk": talk,
        "tone": tone(proposal),
        "writers": [one for one in writing.people_writing(proposal) if one.pk != by.user_pk],
        "named": next((q.key for q in form.questions if q.maps_to == "name"), ""),
        "similar": similar_to(proposal, by) if proposal.kind == "new" else [],
        "now": clock.now(),
        "outside": outside_for(proposal),
        **help_for(request, form),
    }


def help_for(request: HttpRequest, form: Any) -> dict[str, str]:
    """Where to read on and whom to ask (R-027, R-075): the form's own, else the question guide and the institution's."""
    contact = form.contact or institution(request).contact_email
    own = address(request, "guide", form.key) if form.key else ""
    return {
        "guide": form.guide or own,
        "own_guide": own,
        "contact": contact.removeprefix("mailto:"),
        "contact_url": contact if ":" in contact else f"mailto:{contact}" if contact else "",
    }


def steps_of(sections: Sequence[SectionProgress]) -> list[Step]:
    """The sections in the margin; the first that is not complete is the one to turn to."""
    here = next((one.section.key for one in sections if not one.is_complete), "")
    return [
        Step(
            one.section.key,
            one.section.label,
            _note(one),
            "done" if one.is_complete else "current" if one.section.key == here else "todo",
        )
        for one in sections
    ]


def _note(one: SectionProgress) -> str:
    if one.is_complete:
        return _("Complete")
    if not one.answered:
        return ngettext("%(number)s question", "%(number)s questions", one.asked) % {"number": one.asked}
    return _("%(answered)s of %(asked)s answered") % {"answered": one.answered, "asked": one.asked}


def by_key(groups: Sequence[Group]) -> dict[str, Any]:
    """Every question of the form with its field, None where it does not apply."""
    return {key: field for group in groups for key, field in group.places}
