"""Revoke, suspend, reinstate, replace: visible to every verifier at once, and never by changing what was signed."""

from datetime import date

import pytest

from insignia.core.errors import Conflict, InsigniaError, NotPermitted, Rejected
from insignia.core.openbadges.checks import Outcome
from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries
from insignia.domain.awards.models import Award
from insignia.domain.credentials import verification
from insignia.domain.journal import bus
from tests.support.builders import a_grantor, a_member, accepted, again, an_award, an_earner, offered, worked_through

pytestmark = pytest.mark.usefixtures("institution")


def valid(award: Award) -> Outcome:
    return verification.verify(bytes(award.credential.document)).outcome


@pytest.mark.requirement("R-907")
def test_a_revocation_is_seen_by_verifiers_at_once_and_keeps_its_reason() -> None:
    award = accepted()
    assert valid(award) is Outcome.PASSED
    registrar = a_member("registrar")
    awards.revoke(by=registrar, awards=[award], code="misconduct", reason="The workbook was bought.")
    assert valid(award) is Outcome.FAILED
    revoked = again(award)
    assert (revoked.state, revoked.state_code, revoked.state_reason) == (
        "revoked",
        "misconduct",
        "The workbook was bought.",
    )
    entry = bus.read(name="awards.revoked").get()
    assert (entry.author, entry.reason, entry.data["code"]) == (registrar.id, "The workbook was bought.", "misconduct")


@pytest.mark.requirement("R-908")
def test_a_plain_grantor_may_not_revoke() -> None:
    award = accepted()
    with pytest.raises(NotPermitted):
        awards.revoke(by=a_grantor(of=award.achievement), awards=[award], code="error", reason="Oops")
    assert valid(award) is Outcome.PASSED


@pytest.mark.parametrize(("code", "reason"), [("error", "  "), ("", "Oops"), ("because", "Oops")])
def test_a_revocation_needs_a_reason(code: str, reason: str) -> None:
    award = accepted()
    with pytest.raises(Rejected):
        awards.revoke(by=a_member("registrar"), awards=[award], code=code, reason=reason)


def test_a_revocation_is_final() -> None:
    award = accepted()
    registrar = a_member("registrar")
    awards.revoke(by=registrar, awards=[award], code="error", reason="Oops")
    for verb in (awards.reinstate, awards.suspend):
        with pytest.raises(InsigniaError):
            verb(by=registrar, award=again(award), reason="Changed my mind")
    assert valid(award) is Outcome.FAILED


def test_a_suspension_holds_until_it_is_ended() -> None:
    award = accepted()
    registrar = a_member("registrar")
    awards.suspend(by=registrar, award=award, reason="We look into it.")
    assert (again(award).state, valid(award)) == ("suspended", Outcome.FAILED)
    awards.reinstate(by=registrar, award=again(award), reason="All is well.")
    assert (again(award).state, valid(award)) == ("accepted", Outcome.PASSED)


def test_an_offer_that_was_suspended_is_an_offer_again() -> None:
    award = offered()
    registrar = a_member("registrar")
    awards.suspend(by=registrar, award=award, reason="We look into it.")
    awards.reinstate(by=registrar, award=again(award), reason="All is well.")
    assert again(award).state == "offered"


@pytest.mark.requirement("R-908")
def test_a_correction_is_a_new_credential_that_replaces_the_old_one() -> None:
    award = accepted(earner=an_earner("ana@students.example", "Ana Nunez"))
    before = bytes(award.credential.document)
    fresh = awards.correct_award(
        by=a_member("registrar"),
        award=award,
        reason="Her name is Núñez.",
        name="Ana Núñez",
        awarded_on=date(2026, 5, 4),
    )
    worked_through()
    old, new = again(award), again(fresh)
    assert (old.state, bytes(old.credential.document)) == ("superseded", before)
    assert valid(old) is Outcome.FAILED
    assert new.credential.replaces_id == old.credential_id
    assert (new.awarded_on, new.reference, new.corrects_id) == (date(2026, 5, 4), "2", old.pk)
    assert "Ana Núñez".encode() in bytes(new.credential.document)
    assert new.evidence.get().url == old.evidence.get().url
    assert queries.successor(old) == new


def test_a_wrong_address_is_replaced_before_the_claim_only() -> None:
    award = offered(earner=an_earner("anna@students.example", "Ana Núñez"))
    registrar = a_member("registrar")
    fresh = awards.correct_award(by=registrar, award=award, reason="One n.", email="Ana@students.example")
    worked_through()
    assert again(fresh).recipient.email == "ana@students.example"
    assert again(award).state == "superseded"
    claimed = accepted(again(fresh))
    with pytest.raises(Conflict, match="claimed"):
        awards.correct_award(by=registrar, award=claimed, reason="Again.", email="other@students.example")


def test_a_correction_cannot_make_a_second_badge_for_somebody() -> None:
    award = offered(earner=an_earner("one@students.example"))
    an_award(award.achievement, earner=an_earner("two@students.example"))
    with pytest.raises(Conflict, match="already"):
        awards.correct_award(by=a_member("registrar"), award=award, reason="Mixed up.", email="two@students.example")
    assert again(award).state == "offered"


def test_a_correction_to_ones_own_address_is_an_award_to_oneself() -> None:
    award = offered()
    registrar = a_member("registrar")
    (own,) = registrar.addresses
    with pytest.raises(NotPermitted, match="themselves"):
        awards.correct_award(by=registrar, award=award, reason="For me.", email=own)
