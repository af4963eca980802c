"""Values as a reader reads them: audiences, credit, how a level is assessed, how long something is valid."""

import html
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from insignia.domain.catalog.basis import Basis
from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.institutions.rules import EvidencePolicy, LevelPolicy
from insignia.edges.web.achievement_words import basis as basis_words
from insignia.edges.web.templatetags.insignia import to_html

AUDIENCES = {
    "students": _("Students"),
    "faculty": _("Faculty"),
    "staff": _("Staff"),
    "community": _("Community members"),
    "corporate": _("Corporate partners"),
}
CREDITS = {"credit": _("For credit"), "noncredit": _("Not for credit")}


def summary(text: str) -> str:
    """The beginning of a text in Markdown as plain words: for what cannot show more. It is escaped as any text is."""
    return Truncator(html.unescape(strip_tags(to_html(text)))).words(40).strip()


def audience(value: str) -> str:
    """An audience in words; one of an institution's own is shown as it was written."""
    return str(AUDIENCES.get(value, value))


def credit(value: str) -> str:
    """Whether something counts for credit."""
    return str(CREDITS.get(value, value))


def given_for(policy: LevelPolicy, stated: Basis | None) -> str:
    """For what a badge that documents participation is given; nothing for any other."""
    return basis_words(stated) if stated and policy.basis else ""


def variant(value: str) -> str:
    """What a variant adds to the name of a badge; nothing for the standard one."""
    return gettext(VARIANT_NAMES[value]) if value in VARIANT_NAMES else ""


def validity(months: int) -> str:
    """How long an award is valid: in years where they are whole."""
    if not months:
        return gettext("Does not expire")
    if months % 12:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}


def assessment(policy: LevelPolicy, unit: Any) -> Iterator[str]:
    """How a badge of this level is assessed, sentence by sentence."""
    pieces = max(policy.min_evidence, 1)
    match policy.evidence:
        case EvidencePolicy.NONE if not policy.assessed:
            yield gettext("Taking part is what counts: nobody is asked for evidence.")
        case EvidencePolicy.PRIVATE:
            yield ngettext(
                "At least one piece of work is assessed as complete. It stays between earner and assessor.",
                "At least %(count)d pieces of work are assessed as complete. They stay between earner and assessor.",
                pieces,
            ) % {"count": pieces}
        case EvidencePolicy.SHARED:
            yield ngettext(
                "At least one piece of work is assessed as complete, and shown with the badge if its earner agrees.",
                "At least %(count)d pieces of work are assessed as complete, and shown with the badge if their earner "
                "agrees.",
                pieces,
            ) % {"count": pieces}
    if policy.off_system_attestation:
        yield gettext("It may have been assessed elsewhere; the grantor then vouches for where, when and by whom.")
    if policy.components_of:
        yield gettext("It is made of other badges, all of which must be held.")
    if policy.assessed:
        yield gettext("A qualified grantor of %(unit)s verifies it, and is named with the day on every award.") % {
            "unit": unit
        }
