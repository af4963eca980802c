"""For what a badge that documents participation is awarded (R-021): said by the badge, else by whoever awards it."""

from dataclasses import replace

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.catalog.basis import MEMBERSHIP, Basis, basis_of
from insignia.domain.catalog.rules import Content
from insignia.domain.institutions.rules import LevelPolicy

MOST_PERIOD = 80


def unsaid(policy: LevelPolicy, content: Content, *, basis: str, period: str) -> InsigniaError | None:
    """What has to be said still before a badge of this level is awarded; None where nothing has."""
    if not policy.basis:
        return None
    whole = completed(content, basis=basis, period=period)
    if whole is None or (basis_of(content) is None and whole.kind not in policy.basis):
        return Rejected(
            N_("Say for what it is given: engagement, attendance at an event, or membership."), code="basis_missing"
        )
    if whole.lacks_period:
        return Rejected(N_("Say for which period the membership was active."), code="period_missing")
    return None


def completed(content: Content, *, basis: str, period: str) -> Basis | None:
    """What the badge says that it is given for, completed by what was said when it was awarded."""
    stated = basis_of(content) or (Basis(basis) if basis else None)
    if stated is None or stated.kind != MEMBERSHIP or stated.period:
        return stated
    return replace(stated, period=period.strip())
