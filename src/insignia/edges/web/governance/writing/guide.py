"""The questions to read beforehand, made of the form itself: as a page that prints well, and as a file."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insignia.core.questions.definition import Form, Question
from insignia.core.questions.guide import GuideQuestion, When, guide
from insignia.core.workflow.conditions import Operator
from insignia.domain.proposals.forms import queries as forms
from insignia.edges.web.doors import institution

from ..pages import page
from .doors import admit_proposers
from .form_page import help_for
from .guide_pdf import set_guide


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The question guide of one form (R-074, R-084)."""
    form = _form(request, key)
    sections = [
        (
            part.section,
            said(part.when),
            [(one.question, one.is_needed, said(one.when), list(_limits(one.question))) for one in part.questions],
        )
        for part in guide(form).sections
    ]
    return page(request, "writing/guide.html", {"form": form, "sections": sections, **help_for(request, form)})


@require_safe
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a file."""
    form = _form(request, key)
    contact = help_for(request, form)["contact"]
    made = set_guide(
        {
            "title": form.title,
            "help": form.help,
            "contact": _("Questions? %(contact)s") % {"contact": contact} if contact else "",
            "institution": institution(request).name,
            "language": (get_language() or "en").partition("-")[0],
            "sections": [
                {
                    "label": part.section.label,
                    "note": " ".join(filter(None, [part.section.help, _if(_SECTION, part.when)])),
                    "questions": [_question(one) for one in part.questions],
                }
                for part in guide(form).sections
            ],
        }
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{form.key}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


_SECTION = gettext_lazy("This section is asked if %(when)s.")
_QUESTION = gettext_lazy("Asked only if %(when)s.")


def _form(request: HttpRequest, key: str) -> Form:
    admit_proposers(request)
    return forms.form(key).form


def _question(one: GuideQuestion) -> dict[str, Any]:
    question = one.question
    label = question.label if one.is_needed else f"{question.label} {_('(optional)')}"
    return {
        "label": label,
        "help": question.help,
        "options": [f"{option.label}: {option.help}" if option.help else option.label for option in question.options],
        "note": " ".join([*_limits(question), _if(_QUESTION, one.when)]).strip(),
    }


def _if(sentence: Any, when: When | None) -> str:
    return str(sentence) % {"when": said(when)} if when else ""


def said(when: When | None) -> str:
    """When something is asked, as a sentence's end; nothing where it always is."""
    if when is None:
        return ""
    if when.operator is Operator.NOT:
        return _("not (%(part)s)") % {"part": said(when.parts[0])}
    if when.parts:
        joint = _(" and ") if when.operator is Operator.ALL else _(" or ")
        return joint.join(said(part) for part in when.parts)
    answers = _(" or ").join(f"“{_answer(one)}”" for one in when.answers)
    return _("“%(question)s” is answered with %(answers)s") % {"question": when.question, "answers": answers}


def _answer(value: Any) -> str:
    if value is True:
        return _("Yes")
    return _("No") if value is False else str(value)


def _limits(question: Question) -> Iterable[str]:
    if question.max_chars:
        yield _("Up to %(most)s characters.") % {"most": question.max_chars}
    if question.least is not None and question.most is not None:
        yield _("From %(least)s to %(most)s.") % {"least": f"{question.least:g}", "most": f"{question.most:g}"}
    elif question.most is not None:
        yield _("At most %(most)s.") % {"most": f"{question.most:g}"}
    elif question.least is not None:
        yield _("At least %(least)s.") % {"least": f"{question.least:g}"}
    if question.advised_most is not None:
        yield _("Advised are %(advised)s or fewer.") % {"advised": f"{question.advised_most:g}"}
