"""A level's policy in a few words each, as people compare levels by them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.institutions.rules import EvidencePolicy, LevelPolicy


@dataclass(frozen=True, slots=True)
class Names:
    """What people call that which a policy names by keys: levels, templates, roles, routes and forms."""

    levels: Mapping[str, str]
    templates: Mapping[str, str]
    others: Mapping[str, Mapping[str, str]]

    def of(self, kind: str, key: str) -> str:
        """The name of a role (`propose`), route (`workflow`) or form (`form`); its key where there is none."""
        return self.others.get(kind, {}).get(key, key)


def facts(policy: LevelPolicy, names: Names) -> list[tuple[str, str]]:
    """Pairs of what is ruled and how; only what says something."""
    return [
        *_shows(policy),
        (_("Evidence"), _evidence(policy)),
        (_("Judged by"), _judged(policy)),
        *_more(policy, names.levels),
        (_("Valid"), _valid(policy.valid_months)),
        *_proposed(policy, names),
        (_("Drawn with"), names.templates.get(policy.template, policy.template)),
        (_("In the credential"), _type(policy)),
    ]


_ENVIRONMENT = {"simulated": gettext_lazy("Simulated"), "professional": gettext_lazy("Professional")}
_PROFICIENCY = {
    "introductory": gettext_lazy("Introductory, not mastery"),
    "practised": gettext_lazy("Practised"),
    "mastery": gettext_lazy("Mastery"),
}


def _shows(policy: LevelPolicy) -> Iterator[tuple[str, str]]:
    if policy.environment:
        yield _("Environment"), str(_ENVIRONMENT.get(policy.environment, policy.environment))
    if policy.proficiency:
        yield _("Proficiency"), str(_PROFICIENCY.get(policy.proficiency, policy.proficiency))


def _proposed(policy: LevelPolicy, names: Names) -> Iterator[tuple[str, str]]:
    if policy.workflow:
        who = ", ".join(names.of("propose", key) for key in policy.propose)
        yield _("Proposed by"), who or _("Whoever may propose")
        yield _("Route of its proposals"), names.of("workflow", policy.workflow)
    if policy.form:
        yield _("Form of its proposals"), names.of("form", policy.form)


def _evidence(policy: LevelPolicy) -> str:
    if policy.evidence == EvidencePolicy.NONE:
        return _("None is asked for")
    count = {"count": policy.min_evidence}
    if policy.evidence == EvidencePolicy.SHARED:
        said = ngettext(
            "%(count)d piece, shown if the earner agrees",
            "%(count)d pieces, shown if the earner agrees",
            policy.min_evidence,
        )
    else:
        said = ngettext("%(count)d piece, kept private", "%(count)d pieces, kept private", policy.min_evidence)
    elsewhere = " " + _("(or assessed elsewhere)") if policy.off_system_attestation else ""
    return said % count + elsewhere


def _judged(policy: LevelPolicy) -> str:
    if not policy.assessed:
        return _("Whoever awards")
    return _("A trained Grantor of the badge") if policy.training_required else _("A Grantor of the badge")


def _more(policy: LevelPolicy, level_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if policy.components_of:
        yield _("Made of"), ", ".join(level_names.get(key, key) for key in policy.components_of)
    if policy.skills_required:
        yield _("Skills"), _("Must be named")
    if policy.variants:
        yield _("Variants"), ", ".join(_(VARIANT_NAMES.get(key, key)) for key in policy.variants)
    if policy.repeatable:
        yield _("Again"), _("May be earned more than once")


def _valid(months: int) -> str:
    if not months:
        return _("For good")
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def _type(policy: LevelPolicy) -> str:
    if policy.single_skill_type:
        return _("%(type)s, or %(single)s for one skill") % {
            "type": policy.achievement_type,
            "single": policy.single_skill_type,
        }
    return policy.achievement_type


def described(
    levels: list[Any], templates: list[Any], choices: Mapping[str, Mapping[str, str]], *, others: Iterable[Any] = ()
) -> list[tuple[Any, list[tuple[str, str]], Any]]:
    """Each level with its facts and the template version that new badges at it are drawn with.

    `choices` names roles, routes and forms by key; `others` are levels that are not described, but may be named.
    """
    newest = {template.key: template for template in templates}
    names = Names(
        levels={level.key: level.name for level in [*levels, *others]},
        templates={template.key: template.name for template in templates},
        others=choices,
    )
    policies = [(level, level.policy) for level in levels]
    return [(level, facts(policy, names), newest.get(policy.template)) for level, policy in policies]
